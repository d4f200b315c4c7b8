"""The words of the page, as elements: a heading, the key, the strip, the journey, the sources.

Elements are built, never parsed: text that an author wrote becomes a text node and can be
nothing else. No template engine sees it. Texts know their language; what is not in that of the
page is marked when the elements are written.
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
from periplus.speech import direction
from periplus.told import Told, joined, runs_of, same_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.speech import Speaker

Child = ET.Element | Told | None
#: Stands around a text in one language until `html` knows whether it must be marked.
_RUN = "run"


def element(tag: str, *children: Child, **attributes: str) -> ET.Element:
    """Make an element; `class_` stands for `class`, an underscore for a hyphen.

    Children are elements, texts with their languages, or `None` for nothing.
    """
    names = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return _made(tag, names, [part for child in children for part in _parts(child)])


def html(*elements: ET.Element, language: str) -> str:
    """Write elements as HTML: text and attributes are escaped.

    What is in another language than that around it gets `lang`, and `dir` where it is written
    the other way; `language` is the one of the page.
    """
    marked = [_marked(made, language) for made in elements]
    return "".join(ET.tostring(made, encoding="unicode", method="html") for made in marked)


def _made(tag: str, attributes: dict[str, str], children: Iterable[ET.Element | str]) -> ET.Element:
    made = ET.Element(tag, attributes)
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def _parts(child: Child) -> Iterator[ET.Element | str]:
    """Set each part of a text that has a language into an element of its own."""
    if isinstance(child, ET.Element):
        yield child
    elif child is not None:
        for text, language in runs_of(child):
            yield _made(_RUN, {"lang": language}, [text]) if language else text


def _marked(source: ET.Element, around: str) -> ET.Element:
    """Copy an element, with `lang` where the language is another than around it."""
    own = _language_of(source) or around
    return _made(
        source.tag,
        source.attrib | _marks(own, around),
        [part for part in _content(source, own) if isinstance(part, ET.Element) or part],
    )


def _content(source: ET.Element, language: str) -> Iterator[ET.Element | str]:
    yield source.text or ""
    for child in source:
        if child.tag != _RUN:
            yield _marked(child, language)
        elif marks := _marks(child.attrib["lang"], language):
            yield _made("span", marks, [child.text or ""])
        else:
            yield child.text or ""
        yield child.tail or ""


def _language_of(source: ET.Element) -> str | None:
    """Return the language that all of the content of an element is in, as far as it has one."""
    found = {child.get("lang") if child.tag == _RUN else None for child in source}
    return found.pop() if len(found) == 1 else None


def _marks(language: str, around: str) -> dict[str, str]:
    """Return the attributes of a text in one language within another."""
    if same_language(language, around):
        return {}
    turned = direction(language) != direction(around)
    return {"lang": language} | ({"dir": direction(language)} if turned else {})


def skip(scene: Scene) -> ET.Element:
    """Return the link by which a keyboard passes over the map."""
    return element("a", scene.say(words.SKIP), class_="skip", href="#journey")


def header(scene: Scene) -> ET.Element:
    """Return the title and what the reader is about to see."""
    return element(
        "header",
        element("p", scene.say(words.DOCUMENTED), class_="kicker"),
        element("h1", scene.title, dir="auto"),
        element("p", scene.summary, class_="summary", dir="auto"),
    )


def key(scene: Scene) -> ET.Element:
    """Return the key to the tints, above the map."""
    say = scene.say
    levels = [
        element("li", element("span", class_=f"swatch level-{level}"), say(text))
        for level, text in words.LEVEL_SHORT.items()
    ]
    extra = [
        element("li", element("span", class_=f"swatch {name}"), say(text))
        for name, text in words.KEY_AREAS.items()
    ]
    title = say(words.KEY_TITLE, state=scene.requesting_state)
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
    say = scene.say
    return element(
        "section",
        element("h2", say(words.STORY)),
        element("div", id="story-words", tabindex="-1"),
        element(
            "div",
            element("button", say(words.STORY_BACK), type="button", id="story-back"),
            element("p", id="story-count", aria_live="polite"),
            element("button", say(words.STORY_NEXT), type="button", id="story-next"),
            class_="story-steps",
        ),
        id="story",
        class_="story",
        aria_label=f"{say(words.STORY)}: {scene.title}",
        hidden="hidden",
    )


def caption(scene: Scene) -> ET.Element:
    """Say what the map shows, on which date, in which worldview, and what its symbols mean."""
    say = scene.say
    used: set[str] = {stop.symbol for stop in scene.stops}
    used |= {"country" for stop in scene.stops if stop.country}
    symbols = [
        element("li", _symbol(symbol, ""), say(text))
        for symbol, text in words.KEY_SYMBOLS.items()
        if symbol in used
    ]
    if any(stop.gap for stop in scene.stops):
        gap = element("span", element("i", class_="gap"), class_="symbol badge")
        symbols.append(element("li", gap, say(words.KEY_GAP)))
    kinds = {(line.kind, line.attestation) for journey in scene.journeys for line in journey.lines}
    symbols += [
        element("li", element("span", class_=f"stroke {kind} {attestation}"), say(text))
        for (kind, attestation), text in words.KEY_LINES.items()
        if (kind, attestation) in kinds
    ]
    told = [
        say(words.STANDINGS_ON, state=scene.requesting_state, date=scene.as_of),
        say(words.WORLDVIEW, worldview=scene.worldview),
        say(METHOD),
    ]
    return element(
        "figcaption",
        element("ul", *symbols, class_="symbols"),
        element("p", joined(told)),
        element("p", joined(scene.attribution), class_="attribution"),
        id="map-caption",
    )


def strip(scene: Scene) -> ET.Element:
    """Return all stops in their order, those without a place on the map among them."""
    lists = [_strip_of(journey) for journey in scene.journeys]
    return element(
        "section",
        element("h2", scene.say(words.STRIP)),
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
    said = joined(told for it in quotations for told in (it.quoted, it.translated))
    return element("q", said, dir="auto") if said else None


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
        element("h2", scene.say(words.JOURNEY)),
        *parts,
        *_claims(scene.say(words.CLAIMS), scene.claims),
        *_claims(scene.say(words.EXTERNAL), scene.external),
        *notes,
        id="journey",
    )


def _claims(title: Told, statements: tuple[Statement, ...]) -> list[ET.Element]:
    if not statements:
        return []
    return [element("h3", title), element("article", *_statements(statements), class_="claims")]


def _traveller(statement: Statement) -> ET.Element:
    return element(
        "p",
        element("strong", statement.label),
        joined([": ", statement.text, ". "], "") if statement.text else Told(". "),
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
        element(
            "h4",
            element("span", Told(f"{leg.start} → {leg.end}"), class_="ends"),
            joined([" ", leg.title], ""),
        ),
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
            element("span", Told(f"{attempt.stop} ⊣"), class_="ends"),
            joined([" ", attempt.title], ""),
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
        text = joined([" ", statement.text], "")
        line = element("p", element("b", statement.label), text, dir="auto")
        if statement.text or not any(quotation.words for quotation in statement.quotations):
            yield line
        yield from quotations


def _block(quotation: Quotation) -> ET.Element:
    """Return a quotation as a block; without words of the source, its reference alone."""
    reference = element("cite", _attribution(quotation), _number(quotation.source))
    if quotation.words is None:
        return element("p", reference, class_="reference")
    said = element("p", quotation.quoted, dir="auto")
    translated = element("p", quotation.translated) if quotation.translated else None
    return element("blockquote", said, translated, reference, class_=quotation.stance)


def _inline(quotation: Quotation) -> ET.Element:
    said = joined([*_with_space(quotation.quoted), *_with_space(quotation.translated)], "")
    return element("cite", said, _attribution(quotation), _number(quotation.source))


def _with_space(told: Told) -> list[str]:
    return [told, " "] if told else []


def _attribution(quotation: Quotation) -> Told:
    stance = ["(", quotation.bearing, ")"] if quotation.stance != "supports" else []
    return joined([quotation.where, " " if stance else "", *stance, " "], "")


def _number(citation: Citation) -> ET.Element:
    link = element("a", Told(f"[{citation.number}]"), href=f"#source-{citation.number}")
    return element("sup", link)


def _symbol(symbol: str, number: str) -> ET.Element:
    return element(
        "span", element("b", Told(number)), class_=f"symbol {symbol}", aria_hidden="true"
    )


def standings(scene: Scene) -> ET.Element:
    """Return the standing of each jurisdiction on the route, with the facts it rests on."""
    say = scene.say
    visited = [known for known in scene.jurisdictions if known.on_route]
    changed = [known for known in scene.jurisdictions if known.change and not known.on_route]
    return element(
        "section",
        element("h2", say(words.UNDER_WHOSE_LAW, state=scene.requesting_state)),
        element("p", say(METHOD)),
        *[_standing(known, say) for known in visited],
        element("h3", say(words.CHANGED_ELSEWHERE)) if changed else None,
        *[
            element("p", element("b", known.name), joined([" ", known.change], ""))
            for known in changed
        ],
        class_="standings",
    )


def _standing(known: SceneJurisdiction, say: Speaker) -> ET.Element:
    lines = [known.control, known.change, *known.cautions]
    if known.csto:
        lines.insert(1, say(words.CSTO_IN_FULL, status=known.csto))
    level = say(words.LEVEL[known.level])
    rule = say(words.RULE, rule=Told(known.rule))
    return element(
        "article",
        element(
            "h3",
            element("span", class_=f"swatch level-{known.level}"),
            joined([known.name, level], ": "),
        ),
        element("p", joined([known.reason, rule])),
        *[element("p", line) for line in lines if line],
        element("ul", *[_fact(fact, say) for fact in known.evidence]) if known.evidence else None,
    )


def _fact(fact: FactNote, say: Speaker) -> ET.Element:
    return element(
        "li",
        joined([fact.text, " "], ""),
        element("a", fact.title, href=fact.url, rel="noopener noreferrer"),
        joined([" (", say(words.CONFIDENCE[fact.confidence]), ")"], ""),
    )


def sources(scene: Scene) -> ET.Element:
    """Return every publication that the route rests on."""
    return element(
        "section",
        element("h2", scene.say(words.SOURCES)),
        element(
            "ol", *[_source(citation, scene.say) for citation in scene.citations], class_="sources"
        ),
    )


def _source(citation: Citation, say: Speaker) -> ET.Element:
    said = say.commas(part for part in (citation.author, citation.publisher, citation.date) if part)
    title: Child = citation.title
    if citation.url:
        title = element("a", citation.title, href=citation.url, rel="noopener noreferrer")
    return element(
        "li",
        title,
        joined([", " if said else "", said, ". "], ""),
        element(
            "a", say(words.ARCHIVED_COPY), href=citation.archived_url, rel="noopener noreferrer"
        )
        if citation.archived_url
        else None,
        joined([" ", citation.note], "") if citation.note else None,
        id=f"source-{citation.number}",
        value=str(citation.number),
        dir="auto",
    )
