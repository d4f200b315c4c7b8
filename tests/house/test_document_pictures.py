"""The pictures of the documents are those that the code draws."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DRAWN: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "draw.py"))["PICTURES"]


@pytest.mark.parametrize("file", DRAWN)
def test_a_picture_is_up_to_date(root: Path, file: str) -> None:
    """`make pictures` draws them again."""
    assert DRAWN[file]() == (root / "docs" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", DRAWN)
def test_a_picture_is_plain_svg_that_a_document_shows(root: Path, file: str) -> None:
    """It has a title, asks the network for nothing, and stands in a document with its words."""
    text = (root / "docs" / file).read_text(encoding="utf-8")
    picture = ET.fromstring(text)  # noqa: S314 - our own file
    assert picture.findtext("{http://www.w3.org/2000/svg}title")
    assert not re.search(r"href|script|url\(", text)
    documents = "".join(path.read_text("utf-8") for path in (root / "docs").glob("*.md"))
    assert re.search(rf"!\[[^]]{{20,}}]\({file}\)", documents)
