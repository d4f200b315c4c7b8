"""A documented case: places, and the journeys of people between them.

The model can say what a source does *not* say. Why a place is unknown is its type: a place
that the source withholds has no field for a name, a code or coordinates, so that no view has
anything to leak. `unknown` is the default of every field of a leg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from periplus.route import places, sources, steps
from periplus.route.fields import (
    NO_STATE,
    Alpha3OrNone,
    Id,
    Language,
    Model,
    Phrase,
    Text,
    written_in,
)
from periplus.route.sources import Evidence, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.dates import Edtf

from periplus.route.places import Place
from periplus.route.steps import Claim, Leg, Step, Stop

# ---------------------------------------------------------------------------- places


# ---------------------------------------------------------------------------- journeys


class Traveller(Model):
    """Who travelled. Their name is data, never a key."""

    name: Phrase
    identity: Literal[
        "named", "first_name", "pseudonym", "anonymous", "anonymous_at_request", "not_stated"
    ]
    number: Annotated[int, Field(strict=True, ge=1, le=100_000_000)] | None = None
    """How many people they are, if it is a group and the source says it."""
    name_as_printed: Text | None = None
    description: Phrase | None = None
    evidence: tuple[Evidence, ...] = ()


#: What is missing beside a leg.
_SOME_STOP = "the stop, at a place that is `not_stated` if need be"


def _astray(step: int, text: str, missing: str) -> PydanticCustomError:
    """Return the error that a step of a path stands where it cannot: `reading` knows its line."""
    said = {"told": text, "missing": missing, "step": step}
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
                text = "the leg follows a leg" if index else "the leg comes before any stop"
                raise _astray(index, text, _SOME_STOP)
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


class Harmless(Model):
    """Words in which a rule sees a trace of a withheld place, and why they are none.

    For the author and the editor alone: no output carries them.
    """

    words: Text
    reason: Text


#: The version of route files that is written now. A file without one is of the first.
VERSION = 2


class Route(Model):
    """A whole documented case.

    Attributes
    ----------
    version
        Of the form of the file: 1, which a file without a version has, or 2.
    title, summary
        What the map is headed with.
    language
        The language of the file: a tag of BCP 47 such as `en`, `ru` or `pt-BR`. A text may also
        be a table of texts by their languages, this one among them.
    requesting_state
        The state to which a person might be returned, ISO 3166-1 alpha-3; `none`: the route is of
        no such state, and nothing is assessed.
    sources
        Every publication the route rests on, by key.
    travellers, places
        By key. Keys are the author's handles: no output carries one.
    journeys
        In the order in which they are told.
    """

    version: Annotated[int, Field(strict=True, ge=1, le=VERSION)] = 1
    title: Phrase
    summary: Phrase
    language: Language = "en"
    requesting_state: Alpha3OrNone = NO_STATE
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
    harmless: tuple[Harmless, ...] = ()
    """Words in which no trace of a withheld place is looked for, each with the reason."""
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

    def attach(self, file: str, track: tuple[tuple[float, float], ...]) -> None:
        """Keep what a path file holds."""
        self._tracks[file] = track

    def track_of(self, leg: Leg) -> tuple[tuple[float, float], ...]:
        """Return the documented path of a leg: longitudes and latitudes; empty without one."""
        return self._tracks.get(leg.path, ()) if leg.path else ()

    def place_of(self, stop: Stop) -> Place:
        """Return the place that a stop visits."""
        return self.places[stop.stop]

    @property
    def towards(self) -> str | None:
        """The requesting state, if the route names one."""
        return None if self.requesting_state == NO_STATE else self.requesting_state

    @property
    def as_of(self) -> Edtf | None:
        """The date of the leg that can have been the last, else of the stop; `None` without any."""
        of_stops = (stop for journey in self.journeys for stop in journey.stops)
        return _last_date(self.legs()) or _last_date(of_stops)

    def legs(self) -> Iterator[Leg]:
        """Go through the legs of every journey."""
        for journey in self.journeys:
            yield from journey.legs


def _last_date(steps: Iterable[Stop | Leg]) -> Edtf | None:
    """Return the date that can be the last of some steps."""
    dates = [(step.date.latest, step.date) for step in steps if step.date and step.date.latest]
    return max(dates, key=lambda dated: dated[0], default=(None, None))[1]


def record_types() -> dict[str, type[Model]]:
    """Return every record that a route file can hold, by its name."""
    known = {**vars(sources), **vars(places), **vars(steps), **globals()}
    return {
        name: value
        for name, value in known.items()
        if isinstance(value, type) and issubclass(value, Model)
    }
