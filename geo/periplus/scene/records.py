"""The records of a scene: each thing that is drawn or said, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from periplus.language.text import alike, joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from periplus.geometry.geodesy import LonLat
    from periplus.language.text import LocalizedText
    from periplus.route.steps import Status
    from periplus.scene.marks import SceneLine, Symbol, Way
    from periplus.tracing.overlay import Overlay
    from periplus.tracing.trace import PathKind


#: The first and the last day on which something can have been.
Span: TypeAlias = "tuple[date, date]"


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication as it is cited, under the number that stands in the text."""

    number: int
    title: LocalizedText
    author: LocalizedText | None
    publisher: LocalizedText | None
    date: LocalizedText | None
    url: str | None
    archived_url: str | None
    note: LocalizedText | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a source says: its words, who speaks, and where they stand.

    Attributes
    ----------
    quoted
        The words in the quotation marks of the reader's language, or empty.
    translated
        Their translation by the editor, which it is said to be; empty without one.
    where, within
        The speaker, the source, the place in it and the note on it, as one line; and the same
        without the source.
    stance, bearing
        How it bears on the statement beside it, as a key and in words.
    """

    words: LocalizedText | None
    speaker: LocalizedText | None
    at: LocalizedText | None
    stance: str
    note: LocalizedText | None
    source: Citation
    quoted: LocalizedText
    translated: LocalizedText
    where: LocalizedText
    within: LocalizedText
    bearing: LocalizedText


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said, under a label, with what it rests on."""

    label: LocalizedText
    text: LocalizedText
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A stop in two lines, for where there is little room.

    Attributes
    ----------
    name
        What it is called; of what is held back, the words of the source for it.
    is_quoted
        Whether the name is in words of the source.
    known
        What kind of place it is, or how little is known of it.
    is_group
        Whether a group of states is all that is known.
    """

    name: LocalizedText
    is_quoted: bool
    known: LocalizedText
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Whose law ruled at a stop on its own date, or on one side of a border.

    Attributes
    ----------
    place, name
        The state or territory: its code, and what it is called.
    short
        Its code of two letters, where there is no room for the name; of a territory, that of
        its state.
    level, words
        As of the stop's own date, and in words; `None` where nothing is assessed, which the
        words say.
    is_open
        Whether that is because others hold parts of it, and in which of them the place lies is
        not known.
    """

    place: str
    name: LocalizedText
    short: str
    level: str | None
    words: LocalizedText
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class SceneStop:
    """A stop as a reader meets it.

    Attributes
    ----------
    id, number
        `stop-3` and 3: its ordinal in the route.
    mark
        What stands on its symbol, on the map and in the text: its number, as a text.
    position
        Longitude and latitude; only of a place that is named and located.
    country
        The country to outline for a stop that has no point of its own, alpha-3.
    within
        Of a part of that country, that it is somewhere in it: never a point.
    region, direction
        Of such a part: its code by ISO 3166-2, or in which half of the country it lies.
    state, state_name
        The state that is disclosed for it, wherever it is drawn, alpha-3; and its name.
    between
        For a border: the states that were left and entered, alpha-3.
    level, law
        Of what rules there, and its name; `None` and empty where nothing is assessed.
    date, day, hours
        When it was, in words; the same without its hours; and these alone, empty where none are
        told, or in several days.
    span
        The first and the last day on which it can have been, where both are known.
    gap
        Why no line leads on from the marker, or none to it; empty where lines do.
    held_back
        Whether the reason is that the stop on the other side is withheld.
    brief
        The stop in two lines.
    bands
        Whose law ruled there on its own date: two for a border, or where the level changed
        within the dates of the stop; none where nothing is disclosed.
    withheld
        Who withholds the place, with the words that say so; the first of the statements.
    tie
        Who parts here, meets here, or came here, too; mostly nothing.
    """

    id: str
    number: int
    mark: str
    symbol: Symbol
    title: LocalizedText
    subtitle: LocalizedText
    position: LonLat | None
    country: str | None
    within: LocalizedText
    region: str | None
    direction: str | None
    state: str | None
    state_name: LocalizedText
    between: tuple[str, str] | None
    gap: LocalizedText
    held_back: bool
    level: str | None
    law: LocalizedText
    brief: Brief
    bands: tuple[Band, ...]
    withheld: Statement | None
    tie: LocalizedText
    date: LocalizedText
    day: LocalizedText
    hours: LocalizedText
    span: Span | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SceneLeg:
    """A leg as a reader meets it; `drawn` says how the map shows it, or why it does not.

    `claims` are the points on which sources speak of it, and may differ.

    `start` and `end` are the numbers of its stops and `marks` what stands on them; mode,
    compulsion, status and attestation are those of the route file. `by` says who or what made
    the traveller move; `None`: not stated.
    """

    id: str
    number: int
    start: int
    end: int
    marks: tuple[str, str]
    mode: str
    compulsion: str
    status: str
    attestation: str
    by: LocalizedText | None
    title: LocalizedText
    drawn: LocalizedText
    date: LocalizedText
    day: LocalizedText
    hours: LocalizedText
    span: Span | None
    claims: tuple[LocalizedText, ...]
    statements: tuple[Statement, ...]
    kind: PathKind | None = None
    """Of the line that stands for it; `None`: not drawn."""
    ledger: Overlay | None = None


