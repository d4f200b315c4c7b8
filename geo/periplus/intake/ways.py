"""The lines that a file draws, laid between the stops that they join.

A line that begins or ends where no stop is brings its own: a place that is to be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.geometry.geodesy import LonLat, distance
from periplus.intake.rows import Line, Row, Taken

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How far an end may be from its stop, in metres.
_NEAR = 25_000.0
_FEWEST = 2


def laid(taken: Taken) -> dict[int, Line]:
    """Return the line that leads to each stop from the one before it, by the number of its row.

    Stops for ends that have none join the rows; what leads from no stop to the next is told.
    """
    lines = [line for line in taken.lines if len(line.positions) >= _FEWEST]
    for line in lines:
        _add_ends(line, taken)
    spots = [_spot(row) for row in taken.rows]
    found: dict[int, Line] = {}
    for line in lines:
        to = _stop_reached(line, spots, taken.rows)
        if to is not None and len(line.positions) == _FEWEST:
            continue  # it only joins two stops, as any leg does
        if to is None or to in found:
            told = f"the line {line.name!r}" if line.name else "a line"
            taken.remarks.append(f"left out: {told}, which leads from no stop to the next")
        else:
            found[to] = line
    return found


def _add_ends(line: Line, taken: Taken) -> None:
    """Add stops at the ends of a line where there are none."""
    spots = [_spot(row) for row in taken.rows]
    first, last = _nearest(line.positions[0], spots), _nearest(line.positions[-1], spots)
    if first is None and last is None:
        taken.rows += [_end(line, "start", 0), _end(line, "end", -1)]
    elif last is None and first is not None:
        taken.rows.insert(first + 1, _end(line, "end", -1))
    elif first is None and last is not None:
        taken.rows.insert(last, _end(line, "start", 0))


def _end(line: Line, which: str, index: int) -> Row:
    lon, lat = line.positions[index]
    where = f"{which} of the line {line.name!r}" if line.name else f"{which} of a line"
    return Row({"lon": repr(lon), "lat": repr(lat)}, where)


def _spot(row: Row) -> LonLat | None:
    cells = row.cells
    return LonLat(float(cells["lon"]), float(cells["lat"])) if "lon" in cells else None


def _nearest(at: tuple[float, float], spots: Sequence[LonLat | None]) -> int | None:
    """Return the number of the stop that is nearest to a position, if one is near."""
    away = [(distance(LonLat(*at), spot), n) for n, spot in enumerate(spots) if spot]
    metres, number = min(away, default=(_NEAR + 1, -1))
    return number if metres <= _NEAR else None


def _stop_reached(line: Line, spots: Sequence[LonLat | None], rows: Sequence[Row]) -> int | None:
    """Return the stop that a line leads to from the one before it."""
    start, end = LonLat(*line.positions[0]), LonLat(*line.positions[-1])
    for number in range(1, len(spots)):
        before, behind = spots[number - 1], spots[number]
        apart = rows[number].cells.get("journey") != rows[number - 1].cells.get("journey")
        if before is None or behind is None or apart or before == behind:
            continue
        if distance(start, before) <= _NEAR and distance(end, behind) <= _NEAR:
            return number
    return None
