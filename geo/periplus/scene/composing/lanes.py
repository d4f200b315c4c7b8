"""In which lane a line is drawn, where several lie over each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from periplus.tracing.trace import PathKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from periplus.scene.marks import Parts, SceneLine, Way
    from periplus.scene.records import SceneJourney


#: So many lanes lie side by side at most: more lines than that share them.
_MOST_WIDE = 8


def in_lanes(journeys: tuple[SceneJourney, ...]) -> tuple[SceneJourney, ...]:
    """Shift lines and attempts that lie over each other apart, those of all journeys together."""
    lines = [line for journey in journeys for line in journey.lines]
    ways = [attempt.way for journey in journeys for attempt in journey.attempts if attempt.way]
    things: list[SceneLine | Way] = [*lines, *ways]
    lanes = lanes_of([(thing.kind, thing.parts) for thing in things])
    lane = dict(zip((thing.id for thing in things), lanes, strict=True))
    return tuple(
        replace(
            journey,
            lines=tuple(replace(line, lane=lane[line.id]) for line in journey.lines),
            attempts=tuple(
                replace(attempt, way=replace(attempt.way, lane=lane[attempt.way.id]))
                if attempt.way
                else attempt
                for attempt in journey.attempts
            ),
        )
        for journey in journeys
    )


def lanes_of(lines: Sequence[tuple[PathKind, Parts]]) -> list[float]:
    """Shift lines between the same two ends apart: each to a lane of its own.

    Lines out and back both keep to their right, as on a road. Documented paths are shifted
    only where they are the same path.

    Returns
    -------
    list of float
        The lane of each line, to the right of its own direction, in widths of a lane.
    """
    together: dict[Hashable, list[int]] = defaultdict(list)
    for index, (kind, parts) in enumerate(lines):
        together[_between(kind, parts)].append(index)
    lanes = [0.0] * len(lines)
    for indexes in together.values():
        first = lines[indexes[0]][1][0][0]
        narrower = min(1.0, _MOST_WIDE / max(len(indexes) - 1, 1))
        for place, index in enumerate(indexes):
            along = 1 if lines[index][1][0][0] == first else -1
            lanes[index] = along * narrower * ((len(indexes) - 1) / 2 - place) + 0.0
    return lanes


def _between(kind: PathKind, parts: Parts) -> Hashable:
    """Return what lines that would lie over each other have in common."""
    if kind is PathKind.DOCUMENTED:
        vertices = tuple(vertex for part in parts for vertex in part)
        return kind, min(vertices, vertices[::-1])
    return frozenset({parts[0][0], parts[-1][-1]})
