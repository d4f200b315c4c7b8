"""What pyproject.toml asks for, and the oldest version of it that it admits.

Run as a program (`make oldest`), it writes constraints that allow the oldest alone.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any


def _described() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))


def own_name() -> str:
    """Return the name of the distribution."""
    return str(_described()["project"]["name"])


def requirements() -> list[str]:
    """Return all that is asked for: to build, to run, for each extra, for the tools."""
    described = _described()
    project, groups = described["project"], described["dependency-groups"]
    extras = project["optional-dependencies"]
    lists = described["build-system"]["requires"], project["dependencies"]
    wishes = {wish for some in (*lists, *extras.values(), *groups.values()) for wish in some}
    return sorted(wish for wish in wishes if not wish.startswith(f"{own_name()}["))


def oldest(requirement: str) -> str:
    """Return the constraint to the oldest version of a requirement such as `name[extra]>=1.2`."""
    return re.sub(r"\[.*\]", "", requirement).replace(">=", "==")


if __name__ == "__main__":
    print(*map(oldest, requirements()), sep="\n")
