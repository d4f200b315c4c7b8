"""How a traced route becomes a scene: each sentence that a reader meets, with what it rests on."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from itertools import count
from string import ascii_uppercase
from typing import TYPE_CHECKING, assert_never

from periplus import words
from periplus.dates import Edtf
from periplus.drawn import (
    FORCED,
    SceneLine,
    Symbol,
    Way,
    attempted,
    is_seen,
    lanes_of,
    parts_of,
    towards,
)
from periplus.errors import UsageError
from periplus.facts import Membership, Practice, Treaty
from periplus.layers import divided_states, facts
from periplus.model import Phrase, chosen
from periplus.names import date_words, locale, name
from periplus.route import (
    Area,
    Attempt,
    Border,
    Claim,
    CountryOnly,
    Described,
    DocumentUse,
    Event,
    GroupOnly,
    Leg,
    Named,
    NotStated,
    Place,
    Position,
    Status,
    Stop,
    UnknownToTraveller,
    Withheld,
)
from periplus.scene import (
    ATTRIBUTION,
    Citation,
    FactNote,
    Quotation,
    Scene,
    SceneAttempt,
    SceneJourney,
    SceneJurisdiction,
    SceneLeg,
    SceneRoute,
    SceneStop,
    Span,
    Statement,
)
from periplus.speech import SOURCE, Message, msg, speaker
from periplus.told import Told, joined, sentence
from periplus.trace import JourneyTrace, Line, Passage, Trace, Visit, day_of, located
from periplus.worldview import MEANING, Worldview

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from periplus.drawn import Parts
    from periplus.facts import Fact
    from periplus.sources import Evidence, Source
    from periplus.standing import Change, Standing


def compose(
    trace: Trace,
    *others: Trace,
    title: str | None = None,
    view: Worldview = Worldview.DE_JURE,
    language: str | None = None,
) -> Scene:
    """Describe a traced route for its readers, or several routes on one map.

    Parameters
    ----------
    trace, others
        Several routes are numbered apart, A1, A2, B1; the standings are those of the first.
    title
        Instead of that of the route.
    view
        Whether a state is drawn at its borders by law or where it governs.
    language
        The one that readers are spoken to in: a tag of BCP 47 that the CLDR knows, such as `en`
        or `pt-BR`; that of the first route unless given.

    Raises
    ------
    UsageError
        If the routes ask about different requesting states, or on different days, or the CLDR
        does not know the language.
    """
    traces = (trace, *others)
    _check_together(traces)
    spoken = language or trace.route.language
    locale(spoken)
    known: list[Source] = []
    letters = ascii_uppercase[: len(traces)] if others else ("",)
    composers = [
        _Composer(each, letter, known, view, spoken)
        for each, letter in zip(traces, letters, strict=True)
    ]
    scene = _joined([composer.scene() for composer in composers])
    return replace(scene, title=Told(title, spoken)) if title else scene


def _check_together(traces: tuple[Trace, ...]) -> None:
    """Refuse what cannot stand on one map."""
    if len(traces) > len(ascii_uppercase):
        message = f"{len(traces)} routes are too many for one map: at most {len(ascii_uppercase)}"
        raise UsageError(message)
    for what, values in (
        ("requesting states", {trace.route.requesting_state for trace in traces}),
        ("days of the standings", {str(day_of(trace.as_of)) for trace in traces}),
    ):
        if len(values) > 1:
            told = ", ".join(sorted(values))
            message = f"the routes have different {what} ({told}): draw them on maps of their own"
            raise UsageError(message)


def _joined(scenes: list[Scene]) -> Scene:
    """Put the scenes of several routes on one map."""
    first = scenes[0]
    if len(scenes) == 1:
        return replace(first, routes=())
    visited = {item.code for scene in scenes for item in scene.jurisdictions if item.on_route}
    return replace(
        first,
        title=joined((scene.title for scene in scenes), " · "),
        summary=Told(),
        routes=tuple(route for scene in scenes for route in scene.routes),
        journeys=in_lanes(tuple(journey for scene in scenes for journey in scene.journeys)),
        jurisdictions=tuple(
            replace(item, on_route=item.code in visited) for item in first.jurisdictions
        ),
        claims=tuple(claim for scene in scenes for claim in scene.claims),
        external=tuple(claim for scene in scenes for claim in scene.external),
        citations=tuple(dict.fromkeys(found for scene in scenes for found in scene.citations)),
        notes=tuple(note for scene in scenes for note in scene.notes),
    )


# ---------------------------------------------------------------------------- composing


class _Composer:
    """Holds what every sentence needs: who says it, and the numbers of the sources.

    `known` are the sources that have numbers; those of the route are added to it.
    """

    def __init__(
        self, trace: Trace, letter: str, known: list[Source], view: Worldview, language: str
    ) -> None:
        self.trace = trace
        self.letter = letter
        self.view = view
        self.language = language
        self.say = speaker(language)
        self.places = {
            visit.position for traced in trace.journeys for visit in traced.visits if visit.position
        }
        sources = trace.route.sources
        known += [source for source in sources.values() if source not in known]
        self.citations = {
            key: self._citation(known.index(source) + 1, source) for key, source in sources.items()
        }

    def scene(self) -> Scene:
        route = self.trace.route
        return Scene(
            title=self.author(route.title),
            summary=self.author(route.summary),
            language=self.language,
            requesting_state=self.name(route.requesting_state),
            worldview=self.say(MEANING[self.view]),
            view=self.view,
            as_of=self._as_of(),
            on=day_of(self.trace.as_of),
            routes=(SceneRoute(self.letter, self.author(route.title), self.author(route.summary)),),
            journeys=self._journeys(),
            jurisdictions=tuple(self._jurisdictions()),
            claims=tuple(self._claims(route.claims)),
            external=tuple(self._claims(route.external)),
            citations=tuple(self.citations.values()),
            notes=tuple(map(self.author, route.notes)),
            attribution=tuple(map(self.say, ATTRIBUTION)),
        )

    def id(self, kind: str, number: int) -> str:
        """Return the id of a stop, leg, attempt or line: `stop-3`, `b-stop-3`."""
        return f"{self.letter.lower()}-{kind}-{number}" if self.letter else f"{kind}-{number}"

    def mark(self, visit: Visit) -> str:
        """Return what stands on the symbol of a stop: 3, B3."""
        return f"{self.letter}{visit.number}"

    # ------------------------------------------------------------------ small words

    def name(self, jurisdiction: str) -> Told:
        return name(jurisdiction, self.language)

    def date(self, on: Edtf) -> Told:
        return date_words(on, self.language)

    def author(self, text: Phrase | None) -> Told:
        """Say what the author of the route wrote, in the language of the reader if they did.

        Nothing, where nothing is written.
        """
        if text is None:
            return Told()
        translated = text.translation(self.language)
        return Told(translated, self.language) if translated else Told(text, text.own)

    def printed(self, words_of_source: Phrase) -> Told:
        """Quote words of the source within a sentence: a translation together with them."""
        original = self.say.quoted(Told(words_of_source, words_of_source.own))
        translated = words_of_source.translation(self.language)
        if translated is None:
            return original
        told = self.say.quoted(Told(translated, self.language))
        return self.say("{translation} ({original})", translation=told, original=original)

    def _as_of(self) -> Told:
        on = self.trace.as_of
        day = self.date(Edtf.parse(day_of(on).isoformat()))
        if on is None:
            return self.say(words.AS_OF_FACTS, day=day)
        return day if on.is_day else self.say(words.AS_OF_END, day=day, date=self.date(on))

    def _citation(self, number: int, source: Source) -> Citation:
        return Citation(
            number=number,
            title=self._published(source.title, source),
            author=self._published(source.author, source) or None,
            publisher=self._published(source.publisher, source) or None,
            date=self.date(source.date) if source.date else None,
            url=source.url,
            archived_url=source.archived_url,
            note=self.author(source.note) or None,
        )

    def _published(self, text: str | None, source: Source) -> Told:
        """Say what a publication prints, in its own language."""
        return Told(text or "", source.language or self.trace.route.language)

    def quotations(self, evidence: tuple[Evidence, ...]) -> tuple[Quotation, ...]:
        return tuple(map(self._quotation, evidence))

    def _quotation(self, item: Evidence) -> Quotation:
        quote = self._published(item.quote, self.trace.route.sources[item.source])
        speaks, at, note = map(self.author, (item.speaker, item.at, item.note))
        source = self.citations[item.source]
        return Quotation(
            words=quote or None,
            speaker=speaks or None,
            at=at or None,
            stance=item.stance,
            note=note or None,
            source=source,
            quoted=self.say.quoted(quote) if quote else Told(),
            translated=self._translated(item),
            where=self.say.commas([speaks, source.title, at, note]),
            bearing=self.say(words.STANCE[item.stance]),
        )

    def _translated(self, item: Evidence) -> Told:
        """Say a quote in the language of the reader, and that the editor translated it."""
        text = chosen(item.translations or {}, self.language)
        if text is None:
            return Told()
        told = self.say.quoted(Told(text, self.language))
        return self.say("{quotation} (the editor's translation)", quotation=told)

    # ------------------------------------------------------------------ journeys

    def _journeys(self) -> tuple[SceneJourney, ...]:
        lines, attempts = count(1), count(1)
        journeys = [self._journey(traced, lines, attempts) for traced in self.trace.journeys]
        return in_lanes(tuple(journeys))

    def _journey(
        self, traced: JourneyTrace, lines: Iterator[int], attempts: Iterator[int]
    ) -> SceneJourney:
        return SceneJourney(
            title=self.author(traced.journey.title or self.trace.route.title),
            route=self.letter,
            travellers=tuple(self._travellers(traced)),
            stops=tuple(self._stop(visit, traced) for visit in traced.visits),
            legs=tuple(self._leg(passage, traced.lines) for passage in traced.passages),
            attempts=tuple(
                self._attempt(attempt, visit, next(attempts))
                for visit in traced.visits
                for attempt in visit.stop.attempts
            ),
            lines=tuple(
                self._line(line, next(lines)) for line in traced.lines if is_seen(_parts(line))
            ),
        )

    def _travellers(self, traced: JourneyTrace) -> Iterator[Statement]:
        for key in traced.journey.travellers:
            traveller = self.trace.route.travellers[key]
            identity = words.IDENTITY.get(traveller.identity)
            parts = [self.author(traveller.description), *self._maybe(identity)]
            told = self.say.commas(parts)
            yield Statement(self.author(traveller.name), told, self.quotations(traveller.evidence))

    def _maybe(self, message: str | None) -> list[Told]:
        return [self.say(message)] if message else []

    # ------------------------------------------------------------------ stops

    def _stop(self, visit: Visit, traced: JourneyTrace) -> SceneStop:
        title, subtitle = self._titles(visit.place)
        return SceneStop(
            id=self.id("stop", visit.number),
            number=visit.number,
            mark=self.mark(visit),
            symbol=_symbol(visit.place),
            title=title,
            subtitle=subtitle,
            position=visit.position,
            country=visit.country if visit.position is None else None,
            within=self.say(words.WITHIN, area=title) if isinstance(visit.place, Area) else Told(),
            state=visit.country,
            between=visit.place.between if isinstance(visit.place, Border) else None,
            gap=self._gap(visit, traced) if visit.position else Told(),
            level=visit.standing.level if visit.standing else None,
            law=self.name(visit.jurisdiction) if visit.standing and visit.jurisdiction else Told(),
            withheld=self._withholding(visit.place) if isinstance(visit.place, Withheld) else None,
            date=self._when(visit.stop),
            span=_span(visit.stop),
            statements=tuple(self._stop_statements(visit)),
        )

    def _titles(self, place: Place) -> tuple[Told, Told]:
        say, author = self.say, self.author
        match place:
            case Named() | Area():
                return author(place.name), say.commas(
                    [self._kind(place.kind), self.name(place.country)]
                )
            case Described():
                return author(place.description), self._in(
                    msg("described, not named"), place.country
                )
            case CountryOnly():
                return self.name(place.country), say("place not stated")
            case GroupOnly():
                return author(place.group), say("country not stated")
            case Border():
                left, entered = (self.name(code) for code in place.between)
                title = say("{left}–{entered} border", left=left, entered=entered)
                where = [author(place.description), say("crossing point not stated")]
                return title, say.commas(where)
            case NotStated():
                told = author(place.description) or say("the source does not say where")
                return self._in(msg("Not stated"), place.country), told
            case UnknownToTraveller():
                told = author(place.description) or say("the traveller did not know where")
                return say(msg("Unknown", "place")), told
            case Withheld():
                country = place.disclosed.country if place.disclosed else None
                return self._in(msg("Withheld", "place"), country), self.printed(place.role)
            case _:
                assert_never(place)

    def _in(self, what: str, country: str | None) -> Told:
        """Say what is known of a place, and its country if that is disclosed."""
        known = self.name(country) if country else Told()
        return self.say.commas([self.say(what), known])

    def _kind(self, kind: Phrase) -> Told:
        return self._known(kind, words.KIND)

    def _role(self, role: Phrase) -> Told:
        return self._known(role, words.ROLE)

    def _known(self, text: Phrase, known: Mapping[str, Message]) -> Told:
        """Say a word of the author; those that most authors use, in the interface's own words."""
        translated = text.translation(self.language) is not None
        return self.say(known[text]) if text in known and not translated else self.author(text)

    def _stop_statements(self, visit: Visit) -> Iterator[Statement]:
        place, stop = visit.place, visit.stop
        if isinstance(place, Withheld):
            yield self._withholding(place)
        yield Statement(self.say("Source"), Told(), self.quotations(stop.evidence))
        yield from self._place_statements(place)
        yield from self._point_statements(stop)
        yield self._standing_statement(visit)

    def _withholding(self, place: Withheld) -> Statement:
        held, say = place.withholding, self.say
        whom = self.author(held.at_request_of)
        asked = [say("at the request of {whom}", whom=whom)] if whom else []
        told = [sentence(say.commas([say(words.WITHHELD_BY[held.by]), *asked]))]
        told.append(say(words.WITHHOLDING_SCOPE[held.scope]))
        if place.disclosed:
            country = self.name(place.disclosed.country)
            told.append(say(words.DISCLOSED[place.disclosed.basis], country=country))
        text = joined([*told, self.author(held.note)])
        return Statement(say(msg("Withheld", "place")), text, self.quotations(held.evidence))

    def _place_statements(self, place: Place) -> Iterator[Statement]:
        if isinstance(place, Named) and place.position is not None:
            position = place.position
            of = self.author(position.of or place.name)
            told = self.say(words.POSITION[position.basis], of=of)
            text = joined([told, self.author(position.note)])
            yield Statement(self.say("Position"), text, self.quotations(position.evidence))
        if isinstance(place, Area):
            told = self.say(words.AREA_HAS_NO_POINT, area=self.author(place.name))
            yield Statement(self.say("Position"), told)
        if isinstance(place, (Named, Area, Described, NotStated)) and place.country:
            yield from self._country_statements(place, place.country)
        if not isinstance(place, Withheld) and place.note:
            yield Statement(self.say("Note"), self.author(place.note))

    def _country_statements(
        self, place: Named | Area | Described | NotStated, country: str
    ) -> Iterator[Statement]:
        if place.country_basis == "implied":
            told = self.say(words.COUNTRY_IMPLIED, country=self.name(country))
            yield Statement(self.say("Country"), told)
        if isinstance(place, (Named, Described)) and place.authority_present:
            state = self.name(place.authority_present)
            told = self.say(words.AUTHORITY_PRESENT, state=state)
            yield Statement(self.say("Authority present"), told)

    def _point_statements(self, stop: Stop) -> Iterator[Statement]:
        say = self.say
        if stop.roles:
            yield Statement(say("Role"), say.commas(map(self._role, stop.roles)))
        if stop.same_place:
            told = say(words.SAME_PLACE)
            yield Statement(say("Same place"), told, self.quotations(stop.same_place))
        yield from self._date_statements(stop)
        yield from self._step_statements(stop)

    def _when(self, step: Stop | Leg | Attempt) -> Told:
        return self.date(step.date) if step.date else Told()

    def _date_statements(self, step: Stop | Leg | Attempt) -> Iterator[Statement]:
        within = self._within(step.date) if step.date else Told()
        printed = self.printed(step.date_words) if step.date_words else Told()
        told = joined([within, sentence(printed), self.author(step.date_basis)])
        if told:
            yield Statement(self.say("Date"), told)

    def _within(self, date: Edtf) -> Told:
        """Say that it was within a date; of an open one, until or from when."""
        words_of_date = self.date(date)
        if date.earliest is None or date.latest is None:
            return sentence(words_of_date)
        return self.say("Some time within {date}.", date=words_of_date)

    def _step_statements(self, step: Stop | Leg | Attempt) -> Iterator[Statement]:
        yield from self._documents(step.documents)
        yield from self._events(step.events)
        for claim in step.claims:
            yield from self._claim(claim)
        if step.note:
            yield Statement(self.say("Note"), self.author(step.note))

    def _attempt(self, attempt: Attempt, visit: Visit, number: int) -> SceneAttempt:
        """Say what was blocked or planned: it is no leg, and never a line of the journey."""
        targets = tuple(self._titles(self.trace.route.places[key])[0] for key in attempt.to)
        way, whither = self._way(attempt, visit, number), self._whither(attempt, targets)
        return SceneAttempt(
            id=self.id("attempt", number),
            number=number,
            stop=visit.number,
            mark=self.mark(visit),
            mode=attempt.leg,
            compulsion=attempt.compulsion,
            status=attempt.status,
            attestation=attempt.attestation,
            by=attempt.by,
            refused_at=attempt.refused_at,
            targets=targets,
            title=joined([self.say(words.ATTEMPT[attempt.status]), whither], ": "),
            drawn=self._how_attempt_is_drawn(attempt, visit, way),
            date=self._when(attempt),
            span=_span(attempt),
            statements=tuple(self._attempt_statements(attempt, whither)),
            way=way,
        )

    def _way(self, attempt: Attempt, visit: Visit, number: int) -> Way | None:
        """Draw an attempt between two places, as far as its first target; else nothing."""
        first = self.trace.route.places[attempt.to[0]]
        start, target = visit.position, located(first)
        if start is None or target is None or start == target:
            return None
        kind, parts = towards(start, target, attempt.leg)
        return Way(
            id=self.id("way", number),
            attempt=self.id("attempt", number),
            attempted=attempted(attempt.status),
            kind=kind,
            target=target,
            title=self._titles(first)[0],
            hollow=target not in self.places,
            caption=joined(
                [
                    self.say(words.ATTEMPT[attempt.status]),
                    self.say(words.MODE[attempt.leg]).capitalised(),
                ],
                "\n",
            ),
            parts=parts,
        )

    def _how_attempt_is_drawn(self, attempt: Attempt, visit: Visit, way: Way | None) -> Told:
        """Say how the map shows an attempt, or why it does not."""
        if way is not None:
            told = self.say(words.ATTEMPT_DRAWN[attempted(attempt.status)], target=way.title)
            onwards = self.say(words.ATTEMPT_ONWARDS) if len(attempt.to) > 1 else Told()
            return joined([told, onwards])
        if visit.position is not None or visit.country is not None:
            return self.say(words.ATTEMPT_BADGE, number=Told(self.mark(visit)))
        return self.say(words.ATTEMPT_NOT_DRAWN)

    def _attempt_statements(self, attempt: Attempt, whither: Told) -> Iterator[Statement]:
        say = self.say
        told = say.clauses(
            [
                whither,
                say(words.STATUS[attempt.status]),
                *self._refusal(attempt),
                *self._how_known(attempt),
            ]
        )
        text = joined([sentence(told.capitalised()), self.author(attempt.compulsion_basis)])
        yield Statement(say(words.ATTEMPT[attempt.status]), text, self.quotations(attempt.evidence))
        yield from self._date_statements(attempt)
        yield from self._step_statements(attempt)

    def _whither(self, attempt: Attempt, targets: tuple[Told, ...]) -> Told:
        first, *others = targets
        told = self.say("{mode} to {place}", mode=self.say(words.MODE[attempt.leg]), place=first)
        onward = [self.say("on to {place}", place=place) for place in others]
        return self.say.commas([told, *onward])

    def _refusal(self, attempt: Attempt) -> list[Told]:
        """Say who refused, and where."""
        if attempt.status is not Status.BLOCKED:
            return []
        who, where = self.author(attempt.by), self.author(attempt.refused_at)
        by = self.say("refused by {who}", who=who) if who else self.say(words.REFUSED_BY_NOT_STATED)
        return [by, where or self.say(words.REFUSED_AT_NOT_STATED)]

    def _how_known(self, movement: Leg | Attempt) -> list[Told]:
        known = [self.say(words.ATTESTATION[movement.attestation])]
        if movement.attributed_to:
            who = self.author(movement.attributed_to)
            known.append(self.say("according to {who}", who=who))
        return known

    def _claims(self, claims: tuple[Claim, ...]) -> Iterator[Statement]:
        for claim in claims:
            yield from self._claim(claim)

    def _claim(self, claim: Claim) -> Iterator[Statement]:
        """Set the variants side by side, and say which one is followed, and why."""
        say, about = self.say, self.author(claim.about).capitalised()
        differ = len(claim.variants) > 1
        if differ:
            followed = (
                say(words.FOLLOWED, number=claim.preferred)
                if claim.preferred
                else say(words.NONE_FOLLOWED)
            )
            told = joined([sentence(about), followed, self.author(claim.reason)])
            yield Statement(say("Sources differ"), told)
        for number, variant in enumerate(claim.variants, start=1):
            label = say("Version {number}", number=number) if differ else about
            who = self.author(variant.speaker)
            speaks = say("According to {who}.", who=who) if who else Told()
            told = joined([sentence(self.author(variant.value)), speaks])
            yield Statement(label, told, self.quotations(variant.evidence))

    def _documents(self, documents: tuple[DocumentUse, ...]) -> Iterator[Statement]:
        for use in documents:
            document = self.say(words.DOCUMENT[use.document])
            state = self.say(words.DOCUMENT_STATE[use.state])
            told = self.say("{document}: {state}.", document=document, state=state)
            text = joined([told, self.author(use.note)])
            yield Statement(self.say("Document"), text, self.quotations(use.evidence))

    def _events(self, events: tuple[Event, ...]) -> Iterator[Statement]:
        for event in events:
            told = self.author(event.what)
            if event.date:
                told = self.say("{what} ({date})", what=told, date=self.date(event.date))
            yield Statement(self.say("Event"), told, self.quotations(event.evidence))

    def _standing_statement(self, visit: Visit) -> Statement:
        say, route = self.say, self.trace.route
        label = say("Standing towards {state}", state=self.name(route.requesting_state))
        if visit.standing is None or visit.jurisdiction is None:
            return Statement(label, self._why_not_assessed(visit))
        standing, state = visit.standing, self.name(visit.jurisdiction)
        level = say(words.LEVEL[standing.level]).capitalised()
        told = [say("{state}: {level}.", state=state, level=level), Told(standing.reason, SOURCE)]
        told += self._changes(visit.changes)
        if visit.position is None and visit.jurisdiction in divided_states():
            told.append(say(words.WHERE_IT_GOVERNS, state=state))
        return Statement(label, joined(told))

    def _why_not_assessed(self, visit: Visit) -> Told:
        reason, state = _reason_not_assessed(visit)
        return self.say(words.NOT_ASSESSED[reason], state=self.name(state) if state else Told())

    def _changes(self, changes: tuple[Change, ...]) -> Iterator[Told]:
        """Say how the level changed within a date, and when."""
        for change in changes:
            before, after = change.before, change.after
            if before is not None and before.level != after.level:
                yield self.say(
                    words.CHANGED,
                    date=self.date(change.dated),
                    earlier=self.say(words.LEVEL[before.level]),
                    later=self.say(words.LEVEL[after.level]),
                )

    def _gap(self, visit: Visit, traced: JourneyTrace) -> Told:
        """Say which of the neighbours of a drawn stop break the line."""
        drawn = {passage.number for line in traced.lines for passage in line.passages}
        sides = [
            (words.GAP_BEFORE if passage.end is visit else words.GAP_AFTER, passage)
            for passage in traced.passages
            if visit in (passage.start, passage.end) and passage.number not in drawn
        ]
        return joined(
            self.say(text, why=self._gap_why(_other_end(passage, visit))) for text, passage in sides
        )

    def _gap_why(self, visit: Visit) -> Told:
        return self.say(words.GAP_WHY[_symbol(visit.place)])

    # ------------------------------------------------------------------ legs

    def _leg(self, passage: Passage, lines: tuple[Line, ...]) -> SceneLeg:
        leg = passage.leg
        line = next((line for line in lines if passage in line.passages), None)
        return SceneLeg(
            id=self.id("leg", passage.number),
            number=passage.number,
            start=passage.start.number,
            end=passage.end.number,
            marks=(self.mark(passage.start), self.mark(passage.end)),
            mode=leg.leg,
            compulsion=leg.compulsion,
            status=leg.status,
            attestation=leg.attestation,
            by=leg.by,
            title=self.say(words.MODE[leg.leg]).capitalised(),
            drawn=self._how_leg_is_drawn(passage, line),
            date=self._when(leg),
            span=_span(leg),
            statements=(*self._leg_statements(passage), *self._under(line)),
            kind=line.kind if line else None,
            ledger=line.ledger if line else None,
        )

    def _how_leg_is_drawn(self, passage: Passage, line: Line | None) -> Told:
        if line is None:
            return self._why_not_drawn(passage)
        if line.along_lanes:
            return self.say(words.DRAWN_ALONG_LANES)
        return self.say(
            words.DRAWN[line.kind] if is_seen(_parts(line)) else words.DRAWN_AT_ONE_PLACE
        )

    def _why_not_drawn(self, passage: Passage) -> Told:
        for end in (passage.start, passage.end):
            if end.position is None and not isinstance(end.place, Border):
                return self.say(
                    words.NOT_DRAWN, number=Told(self.mark(end)), why=self._gap_why(end)
                )
        return self.say(words.NOT_DRAWN_AT_ALL)

    def _under(self, line: Line | None) -> Iterator[Statement]:
        """Say what lies under a line that is more than schematic, and which air was closed."""
        if line is None or line.ledger is None:
            return
        say = self.say
        parts = say.commas(
            say(
                words.UNDER_PART,
                place=self._place(part.jurisdiction),
                length=say.kilometres(part.length),
            )
            for part in line.ledger.slices
        )
        yield Statement(say(words.UNDER_LABEL[line.kind]), say(words.UNDER[line.kind], parts=parts))
        closures = {closure.fact.id: closure for part in line.slices for closure in part.closures}
        for closure in closures.values():
            fact, text = closure.fact, words.AIRSPACE_CLOSED[closure.throughout]
            told = say(text, state=self.name(fact.jurisdiction), dates=self._validity(fact))
            source = Told(f"{fact.source.title}, {fact.source.url}", SOURCE)
            yield Statement(say("Airspace"), joined([told, source]))

    def _place(self, jurisdiction: str | None) -> Told:
        return self.name(jurisdiction) if jurisdiction else self.say(words.OUTSIDE)

    def _leg_statements(self, passage: Passage) -> Iterator[Statement]:
        leg, say = passage.leg, self.say
        known = say.clauses(
            [*self._how_known(leg), say(words.STATUS[leg.status]), self._compelled(leg)]
        )
        told = joined([sentence(known.capitalised()), self.author(leg.compulsion_basis)])
        yield Statement(say("Leg"), told, self.quotations(leg.evidence))
        dated = list(self._date_statements(leg))
        yield from dated or [Statement(say("Date"), say("Not stated."))]
        for point in leg.via:
            name = self.author(point.name) or say(words.VIA_UNNAMED)
            yield Statement(say("By way of"), name, self.quotations(point.evidence))
        yield from self._step_statements(leg)

    def _compelled(self, leg: Leg) -> Told:
        """Say who or what made the traveller move."""
        how, who = self.say(words.COMPULSION[leg.compulsion]), self.author(leg.by)
        return self.say("{how}, by {who}", how=how, who=who) if who else how

    def _line(self, line: Line, number: int) -> SceneLine:
        legs = [passage.leg for passage in line.passages]
        against = [leg for leg in legs if leg.compulsion in FORCED]
        forced = self.say.clauses(dict.fromkeys(map(self._compelled, against)))
        lanes = self.say(words.ALONG_LANES) if line.along_lanes else Told()
        told = [forced.capitalised(), self._modes(legs), lanes, *self._crossings(line)]
        return SceneLine(
            id=self.id("line", number),
            legs=tuple(self.id("leg", passage.number) for passage in line.passages),
            kind=line.kind,
            attestation="stated" if all(leg.attestation == "stated" for leg in legs) else "implied",
            compulsion=(against or legs)[0].compulsion,
            forced=forced,
            caption=joined(told, "\n"),
            parts=_parts(line),
        )

    def _modes(self, legs: list[Leg]) -> Told:
        """Say by what means a line was travelled, in the order of its legs."""
        modes = [self.say(mode) for mode in dict.fromkeys(words.MODE[leg.leg] for leg in legs)]
        return reduce(
            lambda first, then: self.say("{first}, then {then}", first=first, then=then), modes
        ).capitalised()

    def _crossings(self, line: Line) -> Iterator[Told]:
        """Say which borders a line crosses at a point that is not stated."""
        for passage in line.passages[1:]:
            told = self.say.commas(self._titles(passage.start.place))
            yield joined([f"{self.mark(passage.start)}:", told])

    # ------------------------------------------------------------------ jurisdictions

    def _jurisdictions(self) -> Iterator[SceneJurisdiction]:
        visits = [visit for journey in self.trace.journeys for visit in journey.visits]
        visited = {visit.jurisdiction or visit.country for visit in visits}
        for place in [visit.place for visit in visits]:
            if isinstance(place, Border):
                visited.update(place.between)
        for code, standing in self.trace.standings.items():
            yield self._jurisdiction(code, standing, on_route=code in visited)

    def _jurisdiction(self, code: str, standing: Standing, *, on_route: bool) -> SceneJurisdiction:
        csto = standing.csto
        territory = facts().territories.get(code)
        label = territory.label if territory else ""
        return SceneJurisdiction(
            code=code,
            name=self.name(code),
            level=standing.level,
            rule=standing.rule,
            reason=Told(standing.reason, SOURCE),
            csto=self._membership(csto) if csto else Told(),
            csto_member=csto is not None and csto.status in words.CSTO_MEMBER,
            territory=territory is not None,
            control=Told(label, SOURCE),
            status=self._held(label),
            change=joined(self._changes(self.trace.changes.get(code, ()))),
            cautions=tuple(Told(caution, SOURCE) for caution in standing.cautions),
            on_route=on_route,
            evidence=tuple(self._fact_note(fact) for fact in standing.evidence),
        )

    def _held(self, label: str) -> Told:
        """Say how a territory is held; an author's own facts may say it in other words."""
        status = _status(label)
        return self.say(words.HELD[status]) if status in words.HELD else Told(status, SOURCE)

    def _membership(self, fact: Membership) -> Told:
        status = Told(facts().meaning(fact.table, "status", fact.status), SOURCE).capitalised()
        return joined([status, self._validity(fact)], "")

    def _validity(self, fact: Fact) -> Told:
        """Say after a comma from when and until when a fact holds, as far as that is known."""
        begun, ended = fact.valid_from, fact.valid_to
        since = self.say(", from {date}", date=self.date(begun)) if begun else Told()
        until = self.say(", until {date}", date=self.date(ended)) if ended else Told()
        return joined([since, until], "")

    def _fact_note(self, fact: Fact) -> FactNote:
        kind = Told(facts().meaning(fact.table, "fact", fact.kind), SOURCE)
        if isinstance(fact, Practice):
            when = self.date(fact.valid_from) if fact.valid_from else Told()
            summary = Told(fact.summary, SOURCE)
            told = joined([sentence(kind), joined([when, summary], ": ")])
        elif isinstance(fact, (Membership, Treaty)):
            status = Told(facts().meaning(fact.table, "status", fact.status), SOURCE)
            dated = joined([joined([kind, status], ": "), self._validity(fact)], "")
            told = joined([dated, Told(fact.note, SOURCE)], ". ")
        else:
            told = Told(fact.statement, SOURCE)
        title = Told(fact.source.title, SOURCE)
        return FactNote(sentence(told), fact.confidence, title, fact.source.url)


