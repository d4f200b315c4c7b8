"""The layers of an export and their fields: the one table that all formats and documents follow.

Codes of states are ISO 3166-1 alpha-3 (Kosovo: XKX); of territories, the ids of
`layers/facts/territories.csv`. Dates are typed days beside EDTF text, which keeps their precision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from periplus.names import name
from periplus.views.gis.model import Field, Kind, Layer, Shape
from periplus.views.gis.records import (
    AttemptRecord,
    ClaimRecord,
    CrossingRecord,
    JourneyRecord,
    LegRecord,
    RouteRecord,
    SliceRecord,
    SourceRecord,
    StopRecord,
    changed,
    earliest,
    edtf,
    latest,
    level,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from periplus.dates import Edtf
    from periplus.standing import Change, Standing

T = TypeVar("T")

_LEVELS = "requesting_state, critical, high, elevated, moderate, low or unknown"


def _id(what: str) -> Field[Any]:
    return Field(
        "id", Kind.TEXT, "Id", f"Of the {what}: the same on every export.", lambda item: item.id
    )


def _of_route(route: Callable[[T], RouteRecord]) -> Field[T]:
    return Field("route", Kind.TEXT, "Route", "The id of the route.", lambda item: route(item).id)


def _of_journey(journey: Callable[[T], JourneyRecord]) -> tuple[Field[T], ...]:
    return (
        Field(
            "journey",
            Kind.INTEGER,
            "Journey",
            "Ordinal of the journey in the route.",
            lambda item: journey(item).number,
        ),
        Field(
            "journey_title",
            Kind.TEXT,
            "Title of the journey",
            "What the journey is headed with.",
            lambda item: journey(item).scene.title,
        ),
        Field(
            "travellers",
            Kind.LIST,
            "Travellers",
            "What the travellers are called in the source.",
            lambda item: journey(item).travellers,
        ),
    )


def _dates(of: str, on: Callable[[T], Edtf | None]) -> tuple[Field[T], ...]:
    return (
        Field(
            "date_edtf",
            Kind.TEXT,
            "Date",
            f"When {of}, as precisely as the source says (EDTF, ISO 8601-2).",
            lambda item: edtf(on(item)),
        ),
        Field(
            "date_earliest",
            Kind.DATE,
            "Earliest day",
            "The first day on which it can have been; empty: open or not known.",
            lambda item: earliest(on(item)),
        ),
        Field(
            "date_latest",
            Kind.DATE,
            "Latest day",
            "The last day on which it can have been; empty: open or not known.",
            lambda item: latest(on(item)),
        ),
    )


def _law(
    standing: Callable[[T], Standing | None], changes: Callable[[T], tuple[Change, ...]]
) -> tuple[Field[T], ...]:
    def of(item: T, name: str) -> Any:  # noqa: ANN401 - a cell
        found = standing(item)
        return getattr(found, name) if found else None

    return (
        Field(
            "level",
            Kind.TEXT,
            "Level",
            f"Risk of return to the requesting state: {_LEVELS}; empty: not assessed.",
            lambda item: level(standing(item)),
        ),
        Field(
            "rule",
            Kind.TEXT,
            "Rule",
            "The published rule that decided the level.",
            lambda item: of(item, "rule"),
        ),
        Field(
            "standing_on",
            Kind.DATE,
            "Standing on",
            "The day for which the level holds.",
            lambda item: of(item, "on"),
        ),
        Field(
            "level_changes",
            Kind.LIST,
            "Changes of the level",
            "Each change of level or rule within the date, with the day of it.",
            lambda item: changed(changes(item)),
        ),
    )


def _claims(of: str) -> Field[Any]:
    return Field(
        "claims",
        Kind.JSON,
        "Claims",
        f"The {of} as a route file has it: evidence with quotes, documents, events, claims.",
        lambda item: item.claims,
    )


ROUTES: Layer[RouteRecord] = Layer(
    "routes",
    "Routes",
    "Each documented case, with what holds for all of it.",
    (
        _id("route"),
        Field("title", Kind.TEXT, "Title", "Of the case.", lambda it: it.scene.title),
        Field("summary", Kind.TEXT, "Summary", "What it tells.", lambda it: it.scene.summary),
        Field(
            "language",
            Kind.TEXT,
            "Language",
            "Of names and sentences (BCP 47).",
            lambda it: it.language,
        ),
        Field(
            "requesting_state",
            Kind.TEXT,
            "Requesting state",
            "The state to which a person might be returned.",
            lambda it: it.trace.route.requesting_state,
        ),
        Field(
            "as_of",
            Kind.DATE,
            "As of",
            "The day for which the jurisdictions are assessed: the last of the dated legs.",
            lambda it: it.as_of,
        ),
        Field(
            "as_of_words",
            Kind.TEXT,
            "As of, in words",
            "The same, and why that day.",
            lambda it: it.scene.as_of,
        ),
        Field(
            "worldview",
            Kind.TEXT,
            "Worldview",
            "Whose borders are drawn.",
            lambda it: it.scene.worldview,
        ),
        Field("notes", Kind.LIST, "Notes", "On the case.", lambda it: it.scene.notes),
        Field(
            "claims",
            Kind.JSON,
            "Claims",
            "The head of the route as a route file has it: sources, travellers, claims.",
            lambda it: it.head,
        ),
    ),
)

STOPS: Layer[StopRecord] = Layer(
    "stops",
    "Stops",
    "Each visit to a place. Only a named and located place has a point; every other stop has "
    "none, and says why.",
    (
        _id("stop"),
        _of_route(lambda it: it.journey.route),
        *_of_journey(lambda it: it.journey),
        Field("stop", Kind.INTEGER, "Stop", "Ordinal in the route.", lambda it: it.visit.number),
        Field("title", Kind.TEXT, "Title", "What the stop is called.", lambda it: it.scene.title),
        Field(
            "subtitle",
            Kind.TEXT,
            "Subtitle",
            "What kind of place it is, and in which country.",
            lambda it: it.scene.subtitle,
        ),
        Field(
            "knowledge",
            Kind.TEXT,
            "Knowledge",
            "How far the place is known: named, area, described, country_only, group_only, "
            "border, not_stated, unknown_to_traveller or withheld.",
            lambda it: it.place.knowledge,
        ),
        Field(
            "reason",
            Kind.TEXT,
            "Why no point",
            "Why it is not on the map; empty where it is.",
            lambda it: it.reason,
        ),
        Field("symbol", Kind.TEXT, "Symbol", "How it is drawn.", lambda it: it.scene.symbol.value),
        Field(
            "precision",
            Kind.TEXT,
            "Precision",
            "What the point stands for: the site itself, or its settlement.",
            lambda it: it.precision,
        ),
        Field(
            "position_basis",
            Kind.TEXT,
            "Basis of the position",
            "gazetteer, or inferred by the editor.",
            lambda it: it.basis,
        ),
        Field(
            "country",
            Kind.TEXT,
            "Country",
            "The state that is disclosed; empty: none is.",
            lambda it: it.visit.country,
        ),
        Field(
            "country_name",
            Kind.TEXT,
            "Name of the country",
            "Of the state that is disclosed.",
            lambda it: (
                name(it.visit.country, it.journey.route.language) if it.visit.country else None
            ),
        ),
        Field(
            "country_group",
            Kind.TEXT,
            "Group of countries",
            "Where only a group is given, such as the EU.",
            lambda it: it.group,
        ),
        Field(
            "border_left",
            Kind.TEXT,
            "Country left",
            "Of a border crossed at a point that is not named.",
            lambda it: it.between[0] if it.between else None,
        ),
        Field(
            "border_entered",
            Kind.TEXT,
            "Country entered",
            "Of a border crossed at a point that is not named.",
            lambda it: it.between[1] if it.between else None,
        ),
        Field(
            "area_extent",
            Kind.TEXT,
            "Extent of the area",
            "admin1 (a first-level division) or vague.",
            lambda it: it.extent,
        ),
        Field(
            "withheld_by",
            Kind.TEXT,
            "Withheld by",
            "source, traveller or interviewee; empty: not withheld.",
            lambda it: it.withheld_by,
        ),
        Field(
            "withheld_at_request_of",
            Kind.TEXT,
            "Withheld at the request of",
            "Who asked for it, if that is told.",
            lambda it: it.at_request_of,
        ),
        *_dates("it was visited", lambda it: it.visit.stop.date),
        Field(
            "roles",
            Kind.LIST,
            "Roles",
            "What the stop is in the journey.",
            lambda it: tuple(it.says(role) or "" for role in it.visit.stop.roles),
        ),
        Field(
            "jurisdiction",
            Kind.TEXT,
            "Jurisdiction",
            "The state or territory whose standing applies; empty: none is assessed.",
            lambda it: it.visit.jurisdiction,
        ),
        *_law(lambda it: it.visit.standing, lambda it: it.visit.changes),
        Field(
            "gap",
            Kind.TEXT,
            "Gap",
            "Why no line leads to it or on from it; empty where lines do.",
            lambda it: it.scene.gap or None,
        ),
        Field(
            "told",
            Kind.TEXT,
            "In words",
            "Everything that is said of it.",
            lambda it: told(it.scene.statements),
        ),
        _claims("stop"),
    ),
    Shape.POINT,
    lambda it: it.point,
)

LEGS: Layer[LegRecord] = Layer(
    "legs",
    "Legs",
    "Each movement between two stops. A leg to or from a stop without a point has no line, for "
    "nothing is drawn across a gap.",
    (
        _id("leg"),
        _of_route(lambda it: it.journey.route),
        *_of_journey(lambda it: it.journey),
        Field("leg", Kind.INTEGER, "Leg", "Ordinal in the route.", lambda it: it.passage.number),
        Field(
            "from_stop",
            Kind.INTEGER,
            "From stop",
            "Ordinal of the stop before it.",
            lambda it: it.passage.start.number,
        ),
        Field(
            "to_stop",
            Kind.INTEGER,
            "To stop",
            "Ordinal of the stop after it.",
            lambda it: it.passage.end.number,
        ),
        Field("title", Kind.TEXT, "Title", "How it was travelled.", lambda it: it.scene.title),
        Field(
            "mode",
            Kind.TEXT,
            "Mode",
            "train, flight, helicopter, road, foot, sea or unknown.",
            lambda it: it.leg.leg.value,
        ),
        Field(
            "compulsion",
            Kind.TEXT,
            "Compulsion",
            "voluntary, ordered, exchange, forced_return, abduction, custody, circumstances or "
            "unknown.",
            lambda it: it.leg.compulsion.value,
        ),
        Field(
            "compelled_by",
            Kind.TEXT,
            "Compelled by",
            "Who made the traveller move.",
            lambda it: it.scene.by,
        ),
        Field(
            "status",
            Kind.TEXT,
            "Status",
            "completed, or unknown: not stated.",
            lambda it: it.leg.status.value,
        ),
        Field(
            "attestation",
            Kind.TEXT,
            "Attestation",
            "stated, implied, planned, inferred or unknown: how the leg is known.",
            lambda it: it.leg.attestation.value,
        ),
        Field(
            "attributed_to",
            Kind.TEXT,
            "According to",
            "Whose account it is, when the source does not make it its own.",
            lambda it: it.journey.route.says(it.leg.attributed_to),
        ),
        Field(
            "path",
            Kind.TEXT,
            "Path",
            "documented, schematic (straight lines) or great_circle (not an aircraft's track); "
            "empty: not drawn.",
            lambda it: it.line.kind.value if it.line else None,
        ),
        Field(
            "line_legs",
            Kind.LIST,
            "Legs of the line",
            "The legs that the line stands for; it is drawn at the first of them.",
            lambda it: it.stands_for,
        ),
        Field(
            "line_attestation",
            Kind.TEXT,
            "Attestation of the line",
            "stated if the source says all that the line stands for, else implied.",
            lambda it: it.scene_line.attestation if it.scene_line else None,
        ),
        Field(
            "line_compulsion",
            Kind.TEXT,
            "Compulsion of the line",
            "Of a line that stands for several legs, that of the first that was forced.",
            lambda it: it.scene_line.compulsion if it.scene_line else None,
        ),
        Field(
            "caption",
            Kind.TEXT,
            "Caption",
            "What is written beside the line: how it was travelled, and which borders it crosses.",
            lambda it: it.scene_line.caption if it.scene_line else None,
        ),
        Field(
            "drawn",
            Kind.TEXT,
            "How drawn",
            "What the line stands for, or why there is none.",
            lambda it: it.drawn,
        ),
        Field(
            "lane",
            Kind.REAL,
            "Lane",
            "How far a map shifts it aside from lines between the same two ends, to its right.",
            lambda it: it.scene_line.lane if it.scene_line else None,
            "1",
        ),
        Field(
            "length_m",
            Kind.REAL,
            "Length",
            "Along a documented path or a great circle; empty: not known.",
            lambda it: it.length,
            "m",
        ),
        *_dates("it was travelled", lambda it: it.leg.date),
        Field(
            "told",
            Kind.TEXT,
            "In words",
            "Everything that is said of it.",
            lambda it: told(it.scene.statements),
        ),
        _claims("leg"),
    ),
    Shape.LINES,
    lambda it: it.lines,
)

ATTEMPTS: Layer[AttemptRecord] = Layer(
    "attempts",
    "Attempts",
    "Movements that were refused, failed or only planned: the traveller stayed. A line leads to "
    "the first target, where both ends have a place; nobody is known to have gone along it.",
    (
        _id("attempt"),
        _of_route(lambda it: it.stop.journey.route),
        Field(
            "stop_id", Kind.TEXT, "Stop", "The id of the stop it began at.", lambda it: it.stop.id
        ),
        Field(
            "attempt",
            Kind.INTEGER,
            "Attempt",
            "Ordinal in the route.",
            lambda it: it.scene.number,
        ),
        Field("title", Kind.TEXT, "Title", "What was tried.", lambda it: it.scene.title),
        Field(
            "mode",
            Kind.TEXT,
            "Mode",
            "train, flight, helicopter, road, foot, sea or unknown.",
            lambda it: it.attempt.leg.value,
        ),
        Field(
            "status",
            Kind.TEXT,
            "Status",
            "blocked, failed, planned or unknown.",
            lambda it: it.attempt.status.value,
        ),
        Field("to_places", Kind.LIST, "To", "Where it was to lead.", lambda it: it.scene.targets),
        Field(
            "to_countries",
            Kind.LIST,
            "To the countries",
            "Of those places, as far as they are disclosed.",
            lambda it: it.to_countries,
        ),
        Field(
            "refused_by",
            Kind.TEXT,
            "Refused by",
            "Who refused or compelled it; empty: not stated.",
            lambda it: it.scene.by,
        ),
        Field(
            "refused_at",
            Kind.TEXT,
            "Refused at",
            "Where, in words; empty: not stated.",
            lambda it: it.scene.refused_at,
        ),
        Field(
            "compulsion",
            Kind.TEXT,
            "Compulsion",
            "As of a leg.",
            lambda it: it.attempt.compulsion.value,
        ),
        Field(
            "attestation",
            Kind.TEXT,
            "Attestation",
            "stated, implied, planned, inferred or unknown.",
            lambda it: it.attempt.attestation.value,
        ),
        Field(
            "attributed_to",
            Kind.TEXT,
            "According to",
            "Whose account it is, when the source does not make it its own.",
            lambda it: it.stop.says(it.attempt.attributed_to),
        ),
        *_dates("it was made", lambda it: it.attempt.date),
        Field(
            "drawn",
            Kind.TEXT,
            "How drawn",
            "What the line stands for, or why there is none.",
            lambda it: it.scene.drawn,
        ),
        Field(
            "lane",
            Kind.REAL,
            "Lane",
            "How far a map shifts it aside from lines between the same two ends, to its right.",
            lambda it: it.scene.way.lane if it.scene.way else None,
            "1",
        ),
        Field(
            "told",
            Kind.TEXT,
            "In words",
            "Everything that is said of it.",
            lambda it: told(it.scene.statements),
        ),
    ),
    Shape.LINES,
    lambda it: it.lines,
)

SLICES: Layer[SliceRecord] = Layer(
    "slices",
    "Slices",
    "The parts of documented paths and great circles, each in one jurisdiction. Those of a great "
    "circle are illustrative: not what was flown over.",
    (
        _id("slice"),
        _of_route(lambda it: it.leg.journey.route),
        Field("leg_id", Kind.TEXT, "Leg", "The id of the leg.", lambda it: it.leg.id),
        Field(
            "path",
            Kind.TEXT,
            "Path",
            "documented or great_circle.",
            lambda it: it.leg.scene.kind.value if it.leg.scene.kind else None,
        ),
        Field(
            "illustrative",
            Kind.BOOLEAN,
            "Illustrative",
            "Whether it is of a great circle, and not of a way that was taken.",
            lambda it: it.leg.scene.kind == "great_circle",
        ),
        Field("slice", Kind.INTEGER, "Slice", "Ordinal in the leg.", lambda it: it.number),
        Field(
            "jurisdiction",
            Kind.TEXT,
            "Jurisdiction",
            "A state or territory; empty: outside every one of the layer, such as at sea.",
            lambda it: it.part.jurisdiction,
        ),
        Field(
            "jurisdiction_name",
            Kind.TEXT,
            "Name of the jurisdiction",
            "What readers call it.",
            lambda it: it.jurisdiction_name,
        ),
        Field(
            "start_m",
            Kind.REAL,
            "Begins at",
            "From the start of the leg.",
            lambda it: round(it.part.start, 3),
            "m",
        ),
        Field(
            "end_m",
            Kind.REAL,
            "Ends at",
            "From the start of the leg.",
            lambda it: round(it.part.end, 3),
            "m",
        ),
        Field(
            "length_m",
            Kind.REAL,
            "Length",
            "On the WGS 84 ellipsoid.",
            lambda it: round(it.part.length, 3),
            "m",
        ),
        Field(
            "share",
            Kind.REAL,
            "Share",
            "Of the length of the leg.",
            lambda it: round(it.part.share, 6),
            "1",
        ),
        *_law(lambda it: it.part.standing, lambda it: it.part.changes),
        Field(
            "airspace_closed",
            Kind.LIST,
            "Airspace closed",
            "Closures to all civil aircraft on the date of the flight, with their sources.",
            lambda it: it.airspace_closed,
        ),
    ),
    Shape.LINES,
    lambda it: it.lines,
)

CROSSINGS: Layer[CrossingRecord] = Layer(
    "crossings",
    "Crossings",
    "Where documented paths and great circles go from one jurisdiction into another. Borders that "
    "a source names without a point are stops, and have none.",
    (
        _id("crossing"),
        _of_route(lambda it: it.leg.journey.route),
        Field("leg_id", Kind.TEXT, "Leg", "The id of the leg.", lambda it: it.leg.id),
        Field(
            "illustrative",
            Kind.BOOLEAN,
            "Illustrative",
            "Whether it is of a great circle, and not of a way that was taken.",
            lambda it: it.leg.scene.kind == "great_circle",
        ),
        Field("crossing", Kind.INTEGER, "Crossing", "Ordinal in the leg.", lambda it: it.number),
        Field(
            "at_m",
            Kind.REAL,
            "At",
            "From the start of the leg.",
            lambda it: round(it.crossing.at, 3),
            "m",
        ),
        Field(
            "left", Kind.TEXT, "Left", "The jurisdiction before it.", lambda it: it.crossing.left
        ),
        Field(
            "left_name",
            Kind.TEXT,
            "Name of what is left",
            "What readers call it.",
            lambda it: it.called(it.crossing.left),
        ),
        Field(
            "entered",
            Kind.TEXT,
            "Entered",
            "The jurisdiction after it.",
            lambda it: it.crossing.entered,
        ),
        Field(
            "entered_name",
            Kind.TEXT,
            "Name of what is entered",
            "What readers call it.",
            lambda it: it.called(it.crossing.entered),
        ),
        Field(
            "contested",
            Kind.BOOLEAN,
            "Contested",
            "Whether a source calls the border or what lies beside it contested.",
            lambda it: bool(it.crossing.contests),
        ),
        Field(
            "contests",
            Kind.LIST,
            "Contests",
            "What makes it contested, and who says so.",
            lambda it: it.contests,
        ),
    ),
    Shape.POINT,
    lambda it: it.point,
)

CLAIMS: Layer[ClaimRecord] = Layer(
    "claims",
    "Claims",
    "Every statement beside each quotation that it rests on.",
    (
        _id("claim"),
        _of_route(lambda it: it.route),
        Field(
            "subject_id",
            Kind.TEXT,
            "Subject",
            "The id of the stop, leg, attempt, journey or route that it is about.",
            lambda it: it.subject,
        ),
        Field(
            "about",
            Kind.TEXT,
            "About",
            "stop, leg, attempt, journey, route, or other publications: what those say of it.",
            lambda it: it.about,
        ),
        Field("label", Kind.TEXT, "Label", "What is said.", lambda it: it.statement.label),
        Field(
            "statement",
            Kind.TEXT,
            "Statement",
            "In words; empty where the quotation says it all.",
            lambda it: it.statement.text or None,
        ),
        Field(
            "quote",
            Kind.TEXT,
            "Quote",
            "The words of the source.",
            lambda it: it.quotation.words if it.quotation else None,
        ),
        Field(
            "translation",
            Kind.TEXT,
            "Translation",
            "Of the quote, by the editor.",
            lambda it: (it.quotation.translated or None) if it.quotation else None,
        ),
        Field(
            "speaker",
            Kind.TEXT,
            "Speaker",
            "Who says it, when it is not the author of the source.",
            lambda it: it.quotation.speaker if it.quotation else None,
        ),
        Field(
            "place_in_source",
            Kind.TEXT,
            "Where in the source",
            "A page, a part, a line, a time.",
            lambda it: it.quotation.at if it.quotation else None,
        ),
        Field(
            "stance",
            Kind.TEXT,
            "Stance",
            "supports, disputes or qualifies.",
            lambda it: it.quotation.stance if it.quotation else None,
        ),
        Field(
            "note",
            Kind.TEXT,
            "Note",
            "On the quotation.",
            lambda it: it.quotation.note if it.quotation else None,
        ),
        Field(
            "source_id",
            Kind.TEXT,
            "Source",
            "The id of the source.",
            lambda it: it.source_id,
        ),
    ),
)

SOURCES: Layer[SourceRecord] = Layer(
    "sources",
    "Sources",
    "The publications that the claims rest on.",
    (
        _id("source"),
        _of_route(lambda it: it.route),
        Field("number", Kind.INTEGER, "Number", "As the map cites it.", lambda it: it.number),
        Field(
            "title",
            Kind.TEXT,
            "Title",
            "Of the publication.",
            lambda it: it.route.says(it.source.title),
        ),
        Field(
            "author",
            Kind.TEXT,
            "Author",
            "Who wrote it.",
            lambda it: it.route.says(it.source.author),
        ),
        Field(
            "publisher",
            Kind.TEXT,
            "Publisher",
            "Who published it.",
            lambda it: it.route.says(it.source.publisher),
        ),
        *_dates("it was published", lambda it: it.source.date),
        Field("url", Kind.TEXT, "Address", "Where it can be read.", lambda it: it.source.url),
        Field(
            "archived_url",
            Kind.TEXT,
            "Archived at",
            "Where a copy is kept.",
            lambda it: it.source.archived_url,
        ),
        Field(
            "note",
            Kind.TEXT,
            "Note",
            "What a reader must know of it.",
            lambda it: it.route.says(it.source.note),
        ),
    ),
)

#: The layers of routes, in the order in which they are written.
ROUTE_LAYERS: tuple[Layer[Any], ...] = (
    ROUTES,
    SOURCES,
    STOPS,
    ATTEMPTS,
    LEGS,
    SLICES,
    CROSSINGS,
    CLAIMS,
)


def items(route: RouteRecord, layer: Layer[Any]) -> Iterator[Any]:
    """Yield what the rows of a layer are made from."""
    if layer.name == ROUTES.name:
        return iter((route,))
    found: Iterator[Any] = getattr(route, layer.name)()
    return found
