"""What is cited of the layers is there: a dictionary with a version, an archive with its sums."""

from __future__ import annotations

import hashlib
import tomllib
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import data_pages

if TYPE_CHECKING:
    from pathlib import Path


def test_the_dictionary_is_what_the_tables_are(root: Path) -> None:
    """`make dictionary` renews it."""
    committed = (root / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert data_pages.dictionary() == committed


def test_columns_change_with_the_version_of_the_dictionary(root: Path) -> None:
    """Who changes a column writes a new version, here and in `data_pages`."""
    told = [f"version {data_pages.DICTIONARY_VERSION}"]
    told += [f"{name}: {', '.join(taken)}" for name, taken in data_pages.columns().items()]
    golden = root / "tests" / "golden" / "dictionary.txt"
    assert "\n".join(told) + "\n" == golden.read_text(encoding="utf-8")


def test_the_citation_names_the_version_of_the_project(root: Path) -> None:
    """Of the program, and of the layers that it ships."""
    cited: dict[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"] == cited["references"][0]["version"] == project["version"]
    assert sorted(cited["license"]) == sorted(project["license"].split(" AND "))


@pytest.mark.slow
def test_the_archive_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    """Its sums are true, and a second one has the same bytes."""
    first, second = (data_pages.archive(tmp_path / name) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as packed:
        folder = packed.namelist()[0].partition("/")[0]
        lines = packed.read(f"{folder}/SHA256SUMS").decode().splitlines()
        for line in lines:
            told, _, name = line.partition("  ")
            assert hashlib.sha256(packed.read(f"{folder}/{name}")).hexdigest() == told
        assert len(lines) == len(packed.namelist()) - 1
    names = {line.partition("  ")[2] for line in lines}
    assert {"layers/rules.toml", "layers/facts/practice.csv", "CITATION.cff"} <= names
    beside = first.with_name(f"{first.name}.sha256").read_text(encoding="utf-8")
    assert beside == f"{hashlib.sha256(first.read_bytes()).hexdigest()}  {first.name}\n"
