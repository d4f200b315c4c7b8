"""Whose journey is shown: a choice among those who part and meet, which style alone follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.scene import messages
from periplus.views.html.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree import ElementTree as ET

    from periplus.scene.records import SceneJourney
    from periplus.scene.scene import Scene

#: The name of the group of buttons, and what begins the ids and classes of each.
_GROUP, _CHOSEN, _BY = "traveller", "only", "by"


def travelled(letters: Iterable[str]) -> str:
    """Return the classes of what tells of some travellers; empty, where none have letters."""
    return " ".join(f"{_BY}-{letter.lower()}" for letter in letters)


def choice(scene: Scene) -> ET.Element | None:
    """Return the buttons that choose a traveller; nothing, where none have letters."""
    names = _names(scene)
    if not names:
        return None
    return element(
        "fieldset",
        element("legend", scene.say(messages.FILTER)),
        _button("", scene.say(messages.EVERYBODY), LocalizedText()),
        *[_button(letter, LocalizedText(letter), name) for letter, name in names.items()],
        class_="travellers",
    )


def _button(letter: str, told: LocalizedText, name: LocalizedText) -> ET.Element:
    """Return a button for a traveller, or for all of them."""
    checked = {} if letter else {"checked": "checked"}
    return element(
        "label",
        element(
            "input",
            type="radio",
            name=_GROUP,
            value=letter.lower(),
            id=f"{_CHOSEN}-{letter.lower() or 'all'}",
            **checked,
        ),
        element("b", told, class_="letter" if letter else None),
        LocalizedText(" ") if name else None,
        element("span", name, dir="auto") if name else None,
    )


def style(journeys: Iterable[SceneJourney]) -> str:
    """Return the rules by which only the journeys of a chosen traveller are seen."""
    letters = dict.fromkeys(letter for each in journeys for letter in each.party.letters)
    return "".join(
        f":root:has(#{_CHOSEN}-{letter.lower()}:checked) "
        f"[class*={_BY}-]:not(.{_BY}-{letter.lower()}){{display:none}}"
        for letter in letters
    )


def _names(scene: Scene) -> dict[str, LocalizedText]:
    """Return what each traveller is called, by their letter."""
    return {
        letter: traveller.label
        for journey in scene.journeys
        for letter, traveller in journey.lettered()
        if letter
    }
