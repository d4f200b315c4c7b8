"""Whether what is said rests on something, and what is listed is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.checking.plausibility import movements
from periplus.route.drafts import worksheets
from periplus.route.integrity import Finding, cited_sources, records, steps, stops
from periplus.route.places import Withholding
from periplus.route.steps import Attempt, Claim, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.route import Route
    from periplus.route.sources import Evidence, Source


def withholdings_without_a_quote(route: Route) -> Iterator[Finding]:
    """Find withheld places of which no words of the source say that they are."""
    for path, withholding in records(route, Withholding):
        if not quotes(withholding.evidence):
            message = "nothing is quoted that says the place is withheld"
            hint = "Quote it; if the source is merely silent, the place is `not_stated`."
            yield Finding((*path, "evidence"), "PER601", message, hint)


def nothing_quoted(route: Route) -> Iterator[Finding]:
    """Find stops, legs, attempts and variants that no words of a source support."""
    hint = "Quote the words that say so, 40 at most."
    items = [*steps(route), *((path, step) for path, step in movements(route) if _attempt(step))]
    own = worksheets(route)  # of what rests on these, `periplus.checking.drafts` tells all
    for path, step in items:
        if not quotes(step.evidence) and not all(item.source in own for item in step.evidence):
            kind = type(step).__name__.lower()
            message = f"nothing is quoted for this {kind}"
            yield Finding((*path, "evidence"), "PER701", message, hint)
    for path, variant in records(route, Variant):
        if not quotes(variant.evidence):
            message = "nothing is quoted for this variant"
            yield Finding((*path, "evidence"), "PER701", message, hint)


def _attempt(step: object) -> bool:
    return isinstance(step, Attempt)


def quotes(evidence: tuple[Evidence, ...]) -> bool:
    """Whether any of some evidence carries the words of its source."""
    return any(item.quote for item in evidence)


def unused_sources(route: Route) -> Iterator[Finding]:
    """Find sources on which nothing rests that a reader meets."""
    yield from _unused("PER702", "sources", set(route.sources) - set(cited_sources(route)))


def unused_places(route: Route) -> Iterator[Finding]:
    """Find places where no journey stops and no attempt leads."""
    used = {stop.stop for _, stop in stops(route)}
    used |= {key for _, stop in stops(route) for attempt in stop.attempts for key in attempt.to}
    yield from _unused("PER703", "places", set(route.places) - used)


def unused_travellers(route: Route) -> Iterator[Finding]:
    """Find travellers without a journey."""
    used = {key for journey in route.journeys for key in journey.travellers}
    yield from _unused("PER704", "travellers", set(route.travellers) - used)


def _unused(code: str, kind: str, keys: set[str]) -> Iterator[Finding]:
    for key in sorted(keys):
        yield Finding((kind, key), code, f"{key!r} is not used", "Remove it, or use it.")


def sources_listed_twice(route: Route) -> Iterator[Finding]:
    """Find keys that stand for the same source as one before them."""
    first: dict[Source, str] = {}
    for key, source in route.sources.items():
        if (before := first.setdefault(source, key)) != key:
            message = f"{key!r} is the same source as {before!r}"
            hint = f"Cite it as {before!r} everywhere, and remove {key!r}."
            yield Finding(("sources", key), "PER706", message, hint)


def claims_left_open(route: Route) -> Iterator[Finding]:
    """Find claims whose variants are left side by side without a word why."""
    for path, claim in records(route, Claim):
        if len(claim.variants) > 1 and claim.preferred is None and claim.reason is None:
            message = f"{len(claim.variants)} variants, none preferred, and no `reason` why"
            hint = "Add `reason`; add `preferred` if you follow one of them."
            yield Finding(path, "PER705", message, hint)
