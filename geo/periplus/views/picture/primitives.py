"""What a drawing is made of: typed things with a role, in the order in which they are painted.

Coordinates are units of the picture, x to the right, y downwards. A thing says what it is, not
what it looks like: `page_map` leaves that to the page's style sheet, `inking.py` gives it
colours and outlines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.views.picture.typesetting import REGULAR, Face

if TYPE_CHECKING:
    import numpy as np
    import shapely
    from numpy.typing import NDArray

    from periplus.views.picture.placing import Box


class LandRole(StrEnum):
    """What an area or a line of the land is; the classes of the page's style sheet."""

    SEA = "sea-area"
    STATE = "state"
    TERRITORY = "territory"
    SHORE = "shore"
    BAND = "band"
    CLAIMED = "claimed"
    CLAIMED_EDGE = "claimed-edge"
    CSTO = "csto"
    REGION = "region"
    COAST = "coast"
    BORDER = "border"
    CONTESTED = "contested"
    UNITED = "united"


class LabelRole(StrEnum):
    """What a label names; the classes of the page's style sheet."""

    STOP = "named"
    REGION = "named region"
    AIM = "aim"
    CAPTION = "caption"
    AGAINST = "caption against"
    VISITED = "country-name visited"
    COUNTRY = "country-name"
    TERRITORY = "territory-name"
    SEA = "sea"
    CITY = "city"
    # Outside the map:
    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    STRONG = "strong"
    QUOTE = "quote"
    NOTE = "note"
    INVERSE = "inverse"
    """On a plate of ink."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: its size in units, its face, and what is put between its glyphs."""

    size: float
    face: Face = REGULAR
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Fill:
    """A jurisdiction, the band inside its border, or land under a claim.

    Attributes
    ----------
    cover
        How it is covered with the tint of its level, a value of `periplus.views.covers.Cover`.
    """

    role: LandRole
    code: str
    level: str
    geometry: shapely.Geometry
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Lines of the land: coasts, borders, outlines; each part of shape (n, 2).

    Those of a region bear its id; what runs between lands that are drawn as one, their level.
    """

    role: LandRole
    parts: tuple[NDArray[np.float64], ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A line of the route, or of an attempt.

    Attributes
    ----------
    kinds
        What decides its look, as classes of the page's style sheet: `leg` with its kind,
        `forced`, `way` with how it ended, or `crossing`.
    parts
        Each of shape (n, 2).
    """

    kinds: tuple[str, ...]
    parts: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """Triangles that point along a line, or over a border; each of shape (3, 2)."""

    parts: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A part of a country without an edge: from nothing at `start` to all of it at `end`."""

    id: str
    geometry: shapely.Geometry
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cross:
    """The ring with an X at the end of an attempt that was barred."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Target:
    """The hollow ring of a place that was not reached."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Leader:
    """A thin line from a thing to its number or name, which stand aside."""

    start: tuple[float, float]
    end: tuple[float, float]
    names: bool = False
    """Whether it leads from a name."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A small dot: a city, or the place of a stop whose number stands aside."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class StopSymbol:
    """The symbol of a stop, with its numbers.

    Attributes
    ----------
    symbol
        A value of `periplus.scene.marks.Symbol`, or `pill` at the ends of a border; in the key
        also `tab`, `barred` and `open`; in the ribbon `black`, `bar` and `ring`.
    radius
        Half its height.
    width
        Of several numbers; else it is as wide as high.
    tab
        On which shoulder it bears the tab that says that a way is withheld; empty if none is.
    stayed
        How an attempt without a line ended that began here, a value of
        `periplus.scene.marks.Attempted`; empty if there is none.
    """

    symbol: str
    numbers: str
    x: float
    y: float
    radius: float
    width: float
    tab: str = ""
    stayed: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in a disc on a land that has no room for its name: the key says whose it is."""

    text: str
    x: float
    y: float
    radius: float
    code: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text in lines.

    Attributes
    ----------
    x
        Where each line is centred, or its left end if `start` is set, or its right if `end` is.
    baselines
        Where the letters of each line stand.
    types
        Of each line.
    box
        What it takes, halo included.
    """

    role: LabelRole
    lines: tuple[str, ...]
    types: tuple[Type, ...]
    x: float
    baselines: tuple[float, ...]
    box: Box
    start: bool = False
    end: bool = False
    on: str = ""
    """The level whose tint lies under it; empty where it stands on its halo."""
    within: str = ""
    """The level of whose tint there is little under it, inside the band of a border."""
    code: str = ""
    """Of what jurisdiction it is the name, or on whose land what it names lies."""
    look: str = ""
    """What it is of its kind: of a town, `great` or `small`."""
    tagged: bool = False
    """Whether the last line is the tag of the CSTO."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle: the ground of the words, the edge of the map."""

    box: Box
    fill: str | None = None
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Swatch:
    """A sample of a tint, texture or line in the key: `level-high`, `edged`, `csto`."""

    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class Tint:
    """A part of the band beneath a stop of the ribbon: `level-high`, `open` or `plain`."""

    look: str
    box: Box


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The glyph of a means of travel, in a square; `turned` where it runs to the left."""

    mode: str
    x: float
    y: float
    size: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar as long on the map as its label says, where its label says."""

    x: float
    y: float
    length: float


@dataclass(frozen=True, slots=True)
class NorthArrow:
    """An arrow that points north where it stands; degrees to the right of up."""

    x: float
    y: float
    size: float
    turn: float


@dataclass(frozen=True, slots=True)
class Locator:
    """A small globe, with the edge of the map on it."""

    x: float
    y: float
    radius: float
    land: shapely.Geometry
    shown: shapely.Geometry


Thing = (
    Fill | Shade | Outlines | Path | Heads | Cross | Target | Leader | Dot | StopSymbol | Letter
    | Label | Panel | Swatch | Tint | Vehicle | ScaleBar | NorthArrow | Locator
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of some size, before any format.

    Attributes
    ----------
    title, description
        For who cannot see it, and for the properties of the file.
    projection
        What the map is drawn in, by name.
    things
        In the order in which they are painted.
    em
        How large everything is: 1 where the letters of the map are 13 units high.
    """

    width: float
    height: float
    title: str
    description: str
    language: str
    projection: str
    things: tuple[Thing, ...]
    em: float = 1.0

    @property
    def labels(self) -> tuple[Label, ...]:
        """All texts but the numbers of the markers."""
        return tuple(thing for thing in self.things if isinstance(thing, Label))

    @property
    def markers(self) -> tuple[StopSymbol, ...]:
        """The symbols of the stops."""
        return tuple(thing for thing in self.things if isinstance(thing, StopSymbol))
