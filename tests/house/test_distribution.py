"""What is installed has a name of its own: nothing sends a reader to somebody else's program."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from periplus import distribution

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Programs of other people on a public registry, whatever extra, version or quote stands there.
OTHERS = r"""["'`]*(?<![\w./-])periplus(?:-map)?(?![\w./-]|\s*=\s)"""
#: What installs a program, with whatever stands between that and the program on its line.
INSTALLED = re.compile(
    rf"(?:\binstall|\bdownload|pipx run|\buvx|\badd)\s(?:[^\n;&|$#]*?\s)?{OTHERS}"
)
#: An extra, or a question about what is installed.
ASKED = re.compile(
    rf"""periplus\[[a-z]+\]|(?:version|distribution|metadata|metadata\.files)\({OTHERS}"""
)
#: A text that goes on in the next line: of a shell, or of Python.
CONTINUED = re.compile(r"""\\\n\s*|["']\s*\n\s*f?["']""")
#: Where the project stands, and what its texts are called.
FOLDERS = (".", ".ci", ".github", "docs", "geo", "layers", "maps", "tests")
TEXTS = frozenset(
    {
        "",
        ".cff",
        ".csv",
        ".html",
        ".js",
        ".json",
        ".md",
        ".po",
        ".py",
        ".toml",
        ".txt",
        ".yaml",
        ".yml",
    }
)


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield every document, program, message and catalogue of the project, but for this file."""
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*" if folder == "." else "**/*")):
            if path.suffix in TEXTS and path.is_file() and path.name != "test_distribution.py":
                yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def misleading(text: str) -> list[str]:
    """Return what in a text would lead a reader, or the program, to somebody else's program."""
    text = CONTINUED.sub("", text)
    return [found[0] for form in (INSTALLED, ASKED) for found in form.finditer(text)]


def test_nothing_leads_to_programs_of_others(root: Path) -> None:
    """Neither a page nor a message nor a docstring, nor a question for the version."""
    read = dict(texts(root))
    assert {
        "README.md",
        "Makefile",
        "pyproject.toml",
        "docs/scale.md",
        "CITATION.cff",
    } <= read.keys()
    assert {"geo/periplus/geometry/sealanes.py", "geo/periplus/faults.toml"} <= read.keys()
    found = {name: told for name, text in read.items() if (told := misleading(text))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install periplus",
        "pip install 'periplus[sea]'",
        "pip install --upgrade \\\n  periplus-map",
        "`python -m pip install folium periplus==0.1`",
        '"needs Dask: pip install "\n    "periplus"',
        "pipx run periplus map",
        "uvx periplus map",
        "uv add periplus",
        "the image has `periplus[cluster]`",
        'version("periplus")',
        "is missing: install periplus again",
    ],
)
def test_each_way_to_mislead_is_seen(text: str) -> None:
    """Those that the project had, and those that it may come to have."""
    assert misleading(text)


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install .\n$ periplus map the-deserter",
        "pip install 'periplus-routes[sea]'",
        "pip install . && periplus map",
        "version(NAME)",
        "install Periplus again",
        "with: {path: periplus/git}",
    ],
)
def test_what_misleads_nobody_is_left_alone(text: str) -> None:
    """The command, the package and the project are called so still."""
    assert misleading(text) == []


def test_the_name_is_that_of_the_project(root: Path) -> None:
    """Also where the project refers to itself, and of each extra that a message names."""
    with (root / "pyproject.toml").open("rb") as file:
        project: dict[str, Any] = tomllib.load(file)["project"]
    assert project["name"] == distribution.NAME
    assert project["version"] == distribution.version()
    extras = project["optional-dependencies"]
    own = [need for needs in extras.values() for need in needs if need.startswith("periplus")]
    assert own == [f"{distribution.NAME}[cluster]"]
    assert {"sea", "cluster"} <= extras.keys()
    assert distribution.install("sea") == "pip install 'periplus-routes[sea]'"
