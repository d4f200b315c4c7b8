"""What the key to the land says, in its order: only what is in view, one entry a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import shapely

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages
from periplus.views.covers import Cover, cover, level_shown
from periplus.views.palette import RAMP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from periplus.scene.records import SceneJurisdiction
    from periplus.scene.scene import Scene

#: Whose the towns are that maps name, and under which licence.
GEONAMES = LocalizedText("GeoNames (CC BY 4.0)")
#: Square units, where letters are 13 units high: what is seen of less is no part of the picture.
_LEAST = 30.0


class Entry(NamedTuple):
    """A sample and what it means: `level-high`, `plain`, `edged`, `csto`, `contested`, `claimed`.

    `shown` is false for what is nowhere in view.
    """

    sample: str
    text: LocalizedText
    shown: bool


@dataclass(frozen=True, slots=True)
class LandKey:
    """The entries of a key, for a scene of which some of the world is in view.

    Attributes
    ----------
    lands, pieces
        What is in view of each jurisdiction, and of each piece of land under a claim.
    """

    scene: Scene
    lands: frozenset[str]
    pieces: frozenset[str]

    @classmethod
    def of(
        cls,
        scene: Scene,
        lands: Mapping[str, shapely.Geometry],
        pieces: Mapping[str, shapely.Geometry],
        box: tuple[float, float, float, float],
        em: float = 1.0,
    ) -> LandKey:
        """Make the key of what is seen in a box, in units of the picture."""

        def seen(areas: Mapping[str, shapely.Geometry]) -> frozenset[str]:
            clipped = {code: shapely.clip_by_rect(area, *box) for code, area in areas.items()}
            return frozenset(code for code, area in clipped.items() if area.area > _LEAST * em**2)

        return cls(scene, seen(lands), seen(pieces))

    @property
    def title(self) -> LocalizedText:
        """What the degrees are degrees of."""
        state = self.scene.requesting_state or LocalizedText()
        return self.scene.say(messages.KEY_TITLE, state=state)

    def degrees(self) -> Iterator[Entry]:
        """Yield the requesting state and the ramp; nothing where nothing is assessed."""
        if self.scene.requesting_state:
            state = self.scene.requesting_state
            told = self.scene.say(messages.KEY_REQUESTING, state=state)
            yield self._level("requesting_state", told)
            for level in RAMP:
                yield self._level(level, self.scene.say(messages.LEVEL_SHORT[level]))

    def not_rated(self) -> Iterator[Entry]:
        """Yield what is no degree: it stands apart from the ramp."""
        if self.scene.requesting_state:
            say = self.scene.say
            second = say(messages.KEY_SECOND_LINE["suspended"])
            name = say(messages.LEVEL_SHORT["suspended"])
            yield self._level("suspended", joined([name, " (", second, ")"], ""))
            yield self._level("unknown", say(messages.KEY_UNKNOWN))
            told = any(known.told for known in self._known())
            yield Entry("plain", say(messages.KEY_TOLD), told)

    def signs(self, *, csto: bool = True) -> Iterator[Entry]:
        """Yield what else the land shows."""
        say, known = self.scene.say, [*self._known()]
        covers = {cover(each, self.scene) for each in known}
        if self.scene.requesting_state:
            yield Entry("edged", say(messages.KEY_AREAS["edged"]), Cover.EDGE in covers)
        if csto:
            members = any(each.csto_member for each in known)
            yield Entry("csto", say(messages.KEY_AREAS["csto"]), members)
        striped = Cover.STRIPED in covers
        yield Entry("contested", say(messages.KEY_AREAS["contested"]), striped)
        for claim in self.scene.claimed:
            shown = not self.pieces.isdisjoint(claim.pieces)
            yield Entry("claimed", joined(claim.label.lines()), shown)

    def _level(self, level: str, text: LocalizedText) -> Entry:
        # What is told and not rated has an entry of its own.
        levels = {level_shown(each, self.scene) for each in self._known() if not each.told}
        levels |= {"unknown"} if self.pieces else set()
        return Entry(f"level-{level}", text, level in levels)

    def _known(self) -> Iterator[SceneJurisdiction]:
        return (each for each in self.scene.jurisdictions if each.code in self.lands)
