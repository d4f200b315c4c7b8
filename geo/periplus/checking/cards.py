"""Whether a route has what a card of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.route.drafts import is_draft
from periplus.route.integrity import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.route import Route


def no_short(route: Route) -> Iterator[Finding]:
    """Find routes without a sentence that a card has room for; of a draft there is no card."""
    if route.short is None and not is_draft(route):
        yield Finding(("summary",), "PER804", "no `short` for a card", _WAY_OUT)


_WAY_OUT = "Write `short:` under the `summary`: one whole sentence of at most 110 characters."
