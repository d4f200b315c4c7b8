"""A documented case: places, and the journeys of people between them.

The model can say what a source does *not* say. Why a place is unknown is its type: a place
that the source withholds has no field for a name, a code or coordinates, so that no view has
anything to leak. `unknown` is the default of every field of a leg.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import (
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from periplus.model import Alpha3, Date, Id, Language, Model, Phrase, Text, written_in
from periplus.sources import Evidence, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geopandas import GeoDataFrame
    from pandas import DataFrame

Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
#: Whether a source says something, or the editor reads it out of what the source says.
Basis = Literal["stated", "implied"]
SomeEvidence = Annotated[tuple[Evidence, ...], Field(min_length=1)]


# ---------------------------------------------------------------------------- places


class Position(Model):
    """Where a named place is, on WGS 84 (EPSG:4326), in degrees.

    Attributes
    ----------
    lon, lat
        Longitude and latitude.
    precision
        What the position stands for: the site itself, or the settlement it is in.
    basis
        `gazetteer`: the source names the place and a gazetteer locates it. `inferred`: the
        editor concludes which place is meant; it is drawn and said as an inference.
    of
        What the gazetteer calls it, when that differs from the name in the source.
    """

    lon: Longitude
    lat: Latitude
    precision: Literal["site", "settlement"]
    basis: Literal["gazetteer", "inferred"] = "gazetteer"
    of: Phrase | None = None
    note: Phrase | None = None
    evidence: SomeEvidence


class _Place(Model):
    note: Phrase | None = None
    private_note: Text | None = None
    """For the author alone: no output carries it."""


class Named(_Place):
    """A site or a settlement that the source names.

    Attributes
    ----------
    country
        The state it is de jure part of.
    country_basis
        Whether the source states the country or implies it.
    authority_present
        Another state that holds sway there, such as on its military base.
    """

    knowledge: Literal["named"]
    name: Phrase
    name_as_printed: Text | None = None
    kind: Phrase = Phrase("place")
    country: Alpha3
    country_basis: Basis = "stated"
    authority_present: Alpha3 | None = None
    position: Position | None = None


class Area(_Place):
    """A part of a country that the source names or describes: a region, "the south"."""

    knowledge: Literal["area"]
    name: Phrase
    name_as_printed: Text | None = None
    kind: Phrase = Phrase("area")
    extent: Literal["admin1", "vague"]
    country: Alpha3
    country_basis: Basis = "stated"


class Described(_Place):
    """A place that the source describes without naming it, such as "a field hospital"."""

    knowledge: Literal["described"]
    description: Phrase
    kind: Phrase = Phrase("place")
    country: Alpha3 | None = None
    country_basis: Basis = "stated"
    authority_present: Alpha3 | None = None


class CountryOnly(_Place):
    """Somewhere in a country: the source names only the country."""

    knowledge: Literal["country_only"]
    country: Alpha3


class GroupOnly(_Place):
    """Somewhere in a group of countries, such as the EU: no member is singled out."""

    knowledge: Literal["group_only"]
    group: Phrase


class Border(_Place):
    """A border that was crossed at a point which the source does not name."""

    knowledge: Literal["border"]
    between: tuple[Alpha3, Alpha3]
    """The country that was left, and the country that was entered."""
    description: Phrase | None = None
    """The source's words for it, such as "the land crossing"."""


class NotStated(_Place):
    """A place of which the source says nothing, and not why; its country may be implied."""

    knowledge: Literal["not_stated"]
    description: Phrase | None = None
    country: Alpha3 | None = None
    country_basis: Basis = "implied"


class UnknownToTraveller(_Place):
    """A place that the traveller could not tell."""

    knowledge: Literal["unknown_to_traveller"]
    description: Phrase | None = None


class Disclosed(Model):
    """The country down to which a withheld place is still disclosed."""

    country: Alpha3
    basis: Basis


class Withholding(Model):
    """Who holds a place back, at whose request, and the words that say so.

    A withholding without evidence cannot be written: if the source is merely silent, the
    place is `not_stated`.
    """

    by: Literal["source", "traveller", "interviewee"]
    at_request_of: Phrase | None = None
    scope: Literal["this_place", "general_statement"]
    evidence: SomeEvidence
    note: Phrase | None = None


