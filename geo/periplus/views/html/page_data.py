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
#: Longitude and latitude in degrees (EPSG:4326).
Position: TypeAlias = Sequence[float]
#: West, south, east, north.
Box: TypeAlias = tuple[float, float, float, float]
#: Arcs of the page by their numbers; `~arc` runs backwards.
ArcChain: TypeAlias = Sequence[int]


class Borders(TypedDict):
    """Land and its borders, written short; see `encoding`.

    Attributes
    ----------
    steps
        Of the fine and of the coarse grid, in a degree.
    divide
        For each arc a letter: what it divides.
    units
        By jurisdiction, or by piece where that is claimed.
    chains
        By the ids of things: the arcs of what is marked.
    """

    steps: tuple[int, int]
    arcs: str
    divide: str
    units: Mapping[str, str]
    chains: Mapping[str, Sequence[ArcChain]]
    claimed: Sequence[str]


class JurisdictionData(TypedDict, total=False):
    """A state or territory: how it is drawn, and what is told of it; what is empty is left out."""

    name: Told
    level: str
    cover: Cover
    territory: bool
    status: Told
    csto: bool
    told_only: bool
    on_route: bool
    told: Sequence[Told]


class TilesData(TypedDict):
    """The base map of others, where one was asked for."""

    address: str
    subdomains: str
    maxZoom: int


class TextsData(TypedDict):
    """The words of the scripts themselves; those of scale, northern and southern have fields."""

    map: Told
    zoom_in: Told
    zoom_out: Told
    hint: Told
    close: Told
    csto: Told
    scale: Told
    northern: Told
    southern: Told
    aim: Mapping[str, Told]
    lengths: Sequence[tuple[float, str]]


class ClaimData(TypedDict):
    """Land that a state claims since its day: its pieces, and the words on it."""

    label: Told
    pieces: Sequence[str]
    state: str


#: Name, kind, longitude, latitude, the least zoom at which it is named.
SeaData: TypeAlias = tuple[Told, str, float, float, float]
#: Name, longitude, latitude, whether it is a capital.
CityData: TypeAlias = tuple[Told, float, float, bool]


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


class RegionData(AreaData):
    """A region that is outlined."""

    rings: Sequence[Sequence[Position]]


class VagueAreaData(AreaData):
    """The half of a country: its land, and where the shade begins and is deepest, in its box."""

    codes: Sequence[str]
    fade: Sequence[float]


class CrossingData(TypedDict):
    """A border that was crossed nobody says where, perhaps back again."""

    id: str
    mark: str
    back: bool
    title: Told
    tells: Sequence[str]


class OutlineData(TypedDict):
    """A country that a step names."""

    id: str


class LandmarksData(TypedDict):
    """What is marked on the land."""

    regions: Sequence[RegionData]
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
    """A leg, or a run of legs."""

    forced: bool


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
    seam
        The longitude at which the map begins; -180 but for one that lies over the antimeridian.
    steps
        By the ids of texts, in their order: the ids of what is marked with each.
    """

    extent: Box
    seam: float
    borders: Borders
    jurisdictions: Mapping[str, JurisdictionData]
    tiles: TilesData | None
    texts: TextsData
    claims: Sequence[ClaimData]
    seas: Sequence[SeaData]
    cities: Sequence[CityData]
    steps: Mapping[str, Sequence[str]]
    markers: Sequence[MarkerData]
    lines: Sequence[LineData]
    ways: Sequence[WayData]
