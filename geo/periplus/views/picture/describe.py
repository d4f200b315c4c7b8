"""Still pictures: one drawing of a scene in a projection and a size, before any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus import words
from periplus.told import Told, joined

if TYPE_CHECKING:
    from periplus.scene import Scene


def describe(scene: Scene, projection: Told) -> Told:
    """Say in words what a picture of a scene shows, and how, for who cannot see it."""
    say = scene.say
    stops = say.clauses(joined([f"{stop.mark}:", stop.title]) for stop in scene.stops)
    drawn = say(words.PROJECTION, name=projection)
    return joined([scene.summary, say("Stops: {stops}.", stops=stops), drawn])
