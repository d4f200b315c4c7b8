"""What a journey is made of: stops, the legs between them, attempts, and claims on them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from periplus.route.fields import Date, Id, Model, Phrase, Text
from periplus.route.places import Latitude, Longitude, SomeEvidence
from periplus.route.sources import Evidence


class Document(StrEnum):
    """A travel document."""

    INTERNAL_PASSPORT = "internal_passport"
    FOREIGN_PASSPORT = "foreign_passport"
    VISA = "visa"
    RESIDENCE_PERMIT = "residence_permit"
    ASYLUM_PAPERS = "asylum_papers"
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
    APPLIED_FOR = "applied_for"
    ISSUED = "issued"
    REVOKED = "revoked"
    EXPIRED = "expired"


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
    str,
    Field(
        pattern=r"^[^./\\:][^/\\:]*\.(geojson|json|gpx|kml|GEOJSON|JSON|GPX|KML)$", max_length=200
    ),
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
