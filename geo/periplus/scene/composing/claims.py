"""What sources say on one point: side by side where they differ, and which one is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined, sentence
from periplus.scene import messages
from periplus.scene.records import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.route.steps import Claim, Variant
    from periplus.scene.composing.narrator import Narrator


def claim_statements(claims: Iterable[Claim], narrator: Narrator) -> Iterator[Statement]:
    """Say each claim; of one with variants first that sources differ, and which is followed."""
    for claim in claims:
        about = narrator.author(claim.about).capitalised()
        if len(claim.variants) == 1:
            yield _version(about, claim.variants[0], narrator)
            continue
        yield _difference(claim, about, narrator)
        for number, variant in enumerate(claim.variants, start=1):
            yield _version(narrator.say("Version {number}", number=number), variant, narrator)


def _difference(claim: Claim, about: LocalizedText, narrator: Narrator) -> Statement:
    say = narrator.say
    followed = (
        say(messages.FOLLOWED, number=claim.preferred)
        if claim.preferred
        else say(messages.NONE_FOLLOWED)
    )
    told = joined([sentence(about), followed, narrator.author(claim.reason)])
    return Statement(say("Sources differ"), told)


def _version(label: LocalizedText, variant: Variant, narrator: Narrator) -> Statement:
    who = narrator.author(variant.speaker)
    speaks = narrator.say("According to {who}.", who=who) if who else LocalizedText()
    told = joined([sentence(narrator.author(variant.value)), speaks])
    return Statement(label, told, narrator.quotations(variant.evidence))