@dataclass(frozen=True, slots=True)
class SceneAttempt:
    """A movement that was refused, failed or only planned: the traveller stayed at `stop`.

    Attributes
    ----------
    id, number
        `attempt-1` and 1: its ordinal in the route.
    stop, mark
        The number of the stop from which it was made, and what stands on it.
    by, refused_at
        Who refused it and where, in words of the author; `None` where that is not stated.
    targets
        Where it was to lead, and on to, in words.
    drawn
        How the map shows it, or why it does not.
    way
        Its line; `None` where the start or the first target has no place.
    """

    id: str
    number: int
    stop: int
    mark: str
    mode: str
    compulsion: str
    status: Status
    attestation: str
    by: LocalizedText | None
    refused_at: LocalizedText | None
    targets: tuple[LocalizedText, ...]
    title: LocalizedText
    drawn: LocalizedText
    date: LocalizedText
    day: LocalizedText
    hours: LocalizedText
    span: Span | None
    statements: tuple[Statement, ...]
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who made a journey, where several parties share a place.

    Attributes
    ----------
    letters, told
        Of its travellers, and these in few words; none, where no journeys share a place.
    people
        How many they are, in words; empty, where the route does not say it of each.
    """

    letters: tuple[str, ...]
    told: LocalizedText
    people: LocalizedText


@dataclass(frozen=True, slots=True)
class SceneJourney:
    """One journey: its stops, legs and attempts in their order.

    `route` is the letter of the route that it belongs to, empty if the scene shows one route;
    `party` are its travellers by their own letters.
    """

    title: LocalizedText
    route: str
    travellers: tuple[Statement, ...]
    party: Party
    stops: tuple[SceneStop, ...]
    legs: tuple[SceneLeg, ...]
    attempts: tuple[SceneAttempt, ...]
    lines: tuple[SceneLine, ...]

    def lettered(self) -> Iterator[tuple[str, Statement]]:
        """Go through the travellers, each with the letter: empty, where none have one."""
        letters = self.party.letters or ("",) * len(self.travellers)
        return zip(letters, self.travellers, strict=True)

    def told(self) -> Iterator[SceneStop | SceneAttempt | SceneLeg]:
        """Go through what is told, in its order: a stop, the attempts from there, the leg on."""
        legs = {leg.start: leg for leg in self.legs}
        for stop in self.stops:
            yield stop
            yield from (attempt for attempt in self.attempts if attempt.stop == stop.number)
            if stop.number in legs:
                yield legs[stop.number]


@dataclass(frozen=True, slots=True)
class SceneRoute:
    """One of several routes on a map: the letter before its numbers, and what it is called."""

    letter: str
    title: LocalizedText
    summary: LocalizedText


#: Between who made a map, what else is owed, and where errors are reported.
BESIDE = " \u00b7 "


@dataclass(frozen=True, slots=True)
class Credited:
    """Who made a map, as it says itself.

    Attributes
    ----------
    told
        Who made it, and what else is owed.
    contact, address
        Where errors are reported, as it is written and as a link leads there; empty, where the
        map does not say.
    """

    told: LocalizedText
    contact: LocalizedText
    address: str

    @property
    def line(self) -> LocalizedText:
        """All of it in one line."""
        return joined([self.told, self.contact], BESIDE)


@dataclass(frozen=True, slots=True)
class FactNote:
    """A fact as evidence: what it says, how far it was checked, who published it."""

    text: LocalizedText
    confidence: str
    title: LocalizedText
    url: str


@dataclass(frozen=True, slots=True)
class SceneJurisdiction:
    """A state or territory, with its standing on the date of the map.

    Attributes
    ----------
    csto
        Its status in the Collective Security Treaty Organization with the dates, or empty.
    csto_member
        Whether it is a member on the date, frozen participation included.
    territory
        Whether it is a contested or specially administered territory.
    level
        Its level; empty where nothing is assessed, as are its words, rule, reason and practice.
    level_words
        The level in words; of what is unknown, whether anybody looked.
    practice
        Which practice is held, and how it was looked for; of the requesting state, empty.
    circumstances
        Whose forces stand there, and who recognises it.
    control, status
        For a territory: whose it is and who holds it; and the last of that, short enough for
        a label.
    change
        How the level changed within the dates of travel, or empty.
    on_route
        Whether a stop of the route lies in it, or on its border.
    told
        Whether the tables tell of it what no level covers: it is not rated, nor unknown.
    parent
        Of a territory: the state that it belongs to by law; empty where that is disputed.
    """

    code: str
    name: LocalizedText
    level: str
    level_words: LocalizedText
    rule: str
    reason: LocalizedText
    practice: LocalizedText
    circumstances: tuple[Statement, ...]
    csto: LocalizedText
    csto_member: bool
    territory: bool
    control: LocalizedText
    status: LocalizedText
    change: LocalizedText
    cautions: tuple[LocalizedText, ...]
    on_route: bool
    evidence: tuple[FactNote, ...]
    told: bool = False
    parent: str = ""

    @property
    def heading(self) -> LocalizedText:
        """Its name and its level, in one language."""
        return joined([alike(self.name, self.level_words), self.level_words], ": ")


@dataclass(frozen=True, slots=True)
class SceneClaimed:
    """Land of a state that another has claimed, where it is not said who holds which part.

    Attributes
    ----------
    state
        Whose it is by law, alpha-3.
    pieces
        The ids of its pieces in the coverage.
    label
        Who claims it, since when, and that the holder is not shown, in two lines.
    """

    state: str
    pieces: tuple[str, ...]
    label: LocalizedText
