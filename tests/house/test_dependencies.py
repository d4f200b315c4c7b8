"""The environment of the gate is the one that constraints.txt names, and its bounds are true."""

from __future__ import annotations

import os
import re
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import bounds

#: What this environment was installed with: `make newest` and `make oldest` name another file.
USED = Path(os.environ.get("CONSTRAINTS", "constraints.txt"))
#: What Python 3.11 puts into each environment, where nothing needs it.
BUNDLED = {"setuptools"}


def _pins(path: Path) -> list[tuple[str, str]]:
    """Return each name with its version, as they stand in a file of constraints."""
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = [line.partition("==") for line in lines if not line.startswith("#")]
    return [(canonicalize_name(name), version) for name, _, version in parts]


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    """Return the version of each name in constraints.txt."""
    return dict(_pins(root / "constraints.txt"))


@pytest.fixture(scope="module")
def installed() -> dict[str, str]:
    """Return the version of each distribution of this environment, but for our own."""
    found = {canonicalize_name(each.name): each.version for each in distributions()}
    return {name: found[name] for name in found.keys() - BUNDLED - {bounds.own_name()}}


def test_names_and_versions_stand_there_and_nothing_else(root: Path) -> None:
    """No host, no address, no sum, no condition: whoever installs says from where."""
    content = (root / "constraints.txt").read_text(encoding="utf-8")
    comments = [line for line in content.splitlines() if line.startswith("#")]
    assert content.startswith("\n".join(comments))
    assert not re.search(r"://|\w\.(org|com|net|io)\b", "\n".join(comments))
    others = content.splitlines()[len(comments) :]
    assert [line for line in others if not re.fullmatch(r"[a-z0-9-]+==\d[\w.]*", line)] == []


def test_each_name_stands_there_once(root: Path) -> None:
    """One set for every Python and every system, in the order of the alphabet."""
    names = [name for name, _ in _pins(root / "constraints.txt")]
    assert names == sorted(set(names))


@pytest.mark.parametrize("wish", bounds.requirements())
def test_what_is_asked_for_is_there_and_within_its_bounds(wish: str, pins: dict[str, str]) -> None:
    """Each direct dependency, whether of the program, of an extra, of the build or of the tools."""
    requirement = Requirement(wish)
    assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("wish", bounds.requirements())
def test_what_is_asked_for_has_an_oldest_version(wish: str) -> None:
    """`make oldest` installs it; that the suite passes with it is what makes a bound true."""
    requirement, constraint = Requirement(wish), Requirement(bounds.oldest(wish))
    (lowest,) = constraint.specifier
    assert (constraint.name, constraint.extras) == (requirement.name, set())
    assert lowest.operator == "=="
    assert requirement.specifier.contains(lowest.version)


def test_what_is_asked_for_twice_is_asked_for_alike() -> None:
    """Otherwise no environment could hold the oldest version of each."""
    names = [Requirement(wish).name for wish in bounds.requirements()]
    assert sorted(names) == sorted(set(names))


def test_what_runs_is_what_is_named(root: Path, installed: dict[str, str]) -> None:
    """Of what is named and installed; after `make oldest`, the oldest versions."""
    if Path(os.devnull) == USED:
        pytest.skip("make newest: nothing is constrained")
    named = dict(_pins(root / USED))
    both = sorted(named.keys() & installed.keys())
    assert {"pip", "pytest", "shapely"} <= set(both)
    assert [(name, Version(installed[name])) for name in both] == [
        (name, Version(named[name])) for name in both
    ]


def test_all_that_runs_is_named(pins: dict[str, str], installed: dict[str, str]) -> None:
    """Also what a dependency depends on: `make constraints` names it."""
    if Path("constraints.txt") != USED:
        pytest.skip(f"this environment was made with {USED}")
    assert installed.keys() - pins.keys() == set()
