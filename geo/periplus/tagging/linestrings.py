"""Tag lines: each is cut at every border, and each stretch is a row of a second table.

Between its vertices a line follows geodesics, as the paths of routes do. Most steps of a track
are short and far from borders: one look into the table of cells settles them. The others are
cut by `crossings`, and the middle of each stretch tells in which piece it lies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from periplus.geometry import crossings
from periplus.geometry.geodesy import NEARLY_ANTIPODAL, WGS84
from periplus.tagging.days import days
from periplus.tagging.index import OUTSIDE, Index
from periplus.tagging.tables import arrow
from periplus.tagging.tables.faults import CODE, NONE, Reason, rejects
from periplus.tagging.tables.positions import Positions, check, geometries, reproject, wrapped
from periplus.tagging.tagged import Tagged
from periplus.tagging.timeline import SUMMARY
from periplus.world import layers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from periplus.tagging.tagger import Tagger
    from periplus.tagging.timeline import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Codes = NDArray[np.int8]

#: Stretches that are shorter than this, in metres, are points.
_POINT = 1e-3
#: Between jurisdictions in one cell.
_AND = ";"


@dataclass(slots=True)
class _Tracks:
    """Lines as flat arrays of vertices.

    Attributes
    ----------
    part
        Of each vertex, the line it belongs to; a multi-line has several.
    row
        Of each such line, the row of the batch.
    order
        Of each such line, its place within the row, from 0.
    """

    where: Positions
    part: Ints
    row: Ints
    order: Ints

    def of_rows(self, chosen: NDArray[np.bool_]) -> _Tracks:
        """Return the lines of some rows."""
        parts = np.flatnonzero(chosen[self.row])
        kept = np.isin(self.part, parts)
        where = Positions(self.where.lon[kept], self.where.lat[kept], self.where.faults[kept])
        part = np.searchsorted(parts, self.part[kept])
        return _Tracks(where, part, self.row[parts], self.order[parts])

    @property
    def steps(self) -> tuple[Floats, Ints]:
        """From vertex to vertex: shape (n, 4), and the line of each."""
        joined = np.flatnonzero(self.part[:-1] == self.part[1:])
        lon, lat = self.where.lon, self.where.lat
        ends = [lon[joined], lat[joined], lon[joined + 1], lat[joined + 1]]
        return np.stack(ends, axis=1), self.part[joined]


@dataclass(frozen=True, slots=True)
class Slices:
    """Stretches of lines, each within one piece, in the order of the lines and along each.

    Attributes
    ----------
    part
        The line of each.
    piece
        The number of its piece; 0: outside of all.
    start, length
        In metres; `start` counts from the first vertex of the line.
    lon, lat
        Where it begins.
    """

    part: Ints
    piece: NDArray[np.int16]
    start: Floats
    length: Floats
    lon: Floats
    lat: Floats


@cache
def piece_borders() -> crossings.EdgeIndex:
    """Return the borders between all pieces, also those within one jurisdiction."""
    world = layers.coverage(layers.Detail.GIS)
    apart = {key: replace(piece, territory=key) for key, piece in world.pieces.items()}
    return crossings.index(replace(world, pieces=apart))


def tag(tagger: Tagger, batch: pa.RecordBatch, numbers: Sequence[int] | None = None) -> Tagged:
    """Tag the lines of a batch; `numbers` are those of its rows in the input, from 1."""
    numbers = range(1, len(batch) + 1) if numbers is None else numbers
    dated = days(batch, tagger.layout)
    faults, details, tracks = _read(tagger, batch)
    if dated is not None:
        faults = np.where(faults == NONE, dated[1], faults)
    wrong = []
    if faults.any():
        notes = [details.get(row, "") for row in np.flatnonzero(faults).tolist()]
        wrong = rejects(batch, faults, notes, numbers)
    sound = np.flatnonzero(faults == NONE)
    tracks = tracks.of_rows(faults == NONE)
    slices = cut(tagger.index, *tracks.steps)
    of = np.searchsorted(sound, tracks.row)  # the row of each line, among the sound ones
    on = None if dated is None else dated[0][tracks.row[slices.part]]
    answers = tagger.timeline.answer(slices.piece, on)
    names = [piece.jurisdiction for piece in tagger.timeline.pieces]
    rows = _summary(slices, of[slices.part], len(sound), names)
    kept = batch.take(arrow.numbers(sound))
    named = {f"{tagger.prefix}{name}": column for name, column in rows.items()}
    return Tagged(
        rows=tagger.joined(kept, named),
        rejects=wrong,
        slices=_table(tagger, slices, tracks, numbers, answers),
        outside=sum(not text for text in rows["jurisdictions"].to_pylist()),
    )


def _read(tagger: Tagger, batch: pa.RecordBatch) -> tuple[Codes, dict[int, str], _Tracks]:
    """Read the lines of a batch; note what is wrong with each row, and say it."""
    import shapely

    shapes, faults = geometries(batch.column(str(tagger.layout.geometry)))
    kinds = shapely.get_type_id(shapes)
    types = shapely.GeometryType
    lines = (kinds == types.LINESTRING.value) | (kinds == types.MULTILINESTRING.value)
    faults[(faults == NONE) & ~lines] = CODE[Reason.OTHER_GEOMETRY]
    shapes[faults != NONE] = None
    parts, row = shapely.get_parts(shapes, return_index=True)
    lonlat, part = shapely.get_coordinates(parts, return_index=True)
    lon, lat = np.ascontiguousarray(lonlat.T)
    where = Positions(lon, lat, np.zeros(len(lon), dtype=np.int8))
    if tagger.layout.crs is not None:
        reproject(where, tagger.layout.crs)
    if tagger.layout.wrap:
        where.lon = wrapped(where.lon)
    check(where)
    tracks = _Tracks(where, part, row, np.arange(len(row)) - np.searchsorted(row, row))
    details: dict[int, str] = {}
    for vertex in np.flatnonzero(where.faults).tolist()[::-1]:
        of = int(row[part[vertex]])
        faults[of] = where.faults[vertex]
        details[of] = f"a vertex: {where.detail(vertex)}"
    _note_antipodal(tracks, faults, details)
    return faults, details, tracks


def _note_antipodal(tracks: _Tracks, faults: Codes, details: dict[int, str]) -> None:
    """Note lines with a step that goes half around the Earth."""
    sound = tracks.of_rows(faults == NONE)
    steps, of = sound.steps
    length = WGS84.inv(*steps.T)[2] if len(steps) else np.zeros(0)
    for step in np.flatnonzero(length > NEARLY_ANTIPODAL).tolist():
        row = int(sound.row[of[step]])
        faults[row] = CODE[Reason.ANTIPODAL]
        details[row] = f"no single path is the shortest: {steps[step].tolist()}"


def cut(index: Index, steps: Floats, part: Ints) -> Slices:
    """Cut lines at every border.

    Parameters
    ----------
    steps
        Shape (n, 4): longitude and latitude of the start and the end of each step of the
        lines, in degrees (EPSG:4326).
    part
        The line of each step; ascending.
    """
    if not len(steps):
        none = np.zeros(0)
        return Slices(part, np.zeros(0, dtype=np.int16), none, none, none, none)
    azimuth, _, length = WGS84.inv(*steps.T)
    doubtful = np.flatnonzero(~index.stays(steps) & (length > _POINT))
    path, at = crossings.meet(piece_borders(), steps[doubtful])
    step = np.append(np.arange(len(steps)), doubtful[path])
    at = np.append(np.zeros(len(steps)), at)
    order = np.lexsort((at, step))
    step, at = step[order], at[order]
    last = np.append(step[1:] != step[:-1], True)
    to = np.where(last, length[step], np.append(at[1:], 0))
    chosen = _worth(to - at, part[step])
    step, at, to = step[chosen], at[chosen], to[chosen]
    # The middle of a stretch tells where it lies; of a step that stays, its start does.
    middle = np.where(np.isin(step, doubtful), (at + to) / 2, 0.0)
    piece = index.locate(*_moved(steps, azimuth, step, middle))
    new = np.append(True, (piece[1:] != piece[:-1]) | (part[step[1:]] != part[step[:-1]]))
    first = np.flatnonzero(new)
    step, at, piece = step[first], at[first], piece[first]
    return _sliced(steps, part, (azimuth, length), (step, at, piece))


def _worth(length: Floats, part: Ints) -> Ints:
    """Choose the stretches that are no points; of a line that is one, the first."""
    chosen = length > _POINT
    first = np.flatnonzero(np.append(True, part[1:] != part[:-1]))
    empty = np.add.reduceat(chosen, first) == 0
    chosen[first[empty]] = True
    return np.flatnonzero(chosen)


def _moved(steps: Floats, azimuth: Floats, step: Ints, away: Floats) -> tuple[Floats, Floats]:
    """Return positions on steps, so many metres from their starts; to the last bit where 0."""
    lon, lat = steps[step, 0].copy(), steps[step, 1].copy()
    some = np.flatnonzero(away)
    if len(some):
        at = step[some]
        lon[some], lat[some], _ = WGS84.fwd(lon[some], lat[some], azimuth[at], away[some])
    return lon, lat


def _sliced(
    steps: Floats,
    part: Ints,
    measured: tuple[Floats, Floats],
    begun: tuple[Ints, Floats, NDArray[np.int16]],
) -> Slices:
    """Measure stretches, of which the beginnings are known."""
    azimuth, length = measured
    step, at, piece = begun
    along = np.append(0.0, np.cumsum(length))
    firsts = np.searchsorted(part, part)  # the first step of the line of each step
    start = along[step] - along[firsts[step]] + at
    whole = along[np.searchsorted(part, part[step], "right")] - along[firsts[step]]
    last = np.append(part[step[1:]] != part[step[:-1]], True)
    end = np.where(last, whole, np.append(start[1:], 0))
    lon, lat = _moved(steps, azimuth, step, at)
    return Slices(part[step], piece, start, end - start, lon, lat)


def _summary(slices: Slices, row: Ints, rows: int, names: list[str]) -> dict[str, pa.Array]:
    """Return what is said of each row of lines as a whole."""
    outside = np.where(slices.piece == OUTSIDE, slices.length, 0.0)
    bounds = np.searchsorted(row, np.arange(rows + 1)).tolist()
    keys = [names[piece - 1] if piece else "" for piece in slices.piece.tolist()]
    jurisdictions = [
        _AND.join(dict.fromkeys(key for key in keys[first:last] if key))
        for first, last in pairwise(bounds)
    ]
    columns = (
        arrow.texts(jurisdictions),
        arrow.numbers(np.round(np.bincount(row, slices.length, rows), 3)),
        arrow.numbers(np.round(np.bincount(row, outside, rows), 3)),
        arrow.numbers(np.bincount(row, minlength=rows).astype(np.int32)),
    )
    return dict(zip(SUMMARY, columns, strict=True))


def _table(
    tagger: Tagger, slices: Slices, tracks: _Tracks, numbers: Sequence[int], answers: Answers
) -> pa.RecordBatch:
    """Return the slices as rows of a table."""
    of = tracks.row[slices.part]
    counted = np.arange(len(of)) - np.searchsorted(slices.part, slices.part)
    columns = {
        "row": arrow.numbers(np.asarray(numbers, dtype=np.int64)[of]),
        "part": arrow.numbers((tracks.order[slices.part] + 1).astype(np.int32)),
        "slice": arrow.numbers((counted + 1).astype(np.int32)),
        "from_m": arrow.numbers(np.round(slices.start, 3)),
        "length_m": arrow.numbers(np.round(slices.length, 3)),
        "lon": arrow.numbers(np.round(slices.lon, 9)),
        "lat": arrow.numbers(np.round(slices.lat, 9)),
        **tagger.columns(answers),
    }
    return pa.RecordBatch.from_arrays([*columns.values()], names=[*columns])
