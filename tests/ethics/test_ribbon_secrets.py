"""The ribbon and the caption follow from what is disclosed alone: paired pages, byte by byte."""

from __future__ import annotations

import json
from typing import Any

import pytest

from long_routes import long_route
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.views import html

pytestmark = pytest.mark.slow


def assessed(stops: int, villages: str = "withheld") -> dict[str, Any]:
    """Return a route under whose stops stands what the law is there."""
    route: dict[str, Any] = json.loads(long_route(stops, villages=villages))
    return {**route, "requesting_state": "RUS"}


def page(route: dict[str, Any]) -> str:
    """Return the page of a route."""
    return html.render(compose(trace_route(parse_route(json.dumps(route)))))


@pytest.mark.parametrize("secret", ["Oktyabrskoye", "69.1, 54.9", "KAZ", "x" * 5_000])
def test_a_secret_changes_no_byte(secret: str) -> None:
    """It can stand in a private note alone; the page is the same without it."""
    route = assessed(13)
    route["places"]["village"]["private_note"] = secret
    assert page(route) == page(assessed(13))


def test_a_stop_that_becomes_withheld_leaves_nothing_behind() -> None:
    """Neither its name, nor its country beneath it, nor a caption that names either."""
    told, held = (page(assessed(7, it)) for it in ("named", "withheld"))
    assert "Oktyabrskoye" in told
    assert "Oktyabrskoye" not in held
    cell = held.partition('href="#stop-6"')[2].partition("</li>")[0]
    assert "Kazakhstan" not in cell
    assert "not assessed" in cell


def test_which_country_is_held_back_cannot_be_told_from_the_rows() -> None:
    """Rows and columns follow from the number of stops, which every reader is told."""
    pages = (page(assessed(13, it)) for it in ("named", "withheld"))
    told, held = (it.partition("@container")[2].partition("</style>")[0] for it in pages)
    assert told == held
