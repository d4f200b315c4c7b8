"""What stands beside the map: the caption on its edge, and the panel of the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, alike, joined
from periplus.scene import messages
from periplus.scene.captions import caption_of_whole, tints_as_of
from periplus.scene.marks import Symbol
from periplus.views.html.elements import element, sign, swatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from periplus.scene.captions import Caption
    from periplus.scene.records import Quotation, SceneJurisdiction, SceneStop
    from periplus.scene.scene import Scene

_SPACE = LocalizedText(" ")


def caption_line(caption: Caption, **attributes: str) -> ET.Element:
    """Return what the map draws at a step: in full, and as a small screen has room for it."""
    return element(
        "p",
        element("b", caption.marks) if caption.marks else None,
        _SPACE if caption.marks else None,
        element("span", caption.told, class_="full"),
        element("span", caption.short, class_="brief"),
        class_="drawn-line",
        data_step_state=caption.state,
        **attributes,
    )


def edge(scene: Scene) -> ET.Element:
    """Return the caption on the upper edge of the map, as it is before the first step."""
    tints = tints_as_of(scene)
    return element(
        "div",
        caption_line(caption_of_whole(scene), id="drawn-line"),
        element("p", tints, class_="as-of") if tints else None,
        class_="told-above",
    )


def panel(scene: Scene) -> ET.Element:
    """Return the panel: the whole route at first, then step by step, which its script does."""
    say = scene.say
    steps = sum(1 for journey in scene.journeys for _ in journey.told())
    # Their braces stay for the script to fill.
    step = say(messages.STEP_OF, step=LocalizedText("{step}"), steps=say.number(steps))
    return element(
        "section",
        element("h2", *_first_and_then(say(messages.WHOLE_ROUTE), step), id="story-head"),
        element("div", *_whole(scene), id="story-words", tabindex="-1"),
        element(
            "div",
            element(
                "button",
                say(messages.STORY_BACK),
                type="button",
                id="story-back",
                aria_disabled="true",
            ),
            element(
                "p",
                say.many("{n} step", "{n} steps", steps),
                id="story-count",
                aria_live="polite",
            ),
            element(
                "button",
                *_first_and_then(say(messages.START), say(messages.STORY_NEXT)),
                type="button",
                id="story-next",
            ),
            class_="story-steps",
        ),
        id="story",
        class_="story",
        aria_label=f"{say(messages.STORY)}: {scene.title}",
    )


def _first_and_then(first: LocalizedText, then: LocalizedText) -> tuple[ET.Element, ET.Element]:
    """Return what is said before the first step, and what at each of them: each in its language."""
    return element("span", first), element("span", then, hidden="hidden")


# ---------------------------------------------------------------------------- the whole route


def _whole(scene: Scene) -> Iterator[ET.Element]:
    """Sum the route up: how much of it is told, in whose words, and under which laws."""
    say = scene.say
    yield element("h3", _count(scene))
    yield element("p", say(messages.WHOLE_ROUTE_HOW), class_="subtitle")
    if quotation := next(_quotations(scene), None):
        said = element("p", quotation.quoted, dir="auto")
        where = joined([quotation.where, f"[{quotation.source.number}]"])
        yield element("blockquote", said, element("cite", where))
    if scene.assesses:
        yield from (_standing(known, scene) for known in _visited(scene))
    withheld = [LocalizedText(mark) for mark in dict.fromkeys(it.mark for it in _withheld(scene))]
    if withheld:
        told = say(messages.WITHHELD_IN_RIBBON, marks=say.listed(withheld))
        yield element("p", sign("black", ""), element("span", told), class_="law")


def _count(scene: Scene) -> LocalizedText:
    say, withheld = scene.say, len(_withheld(scene))
    stops = say.many("{n} stop", "{n} stops", len(scene.stops))
    return say(messages.WITH_WITHHELD, stops=stops, n=withheld) if withheld else stops


def _withheld(scene: Scene) -> list[SceneStop]:
    return [stop for stop in scene.stops if stop.symbol is Symbol.WITHHELD]


def _quotations(scene: Scene) -> Iterator[Quotation]:
    """Yield what sources are quoted with: first the words that withhold, then those of stops."""
    stops = sorted(scene.stops, key=lambda stop: stop.withheld is None)
    for stop in stops:
        for statement in stop.statements:
            yield from (found for found in statement.quotations if found.words)


def _visited(scene: Scene) -> list[SceneJurisdiction]:
    """Return whose law the story meets, in its order."""
    met = dict.fromkeys(band.place for stop in scene.stops for band in stop.bands)
    known = {item.code: item for item in scene.jurisdictions}
    return [known[place] for place in met if place in known]


def _standing(known: SceneJurisdiction, scene: Scene) -> ET.Element:
    level = scene.say(messages.LEVEL_SHORT[known.level])
    name = element("b", joined([alike(known.name, level), ": ", level, "."], ""))
    return element(
        "p", swatch(known.level), element("span", name, _SPACE, known.reason), class_="law"
    )
