"""What lies in the folder of a case that was taken from another file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from periplus.route.contracting import dump_short
from periplus.route.schema import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from periplus.intake.assembling import Assembled
    from periplus.intake.edited import Edited

_SCHEMA = "# yaml-language-server: $schema={schema}\n"
_HEAD = """\
# yaml-language-server: $schema={schema}
#
# Taken from {file}. What the file does not say is still to be filled in:
#
#     periplus check THIS-FOLDER           lists it, in the order of this file
#     periplus places --fill THIS-FOLDER   looks the positions of named places up
#
# Until nothing rests on a `worksheet` any more this is a draft, and each output says so.

"""


def files_of(made: Assembled, name: str) -> Mapping[str, str]:
    """Return the files of a case by their names: the route, and a path file for each line.

    Parameters
    ----------
    name
        That of the file that it was taken from.
    """
    head = _HEAD.format(schema=FILE_NAME, file=" ".join(name.split()))
    tracks = {track: _line(positions) for track, positions in made.tracks.items()}
    return {"route.yaml": head + dump_short(made.data), **tracks}


def files_of_edited(routes: Sequence[Edited]) -> Mapping[str, str]:
    """Return the files of a case by their names; of several routes each has a folder of its own."""
    alone = len(routes) == 1
    files: dict[str, str] = {}
    for route in routes:
        folder = "" if alone else f"{route.id}/"
        head = _SCHEMA.format(schema=FILE_NAME if alone else f"../{FILE_NAME}")
        files[f"{folder}route.yaml"] = f"{head}\n{route.text}"
        files |= {f"{folder}{track}": _line(line) for track, line in route.tracks.items()}
    return files


def _line(positions: tuple[tuple[float, float], ...]) -> str:
    geometry = {"type": "LineString", "coordinates": [list(at) for at in positions]}
    return json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}) + "\n"