# ---------------------------------------------------------------------------- plain functions


def _symbol(place: Place) -> Symbol:
    match place:
        case Named(position=Position() as position):
            if position.basis == "inferred":
                return Symbol.INFERRED
            return Symbol.SITE if position.precision == "site" else Symbol.SETTLEMENT
        case Area():
            return Symbol.AREA
        case Named() | Described() | CountryOnly():
            return Symbol.COUNTRY if place.country else Symbol.NOT_STATED
        case Border():
            return Symbol.BORDER
        case GroupOnly() | NotStated():
            return Symbol.NOT_STATED
        case UnknownToTraveller():
            return Symbol.UNKNOWN
        case Withheld():
            return Symbol.WITHHELD
        case _:
            assert_never(place)


def _other_end(passage: Passage, visit: Visit) -> Visit:
    return passage.start if passage.end is visit else passage.end


def _reason_not_assessed(visit: Visit) -> tuple[str, str | None]:
    """Return why nothing is assessed at a stop, and the state that is the reason."""
    place = visit.place
    match place:
        case Withheld():
            return "withheld", None
        case Border():
            return "border", None
        case Named() | Described() if place.authority_present:
            return "authority", place.authority_present
        case _ if visit.country:
            return "part", visit.country
        case _:
            return "unknown", None


