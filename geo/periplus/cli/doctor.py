"""The command that says what is installed, what of it works, and what a bug report needs.

A report is pasted where strangers read it: the home folder, which names its owner, is written `~`.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus import distribution
from periplus.cli.options import (
    STANDARD_OUTPUT,
    Json,
    Output,
    Overwrite,
    chosen,
    deliver,
    format_option,
)
from periplus.environment import DEFAULTS, VARIABLES
from periplus.errors import PeriplusError, visible
from periplus.file_format import FileFormat

if TYPE_CHECKING:
    from collections.abc import Callable

#: What the program uses of each extra that its users may want; the others are its developers'.
EXTRAS = {"sea": ("searoute",), "cluster": ("dask_geopandas", "distributed")}

_NEEDED = """\
A bug report needs this text, the command as you typed it, and all that it said. If a route file is
needed to show the bug, change names and places in it until the fault is still there and the person
is not. What concerns safety is reported in private: SECURITY.md.
"""


_WORKS, _BROKEN, _MISSING = "works", "broken: ", "missing"


class DoctorFormat(FileFormat):
    """The formats of a report."""

    TEXT = "text", ".txt"
    JSON = "json", ".json"


@dataclass(frozen=True, slots=True)
class Report:
    """What is installed, and what of it works.

    Attributes
    ----------
    folders
        Where the program and its data lie.
    libraries
        The version of each library that is asked for, and of those in C++ beneath them.
    extras
        Of each extra: that it works, why not, or how to install it.
    trials
        Of each part that was tried: that it works, or why not.
    variables
        Those of the environment that are set and change something.
    """

    version: str
    python: str
    system: str
    output: str
    folders: dict[str, str]
    libraries: dict[str, str]
    extras: dict[str, str]
    trials: dict[str, str]
    variables: dict[str, str]

    @property
    def is_well(self) -> bool:
        """Whether all that was tried works; an extra that is not installed is no fault."""
        return all(told == _WORKS for told in self.trials.values()) and not any(
            told.startswith(_BROKEN) for told in self.extras.values()
        )


def doctor(
    output: Output = None,
    *,
    form: Annotated[str | None, format_option(DoctorFormat)] = None,
    as_json: Json = False,
    overwrite: Overwrite = False,
) -> None:
    """Say what is installed, what of it works, where data lies, and what a bug report needs."""
    to_write = chosen(DoctorFormat.TEXT, output, form, as_json=as_json)
    report = examine()
    render = {DoctorFormat.TEXT: as_text, DoctorFormat.JSON: _as_json}[to_write]
    deliver(render(report), output or STANDARD_OUTPUT, overwrite=overwrite)
    if not report.is_well:
        raise typer.Exit(1)


def examine() -> Report:
    """Look at this installation, and draw a shipped case with it."""
    return Report(
        version=distribution.version(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        output=f"{sys.stdout.encoding}, {'a terminal' if sys.stdout.isatty() else 'no terminal'}",
        folders=_folders(),
        libraries=distribution.libraries() | _beneath(),
        extras={extra: _extra(extra) for extra in EXTRAS},
        trials={name: _tried(trial) for name, trial in _TRIALS.items()},
        variables=_variables(),
    )


def as_text(report: Report) -> str:
    """Write a report as text, ending with what else a bug report needs."""
    parts = {
        "Folders": report.folders,
        "Extras": report.extras,
        "Tried": report.trials,
        "Libraries": report.libraries,
        "Variables": report.variables or {"none": "that changes something is set"},
    }
    head = (
        f"Periplus {report.version}, {report.python}, {report.system}\nOutput: {report.output}\n\n"
    )
    return head + "".join(_part(title, rows) for title, rows in parts.items()) + _NEEDED


def _part(title: str, rows: dict[str, str]) -> str:
    width = max(map(len, rows))
    lines = "".join(f"  {name:<{width}}  {visible(told)}\n" for name, told in rows.items())
    return f"{title}\n{lines}\n"


def _as_json(report: Report) -> str:
    whole = asdict(report) | {"well": report.is_well}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _folders() -> dict[str, str]:
    from periplus.shipped import shipped

    found = {"program": Path(__file__).parent.parent, "Python": Path(sys.prefix)}
    for folder in ("layers", "maps"):
        try:
            found[folder] = shipped(folder)
        except PeriplusError:
            return {name: _homeless(path) for name, path in found.items()} | {folder: _MISSING}
    return {name: _homeless(path) for name, path in found.items()}


def _homeless(path: Path) -> str:
    """Write a path without the name of its owner."""
    home = _home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _home() -> Path:
    """Return the home folder; `~` itself where a container has none."""
    return Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() fails where there is none


def _variables() -> dict[str, str]:
    """Return what is set in the environment and differs from what the command line takes."""
    told = {name: os.environ.get(name, "") for name in VARIABLES}
    return {name: value for name, value in told.items() if value not in {"", DEFAULTS.get(name)}}


def _beneath() -> dict[str, str]:
    """Return the versions of the libraries in C++ that wheels bring along."""
    found = {}
    for name, module, attribute in (
        ("GEOS", "shapely", "geos_version_string"),
        ("PROJ", "pyproj", "proj_version_str"),
        ("GDAL", "pyogrio", "__gdal_version_string__"),
    ):
        try:
            found[name] = getattr(importlib.import_module(module), attribute)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it is what is asked
            found[name] = _broken(error)
    return found


def _extra(extra: str) -> str:
    """Import what an extra brings: only that shows that it works."""
    try:
        for module in EXTRAS[extra]:
            importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name in EXTRAS[extra]:
            return f"not installed: {distribution.install(extra)}"
        return _broken(error)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is what is asked
        return _broken(error)
    return _WORKS


def _tried(trial: Callable[[], object]) -> str:
    try:
        trial()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is what is asked
        return _broken(error)
    return _WORKS


def _broken(error: Exception) -> str:
    return f"{_BROKEN}{type(error).__name__}: {error}".replace(str(_home()), "~")


def _read_facts() -> object:
    from periplus.law.shipped_law import facts

    return facts()


def _read_borders() -> object:
    from periplus.world.layers import coverage

    return coverage("world")


def _draw_page() -> object:
    from periplus.cli.routes import scene_of
    from periplus.views import html

    return html.render(scene_of(["the-deserter"], None))


def _draw_picture() -> object:
    from periplus.cli.routes import scene_of
    from periplus.views.picture.rendering import card

    return card(scene_of(["the-deserter"], None))


_TRIALS = {
    "facts": _read_facts,
    "borders": _read_borders,
    "a page": _draw_page,
    "a picture": _draw_picture,
}
