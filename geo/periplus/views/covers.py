"""How the land of a jurisdiction is covered on a map: one rule for the page and the pictures.

A country of the story is filled with the tint of its level; any other has it as a band inside its
border. Stripes are contested land and nothing else, dots are what is unknown and nothing else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.views.palette import LEVELS
from periplus.world.worldview import Worldview

if TYPE_CHECKING:
    from periplus.scene.records import SceneJurisdiction
    from periplus.scene.scene import Scene


#: In a scene that assesses nothing.
NO_LEVEL = "none"


class Cover(StrEnum):
    """What lies on the land; the classes of the page's style sheet."""

    FULL = "full"
    EDGE = "edge"
    PLAIN = "plain"
    STRIPED = "striped"


def cover(known: SceneJurisdiction, scene: Scene) -> Cover:
    """Return how the land of a jurisdiction is covered in a scene."""
    level = level_shown(known, scene)
    if known.territory and scene.view is Worldview.DE_JURE:
        return Cover.FULL if level == "unknown" else Cover.STRIPED
    if level == NO_LEVEL or known.told:
        return Cover.PLAIN
    if known.level == "suspended":
        return Cover.EDGE
    return Cover.FULL if known.on_route or known.territory else Cover.EDGE


def level_shown(known: SceneJurisdiction, scene: Scene) -> str:
    """Return the level whose tint a jurisdiction has, or `NO_LEVEL` where nothing is assessed."""
    return known.level if scene.requesting_state and known.level in LEVELS else NO_LEVEL
