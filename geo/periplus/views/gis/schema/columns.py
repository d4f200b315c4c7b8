"""The columns that several layers share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from periplus.views.gis.model import Field, FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from periplus.dates import Edtf
    from periplus.law.standing import Change, Standing
    from periplus.route.steps import Attempt, Leg
    from periplus.scene.marks import SceneLine, Way
    from periplus.scene.records import Statement
    from periplus.views.gis.records import JourneyRecord, RouteRecord

T = TypeVar("T")

_LEVELS = (
    "requesting_state, critical, high, elevated or moderate; apart from these suspended (of "
    "extradition alone) or unknown"
)


def id_of(what: str) -> Field[Any]:
    """Name a row, the same on every export."""
    return Field(
        "id",
        FieldKind.TEXT,
        "Id",
        f"Of the {what}: the same on every export.",
        lambda item: item.id,
    )


def route_of(route: Callable[[T], RouteRecord]) -> Field[T]:
    """Name the route of which something is a part."""
    return Field(
        "route", FieldKind.TEXT, "Route", "The id of the route.", lambda item: route(item).id
    )


def journey_of(journey: Callable[[T], JourneyRecord]) -> tuple[Field[T], ...]:
    """Say of which journey something is a part, and who travelled."""
    return (
        Field(
            "journey",
            FieldKind.INTEGER,
            "Journey",
            "Ordinal of the journey in the route.",
            lambda item: journey(item).number,
        ),
        Field(
            "journey_title",
            FieldKind.TEXT,
            "Title of the journey",
            "What the journey is headed with.",
            lambda item: journey(item).scene.title,
        ),
        Field(
            "travellers",
            FieldKind.LIST,
            "Travellers",
            "What the travellers are called in the source.",
            lambda item: journey(item).travellers,
        ),
    )


def dates(of: str, on: Callable[[T], Edtf | None]) -> tuple[Field[T], ...]:
    """Say when something was: as its source has it, and as the days between which it was."""
    return (
        Field(
            "date_edtf",
            FieldKind.TEXT,
            "Date",
            f"When {of}, as precisely as the source says (EDTF, ISO 8601-2).",
            lambda item: _edtf(on(item)),
        ),
        Field(
            "date_earliest",
            FieldKind.DATE,
            "Earliest day",
            "The first day on which it can have been; empty: open or not known.",
            lambda item: _earliest(on(item)),
        ),
        Field(
            "date_latest",
            FieldKind.DATE,
            "Latest day",
            "The last day on which it can have been; empty: open or not known.",
            lambda item: _latest(on(item)),
        ),
    )


def law(
    standing: Callable[[T], Standing | None], changes: Callable[[T], tuple[Change, ...]]
) -> tuple[Field[T], ...]:
    """Say which level something had, by which rule, on which day, and how it changed."""
    return (
        Field(
            "risk_level",
            FieldKind.TEXT,
            "Level",
            f"Risk of return to the requesting state: {_LEVELS}; empty: not assessed.",
            lambda item: _level(standing(item)),
        ),
        Field(
            "rule",
            FieldKind.TEXT,
            "Rule",
            "The published rule that decided the level.",
            lambda item: found.rule if (found := standing(item)) else None,
        ),
        Field(
            "standing_on",
            FieldKind.DATE,
            "Standing on",
            "The day for which the level holds.",
            lambda item: found.on if (found := standing(item)) else None,
        ),
        Field(
            "level_changes",
            FieldKind.LIST,
            "Changes of the level",
            "Each change of level or rule within the date, with the day of it.",
            lambda item: _changed(changes(item)),
        ),
    )


def claims(of: str) -> Field[Any]:
    """Give the record that stands in a route file."""
    return Field(
        "claims",
        FieldKind.JSON,
        "Claims",
        f"The {of} as a route file has it: evidence with quotes, documents, events, claims.",
        lambda item: item.claims,
    )


def told() -> Field[Any]:
    """Say all that is said of a stop, a leg or an attempt."""
    return Field(
        "told",
        FieldKind.TEXT,
        "In words",
        "Everything that is said of it.",
        lambda item: _in_words(item.scene.statements),
    )


def mode(movement: Callable[[T], Leg | Attempt]) -> Field[T]:
    """Say how a leg or an attempt goes."""
    return Field(
        "transport",
        FieldKind.TEXT,
        "Mode",
        "train, flight, helicopter, road, foot, sea or unknown.",
        lambda item: movement(item).leg.value,
    )


def attributed_to(who: Callable[[T], str | None]) -> Field[T]:
    """Say whose account a leg or an attempt is."""
    return Field(
        "attributed_to",
        FieldKind.TEXT,
        "According to",
        "Whose account it is, when the source does not make it its own.",
        who,
    )


def drawn(how: Callable[[T], str]) -> Field[T]:
    """Say what the line of a leg or an attempt is."""
    return Field(
        "drawn",
        FieldKind.TEXT,
        "How drawn",
        "What the line stands for, or why there is none.",
        how,
    )


def lane(line: Callable[[T], SceneLine | Way | None]) -> Field[T]:
    """Say where a line is drawn that lies over others."""
    return Field(
        "lane",
        FieldKind.REAL,
        "Lane",
        "How far a map shifts it aside from lines between the same two ends, to its right.",
        lambda item: found.lane if (found := line(item)) else None,
        "1",
    )


def leg_of() -> Field[Any]:
    """Name the leg of which something is a part."""
    return Field("leg_id", FieldKind.TEXT, "Leg", "The id of the leg.", lambda item: item.leg.id)


def illustrative() -> Field[Any]:
    """Say whether the leg of which something is a part was flown: its path is not known."""
    return Field(
        "illustrative",
        FieldKind.BOOLEAN,
        "Illustrative",
        "Whether it is of a great circle, and not of a way that was taken.",
        lambda item: item.leg.scene.kind == "great_circle",
    )


# ---------------------------------------------------------------------------- cells


def _earliest(on: Edtf | None) -> date | None:
    return on.earliest if on else None


def _latest(on: Edtf | None) -> date | None:
    return on.latest if on else None


def _edtf(on: Edtf | None) -> str | None:
    return on.text if on else None


def _level(standing: Standing | None) -> str | None:
    return standing.level.value if standing else None


def _changed(changes: Iterable[Change]) -> tuple[str, ...]:
    """Say of each change of a standing when it was, and between which levels."""
    return tuple(
        f"{change.dated}: {_level(change.before) or 'none'} to {change.after.level.value}"
        for change in changes
    )


def _in_words(statements: Iterable[Statement]) -> str | None:
    """Return statements as lines of text, without their quotations."""
    return "\n".join(f"{item.label}: {item.text}" for item in statements if item.text) or None
