"""The site has a page for everything, and its links lead there; `make check-site` looks at it."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

import pytest

import build_site
import reference_pages
from periplus import case_names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module", name="pages")
def _pages() -> dict[str, str]:
    """Return every page before it is HTML."""
    return build_site.pages()


def _in_nav() -> set[str]:
    parts = build_site.NAV.values()
    return {page for to in parts for page in ([to] if isinstance(to, str) else to.values())}


@pytest.mark.slow
def test_every_page_can_be_reached(pages: dict[str, str]) -> None:
    """Each stands in the navigation, but for the notes of a case, to which the gallery leads."""
    assert _in_nav() <= pages.keys()
    assert {page for page in pages.keys() - _in_nav() if not page.startswith("maps/")} == set()


@pytest.mark.slow
def test_every_link_leads_to_a_page_or_a_file(pages: dict[str, str], root: Path) -> None:
    """Of the site: maps and cards are drawn for every case, the rest is copied."""
    drawn = {
        f"gallery/{name}{language}.{form}"
        for name in case_names()
        for language in ("", ".ru")
        for form in ("html", "png")
    }
    broken = [
        f"{page}: {target}"
        for page, text in pages.items()
        for target in re.findall(
            r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
        )
        if not re.match(r"[a-z]+:", target)
        and (wanted := normpath(f"{dirname(page)}/{target}".lstrip("/"))) not in pages
        and wanted not in drawn | {"facts.atom"}
        and not (root / wanted).exists()
        and not (root / "docs" / wanted).exists()
    ]
    assert broken == []


def test_a_link_to_what_is_not_on_the_site_keeps_its_words() -> None:
    """The site knows no address of the code; addresses of elsewhere, and code, stay as they are."""
    text = "[the code](../geo/periplus/) [GIS](gis.md#a) `[x](y)` [out](https://example.org)"
    led = build_site.led(text, "docs/reference.md")
    assert led == "the code [GIS](gis.md#a) `[x](y)` [out](https://example.org)"
    assert build_site.led("[a](../docs/gis.md)", "layers/README.md") == "[a](gis.md)"
    assert build_site.led("[a](../../docs/gis.md)", "maps/zhilin/NOTES.md") == "[a](../../gis.md)"


def test_the_address_of_the_site_comes_from_one_setting() -> None:
    """And none is made up where it is not given."""
    assert "site_url" not in build_site.config("")
    assert 'site_url = "https://example.org/"' in build_site.config("https://example.org/")


def test_the_fields_of_a_route_are_those_of_its_schema() -> None:
    """Each table with each field, those that need to be there marked."""
    page = reference_pages.route_fields()
    assert "| `knowledge` | yes | `withheld` |" in page
    assert "| `title` | yes |" in page
    assert page.count("\n## ") > 20


def test_a_docstring_is_written_as_markdown() -> None:
    """Sections and their entries; what is no section stays."""
    text = (
        "Do it.\n\nParameters\n----------\none\n    A number.\n\nRaises\n------\nError\n    Always."
    )
    assert list(reference_pages.markdown_of(text)) == [
        *("Do it.", "", "**Parameters**", "", "- `one`:", "    A number.", ""),
        *("**Raises**", "", "- `Error`:", "    Always."),
    ]
