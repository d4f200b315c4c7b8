"""What stands on the map at a place, and which text tells of it: markers, lines, attempts.

Every drawn thing has an id of its own and names the ids of its texts. What has no place is in
none of these: a view cannot draw it by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from periplus.geometry.geodesy import LonLat, cut_at_antimeridian
from periplus.route.steps import Compulsion, Mode, Status
from periplus.tracing.overlay import draw
from periplus.tracing.trace import PathKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from periplus.language.text import LocalizedText


Parts = tuple[tuple[LonLat, ...], ...]


class Symbol(StrEnum):
    """How a stop is drawn. Each has a shape and a word of its own, not only a colour."""

    SITE = "site"
    SETTLEMENT = "settlement"
    INFERRED = "inferred"
    UNPLACED = "unplaced"
    """Named, and no position was given: the editor's silence, not the source's."""
    DESCRIBED = "described"
    """Described in the words of the source, not named."""
    AREA = "area"
    COUNTRY = "country"
    BORDER = "border"
    WITHHELD = "withheld"
    NOT_STATED = "not_stated"
    UNKNOWN = "unknown"


#: What nobody can place: nothing is drawn or said across it. What the others lack is a point.
GAPS = (Symbol.WITHHELD, Symbol.NOT_STATED, Symbol.UNKNOWN)


class Attempted(StrEnum):
    """How an attempt is drawn: with the bar that stopped it, or as a plan that stayed open."""

    BARRED = "barred"
    """A line that ends in a barred X before its hollow target; a barred X on the start."""
    OPEN = "open"
    """Only planned, or not told how it ended: a line of dots to a hollow target, no bar."""


class Shoulder(StrEnum):
    """On which side of a marker the tab stands that says that a way is withheld."""

    LEFT = "left"
    RIGHT = "right"


#: Movements against the traveller's will: a heavy double line with bars, each named.
FORCED = (Compulsion.ABDUCTION, Compulsion.FORCED_RETURN, Compulsion.CUSTODY)


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the map with the stops that visit it.

    Attributes
    ----------
    id
        `marker-2`: in the order of the first visit.
    position
        Longitude and latitude in degrees (EPSG:4326).
    mark
        What stands on it: the numbers of its stops, "1, 3".
    title
        What its label says.
    tab
        On which shoulder it bears the tab of a way that is withheld, if one is: the one away
        from the lines that are drawn, so that it points nowhere.
    attempts, stayed
        The ids of the attempts that it marks: those that are not drawn as lines; and
        whether one of them was barred.
    tells
        The ids of its texts, those of the attempts included.
    """

    id: str
    position: LonLat
    symbol: Symbol
    mark: str
    title: LocalizedText
    tab: Shoulder | None
    attempts: tuple[str, ...]
    stayed: Attempted | None
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SceneLine:
    """A line on the map, standing for one leg or a run of legs.

    Attributes
    ----------
    id
        `line-1`.
    legs
        The ids of the legs that it stands for: its texts.
    attestation
        `stated` if the source says all of it, else `implied`.
    compulsion
        Of a run, that of the first leg that was forced, else of the first.
    forced
        Who or what moved the traveller against their will, in words; empty for other lines. It
        is drawn heavy and double, with bars.
    caption
        What is written beside it, a line each.
    parts
        Longitudes and latitudes in degrees (EPSG:4326), cut at ±180°.
    lane
        How far it is shifted sideways from lines between the same two ends, in widths of a
        lane, to the right of its own direction; 0 for a line alone.
    letters, style
        Of its travellers, where several parties share a place; and how its dashes run, which is
        told by the first of them: 0 as everywhere.
    """

    id: str
    legs: tuple[str, ...]
    kind: PathKind
    attestation: str
    compulsion: str
    forced: LocalizedText
    caption: LocalizedText
    parts: Parts
    lane: float = 0.0
    letters: tuple[str, ...] = ()
    style: int = 0

    @property
    def tells(self) -> tuple[str, ...]:
        """The ids of its texts."""
        return self.legs

    @property
    def party(self) -> tuple[str, ...]:
        """Whose it is, as classes of a style sheet: `style-2`, and `by-a` for each letter."""
        style = (f"style-{self.style}",) if self.style else ()
        return (*style, *(f"by-{letter.lower()}" for letter in self.letters))


@dataclass(frozen=True, slots=True)
class Way:
    """The line of an attempt: from where the traveller stayed towards where it was to lead.

    Attributes
    ----------
    id, attempt
        `way-1`; and the id of its text, `attempt-1`.
    attempted
        A barred one ends in an X before its target.
    target, title
        Where and what it was to reach first.
    hollow
        Whether the target is to be drawn, hollow; not where a marker stands.
    caption
        What is written beside it, a line each.
    parts, lane
        As of a line, all the way to the target: how much of it is drawn is the view's affair.
    """

    id: str
    attempt: str
    attempted: Attempted
    kind: PathKind
    target: LonLat
    title: LocalizedText
    hollow: bool
    caption: LocalizedText
    parts: Parts
    lane: float = 0.0

    @property
    def tells(self) -> tuple[str, ...]:
        """The ids of its texts."""
        return (self.attempt,)


def attempted(status: Status) -> Attempted:
    """Tell how an attempt of some status is drawn."""
    return Attempted.BARRED if status in {Status.BLOCKED, Status.FAILED} else Attempted.OPEN


def parts_of(lines: Iterable[NDArray[np.float64]]) -> Parts:
    """Round the parts of a line, arrays of shape (n, 2), to 0.00001°, a metre."""
    return tuple(tuple(LonLat(*vertex) for vertex in np.round(part, 5).tolist()) for part in lines)


def is_seen(lines: Iterable[NDArray[np.float64]]) -> bool:
    """Tell whether the parts of a line have a length: both its ends may stand at one place."""
    return len({vertex for part in parts_of(lines) for vertex in part}) > 1


def towards(start: LonLat, target: LonLat, mode: Mode) -> tuple[PathKind, Parts]:
    """Return the line of an attempt, as one of the same mode that took place is drawn.

    Raises
    ------
    GeodesyError
        If a flight joins two nearly antipodal places.
    """
    if mode is Mode.FLIGHT and start != target:
        return PathKind.GREAT_CIRCLE, parts_of(draw([start, target]))
    vertices = np.array([start, target])
    vertices[:, 0] = np.unwrap(vertices[:, 0], period=360.0)
    return PathKind.SCHEMATIC, parts_of(cut_at_antimeridian(vertices))


# ---------------------------------------------------------------------------- markers
