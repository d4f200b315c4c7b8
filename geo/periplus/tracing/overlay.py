"""What lies under a path: its slices by jurisdiction, with the law and the air of the date.

An overlay is drawn up for a documented path and for a great circle, and for nothing else. That
of a great circle is illustrative: it tells what lies between two airports, not what was flown
over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from periplus.geometry import crossings
from periplus.geometry.geodesy import WGS84, LonLat, cut_at_antimeridian, drawn
from periplus.law.airspace import closures
from periplus.world import layers
from periplus.world.contested import contests
from periplus.world.layers import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from periplus.dates import Edtf
    from periplus.geometry.crossings import Atlas, Cuts
    from periplus.law.airspace import Closure
    from periplus.law.law import Law
    from periplus.law.standing import Change, Standing
    from periplus.world.contested import Contest

#: Where a path goes to and fro between the same two jurisdictions, a slice shorter than this,
#: in metres, is counted to the one around it: the layer is drawn on a grid of some ten metres,
#: and its coasts and borders are generalised to several hundred.
SHORTEST = 100.0


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a path inside one jurisdiction.

    Attributes
    ----------
    jurisdiction
        A state, ISO 3166-1 alpha-3, or a territory; `None`: outside every polygon of the
        layer, such as at sea. Nothing is said of territorial waters.
    start, end
        Metres from the start of the path.
    share
        Of the length of the path.
    begins, ends
        Where.
    standing
        On the last day of the date of the leg; `None` outside every polygon, and where nothing is
        assessed.
    changes
        Each change of the level, or of the rule behind it, after the first day of the date.
    closures
        Of its airspace, for a flight.
    """

    jurisdiction: str | None
    start: float
    end: float
    share: float
    begins: LonLat
    ends: LonLat
    standing: Standing | None = None
    changes: tuple[Change, ...] = ()
    closures: tuple[Closure, ...] = ()

    @property
    def length(self) -> float:
        """Its length in metres."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a path goes from one jurisdiction into another.

    Attributes
    ----------
    position, at
        Where, and how many metres from the start of the path.
    left, entered
        The jurisdictions; `None`: outside every polygon.
    contests
        What makes the border contested, and who says so; nothing if no source does.
    """

    position: LonLat
    at: float
    left: str | None
    entered: str | None
    contests: tuple[Contest, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What all slices in one jurisdiction, or at one level, come to."""

    key: str | None
    length: float
    share: float


@dataclass(frozen=True, eq=False)
class Overlay:
    """The slices of a path, end to end, and the crossings between them.

    Attributes
    ----------
    vertices
        Of the path, shape (n, 2): longitude and latitude in degrees. Between them it follows
        geodesics.
    merged, merged_length
        How many slices shorter than `SHORTEST` were counted to the one around them, and the
        metres that they come to.
    """

    vertices: NDArray[np.float64]
    length: float
    slices: tuple[Slice, ...]
    crossings: tuple[Crossing, ...]
    merged: int
    merged_length: float

    def __eq__(self, other: object) -> bool:
        """Whether they are of the same path, vertex by vertex, and in the same slices."""
        if not isinstance(other, Overlay):
            return NotImplemented
        same = np.array_equal(self.vertices, other.vertices)
        return same and self._counted == other._counted

    def __hash__(self) -> int:
        """Return what is alike of equal ones."""
        return hash(self._counted)

    @property
    def _counted(self) -> tuple[object, ...]:
        return self.length, self.slices, self.crossings, self.merged, self.merged_length

    def by_jurisdiction(self) -> list[Total]:
        """Sum up the slices of each jurisdiction, in the order of the path."""
        return totals([self], lambda part: part.jurisdiction)

    def line(self, part: Slice) -> list[NDArray[np.float64]]:
        """Return the vertices of a slice, cut at ±180°, to be drawn."""
        inner = self.vertices[1:-1]
        steps = WGS84.inv(*self.vertices[:-1].T, *self.vertices[1:].T)[2]
        along = np.cumsum(steps)[:-1]
        between = inner[(along > part.start) & (along < part.end)]
        return draw([part.begins, *(LonLat(*vertex) for vertex in between.tolist()), part.ends])


def totals(overlays: Iterable[Overlay], key: Callable[[Slice], str | None]) -> list[Total]:
    """Sum up the slices of several overlays by a key, in the order in which it is met."""
    lengths: dict[str | None, float] = {}
    for overlay in overlays:
        for part in overlay.slices:
            lengths[key(part)] = lengths.get(key(part), 0.0) + part.length
    whole = sum(lengths.values()) or 1.0
    return [Total(name, length, length / whole) for name, length in lengths.items()]


def draw(vertices: list[LonLat]) -> list[NDArray[np.float64]]:
    """Return a path of geodesics as lines to be drawn, cut at ±180°."""
    parts = [drawn(start, end) for start, end in pairwise(vertices)]
    whole = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
    whole[:, 0] = np.unwrap(whole[:, 0], period=360.0)
    return cut_at_antimeridian(whole)


@cache
def borders() -> Atlas:
    """Return the borders of the finest detail; they are indexed where paths need them."""
    return crossings.Atlas(layers.coverage(layers.Detail.GIS))


def draw_up(
    vertices: NDArray[np.float64],
    on: Edtf | None,
    law: Law,
    *,
    flown: bool,
    absent: Mapping[str, str] = NOTHING,
) -> Overlay:
    """Lay a path over the jurisdictions.

    Parameters
    ----------
    vertices
        Of the path, shape (n, 2): longitude and latitude in degrees (EPSG:4326).
    on
        When it was travelled.
    law
        Gives the standing of a jurisdiction, what changed within the date, and closed airspace.
    flown
        Whether closed airspace matters.
    absent
        The territories that were not told apart then, each with the state it was a part of.

    Raises
    ------
    GeodesyError
        If neighbouring vertices are nearly antipodal.
    """
    cuts = crossings.follow(borders(), vertices)
    bare = slices_of(cuts, LonLat(*vertices[0].tolist()), LonLat(*vertices[-1].tolist()))
    kept, merged, merged_length = merge(_together(bare, absent))
    slices = tuple(_with_law(part, on, law, flown=flown) for part in kept)
    return Overlay(
        vertices=vertices,
        length=float(cuts.lengths[0]),
        slices=slices,
        crossings=tuple(_crossings(slices, on)),
        merged=merged,
        merged_length=merged_length,
    )


def slices_of(cuts: Cuts, start: LonLat, end: LonLat) -> list[Slice]:
    """Turn crossings into what lies between them."""
    border_crossings = cuts.crossings(0)
    length = float(cuts.lengths[0])
    held = [cuts.start(0), *(cut.entered for cut in border_crossings)]
    at = [0.0, *(cut.at for cut in border_crossings), length]
    places = [start, *(cut.position for cut in border_crossings), end]
    return [
        Slice(
            jurisdiction=jurisdiction,
            start=at[index],
            end=at[index + 1],
            share=(at[index + 1] - at[index]) / length if length else 1.0,
            begins=places[index],
            ends=places[index + 1],
        )
        for index, jurisdiction in enumerate(held)
        if at[index + 1] > at[index] or not length
    ]


def _together(slices: list[Slice], absent: Mapping[str, str]) -> list[Slice]:
    """Give what is in a territory that is not told apart to its state, as one slice with it."""
    whole: list[Slice] = []
    for part in slices:
        code = absent.get(part.jurisdiction or "", part.jurisdiction)
        if whole and absent and whole[-1].jurisdiction == code:
            whole[-1] = _joined(whole[-1], part)
        else:
            whole.append(replace(part, jurisdiction=code))
    return whole


def _joined(before: Slice, after: Slice) -> Slice:
    share = before.share + after.share
    return replace(before, end=after.end, ends=after.ends, share=share)


def merge(slices: list[Slice]) -> tuple[list[Slice], int, float]:
    """Count short slices to the ones around them where a path goes to and fro.

    A slice counts as such if it is shorter than `SHORTEST`, the jurisdiction on both sides of
    it is the same, and the path goes between the two once more next to it. So a small country
    that is crossed once always stays. The shortest goes first.

    Returns
    -------
    slices
        What remains.
    merged, length
        How many went, and the metres that they come to.
    """
    kept, merged, length = list(slices), 0, 0.0
    while tiny := [index for index in range(1, len(kept) - 1) if _is_to_and_fro(kept, index)]:
        index = min(tiny, key=lambda index: kept[index].length)
        before, gone, after = kept[index - 1 : index + 2]
        joined = replace(
            before, end=after.end, ends=after.ends, share=before.share + gone.share + after.share
        )
        kept[index - 1 : index + 2] = [joined]
        merged, length = merged + 1, length + gone.length
    return kept, merged, length


def _is_to_and_fro(slices: list[Slice], index: int) -> bool:
    here = slices[index].jurisdiction
    near = slices[max(0, index - 2) : index + 3]
    return (
        slices[index].length < SHORTEST
        and slices[index - 1].jurisdiction == slices[index + 1].jurisdiction
        and sum(part.jurisdiction == here for part in near) > 1
    )


def _with_law(
    part: Slice,
    on: Edtf | None,
    law: Law,
    *,
    flown: bool,
) -> Slice:
    if part.jurisdiction is None:
        return part
    standing, changes = law.within(part.jurisdiction, on)
    closed = tuple(closures(part.jurisdiction, on, law)) if flown else ()
    return replace(part, standing=standing, changes=changes, closures=closed)


def _crossings(slices: tuple[Slice, ...], on: Edtf | None) -> Iterator[Crossing]:
    for before, behind in pairwise(slices):
        sides = (before.jurisdiction, behind.jurisdiction)
        yield Crossing(behind.begins, behind.start, *sides, contests(behind.begins, sides, on))
