"""Still pictures: one drawing of a scene in a projection and a size, before any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages

if TYPE_CHECKING:
    from periplus.scene.scene import Scene


def describe(scene: Scene, projection: LocalizedText) -> LocalizedText:
    """Tell in words what a picture of a scene shows, and how, for who cannot see it."""
    say = scene.say
    stops = say.clauses(joined([f"{stop.mark}:", stop.title]) for stop in scene.stops)
    drawn = say(messages.PROJECTION, name=projection)
    return joined([scene.summary, say("Stops: {stops}.", stops=stops), drawn])
