"""How several routes stand on one map: numbered apart, with the standings of the first."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

from periplus.errors import UsageError
from periplus.language.text import LocalizedText, joined
from periplus.scene.records import SceneRoute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from periplus.scene.scene import Scene
    from periplus.tracing.trace import Trace

#: Before the numbers of each route.
LETTERS = ascii_uppercase


def require_one_map(traces: Sequence[Trace]) -> None:
    """Refuse routes that cannot stand on one map.

    Raises
    ------
    UsageError
        If they are too many, or ask about different requesting states or on different days.
    """
    if len(traces) > len(LETTERS):
        message = f"{len(traces)} routes are too many for one map: at most {len(LETTERS)}"
        raise UsageError(message)
    for what, values in (
        ("requesting states", {trace.route.requesting_state for trace in traces}),
        ("days of the standings", {str(trace.day) for trace in traces}),
    ):
        if len(values) > 1:
            told = ", ".join(sorted(values))
            message = f"the routes have different {what} ({told}): draw them on maps of their own"
            raise UsageError(message)


def together(scenes: Sequence[Scene]) -> Scene:
    """Put the scenes of several routes on one map."""
    first = scenes[0]
    visited = {item.code for scene in scenes for item in scene.jurisdictions if item.on_route}
    return replace(
        first,
        title=joined((scene.title for scene in scenes), " · "),
        summary=LocalizedText(),
        routes=tuple(
            SceneRoute(letter, scene.title, scene.summary)
            for letter, scene in zip(LETTERS, scenes, strict=False)
        ),
        journeys=tuple(journey for scene in scenes for journey in scene.journeys),
        jurisdictions=tuple(
            replace(item, on_route=item.code in visited) for item in first.jurisdictions
        ),
        claims=tuple(claim for scene in scenes for claim in scene.claims),
        external=tuple(claim for scene in scenes for claim in scene.external),
        citations=tuple(dict.fromkeys(found for scene in scenes for found in scene.citations)),
        notes=tuple(note for scene in scenes for note in scene.notes),
        draft=next((scene.draft for scene in scenes if scene.draft), first.draft),
    )
