"""Start a case: a folder with a route file that teaches by example, and the schema beside it."""

from __future__ import annotations

import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from periplus.errors import OutputError
from periplus.route.schema import FILE_NAME, schema_text

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTE_FILE = "route.yaml"


def start(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """Make the folder of a new case, whole or not at all, and return its route file.

    The schema lies beside the route, so that editors find it without any address, wherever
    the folder goes.

    Parameters
    ----------
    files
        What lies in it beside the schema, by name; the starter unless given.

    Raises
    ------
    OutputError
        If there is something of that name already, or the folder cannot be made.
    """
    try:
        if folder.is_symlink() or folder.exists():
            message = f"{folder} exists already: choose another name"
            raise OutputError(message)
        _make(folder, files or {ROUTE_FILE: template()})
    except FileNotFoundError:
        message = f"{folder.parent} is not there: make the folder first"
        raise OutputError(message) from None
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror}"
        raise OutputError(message) from None
    return folder / ROUTE_FILE


def _make(folder: Path, files: Mapping[str, str]) -> None:
    """Make the folder under another name, and rename it when it is complete."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".periplus-") as temporary:
        case = Path(temporary) / "case"
        case.mkdir()
        for name, text in {**files, FILE_NAME: schema_text()}.items():
            (case / name).parent.mkdir(exist_ok=True)
            (case / name).write_text(text, encoding="utf-8")
        case.rename(folder)


def template() -> str:
    """Return the route file that a new case begins with."""
    file = resources.files("periplus.route").joinpath("template", "route.yaml")
    return file.read_text(encoding="utf-8")
