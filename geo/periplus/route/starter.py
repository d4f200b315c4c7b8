"""Start a case: a folder with a route file that teaches by example, and the schema beside it."""

from __future__ import annotations

import tempfile
from importlib import resources
from pathlib import Path

from periplus.errors import OutputError
from periplus.route.schema import FILE_NAME, schema_text


def start(folder: Path) -> Path:
    """Make the folder of a new case, whole or not at all, and return its route file.

    The schema lies beside the route, so that editors find it without any address, wherever
    the folder goes.

    Raises
    ------
    OutputError
        If there is something of that name already, or the folder cannot be made.
    """
    try:
        if folder.is_symlink() or folder.exists():
            message = f"{folder} exists already: choose another name"
            raise OutputError(message)
        _make(folder)
    except FileNotFoundError:
        message = f"{folder.parent} is not there: make the folder first"
        raise OutputError(message) from None
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror}"
        raise OutputError(message) from None
    return folder / "route.yaml"


def _make(folder: Path) -> None:
    """Make the folder under another name, and rename it when it is complete."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".periplus-") as temporary:
        case = Path(temporary) / "case"
        case.mkdir()
        (case / "route.yaml").write_text(template(), encoding="utf-8")
        (case / FILE_NAME).write_text(schema_text(), encoding="utf-8")
        case.rename(folder)


def template() -> str:
    """Return the route file that a new case begins with."""
    file = resources.files("periplus.route").joinpath("template", "route.yaml")
    return file.read_text(encoding="utf-8")
