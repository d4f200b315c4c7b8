"""What the rows of all layers are made from: a route, traced, and the words for it.

Geometry comes from the trace, sentences from the scene, typed values from the route; the three
have the same stops and legs in the same order.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from periplus.route.fields import Phrase
from periplus.route.public import public_route
from periplus.scene import messages
from periplus.scene.composing import compose
from periplus.scene.marks import is_seen
from periplus.views.gis.model import Item, Layer
from periplus.world.names import name
from periplus.world.worldview import Worldview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from periplus.route.fields import Model
    from periplus.route.route import Route
    from periplus.scene.marks import SceneLine
    from periplus.scene.records import SceneJourney
    from periplus.scene.scene import Scene
    from periplus.tracing.trace import JourneyTrace, Trace, TracedLine
    from periplus.views.gis.model import Row

_LONGEST_ID = 60


@dataclass(frozen=True)
class RouteRecord:
    """A route as exports see it.

    Attributes
    ----------
    id
        Of the route, unlike that of any other in the same export.
    spoken
        The language of names and sentences; that of the route unless given.
    view
        Whether states are drawn at their borders by law or where they govern.
    """

    id: str
    trace: Trace
    spoken: str | None = None
    view: Worldview = Worldview.DE_JURE

    @cached_property
    def scene(self) -> Scene:
        """The words for it."""
        return compose(self.trace, language=self.spoken, view=self.view)

    @cached_property
    def public(self) -> Route:
        """What of it readers know."""
        return public_route(self.trace.route)

    @property
    def as_of(self) -> date:
        """The day for which the jurisdictions are shown."""
        return self.trace.day

    @property
    def language(self) -> str:
        """The language of its names and sentences."""
        return self.scene.language

    def says(self, text: str | None) -> str | None:
        """Return a text of the author in the reader's language, else in that of the route."""
        translated = text.translation(self.language) if isinstance(text, Phrase) else None
        return translated or text

    def called(self, jurisdiction: str | None) -> str:
        """Return what a reader calls a jurisdiction, or what lies outside all of them."""
        return (
            name(jurisdiction, self.language) if jurisdiction else self.scene.say(messages.OUTSIDE)
        )

    def journeys(self) -> Iterator[JourneyRecord]:
        """Yield its journeys."""
        told = zip(self.trace.journeys, self.scene.journeys, strict=True)
        for number, (traced, scene) in enumerate(told, start=1):
            yield JourneyRecord(self, number, traced, scene)


@dataclass(frozen=True)
class JourneyRecord:
    """A journey of a route; `number` is its ordinal."""

    route: RouteRecord
    number: int
    traced: JourneyTrace
    scene: SceneJourney

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.route.id}/journey-{self.number}"

    @property
    def travellers(self) -> tuple[str, ...]:
        """What the travellers are called in the source."""
        return tuple(statement.label for statement in self.scene.travellers)

    @cached_property
    def lines(self) -> Mapping[int, TracedLine]:
        """The lines that have a length, by the numbers of the legs that they stand for."""
        by_leg = self.traced.line_by_leg()
        return {number: line for number, line in by_leg.items() if is_seen(line.parts)}

    @cached_property
    def scene_lines(self) -> Mapping[str, SceneLine]:
        """The lines as the map has them, by the id of the leg at which each stands."""
        return {line.legs[0]: line for line in self.scene.lines}


@dataclass(frozen=True, slots=True)
class RouteLayer(Layer[Item]):
    """A layer of what routes are made of.

    Attributes
    ----------
    items
        Gives of a route what the rows are made from.
    """

    items: Callable[[RouteRecord], Iterable[Item]] = field(kw_only=True)

    def rows(self, route: RouteRecord) -> Iterator[Row]:
        """Make the rows of a route."""
        return map(self.row, self.items(route))


def written(record: Model) -> dict[str, Any]:
    """Return a record as a route file has it."""
    data: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    return data


def route_id(title: str, taken: Iterable[str] = ()) -> str:
    """Make the id of a route from its title, which readers know, and not from its file name."""
    text = unicodedata.normalize("NFKC", title).casefold()
    bare = re.sub(r"\W+", "-", text).strip("-_")[:_LONGEST_ID].strip("-_") or "route"
    known, number, found = set(taken), 1, bare
    while found in known:
        number += 1
        found = f"{bare}-{number}"
    return found
