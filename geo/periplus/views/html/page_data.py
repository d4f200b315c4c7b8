"""What a page tells its scripts: one structure, typed here, and from here in the scripts.

`make types` writes it down for them (`page-data.d.ts`) and checks them against it. Attributes have
the names that they have in JSON. Words of the page that stand in it are not told again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypedDict

from periplus.scene.marks import Attempted, Shoulder, Symbol
from periplus.tracing.trace import PathKind
from periplus.views.covers import Cover

#: A text in the language of the page; or its parts, each with its language, which is empty where
#: it is that of the page.
Told: TypeAlias = str | Sequence[Sequence[str]]
#: A point of the plane of the map (`views.picture.plane`): to the right, and downwards.
Position: TypeAlias = Sequence[float]


class PlaneData(TypedDict):
    """Where the plane lies on the map that moves, and how large things are on it.

    Attributes
    ----------
    size
        Of what is seen at first, from the corner of the plane.
    reach
        How far the map can be dragged: left, top, right, bottom.
    placed
        The scale of the plane on the map at zoom 0, and its corner there.
    steps
        Of the grid on which lines are written, in a unit.
    zoom
        At which the plane would be seen on a map of the web.
    kilometre
        In units, in the middle of what is seen.
    """

    size: tuple[float, float]
    reach: Sequence[float]
    placed: Sequence[float]
    steps: int
    zoom: float
    kilometre: float


class JurisdictionData(TypedDict, total=False):
    """A state or territory: how it is drawn, and what is told of it; what is empty is left out.

    Attributes
    ----------
    told
        The numbers of `sentences`.
    """

    name: Told
    level: str
    cover: Cover
    territory: bool
    status: Told
    csto: bool
    told_only: bool
    on_route: bool
    parent: str
    told: Sequence[int]


class TilesData(TypedDict):
    """The base map of others, where one was asked for."""

    address: str
    subdomains: str
    maxZoom: int


class TextsData(TypedDict):
    """The words of the scripts themselves; that of scale has a field."""

    map: Told
    zoom_in: Told
    zoom_out: Told
    hint: Told
    close: Told
    csto: Told
    scale: Told
    aim: Mapping[str, Told]
    lengths: Sequence[tuple[float, str]]


class ClaimData(TypedDict):
    """Land that a state claims since its day: its pieces, and the words on it."""

    label: Told
    pieces: Sequence[str]
    state: str


#: Name, kind, where on the plane, the least zoom at which it is named.
SeaData: TypeAlias = tuple[Told, str, float, float, float]
#: Name, where on the plane, its rank as a class, whether it is near to what is drawn.
TownData: TypeAlias = tuple[Told, float, float, str, int]


class AreaData(TypedDict):
    """What an area has in common, outlined or shaded: its square on a leader."""

    id: str
    country: str
    mark: str
    title: Told
    note: Told
    stayed: Attempted | None
    tells: Sequence[str]
    pole: Position


class VagueAreaData(AreaData):
    """The half of a country, with its box on the plane."""

    box: Sequence[float]


class CrossingData(TypedDict):
    """A border that was crossed nobody says where, perhaps back again."""

    id: str
    mark: str
    back: bool
    title: Told
    tells: Sequence[str]
    lines: str


class OutlineData(TypedDict):
    """A country that a step names: its land borders, as path data."""

    id: str
    lines: str


class LandmarksData(TypedDict):
    """What is marked on the land."""

    regions: Sequence[AreaData]
    areas: Sequence[VagueAreaData]
    crossings: Sequence[CrossingData]
    outlines: Sequence[OutlineData]


class MarkerData(TypedDict):
    """A place with the stops that visit it."""

    id: str
    symbol: Symbol
    mark: str
    title: Told
    position: Position
    tab: Shoulder | None
    stayed: Attempted | None
    tells: Sequence[str]


class StrokeData(TypedDict):
    """What a leg and an attempt have in common: a line in its lane."""

    id: str
    kind: PathKind
    caption: Told
    parts: Sequence[Sequence[Position]]
    lane: float
    tells: Sequence[str]


class LineData(StrokeData):
    """A leg, or a run of legs; `party` are the classes of its travellers."""

    forced: bool
    party: str


class WayData(StrokeData):
    """An attempt: to a target that is drawn if it is hollow."""

    attempted: Attempted
    target: Position
    title: Told
    hollow: bool


class PageData(LandmarksData):
    """All of it.

    Attributes
    ----------
    sentences
        What is told of jurisdictions, each sentence once.
    rules
        Of names on the map (`views.picture.labelling`).
    letters
        What the letters on the first picture stand for.
    steps
        By the ids of texts, in their order: the ids of what is marked with each.
    """

    plane: PlaneData
    jurisdictions: Mapping[str, JurisdictionData]
    sentences: Sequence[Told]
    tiles: TilesData | None
    texts: TextsData
    claims: Sequence[ClaimData]
    seas: Sequence[SeaData]
    cities: Sequence[TownData]
    rules: Mapping[str, float]
    letters: Mapping[str, Told]
    steps: Mapping[str, Sequence[str]]
    markers: Sequence[MarkerData]
    lines: Sequence[LineData]
    ways: Sequence[WayData]
