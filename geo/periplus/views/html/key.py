"""What surrounds the map of the page: its key, its controls, the story, the dates, the caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages
from periplus.scene.marks import Attempted
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
from periplus.views.html.assets import leaflet_copyright
from periplus.views.html.elements import element, symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree import ElementTree as ET

    from periplus.language.translator import Translator
    from periplus.scene.scene import Scene
    from periplus.views.html.look import Look
    from periplus.views.keys import Entry, LandKey

#: Of Mercator maps on the web, in degrees: beyond it everything stands at their edge.
MOST_LATITUDE = 85.0
#: The fewest dated steps that a timeline is drawn for: fewer say no more than their words.
_LEAST_DATED = 3


def key(scene: Scene, look: Look, land: LandKey) -> ET.Element:
    """Return the key: the degrees in view, what is none apart from them, then all other signs.

    What is not in view is hidden; a script shows it where it comes into view.
    """
    say = scene.say
    assessed = look.shows_levels and bool(scene.requesting_state)
    signs = [*land.signs(csto=look.shows_csto)] if look.shows_levels else []
    if not look.shows_levels:
        signs = [entry for entry in land.signs() if entry.sample == "csto"]
    return element(
        "div",
        *(_levels(land, say) if assessed else ()),
        element(
            "div",
            element("ul", *map(_entry, signs), *_symbols(scene), *_lines(scene), class_="symbols"),
        ),
        class_="key",
    )


def _levels(land: LandKey, say: Translator) -> Iterator[ET.Element]:
    """List the degrees of risk, and on a line of their own the classes that are none."""
    degrees, apart = [*land.degrees()], [*land.not_rated()]
    yield element("div", element("h2", land.title), _list(degrees))
    heading = element("h2", say(messages.KEY_NOT_RATED))
    if not any(entry.shown for entry in apart):
        heading.set("hidden", "hidden")
    yield element("div", heading, _list(apart), element("p", say(messages.KEY_END)))


def _list(entries: Iterable[Entry]) -> ET.Element:
    return element("ul", *map(_entry, entries), class_="levels")


def _entry(entry: Entry) -> ET.Element:
    sample = element("span", class_=f"swatch {entry.sample}", aria_hidden="true")
    hidden = {} if entry.shown else {"hidden": "hidden"}
    return element("li", sample, entry.text, data_key=entry.sample, **hidden)


def controls(scene: Scene) -> ET.Element:
    """Return the buttons that move the map without dragging; the script shows them."""
    say = scene.say
    moves = [
        element(
            "button", LocalizedText(arrow), type="button", aria_label=say(label), data_move=side
        )
        for side, (arrow, label) in messages.MOVES.items()
    ]
    return element(
        "div",
        element("span", *moves, class_="moves", dir="ltr"),
        element("button", say(messages.WHOLE), type="button", id="whole"),
        element("p", say(messages.NORTH_UP)),
        id="controls",
        class_="controls",
        role="group",
        aria_label=say(messages.CONTROLS),
        hidden="hidden",
    )


def story(scene: Scene) -> ET.Element:
    """Return the frame of the steps; the script fills it with the words of the journey.

    It is hidden until then: who has no script reads the journey further down.
    """
    say = scene.say
    return element(
        "section",
        element("h2", say(messages.STORY)),
        element("div", id="story-words", tabindex="-1"),
        element(
            "div",
            element("button", say(messages.STORY_BACK), type="button", id="story-back"),
            element("p", id="story-count", aria_live="polite"),
            element("button", say(messages.STORY_NEXT), type="button", id="story-next"),
            class_="story-steps",
        ),
        id="story",
        class_="story",
        aria_label=f"{say(messages.STORY)}: {scene.title}",
        hidden="hidden",
    )


# ---------------------------------------------------------------------------- dates


def timeline(scene: Scene) -> ET.Element | None:
    """List the dated steps, for the script to lay along an axis: only where dates allow one.

    That is where enough steps have a first and a last day, and not all the same.
    """
    dated = [step for journey in scene.journeys for step in journey.told() if step.span is not None]
    if len(dated) < _LEAST_DATED or len({step.span for step in dated}) < 2:  # noqa: PLR2004 - more than one
        return None
    return element(
        "ol", *[_moment(step) for step in dated], id="timeline", class_="timeline", role="list",
        aria_label=scene.say(messages.TIMELINE),
    )  # fmt: skip


def _moment(step: SceneStop | SceneLeg | SceneAttempt) -> ET.Element:
    first, last = step.span or ("", "")
    return element(
        "li",
        element(
            "a",
            element("span", LocalizedText(_short(step))),
            element("span", joined([" ", step.date, ": ", step.title], ""), class_="told"),
            href=f"#{step.id}",
        ),
        data_from=str(first),
        data_to=str(last),
    )


def _short(step: SceneStop | SceneLeg | SceneAttempt) -> str:
    match step:
        case SceneStop():
            return step.mark
        case SceneLeg():
            return "→".join(step.marks)
        case SceneAttempt():
            return f"{step.mark}⊣"


# ---------------------------------------------------------------------------- caption


def caption(scene: Scene, look: Look) -> ET.Element:
    """Say what the map shows, on which date, in which worldview, and what its symbols mean."""
    say = scene.say
    told = [
        say(messages.STANDINGS_ON, state=scene.requesting_state, date=scene.as_of),
        say(messages.WORLDVIEW, worldview=scene.worldview),
        scene.caution,
    ]
    if any(abs(position.lat) > MOST_LATITUDE for position in scene.positions):
        told.append(say(messages.BEYOND))
    return element(
        "figcaption",
        element("p", joined(told)),
        element("p", joined(_small_print(scene, look)), class_="attribution"),
        id="map-caption",
    )


def _small_print(scene: Scene, look: Look) -> Iterator[LocalizedText]:
    """Say whose work the page carries."""
    yield from scene.attribution
    yield scene.say(
        messages.NAMES, data=LocalizedText("Unicode CLDR (© Unicode, Inc.; Unicode-3.0)")
    )
    yield scene.say(
        messages.PROGRAM, program=LocalizedText(f"Leaflet ({leaflet_copyright()}; BSD-2-Clause)")
    )
    yield from look.attribution


def _symbols(scene: Scene) -> Iterator[ET.Element]:
    """Explain the symbols that are used, each once."""
    say = scene.say
    used: set[str] = {stop.symbol for stop in scene.stops}
    used |= {"country" for badge in scene.badges if not badge.hatched}
    for name, text in messages.KEY_SYMBOLS.items():
        if name in used:
            yield element("li", symbol(name, ""), say(text))
    if any(marker.gap for marker in scene.markers):
        yield element("li", _badge("gap"), say(messages.KEY_GAP))
    stayed = {thing.stayed for things in (scene.markers, scene.badges) for thing in things}
    for how in Attempted:
        if how in stayed:
            yield element("li", _badge(f"stayed {how}"), say(messages.KEY_STAYED[how]))


def _badge(name: str) -> ET.Element:
    return element("span", element("i", class_=name), class_="symbol badge", aria_hidden="true")


def _lines(scene: Scene) -> Iterator[ET.Element]:
    """Explain the lines that are drawn, each kind by a sample of it."""
    say = scene.say
    kinds = {(line.kind, line.attestation) for line in scene.lines if not line.forced}
    for (kind, attestation), text in messages.KEY_LINES.items():
        if (kind, attestation) in kinds:
            yield element("li", _sample(f"leg {kind} {attestation}"), say(text))
    if any(line.forced for line in scene.lines):
        sample = _sample("forced outer", "forced inner", "forced bars")
        yield element("li", sample, say(messages.KEY_FORCED))
    for how in Attempted:
        if any(way.attempted is how for way in scene.ways):
            cross = ["cross"] if how is Attempted.BARRED else []
            yield element("li", _sample(f"way {how}", *cross), say(messages.KEY_WAYS[how]))


def _sample(*names: str) -> ET.Element:
    """Draw a sample of a line with the classes of its strokes."""
    return element(
        "svg",
        *[
            element("path", class_=name, d=_CROSS if name == "cross" else "M2 9H46")
            for name in names
        ],
        class_="sample",
        viewBox="0 0 48 18",
        width="48",
        height="18",
        aria_hidden="true",
    )


_CROSS = "M45 9A8 8 0 1 1 29 9A8 8 0 1 1 45 9M33.5 5.5L40.5 12.5M33.5 12.5L40.5 5.5"