class Withheld(Model):
    """A place that is held back. There is no field for what it is, nor for notes on it."""

    knowledge: Literal["withheld"]
    role: Phrase
    """The source's own words for it, such as "his final destination"."""
    disclosed: Disclosed | None = None
    withholding: Withholding
    private_note: Text | None = None
    """For the author alone: no output carries it."""


Place = Annotated[
    Named
    | Area
    | Described
    | CountryOnly
    | GroupOnly
    | Border
    | NotStated
    | UnknownToTraveller
    | Withheld,
    Field(discriminator="knowledge"),
]


# ---------------------------------------------------------------------------- journeys


class Document(StrEnum):
    """A travel document."""

    INTERNAL_PASSPORT = "internal_passport"
    FOREIGN_PASSPORT = "foreign_passport"
    OTHER = "other"
    NONE = "none"


class DocumentState(StrEnum):
    """What became of a travel document. `planned` is never shown as `presented`."""

    LACKING = "lacking"
    HELD_BY_EMPLOYER = "held_by_employer"
    RECOVERED = "recovered"
    CARRIED = "carried"
    CARRIED_CONCEALED = "carried_concealed"
    DENIED_TO_EXIST = "denied_to_exist"
    PRESENTED = "presented"
    PRESENTED_AND_ACCEPTED = "presented_and_accepted"
    REFUSED = "refused"
    PLANNED_TO_BE_PRESENTED = "planned_to_be_presented"


class DocumentUse(Model):
    """A travel document, and its state at one point of a journey."""

    document: Document
    state: DocumentState
    evidence: SomeEvidence
    note: Phrase | None = None


class Event(Model):
    """Something that happened at a stop or on a leg."""

    what: Phrase
    date: Date | None = None
    evidence: SomeEvidence


class Mode(StrEnum):
    """How a leg was travelled."""

    TRAIN = "train"
    FLIGHT = "flight"
    HELICOPTER = "helicopter"
    ROAD = "road"
    FOOT = "foot"
    SEA = "sea"
    UNKNOWN = "unknown"


