"""Who made a map, and where its errors are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages
from periplus.scene.records import BESIDE, Credited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.credits import Credit
    from periplus.scene.composing.narrator import Narrator


def credited(credit: Credit | None, narrator: Narrator) -> Iterator[Credited]:
    """Yield what a route says of who made it; nothing, where it says nothing."""
    if credit is None:
        return
    say, by, line = narrator.say, narrator.author(credit.by), narrator.author(credit.line)
    told = [say(messages.BYLINE, name=by) if by else by, line]
    contact = LocalizedText(credit.corrections or "")
    yield Credited(
        joined(told, BESIDE),
        say(messages.CORRECTIONS, contact=contact) if contact else contact,
        credit.address,
    )
