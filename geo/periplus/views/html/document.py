"""The words of the page: the heading, the journey, the standings, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.route.steps import Compulsion, Mode
from periplus.scene import messages
from periplus.scene.captions import caption_of
from periplus.scene.records import (
    Citation,
    FactNote,
    SceneAttempt,
    SceneJourney,
    SceneJurisdiction,
    SceneLeg,
    SceneStop,
    Statement,
)
from periplus.scene.ribbon import sign_of
from periplus.views.html.elements import Child, element, sign, swatch
from periplus.views.html.panel import caption_line
from periplus.views.html.telling import Telling
from periplus.views.html.travellers import travelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree import ElementTree as ET

    from periplus.language.translator import Translator
    from periplus.scene.scene import Scene


def skip(scene: Scene) -> ET.Element:
    """Return the link by which a keyboard passes over the map."""
    return element("a", scene.say(messages.SKIP), class_="skip", href="#journey")


def header(scene: Scene) -> ET.Element:
    """Return the title."""
    return element("header", element("h1", scene.title, dir="auto"))


def standfirst(scene: Scene) -> ET.Element | None:
    """Return what the reader is about to see."""
    return element("p", scene.summary, class_="summary", dir="auto") if scene.summary else None


def _folding(scene: Scene, title: LocalizedText, *children: Child, **attributes: str) -> ET.Element:
    """Return a part of the text that a reader can fold.

    It stands open at first, but for that of several routes, which would be long.
    """
    heading = element("summary", element("h2", title))
    opened = {} if scene.routes else {"open": "open"}
    return element("details", heading, *children, **opened, **attributes)


def journey(scene: Scene) -> ET.Element:
    """Return the journey in words: every stop, attempt and leg with what it rests on."""
    telling = Telling(scene.say)
    notes = [element("p", note, dir="auto") for note in scene.notes]
    heading = scene.say(messages.JOURNEY)
    parts = [
        *_told(scene, telling),
        *_claims(scene.say(messages.CLAIMS), scene.claims, telling),
        *_claims(scene.say(messages.EXTERNAL), scene.external, telling),
        *notes,
    ]
    if scene.routes:
        return element("section", element("h2", heading), *parts, id="journey")
    return _folding(scene, heading, *parts, id="journey")


def _told(scene: Scene, telling: Telling) -> Iterator[ET.Element]:
    """Yield the journeys; of several routes each folded, under its letter and with its summary."""
    if not scene.routes:
        for told in scene.journeys:
            yield from _journey(told, scene, telling)
    for route in scene.routes:
        own = [told for told in scene.journeys if scene.route_of(told) is route]
        title = joined([route.letter, route.title], "  ")
        yield _folding(
            scene,
            title,
            element("p", route.summary, class_="summary", dir="auto"),
            *[part for told in own for part in _journey(told, scene, telling)],
            class_="route",
        )


def _journey(told: SceneJourney, scene: Scene, telling: Telling) -> Iterator[ET.Element]:
    who = travelled(told.party.letters)
    yield element("h3", told.title, dir="auto", class_=who or None)
    for letter, statement in told.lettered():
        yield _traveller(letter, statement, who, telling)
    listed = " ".join(filter(None, ["told", who]))
    yield element("ol", *_in_order(told, scene, telling), class_=listed, role="list")


def _claims(
    title: LocalizedText, statements: tuple[Statement, ...], telling: Telling
) -> list[ET.Element]:
    if not statements:
        return []
    return [telling.article(element("h3", title), statements=statements, class_="claims")]


def _traveller(letter: str, statement: Statement, who: str, telling: Telling) -> ET.Element:
    return element(
        "p",
        element("b", LocalizedText(f"{letter} "), class_="letter") if letter else None,
        element("strong", statement.label),
        joined([": ", statement.text, ". "], "") if statement.text else LocalizedText(". "),
        *[telling.inline(quotation) for quotation in statement.quotations],
        class_=" ".join(filter(None, ["traveller", who])),
        dir="auto",
    )


def _in_order(told: SceneJourney, scene: Scene, telling: Telling) -> Iterable[ET.Element]:
    for step in told.told():
        match step:
            case SceneStop():
                article = _stop(step, scene.say, telling)
            case SceneAttempt():
                article = _attempt(step, telling)
            case SceneLeg():
                article = _leg(step, scene.say, telling)
        article.append(caption_line(caption_of(step, scene), hidden="hidden"))
        yield element("li", article)


def _stop(stop: SceneStop, say: Translator, telling: Telling) -> ET.Element:
    return telling.article(
        element("h4", sign(sign_of(stop), stop.mark), element("span", stop.title, dir="auto")),
        element("p", stop.subtitle, class_="subtitle", dir="auto"),
        _law(stop, say),
        statements=stop.statements,
        note=stop.gap,
        mark=stop.mark,
        id=stop.id,
        class_="a-stop",
    )


def _law(stop: SceneStop, say: Translator) -> ET.Element | None:
    """Return what rules there, with the tint of its level: the reason is told below."""
    if stop.level is None:
        return None
    told = joined([stop.law, say(messages.LEVEL_SHORT[stop.level])], ": ")
    return element("p", swatch(stop.level), element("span", told), class_="law")


def _leg(leg: SceneLeg, say: Translator, telling: Telling) -> ET.Element:
    return telling.article(
        element(
            "h4",
            element("span", LocalizedText(" → ".join(leg.marks)), class_="ends"),
            element("span", _moved(leg, say)),
        ),
        statements=leg.statements,
        note=leg.drawn,
        id=leg.id,
        class_="a-leg",
    )


def _moved(leg: SceneLeg, say: Translator) -> LocalizedText:
    """Say what was done to the traveller, and by which means they went; one of them at least."""
    word = messages.COMPELLED.get(Compulsion(leg.compulsion))
    if word is None:
        return leg.title
    means = say(messages.MODE[Mode(leg.mode)]) if leg.mode != Mode.UNKNOWN else LocalizedText()
    return say.commas([say(word).capitalised(), means])


def _attempt(attempt: SceneAttempt, telling: Telling) -> ET.Element:
    return telling.article(
        element(
            "h4",
            element("span", LocalizedText(f"{attempt.mark} ⊣"), class_="ends"),
            element("span", attempt.title, dir="auto"),
        ),
        statements=attempt.statements,
        note=attempt.drawn,
        id=attempt.id,
        class_="an-attempt",
    )


def standings(scene: Scene) -> ET.Element | None:
    """Return the standing of each jurisdiction on the route, with the facts it rests on.

    Then all by name, each with its level: the words for the tints of the map. Nothing, where
    nothing is assessed.
    """
    say = scene.say
    if scene.requesting_state is None:
        return None
    visited = [known for known in scene.jurisdictions if known.on_route]
    changed = [known for known in scene.jurisdictions if known.change and not known.on_route]
    return _folding(
        scene,
        say(messages.UNDER_WHOSE_LAW, state=scene.requesting_state),
        element("p", scene.caution),
        *[_standing(known, say) for known in visited],
        element("h3", say(messages.CHANGED_ELSEWHERE)) if changed else None,
        *[
            element("p", element("b", known.name), joined([" ", known.change], ""))
            for known in changed
        ],
        element("h3", say(messages.ALL_LEVELS)),
        element("p", _levels(scene)),
        *_penalties(scene),
        class_="standings",
    )


def _penalties(scene: Scene) -> Iterator[ET.Element]:
    """Say what waits on return."""
    if scene.penalties and scene.requesting_state:
        yield element("h3", scene.say(messages.PENALTIES_IN, state=scene.requesting_state))
        yield element("ul", *[_fact(fact, scene.say) for fact in scene.penalties])


def _levels(scene: Scene) -> LocalizedText:
    """List them by name: by level they would read as a ranking."""
    say = scene.say
    told = [
        joined([_with_csto(known, say), say(messages.LEVEL_SHORT[known.level])], ": ")
        for known in sorted(scene.jurisdictions, key=lambda known: known.name)
    ]
    return joined([say.clauses(told), "."], "")


def _with_csto(known: SceneJurisdiction, say: Translator) -> LocalizedText:
    if not known.csto_member:
        return known.name
    member = messages.CSTO_TAG
    return joined([known.name, " (", say(member), ")"], "")


def _standing(known: SceneJurisdiction, say: Translator) -> ET.Element:
    held = known.practice
    practice = joined([say(messages.PRACTICE), held], ": ") if held else LocalizedText()
    around = [joined([told.label, told.text], ": ") for told in known.circumstances]
    lines = [known.control, known.change, practice, *around, *known.cautions]
    if known.csto:
        lines.insert(1, say(messages.CSTO_IN_FULL, status=known.csto))
    rule = say(messages.RULE, rule=LocalizedText(known.rule))
    return element(
        "article",
        element(
            "h3",
            swatch(known.level),
            known.heading,
        ),
        element("p", joined([known.reason, rule])),
        *[element("p", line) for line in lines if line],
        element("ul", *[_fact(fact, say) for fact in known.evidence]) if known.evidence else None,
    )


def _fact(fact: FactNote, say: Translator) -> ET.Element:
    return element(
        "li",
        joined([fact.text, " "], ""),
        element("a", fact.title, href=fact.url, rel="noopener noreferrer"),
        joined([" (", say(messages.CONFIDENCE[fact.confidence]), ")"], ""),
    )


def sources(scene: Scene) -> ET.Element:
    """Return every publication that the route rests on."""
    items = [_source(citation, scene.say) for citation in scene.citations]
    return _folding(scene, scene.say(messages.SOURCES), element("ol", *items, class_="sources"))


def _source(citation: Citation, say: Translator) -> ET.Element:
    said = say.commas(part for part in (citation.author, citation.publisher, citation.date) if part)
    title: Child = citation.title
    if citation.url:
        title = element("a", citation.title, href=citation.url, rel="noopener noreferrer")
    return element(
        "li",
        title,
        joined([", " if said else "", said, ". "], ""),
        element(
            "a", say(messages.ARCHIVED_COPY), href=citation.archived_url, rel="noopener noreferrer"
        )
        if citation.archived_url
        else None,
        joined([" ", citation.note], "") if citation.note else None,
        id=f"source-{citation.number}",
        value=str(citation.number),
        dir="auto",
    )
