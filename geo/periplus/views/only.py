"""Which of the two layers of facts a map shows: the levels, the CSTO, both, or none."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText

if TYPE_CHECKING:
    from periplus.scene.scene import Scene


class Only(StrEnum):
    """The one layer of facts that is shown, or none of them."""

    LEVEL = "level"
    CSTO = "csto"
    NONE = "none"


def shown(scene: Scene, only: Only | None) -> Only | None:
    """Return what a map of a scene shows: where nothing is assessed, nothing unless asked for."""
    return Only.NONE if scene.requesting_state is None and only is None else only


def reduced(scene: Scene, only: Only | None) -> Scene:
    """Return a scene whose land carries no more than is shown of it; its words stay."""
    seen = shown(scene, only)
    if seen is None:
        return scene
    levels, csto = seen is Only.LEVEL, seen is Only.CSTO
    return replace(
        scene,
        jurisdictions=tuple(
            replace(
                known,
                level=known.level if levels else "",
                csto=known.csto if csto else LocalizedText(),
                csto_member=known.csto_member and csto,
            )
            for known in scene.jurisdictions
        ),
    )