def in_lanes(journeys: tuple[SceneJourney, ...]) -> tuple[SceneJourney, ...]:
    """Shift lines and attempts that lie over each other apart, those of all journeys together."""
    lines = [line for journey in journeys for line in journey.lines]
    ways = [attempt.way for journey in journeys for attempt in journey.attempts if attempt.way]
    things: list[SceneLine | Way] = [*lines, *ways]
    lanes = lanes_of([(thing.kind, thing.parts) for thing in things])
    lane = dict(zip((thing.id for thing in things), lanes, strict=True))
    return tuple(
        replace(
            journey,
            lines=tuple(replace(line, lane=lane[line.id]) for line in journey.lines),
            attempts=tuple(
                replace(attempt, way=replace(attempt.way, lane=lane[attempt.way.id]))
                if attempt.way
                else attempt
                for attempt in journey.attempts
            ),
        )
        for journey in journeys
    )


def _span(step: Stop | Leg | Attempt) -> Span | None:
    """Return the first and the last day on which a step can have been, where both are known."""
    on = step.date
    return (on.earliest, on.latest) if on and on.earliest and on.latest else None


def _parts(line: Line) -> Parts:
    return parts_of(line.parts)


def _status(label: str) -> str:
    """Return the end of a label such as "Crimea (Ukraine; occupied by Russia)"."""
    return re.split(r"[(;]", label.rstrip(")"))[-1].strip()
