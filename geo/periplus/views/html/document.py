"""The words of the page, as elements: a heading, the key, the strip, the journey, the sources.

Elements are built, never parsed: text that an author wrote becomes a text node and can be
nothing else. No template engine sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from periplus import words
from periplus.scene import (
    METHOD,
    Citation,
    FactNote,
    Quotation,
    Scene,
    SceneAttempt,
    SceneJourney,
    SceneJurisdiction,
    SceneLeg,
    SceneStop,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Child = ET.Element | str | None


def element(tag: str, *children: Child, **attributes: str) -> ET.Element:
    """Make an element; `class_` stands for `class`, an underscore for a hyphen.

    Children are elements, texts, or `None` for nothing.
    """
    names = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    made = ET.Element(tag, names)
    last: ET.Element | None = None
    for child in children:
        if isinstance(child, ET.Element):
            made.append(child)
            last = child
        elif child and last is None:
            made.text = (made.text or "") + child
        elif child and last is not None:
            last.tail = (last.tail or "") + child
    return made


def html(*elements: ET.Element) -> str:
    """Write elements as HTML: text and attributes are escaped."""
    return "".join(ET.tostring(made, encoding="unicode", method="html") for made in elements)


def header(scene: Scene) -> ET.Element:
    """Return the title and what the reader is about to see."""
    return element(
        "header",
        element("p", "Documented journey", class_="kicker"),
        element("h1", scene.title, dir="auto"),
        element("p", scene.summary, class_="summary", dir="auto"),
    )


def key(scene: Scene) -> ET.Element:
    """Return the key to the tints, above the map."""
    levels = [
        element("li", element("span", class_=f"swatch level-{level}"), text)
        for level, text in words.LEVEL_SHORT.items()
    ]
    extra = [
        element("li", element("span", class_=f"swatch {name}"), text)
        for name, text in words.KEY_AREAS.items()
    ]
    title = words.KEY_TITLE.format(state=scene.requesting_state)
    return element(
        "div",
        element("h2", title),
        element("ul", *levels, class_="levels"),
        element("ul", *extra),
        class_="key",
    )


def story(scene: Scene) -> ET.Element:
    """Return the frame of the steps; the script fills it with the words of the journey.

    It is hidden until then: who has no script reads the journey further down.
    """
    return element(
        "section",
        element("h2", words.STORY),
        element("div", id="story-words", tabindex="-1"),
        element(
            "div",
            element("button", words.STORY_BACK, type="button", id="story-back"),
            element("p", id="story-count", aria_live="polite"),
            element("button", words.STORY_NEXT, type="button", id="story-next"),
            class_="story-steps",
        ),
        id="story",
        class_="story",
        aria_label=f"{words.STORY}: {scene.title}",
        hidden="hidden",
    )


def caption(scene: Scene) -> ET.Element:
    """Say what the map shows, on which date, in which worldview, and what its symbols mean."""
    used: set[str] = {stop.symbol for stop in scene.stops}
    used |= {"country" for stop in scene.stops if stop.country}
    symbols = [
        element("li", _symbol(symbol, ""), text)
        for symbol, text in words.KEY_SYMBOLS.items()
        if symbol in used
    ]
    if any(stop.gap for stop in scene.stops):
        gap = element("span", element("i", class_="gap"), class_="symbol badge")
        symbols.append(element("li", gap, words.KEY_GAP))
    kinds = {(line.kind, line.attestation) for journey in scene.journeys for line in journey.lines}
    symbols += [
        element("li", element("span", class_=f"stroke {kind} {attestation}"), text)
        for (kind, attestation), text in words.KEY_LINES.items()
        if (kind, attestation) in kinds
    ]
    return element(
        "figcaption",
        element("ul", *symbols, class_="symbols"),
        element(
            "p",
            f"Standings towards {scene.requesting_state} on {scene.as_of}. "
            f"Worldview: {scene.worldview}. {METHOD}",
        ),
        element("p", " ".join(scene.attribution), class_="attribution"),
        id="map-caption",
    )


def strip(scene: Scene) -> ET.Element:
    """Return all stops in their order, those without a place on the map among them."""
    lists = [_strip_of(journey) for journey in scene.journeys]
    return element(
        "section",
        element("h2", "Stop by stop"),
        *lists,
        class_="strip",
    )


def _strip_of(journey: SceneJourney) -> ET.Element:
    modes = {leg.start: leg for leg in journey.legs}
    items = []
    for stop in journey.stops:
        leg = modes.get(stop.number)
        items.append(
            element(
                "li",
                element(
                    "a",
                    _symbol(stop.symbol, stop.mark),
                    element("strong", stop.title, dir="auto"),
                    element("span", stop.subtitle, dir="auto"),
                    href=f"#{stop.id}",
                ),
                _withholding(stop),
                element("em", leg.title) if leg else None,
            )
        )
    # Focusable, so that a keyboard can scroll it where it is wider than the page.
    return element("ol", *items, tabindex="0", role="list", aria_label=journey.title)


def _withholding(stop: SceneStop) -> ET.Element | None:
    """Return the words by which the source withholds a place."""
    quotations = stop.withheld.quotations if stop.withheld else ()
    said = [f"“{quotation.words}”" for quotation in quotations if quotation.words]
    return element("q", " ".join(said), dir="auto") if said else None


def journey(scene: Scene) -> ET.Element:
    """Return the journey in words: every stop and leg with what it rests on."""
    parts: list[ET.Element] = []
    for told in scene.journeys:
        parts.append(element("h3", told.title, dir="auto"))
        parts += [_traveller(statement) for statement in told.travellers]
        parts.append(element("ol", *_in_order(told), class_="told"))
    notes = [element("p", note, dir="auto") for note in scene.notes]
    return element(
        "section",
        element("h2", "The journey in words"),
        *parts,
        *_claims("Where the sources differ", scene.claims),
        *_claims("What other publications say", scene.external),
        *notes,
        id="journey",
    )


def _claims(title: str, statements: tuple[Statement, ...]) -> list[ET.Element]:
    if not statements:
        return []
    return [element("h3", title), element("article", *_statements(statements), class_="claims")]


def _traveller(statement: Statement) -> ET.Element:
    return element(
        "p",
        element("strong", statement.label),
        f": {statement.text}. " if statement.text else ". ",
        *[_inline(quotation) for quotation in statement.quotations],
        class_="traveller",
        dir="auto",
    )


def _in_order(told: SceneJourney) -> Iterable[ET.Element]:
    for step in told.told():
        match step:
            case SceneStop():
                yield element("li", _stop(step))
            case SceneAttempt():
                yield element("li", _attempt(step))
            case SceneLeg():
                yield element("li", _leg(step))


def _stop(stop: SceneStop) -> ET.Element:
    return element(
        "article",
        element("h4", _symbol(stop.symbol, stop.mark), element("span", stop.title, dir="auto")),
        element("p", stop.subtitle, class_="subtitle", dir="auto"),
        *_statements(stop.statements),
        element("p", stop.gap, class_="note") if stop.gap else None,
        id=stop.id,
        class_="a-stop",
    )


def _leg(leg: SceneLeg) -> ET.Element:
    return element(
        "article",
        element("h4", element("span", f"{leg.start} → {leg.end}", class_="ends"), f" {leg.title}"),
        *_statements(leg.statements),
        element("p", leg.drawn, class_="note"),
        id=leg.id,
        class_="a-leg",
    )


def _attempt(attempt: SceneAttempt) -> ET.Element:
    return element(
        "article",
        element(
            "h4",
            element("span", f"{attempt.stop} ⊣", class_="ends"),
            f" {attempt.title}",
            dir="auto",
        ),
        *_statements(attempt.statements),
        element("p", attempt.drawn, class_="note"),
        id=attempt.id,
        class_="an-attempt",
    )


def _statements(statements: tuple[Statement, ...]) -> Iterable[ET.Element]:
    for statement in statements:
        quotations = [_block(quotation) for quotation in statement.quotations]
        line = element("p", element("b", statement.label), f" {statement.text}", dir="auto")
        if statement.text or not any(quotation.words for quotation in statement.quotations):
            yield line
        yield from quotations


def _block(quotation: Quotation) -> ET.Element:
    """Return a quotation as a block; without words of the source, its reference alone."""
    reference = element("cite", _attribution(quotation), _number(quotation.source))
    if quotation.words is None:
        return element("p", reference, class_="reference")
    said = element("p", f"“{quotation.words}”", dir="auto")
    return element("blockquote", said, reference, class_=quotation.stance)


def _inline(quotation: Quotation) -> ET.Element:
    said = f"“{quotation.words}” " if quotation.words else ""
    return element("cite", said, _attribution(quotation), _number(quotation.source))


def _attribution(quotation: Quotation) -> str:
    parts = [quotation.speaker, quotation.source.title, quotation.at, quotation.note]
    stance = "" if quotation.stance == "supports" else f" ({quotation.stance})"
    return ", ".join(part for part in parts if part) + stance + " "


def _number(citation: Citation) -> ET.Element:
    link = element("a", f"[{citation.number}]", href=f"#source-{citation.number}")
    return element("sup", link)


def _symbol(symbol: str, number: str) -> ET.Element:
    return element("span", element("b", number), class_=f"symbol {symbol}", aria_hidden="true")


def standings(scene: Scene) -> ET.Element:
    """Return the standing of each jurisdiction on the route, with the facts it rests on."""
    visited = [known for known in scene.jurisdictions if known.on_route]
    changed = [known for known in scene.jurisdictions if known.change and not known.on_route]
    return element(
        "section",
        element("h2", f"Under whose law, and how it stands towards {scene.requesting_state}"),
        element("p", METHOD),
        *[_standing(known) for known in visited],
        element("h3", "Changes elsewhere within the dates of travel") if changed else None,
        *[element("p", element("b", known.name), f" {known.change}") for known in changed],
        class_="standings",
    )


def _standing(known: SceneJurisdiction) -> ET.Element:
    lines = [known.control, known.change, *known.cautions]
    if known.csto:
        lines.insert(1, f"Collective Security Treaty Organization: {known.csto}.")
    return element(
        "article",
        element(
            "h3",
            element("span", class_=f"swatch level-{known.level}"),
            f"{known.name}: {words.LEVEL[known.level].lower()}",
        ),
        element("p", f"{known.reason} (Rule {known.rule}.)"),
        *[element("p", line) for line in lines if line],
        element("ul", *[_fact(fact) for fact in known.evidence]) if known.evidence else None,
    )


def _fact(fact: FactNote) -> ET.Element:
    return element(
        "li",
        f"{fact.text} ",
        element("a", fact.title, href=fact.url, rel="noopener noreferrer"),
        f" ({fact.confidence})",
    )


def sources(scene: Scene) -> ET.Element:
    """Return every publication that the route rests on."""
    return element(
        "section",
        element("h2", "Sources"),
        element("ol", *[_source(citation) for citation in scene.citations], class_="sources"),
    )


def _source(citation: Citation) -> ET.Element:
    said = [citation.author, citation.publisher, citation.date]
    title: Child = citation.title
    if citation.url:
        title = element("a", citation.title, href=citation.url, rel="noopener noreferrer")
    return element(
        "li",
        title,
        "".join(f", {part}" for part in said if part) + ". ",
        element("a", "Archived copy", href=citation.archived_url, rel="noopener noreferrer")
        if citation.archived_url
        else None,
        f" {citation.note}" if citation.note else None,
        id=f"source-{citation.number}",
        value=str(citation.number),
        dir="auto",
    )
