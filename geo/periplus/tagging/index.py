"""In which piece of the coverage a point lies: mostly one look into a table.

The world is divided into cells of an eighth of a degree. A cell that no border touches lies in
one piece, or outside all of them: the table says which. The others, about three in a hundred,
are divided once more, into four. Where there is a border in one of these, the few edges that
touch it decide exactly.

The rule for points on a border: of the pieces that touch the point, it belongs to the one
whose id comes first, as `layers.locate` has it. On a coast that is the land. So each point has
one answer, and it does not depend on the grid. ±180° are one meridian.

How the edges decide. Each knows the pieces to its left and right, as numbers. On the way from
the south-west corner of the cell, whose piece is known, up to the height of the point and then
east to it, each edge that is crossed adds the difference of its two sides. What is reached in
the end is the piece of the point: the order of the crossings does not matter, and no position
of a crossing is ever computed. Ties are broken as if every corner lay a little further east
and, far less, further north.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.geometry.ragged import members
from periplus.tagging.tables.orientation import Edges, orientation
from periplus.world.layers import Detail, coverage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from periplus.geometry.coverage import Coverage

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: Cells to a degree, and parts of a cell on each side: powers of two, so that the cell of a
#: point is exact.
_PER_DEGREE, _DIVISION = 8, 2
#: Longitude 180 and latitude 90 have a column and a row of their own.
_COLUMNS, _ROWS = 360 * _PER_DEGREE + 1, 180 * _PER_DEGREE + 1
_WEST, _SOUTH = -180 * _PER_DEGREE, -90 * _PER_DEGREE
#: The same of the parts. Those beyond 180 and 90 stay empty.
_FINE = _PER_DEGREE * _DIVISION
_FINE_COLUMNS, _FINE_WEST, _FINE_SOUTH = _COLUMNS * _DIVISION, -180 * _FINE, -90 * _FINE
#: The number of no piece.
OUTSIDE = 0
#: Added on both sides where an edge is followed through the rows of the grid, in cells.
_SLACK = 1e-6
#: Up to this latitude a geodesic between neighbouring cells departs from the straight line of
#: longitude and latitude by less than a thousandth of a cell. Nearer to a pole it is not asked.
_TAME = 85.0


class _Meetings(NamedTuple):
    """Edges and the parts of cells that they touch, part by part.

    Attributes
    ----------
    edges
        From south to north; what is level, from west to east.
    step
        What going over the edge from its left to its right adds to the number of a piece.
    left
        The number of the piece to its left.
    upwards
        Whether the edge crosses the west side of the part.
    turn
        Whether the south-west corner of the part lies to the right of the edge.
    """

    edges: Edges
    step: NDArray[np.int16]
    left: NDArray[np.int16]
    upwards: Flags
    turn: Flags

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        rest = (self.step, self.left, self.upwards, self.turn)
        return sum(array.nbytes for array in (*self.edges, *rest))


@dataclass(frozen=True)
class Index:
    """The pieces of a coverage, ready for points.

    Attributes
    ----------
    pieces
        The ids in their order; the first has the number 1. 0 is outside of all.
    cells
        For each cell, row by row from the south: the number of its piece, or below zero,
        `-1 - n`, the cell `n` of its row that has a border.
    before
        For each row, how many cells in the rows to the south have a border.
    parts
        For each cell with a border its parts, row by row from the south: the number of the
        piece, or below zero, `-1 - n`, the part `n` of all that has a border.
    corner
        For each part with a border, the piece at its south-west corner.
    first
        For each part with a border, where it begins in `meetings`; one more than there are.
    """

    pieces: tuple[str, ...]
    cells: NDArray[np.int16]
    before: Ints
    parts: NDArray[np.int32]
    corner: NDArray[np.int16]
    first: Ints
    meetings: _Meetings

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        arrays = (self.cells, self.before, self.parts, self.corner, self.first)
        return sum(array.nbytes for array in arrays) + self.meetings.nbytes

    def locate(self, lon: Floats, lat: Floats) -> NDArray[np.int16]:
        """Return the number of the piece that holds each point.

        Parameters
        ----------
        lon, lat
            In degrees (EPSG:4326), within ±180 and ±90.

        Returns
        -------
        array of int16
            0: outside of every piece, such as at sea.
        """
        pieces = self._in_the_plane(lon, lat)
        seam = np.flatnonzero(np.abs(lon) == 180)  # noqa: PLR2004 - degrees
        if len(seam):
            other = self._in_the_plane(-lon[seam], lat[seam])
            both = np.sort([pieces[seam], other], axis=0)
            pieces[seam] = np.where(both[0] == OUTSIDE, both[1], both[0])
        return pieces

    def _in_the_plane(self, lon: Floats, lat: Floats) -> NDArray[np.int16]:
        """Locate points where ±180° are two lines."""
        pieces = self.cells.take(_cells(lon, lat))
        near = np.flatnonzero(pieces < 0)
        if len(near):
            pieces[near] = self._in_parts(lon[near], lat[near], -1 - pieces[near])
        return pieces

    def _in_parts(self, lon: Floats, lat: Floats, cell: NDArray[np.int16]) -> NDArray[np.int16]:
        """Locate points in cells with a border, which are given by their place in the row."""
        row, column = np.floor(lat * _FINE).astype(np.int64), np.floor(lon * _FINE)
        within = row % _DIVISION * _DIVISION + (column % _DIVISION).astype(np.int64)
        cell = self.before[row // _DIVISION - _SOUTH] + cell
        pieces = self.parts.take(cell * _DIVISION**2 + within)
        near = np.flatnonzero(pieces < 0)
        if len(near):
            corner = column[near] / _FINE
            part = -1 - pieces[near].astype(np.int64)
            pieces[near] = self._beside_edges(lon[near], lat[near], corner, part)
        located: NDArray[np.int16] = pieces.astype(np.int16)
        return located

    def _beside_edges(self, lon: Floats, lat: Floats, west: Floats, part: Ints) -> Ints:
        """Decide for points in parts with a border; `west` is the west side of the part."""
        meeting, of = members(self.first[part], self.first[part + 1])
        meetings, y = self.meetings, lat[of]
        south, north, upwards = (
            meetings.edges.ay[meeting],
            meetings.edges.by[meeting],
            meetings.upwards[meeting],
        )
        not_above = south <= y
        some = np.flatnonzero(not_above & ((y <= north) | upwards))
        meeting, of = meeting[some], of[some]
        ax, bx = meetings.edges.ax[meeting], meetings.edges.bx[meeting]
        edges = Edges(ax, south[some], bx, north[some])
        corner = _Corner(west[of], upwards[some], meetings.turn[meeting])
        change, touched = _crossed(edges, lon[of], y[some], corner)
        pieces = self.corner[part].astype(np.int64)
        pieces += np.bincount(of, meetings.step[meeting] * change, len(lon)).astype(np.int64)
        on = np.flatnonzero(touched)
        if len(on):
            self._on_a_border(pieces, of[on], meeting[on])
        return pieces

    def _on_a_border(self, pieces: Ints, of: Ints, meeting: Ints) -> None:
        """Give points on edges to the first piece that touches them."""
        nothing = len(self.pieces) + 1
        pieces[of] = nothing
        left = self.meetings.left[meeting].astype(np.int64)
        for beside in (left, left + self.meetings.step[meeting]):
            np.minimum.at(pieces, of, np.where(beside == OUTSIDE, nothing, beside))

    @cached_property
    def calm(self) -> Flags:
        """Whether a cell and its eight neighbours lie in one piece, or outside all of them.

        A step from such a cell into one that touches it crosses no border: between positions
        that are so close, a geodesic stays within the nine cells.
        """
        cells = self.cells.reshape(_ROWS, _COLUMNS)
        calm = np.zeros(cells.shape, dtype=bool)
        middle = cells[1:-1, 1:-1]
        calm[1:-1, 1:-1] = middle >= OUTSIDE
        for row, column in np.ndindex(3, 3):
            beside = cells[row : _ROWS - 2 + row, column : _COLUMNS - 2 + column]
            calm[1:-1, 1:-1] &= beside == middle
        return calm.ravel()

    def stays(self, steps: Floats) -> Flags:
        """Tell which steps surely cross no border.

        Parameters
        ----------
        steps
            Shape (n, 4): longitude and latitude of the start and of the end.
        """
        start, end = (_cells(steps[:, place], steps[:, place + 1]) for place in (0, 2))
        (row, column), (to_row, to_column) = (np.divmod(cell, _COLUMNS) for cell in (start, end))
        near = (np.abs(row - to_row) <= 1) & (np.abs(column - to_column) <= 1)
        near &= np.abs(steps[:, 1]) < _TAME
        stays: Flags = near & self.calm[start]
        return stays


class _Corner(NamedTuple):
    """Where the way to a point begins, for each edge that it may cross.

    Attributes
    ----------
    west
        The longitude of the corner.
    upwards, turn
        As of `_Meetings`.
    """

    west: Floats
    upwards: Flags
    turn: Flags


def _crossed(edges: Edges, x: Floats, y: Floats, corner: _Corner) -> tuple[Ints, Flags]:
    """Follow the way from the corner up to the height of the point, and then to the point.

    Returns
    -------
    change
        1: the way crosses the edge from its left to its right. -1: from its right to its left.
    touched
        Whether the point lies on the edge.
    """
    below = _is_right(edges, corner.west, y).astype(np.int64)
    side = orientation(edges, x, y)
    change = np.where(y < edges.by, (side < 0) - below, 0)
    change += np.where(corner.upwards, below - corner.turn, 0)
    touched = (side == 0) & (y <= edges.by)
    on = np.flatnonzero(touched)
    ends = np.sort([edges.ax[on], edges.bx[on]], axis=0)
    touched[on] = (ends[0] <= x[on]) & (x[on] <= ends[1])
    return change, touched


def _is_right(edges: Edges, x: Floats, y: Floats) -> Flags:
    """Tell whether corners lie to the right of edges; on the line, a little to the east."""
    side = orientation(edges, x, y)
    right: Flags = np.where(side == 0, edges.ay < edges.by, side < 0)
    return right


def _cells(lon: Floats, lat: Floats) -> Ints:
    """Return the cells of points. Nothing is rounded: the scale is a power of two."""
    cell = np.floor(lat * _PER_DEGREE).astype(np.int64)
    cell -= _SOUTH
    cell *= _COLUMNS
    cell += np.floor(lon * _PER_DEGREE).astype(np.int64)
    cell -= _WEST
    return cell


# ---------------------------------------------------------------------------- building


@cache
def world_index(detail: Detail = Detail.GIS) -> Index:
    """Return the index of the shipped pieces. It takes a third of a second, once."""
    return build(coverage(detail))


class _Sides(NamedTuple):
    """Every edge once, from south to north, and the pieces on its sides."""

    edges: Edges
    left: NDArray[np.int16]
    right: NDArray[np.int16]


def build(world: Coverage) -> Index:
    """Index the pieces of a coverage."""
    sides = _sides(world)
    part, edge = _touched(sides.edges)
    order = np.argsort(part, kind="stable")
    part, edge = part[order], edge[order]
    first = np.flatnonzero(np.append(True, part[1:] != part[:-1]))
    row, column = np.divmod(part[first], _FINE_COLUMNS)
    cell = row // _DIVISION * _COLUMNS + column // _DIVISION
    has_border = np.zeros(_ROWS * _COLUMNS, dtype=bool)
    has_border[cell] = True
    border = np.flatnonzero(has_border)
    owners = _Owners.of(sides)
    cells = owners.of_cells()
    before = np.searchsorted(border // _COLUMNS, np.arange(_ROWS))
    cells[border] = -1 - (np.arange(len(border)) - before[border // _COLUMNS])
    parts = owners.at(_parts_of(border)).astype(np.int32)
    place = np.searchsorted(border, cell)
    place = place * _DIVISION**2 + row % _DIVISION * _DIVISION + column % _DIVISION
    corner = parts[place].astype(np.int16)
    parts[place] = -1 - np.arange(len(place))
    first = np.append(first, len(part))
    return Index(
        pieces=tuple(world.pieces),
        cells=cells,
        before=before,
        parts=parts,
        corner=corner,
        first=first,
        meetings=_meet(sides, part, edge),
    )


def _sides(world: Coverage) -> _Sides:
    """Return every edge, and the pieces on its sides."""
    beside = np.zeros((2, len(world.sizes)), dtype=np.int16)
    for number, piece in enumerate(world.pieces.values(), 1):
        refs = np.array([ref for polygon in piece.polygons for ring in polygon for ref in ring])
        backwards = refs < 0
        # Exteriors run anticlockwise: what is inside is to the left.
        beside[backwards.astype(int), np.where(backwards, ~refs, refs)] = number
    lonlat, arc = world.lonlat, np.repeat(np.arange(len(world.sizes)), world.sizes)
    real = np.flatnonzero((arc[:-1] == arc[1:]) & (lonlat[:-1] != lonlat[1:]).any(axis=1))
    (ax, ay), (bx, by) = lonlat[real].T, lonlat[real + 1].T
    left, right = beside[0, arc[real]], beside[1, arc[real]]
    down = (by < ay) | ((by == ay) & (bx < ax))
    edges = Edges(
        *(np.where(down, b, a) for a, b in ((ax, bx), (ay, by))),
        *(np.where(down, a, b) for a, b in ((ax, bx), (ay, by))),
    )
    return _Sides(edges, np.where(down, right, left), np.where(down, left, right))


def _meet(sides: _Sides, part: Ints, edge: Ints) -> _Meetings:
    """Work out what of each meeting does not depend on a point."""
    edges = Edges(*(values[edge] for values in sides.edges))
    row, column = np.divmod(part, _FINE_COLUMNS)
    x, y = (column + _FINE_WEST) / _FINE, (row + _FINE_SOUTH) / _FINE
    upwards = (edges.ax <= x) != (edges.bx <= x)
    turn = np.zeros(len(edge), dtype=bool)
    up = np.flatnonzero(upwards)
    turn[up] = _is_right(Edges(*(values[up] for values in edges)), x[up], y[up])
    left, right = sides.left[edge], sides.right[edge]
    return _Meetings(edges, right - left, left, upwards, turn)


def _touched(edges: Edges) -> tuple[Ints, Ints]:
    """Return the parts that edges touch, each with its edge; a few too many at the corners."""
    low, high = (np.floor(y * _FINE).astype(np.int64) for y in (edges.ay, edges.by))
    row, of = members(low, high + 1)
    south = np.maximum(edges.ay[of] * _FINE, row)
    north = np.minimum(edges.by[of] * _FINE, row + 1)
    ends = _across(edges, of, south, 0), _across(edges, of, north, 1)
    west, east = np.minimum(*ends), np.maximum(*ends)
    first = np.floor(west - _SLACK).astype(np.int64).clip(_FINE_WEST)
    last = np.floor(east + _SLACK).astype(np.int64).clip(max=-_FINE_WEST)
    column, run = members(first, last + 1)
    return (row[run] - _FINE_SOUTH) * _FINE_COLUMNS + column - _FINE_WEST, of[run]


def _across(edges: Edges, of: Ints, y: Floats, level: int) -> Floats:
    """Return where edges are at a latitude, in parts; of level ones the given end, 0 or 1."""
    a, rise = edges.ay[of], edges.by[of] - edges.ay[of]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(rise > 0, (y / _FINE - a) / rise, level)
    x: Floats = (edges.ax[of] + (edges.bx[of] - edges.ax[of]) * share) * _FINE
    return x


def _parts_of(cells: Ints) -> Ints:
    """Return the parts of cells, row by row from the south, cell by cell."""
    row, column = np.divmod(cells, _COLUMNS)
    rows = row[:, None, None] * _DIVISION + np.arange(_DIVISION)[:, None]
    columns = column[:, None, None] * _DIVISION + np.arange(_DIVISION)
    parts: Ints = (rows * _FINE_COLUMNS + columns).ravel()
    return parts


class _Owners(NamedTuple):
    """The pieces along the south sides of all rows of parts.

    Attributes
    ----------
    key
        The first part to the east of each edge that is met, sorted: row by row, eastwards.
    piece
        The piece from there on. Each row begins and ends outside, so that one sum runs on.
    """

    key: Ints
    piece: NDArray[np.int16]

    @classmethod
    def of(cls, sides: _Sides) -> _Owners:
        """Follow each row eastwards."""
        edges = sides.edges
        low, high = (np.ceil(y * _FINE).astype(np.int64) for y in (edges.ay, edges.by))
        row, of = members(low, high)
        x = _across(edges, of, row.astype(np.float64), 0)
        column = np.ceil(x).astype(np.int64)
        near = np.flatnonzero(np.abs(x - np.round(x)) < _SLACK)  # there, rounding could mislead
        at = np.round(x[near])
        some = Edges(*(values[of[near]] for values in edges))
        beyond = _is_right(some, at / _FINE, row[near] / _FINE)
        column[near] = at.astype(np.int64) + ~beyond
        key = (row - _FINE_SOUTH) * _FINE_COLUMNS + column - _FINE_WEST
        order = np.argsort(key, kind="stable")
        steps = (sides.right - sides.left)[of[order]]
        return cls(key[order], np.cumsum(steps, dtype=np.int16))

    def at(self, parts: Ints) -> NDArray[np.int16]:
        """Return the piece at the south-west corner of parts."""
        pieces = np.append(np.int16(OUTSIDE), self.piece)
        return pieces[np.searchsorted(self.key, parts, "right")]

    def of_cells(self) -> NDArray[np.int16]:
        """Return the piece at the south-west corner of every cell."""
        row, column = np.divmod(self.key, _FINE_COLUMNS)
        south = np.flatnonzero(row % _DIVISION == 0)
        cell = row[south] // _DIVISION * _COLUMNS + -(-column[south] // _DIVISION)
        pieces = np.append(np.int16(OUTSIDE), self.piece[south])
        counts = np.diff(np.concatenate([[0], cell, [_ROWS * _COLUMNS]]))
        return np.repeat(pieces, counts)