class Compulsion(StrEnum):
    """Who or what made the traveller move."""

    VOLUNTARY = "voluntary"
    ORDERED = "ordered"
    EXCHANGE = "exchange"
    FORCED_RETURN = "forced_return"
    ABDUCTION = "abduction"
    CUSTODY = "custody"
    CIRCUMSTANCES = "circumstances"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether a leg took place."""

    COMPLETED = "completed"
    BLOCKED = "blocked"
    FAILED = "failed"
    PLANNED = "planned"
    UNKNOWN = "unknown"


class Attestation(StrEnum):
    """How a leg is known: said by the source, implied by its ends, planned, or inferred."""

    STATED = "stated"
    IMPLIED = "implied"
    PLANNED = "planned"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Variant(Model):
    """One of the values that a claim can have, and who says so."""

    value: Phrase
    speaker: Phrase | None = None
    evidence: SomeEvidence


class Claim(Model):
    """A point on which sources speak, and may disagree.

    Attributes
    ----------
    about
        The point, such as "how he came into custody".
    variants
        What is said of it, each with its evidence.
    preferred
        The number of the variant that the editor follows, counted from 1; `None`: none.
    reason
        Why that one, or why none.
    """

    about: Phrase
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    preferred: Annotated[int, Field(strict=True, ge=1)] | None = None
    reason: Phrase | None = None

    @model_validator(mode="after")
    def _prefers_one_of_its_own(self) -> Claim:
        if self.preferred is not None and self.preferred > len(self.variants):
            message = f"prefers variant {self.preferred} of {len(self.variants)}"
            raise ValueError(message)
        if self.preferred is not None and self.reason is None:
            message = "prefers a variant without a `reason`"
            raise ValueError(message)
        return self


class _Step(Model):
    """What stops, legs and attempts share."""

    date: Date | None = None
    date_basis: Phrase | None = None
    """Where the date comes from, if it is not simply stated."""
    date_words: Phrase | None = None
    """The words of the source for a date that is relative, such as "within days"."""
    documents: tuple[DocumentUse, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: SomeEvidence
    note: Phrase | None = None
    private_note: Text | None = None


class _Movement(_Step):
    leg: Mode
    compulsion: Compulsion = Compulsion.UNKNOWN
    compulsion_basis: Phrase | None = None
    by: Phrase | None = None
    """Who compelled or refused it."""
    attestation: Attestation = Attestation.UNKNOWN
    attributed_to: Phrase | None = None
    """Whose account it is, when the source does not make it its own."""


#: The name of a file beside the route file: no folder, so that it leads nowhere else.
PathFile = Annotated[
    str, Field(pattern=r"^[^./\\:][^/\\:]*\.(geojson|json|gpx|kml)$", max_length=200)
]


class Via(Model):
    """A point on the way of a leg, on WGS 84 (EPSG:4326), in degrees, that a source tells of."""

    lon: Longitude
    lat: Latitude
    name: Phrase | None = None
    evidence: SomeEvidence


class Leg(_Movement):
    """One movement, from the stop before it to the stop after it.

    Attributes
    ----------
    path
        The name of a GeoJSON, GPX or KML file beside the route file that holds the documented
        path, from the one stop to the other.
    via
        Points on the way that are documented, where the path between them is not.
    drawn
        How a leg by sea is drawn that has no documented path: straight, or along the shipping
        lanes of the package searoute. Either is schematic.
    """

    status: Literal[Status.COMPLETED, Status.UNKNOWN] = Status.UNKNOWN
    path: PathFile | None = None
    via: tuple[Via, ...] = ()
    drawn: Literal["straight", "searoute"] = "straight"

    @model_validator(mode="after")
    def _follows_lanes_at_sea(self) -> Leg:
        if self.drawn == "searoute" and self.leg is not Mode.SEA:
            message = f"is drawn along shipping lanes, and goes by {self.leg}"
            raise ValueError(message)
        if self.drawn == "searoute" and self.path is not None:
            message = "has a `path` and is drawn along shipping lanes: the path says it all"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _has_one_kind_of_path(self) -> Leg:
        if self.path is not None and self.via:
            message = "has a `path` and points to go `via`: the path says it all"
            raise ValueError(message)
        return self


class Attempt(_Movement):
    """A movement that was refused, failed, or was only planned: the traveller stayed.

    Attributes
    ----------
    to
        The key of the place that it was to lead to, and on to.
    refused_at
        Where it was refused, in words; left out if the source does not say.
    """

    to: Annotated[tuple[Id, ...], Field(min_length=1)]
    status: Literal[Status.BLOCKED, Status.FAILED, Status.PLANNED, Status.UNKNOWN]
    refused_at: Phrase | None = None


class Stop(_Step):
    """One visit to a place.

    Attributes
    ----------
    stop
        The key of the place.
    attempts
        Movements from here that were blocked, or only planned.
    same_place
        What shows that this is the place of an earlier stop; needed where it is withheld.
    """

    stop: Id
    roles: tuple[Phrase, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    same_place: tuple[Evidence, ...] = ()


#: The members of the union of steps. Unlike any key of a file, so that no location of an
#: error can be taken for one.
_A_STOP, _A_LEG = "<stop>", "<leg>"


def _stop_or_leg(item: object) -> str | None:
    """Tell a stop from a leg by the key that names it."""
    if isinstance(item, dict):
        return _A_STOP if "stop" in item else _A_LEG if "leg" in item else None
    if isinstance(item, Stop):
        return _A_STOP
    return _A_LEG if isinstance(item, Leg) else None


Step = Annotated[
    Annotated[Stop, Tag(_A_STOP)] | Annotated[Leg, Tag(_A_LEG)],
    Discriminator(
        _stop_or_leg,
        custom_error_type="stop_or_leg",
        custom_error_message="each step begins with `stop:` (a place) or `leg:` (a mode)",
    ),
]


class Traveller(Model):
    """Who travelled. Their name is data, never a key."""

    name: Phrase
    identity: Literal[
        "named", "first_name", "pseudonym", "anonymous", "anonymous_at_request", "not_stated"
    ]
    name_as_printed: Text | None = None
    description: Phrase | None = None
    evidence: tuple[Evidence, ...] = ()


#: What is missing beside a leg.
_SOME_STOP = "the stop, at a place that is `not_stated` if need be"


def _astray(step: int, told: str, missing: str) -> PydanticCustomError:
    """Return the error that a step of a path stands where it cannot: `reading` knows its line."""
    said = {"told": told, "missing": missing, "step": step}
    return PydanticCustomError("astray", "{told}: add {missing}", said)


class Journey(Model):
    """One traveller's, or one group's, alternating sequence of stops and legs."""

    title: Phrase | None = None
    travellers: Annotated[tuple[Id, ...], Field(min_length=1)]
    path: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _alternates(self) -> Journey:
        for index, step in enumerate(self.path):
            if index % 2 and not isinstance(step, Leg):
                raise _astray(index, "the stop follows a stop", "`leg: unknown`, if need be")
            if not index % 2 and not isinstance(step, Stop):
                told = "the leg follows a leg" if index else "the leg comes before any stop"
                raise _astray(index, told, _SOME_STOP)
        if isinstance(self.path[-1], Leg):
            raise _astray(len(self.path) - 1, "ends with a leg", _SOME_STOP)
        return self

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The stops in their order."""
        return cast("tuple[Stop, ...]", self.path[::2])

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs in their order; leg `i` joins stop `i` and stop `i + 1`."""
        return cast("tuple[Leg, ...]", self.path[1::2])


class Route(Model):
    """A whole documented case.

    Attributes
    ----------
    title, summary
        What the map is headed with.
    language
        The language of the file: a tag of BCP 47 such as `en`, `ru` or `pt-BR`. A text may also
        be a table of texts by their languages, this one among them.
    requesting_state
        The state to which a person might be returned, ISO 3166-1 alpha-3.
    sources
        Every publication the route rests on, by key.
    travellers, places
        By key. Keys are the author's handles: no output carries one.
    journeys
        In the order in which they are told.
    """

    title: Phrase
    summary: Phrase
    language: Language = "en"
    requesting_state: Alpha3 = "RUS"
    sources: Annotated[dict[Id, Source], Field(min_length=1)]
    travellers: Annotated[dict[Id, Traveller], Field(min_length=1)]
    places: Annotated[dict[Id, Place], Field(min_length=1)]
    journeys: Annotated[tuple[Journey, ...], Field(min_length=1)]
    claims: tuple[Claim, ...] = ()
    """What the route's own sources say of the case as a whole, where they disagree."""
    external: tuple[Claim, ...] = ()
    """What other publications say of it: attributed, and never merged into the journey."""
    see_also: tuple[Id, ...] = ()
    """Names of other cases that belong to this one."""
    notes: tuple[Phrase, ...] = ()
    private_note: Text | None = None

    _tracks: dict[str, tuple[tuple[float, float], ...]] = PrivateAttr(default_factory=dict)
    """What the path files hold, by name: longitudes and latitudes. Reading fills it."""

    @model_validator(mode="wrap")
    @classmethod
    def _reads_texts_in_its_language(
        cls,
        data: object,
        handler: ModelWrapValidatorHandler[Route],
    ) -> Route:
        with written_in(data.get("language", "en") if isinstance(data, dict) else None):
            return handler(data)

    def _repr_markdown_(self) -> str:
        """Return the itinerary, for notebooks."""
        from periplus.composing import compose  # noqa: PLC0415 - a route knows no view but here
        from periplus.trace import trace_route  # noqa: PLC0415
        from periplus.views.markdown import render  # noqa: PLC0415

        return render(compose(trace_route(self)))

    def to_geodataframes(
        self, *, language: str | None = None
    ) -> dict[str, GeoDataFrame | DataFrame]:
        """Return its layers as data frames, EPSG:4326: see `periplus.to_geodataframes`."""
        from periplus.views.frames import to_geodataframes  # noqa: PLC0415 - as above; 1 s

        return to_geodataframes(self, language=language)

    def attach(self, file: str, track: tuple[tuple[float, float], ...]) -> None:
        """Keep what a path file holds."""
        self._tracks[file] = track

    def track_of(self, leg: Leg) -> tuple[tuple[float, float], ...]:
        """Return the documented path of a leg: longitudes and latitudes; empty without one."""
        return self._tracks.get(leg.path, ()) if leg.path else ()

    def place_of(self, stop: Stop) -> Place:
        """Return the place that a stop visits."""
        return self.places[stop.stop]

    def legs(self) -> Iterator[Leg]:
        """Go through the legs of every journey."""
        for journey in self.journeys:
            yield from journey.legs
