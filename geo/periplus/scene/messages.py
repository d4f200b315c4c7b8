"""The words for what the model knows: each value of each field, as a reader sees it.

They are messages: `periplus.language.translator.translator` says them in a reader's language.
"""

from __future__ import annotations

from periplus.language.translator import msg
from periplus.law.law import Unassessed
from periplus.route.steps import Attestation, Compulsion, Document, DocumentState, Mode, Status

MODE = {
    Mode.TRAIN: msg("by train"),
    Mode.FLIGHT: msg("by air"),
    Mode.HELICOPTER: msg("by helicopter"),
    Mode.ROAD: msg("by road"),
    Mode.FOOT: msg("on foot"),
    Mode.SEA: msg("by sea"),
    Mode.UNKNOWN: msg("means of travel not stated"),
}

COMPULSION = {
    Compulsion.VOLUNTARY: msg("of the traveller's own will"),
    Compulsion.ORDERED: msg("ordered"),
    Compulsion.EXCHANGE: msg("exchanged as a prisoner"),
    Compulsion.FORCED_RETURN: msg("returned by force"),
    Compulsion.ABDUCTION: msg("abducted"),
    Compulsion.CUSTODY: msg("moved in custody"),
    Compulsion.CIRCUMSTANCES: msg("driven by circumstances"),
    Compulsion.UNKNOWN: msg("not stated whether of free will"),
}

STATUS = {
    Status.COMPLETED: msg("completed"),
    Status.BLOCKED: msg("blocked"),
    Status.FAILED: msg("failed"),
    Status.PLANNED: msg("planned; not known to have taken place"),
    Status.UNKNOWN: msg("not stated whether it was completed"),
}

ATTESTATION = {
    Attestation.STATED: msg("stated by the source"),
    Attestation.IMPLIED: msg("implied: the source tells both ends, not the way"),
    Attestation.PLANNED: msg("a plan in the source"),
    Attestation.INFERRED: msg("inferred by the editor"),
    Attestation.UNKNOWN: msg("not stated how this is known"),
}

DOCUMENT = {
    Document.INTERNAL_PASSPORT: msg("Internal passport"),
    Document.FOREIGN_PASSPORT: msg("Foreign passport"),
    Document.VISA: msg("Visa"),
    Document.RESIDENCE_PERMIT: msg("Residence permit"),
    Document.ASYLUM_PAPERS: msg("Papers of an asylum procedure"),
    Document.OTHER: msg("Another document"),
    Document.NONE: msg("No document"),
}

DOCUMENT_STATE = {
    DocumentState.HELD_BY_EMPLOYER: msg("held by the employer"),
    DocumentState.LACKING: msg("the traveller had none"),
    DocumentState.RECOVERED: msg("recovered"),
    DocumentState.CARRIED: msg("carried"),
    DocumentState.CARRIED_CONCEALED: msg("carried, hidden"),
    DocumentState.DENIED_TO_EXIST: msg("said not to exist"),
    DocumentState.PRESENTED: msg("presented"),
    DocumentState.PRESENTED_AND_ACCEPTED: msg("presented and accepted"),
    DocumentState.REFUSED: msg("refused"),
    DocumentState.PLANNED_TO_BE_PRESENTED: msg("planned to be presented; its use is not told"),
    DocumentState.APPLIED_FOR: msg("applied for"),
    DocumentState.ISSUED: msg("issued"),
    DocumentState.REVOKED: msg("revoked"),
    DocumentState.EXPIRED: msg("expired"),
}

#: After a colon; capitalised where a sentence begins.
LEVEL = {
    "requesting_state": msg("requesting state, or under its control", "level"),
    "critical": msg("critical", "level"),
    "high": msg("high", "level"),
    "elevated": msg("elevated", "level"),
    "moderate": msg("moderate", "level"),
    "suspended": msg("extradition suspended (removals and asylum not rated)", "level"),
    "unknown": msg("unknown (never means safe)", "level"),
}
#: By how far practice was looked for.
UNKNOWN = {
    "found": LEVEL["unknown"],
    "nothing-found": msg("unknown: looked for, nothing found (never means safe)", "level"),
    "hardly-looked-for": msg("unknown: hardly looked for (never means safe)", "level"),
    "not-looked-for": msg("unknown: not looked for (never means safe)", "level"),
}
#: What is said of practice that was not found; nothing else says that there was none.
LOOKED_FOR = msg("Looked for on {day} in {queries} ({languages}), in texts up to {end}.")
NOTHING_FOUND = msg(
    "None found in {queries} ({languages}) on {day}, in texts up to {end}. That does not show "
    "that there was none."
)
HARDLY_LOOKED_FOR = msg(
    "Hardly looked for: {queries} ({languages}) on {day}. Nothing follows from it."
)
NOT_LOOKED_FOR = msg("Not looked for.")
ROWS_OF_OTHER_DAYS = msg("The rows that are held are of other days.")
PRACTICE = msg("Practice")
FORCES = msg("Foreign forces")
RECOGNISED_BY = msg("Recognised as a state by")
PENALTIES = msg("Penalties")
PENALTIES_IN = msg("Penalties in {state} that wait on return")
ARTICLE = msg("Article {article}")
ARTICLE_AND_PART = msg("Article {article}({part})")
OFFENCE = msg("{offence} ({condition}): {term}{dates}")
#: By whether the least is told, and by what the most is.
TERM = {
    (True, "years"): msg("{least} to {most} years"),
    (False, "years"): msg("up to {most} years"),
    (True, "life"): msg("{least} years to life"),
    (False, "life"): msg("up to life"),
    (True, "death"): msg("{least} years to the death penalty"),
    (False, "death"): msg("up to the death penalty"),
}
TERM_NOT_READ = msg("the term was not read")

#: What most authors call a place, and its part in a journey; other words stay the author's.
KIND = {
    "place": msg("place"),
    "area": msg("area"),
    "airport": msg("airport"),
    "city": msg("city"),
    "town": msg("town"),
    "village": msg("village"),
    "region": msg("region"),
    "military base": msg("military base"),
    "prison": msg("prison"),
    "hospital": msg("hospital"),
}
ROLE = {
    "origin": msg("origin"),
    "transit": msg("transit"),
    "border": msg("border"),
    "destination": msg("destination"),
    "reunion": msg("reunion"),
}

#: Of those identities that need to be explained.
IDENTITY = {
    "pseudonym": msg("a pseudonym"),
    "first_name": msg("known by the first name only"),
    "anonymous": msg("not named by the source"),
    "anonymous_at_request": msg("not named, at their own request"),
}

WITHHELD_BY = {
    "source": msg("The source holds this place back"),
    "traveller": msg("The traveller holds this place back"),
    "interviewee": msg("The person who tells of it holds this place back"),
}

WITHHOLDING_SCOPE = {
    "this_place": msg("It says so of this very place."),
    "general_statement": msg("Its statement is a general one, not of this place alone."),
}

DISCLOSED = {
    "stated": msg("Only the country is disclosed: {country}."),
    "implied": msg("Only the country is disclosed, and by implication: {country}."),
}

#: By what a position rests on; `None`: the route does not say.
POSITION = {
    None: msg("Drawn at the position given for {of}; on what it rests is not said."),
    "gazetteer": msg("Drawn at the gazetteer's position of {of}."),
    "source": msg("Drawn at the position that the source gives for {of}."),
    "editor": msg("Drawn where the editor placed {of} on a map."),
    "geolocated": msg("Drawn where a published geolocation places {of}."),
    "inferred": msg("Drawn at {of}: an inference of the editor."),
}

DRAWN = {
    "schematic": msg("Drawn as a straight, schematic line: the path is not documented."),
    "great_circle": msg("Drawn as a great circle: illustrative, not the aircraft's track."),
    "documented": msg("Drawn along the path that is documented."),
}
DRAWN_ALONG_LANES = msg(
    "Drawn along shipping lanes, as the package searoute joins them: schematic, not the way of "
    "any ship. The path is not documented."
)
ALONG_LANES = msg("schematic, along shipping lanes")
#: What lies under a line, in its order.
UNDER_LABEL = {"great_circle": msg("Under the great circle"), "documented": msg("Along the path")}
UNDER = {
    "great_circle": msg("Illustrative, not what was flown over: {parts}."),
    "documented": msg("{parts}."),
}
UNDER_PART = msg("{place} {length}")
OUTSIDE = msg("outside every jurisdiction of the layer")
VIA_UNNAMED = msg("a point on the way")
#: By whether the airspace was closed on every day of the date of the leg.
AIRSPACE_CLOSED = {
    True: (
        msg(
            "On the date of this leg the airspace of {state} was closed to all civil "
            "aircraft{dates}: no airliner can have flown along this line."
        )
    ),
    False: (
        msg(
            "Within the dates of this leg the airspace of {state} was closed to all civil "
            "aircraft{dates}, but not for certain on every day: whether an airliner can have flown "
            "along this line is not known."
        )
    ),
}

#: How the map shows an attempt.
ATTEMPT_DRAWN = {
    "barred": msg("Drawn as a dashed line that ends in a barred X before {target}."),
    "open": msg("Drawn as a dotted line to {target}: whether it took place is not known."),
}
ATTEMPT_ONWARDS = msg("What was to follow from there is not drawn.")
ATTEMPT_BADGE = msg(
    "Drawn as a ringed X at stop {number} alone: no two places are known between which a line "
    "could be drawn."
)
ATTEMPT_NOT_DRAWN = msg("Not drawn: where it began has no point on the map.")
DRAWN_AT_ONE_PLACE = msg("Not drawn as a line: both ends stand at one place.")
#: A part of a country, which has no point.
WITHIN = msg("somewhere in it")
AREA_NOT_DRAWN = msg("Where its edge runs is not known, so no area is drawn.")
NO_SHARED_BORDER = msg("These states share no border on the map, so none is marked.")
NO_POSITION_GIVEN = msg("No position was given: the place is named, and not on the map.")
DESCRIBED_HAS_NO_POINT = msg("Known in the words of the source; no point of the map stands for it.")
AREA_HAS_NO_POINT = msg("Somewhere in {area}; no point of the map stands for it.")

AS_OF_FACTS = msg("{day}, the last day for which facts were gathered: the route has no dates")
#: Said of a route that is not finished, wherever it is shown.
DRAFT_OF = msg("Draft: {title}")
DRAFT = msg(
    "This is a draft, not for publication: it was taken from a file, and not everything in it "
    "rests on a published source yet."
)
#: Of a source.
WORKSHEET = msg("A file of the author's, not a publication.")
#: Why a map assesses nothing.
UNASSESSED = {
    Unassessed.NO_STATE: msg("No risk is assessed on this map: it names no requesting state."),
    Unassessed.NO_RULES: msg(
        "No risk is assessed on this map: no facts are shipped towards {state} as the requesting "
        "state."
    ),
    Unassessed.EARLIER: msg(
        "No risk is assessed on this map: the rules towards {state} begin on {date}."
    ),
    Unassessed.UNASKED: msg("No risk is assessed on this map."),
}
#: Instead of a worldview, on a day before the first one that the layer covers.
BORDERS_OF_TODAY = msg("borders of today's layer, which are not those of {date}")
OWN_FACTS = msg("Facts that are not shipped weigh here: {ids}.")
AS_OF_END = msg("{day}, the last possible day of travel: {date}")

#: On the plate of a movement by force that has no line.
PLATE_TO = msg("to {place}")
PLATE_NOTE = msg("The way is not stated, so no line is drawn.")
#: Under the name of a region that is drawn apart, because it lies far from all else.
INSET = msg("inset, at another scale")
INSET_TITLE = msg("{area}, somewhere in it")

NOT_DRAWN = msg("Not drawn: stop {number} is {why}, and nothing is drawn across that gap.")
#: What is told of a place that has no point is no gap in the telling.
NOT_DRAWN_WITHOUT_A_POINT = msg(
    "Not drawn as a line: stop {number} is {why}, and has no point on the map."
)
NOT_DRAWN_AT_ALL = msg("Not drawn: it leads between places that no position is given for.")
#: Why a line ends: what the stop on the other side of a gap is.
GAP_WHY = {
    "site": msg("a named place"),
    "settlement": msg("a named place"),
    "inferred": msg("a named place"),
    "unplaced": msg("a named place for which no position was given"),
    "described": msg("a place that is described, not named"),
    "area": msg("known by a part of a country only"),
    "country": msg("known by its country only"),
    "border": msg("a border crossed at a point that is not stated"),
    "withheld": msg("withheld"),
    "not_stated": msg("not stated"),
    "unknown": msg("unknown to the traveller"),
}
GAP_BEFORE = msg("The stop before this one is {why}.")
GAP_AFTER = msg("The stop after this one is {why}.")

CHANGED = msg("Within the dates of travel ({date}) the level changed from {earlier} to {later}.")
#: In the tables of a trace.
LEVEL_UNTIL = msg("{level} until {date}")
STANDING_CHANGED = msg("Within the date of this leg the standing of {place} changed: {changes}.")
STANDING_CHANGE = msg("{date}, from {before} to {after}")
CLOSED_THROUGHOUT = msg("airspace closed")
CLOSED_IN_PART = msg("airspace closed for part of the dates: {dates}")
CONTESTED_BORDER = msg("Contested border, {pair}: {why}.")
CONTEST_STATED = msg("{place} is {claim} ({source})")
CLAIM_OF_THE_LAYER = msg("land of {place} lies behind the “{claim}” of Natural Earth (no date)")
CLAIMED_BY = msg("claimed by {state}")
CONTEST = {
    "occupied": msg("occupied"),
    "annexation-claimed": msg("under a claim of annexation"),
    "breakaway": msg("breakaway"),
    "administered": msg("administered by another state"),
    "disputed": msg("disputed"),
    "non-self-governing": msg("non-self-governing"),
    "claimed": msg("claimed"),
}
NOT_CALLED_CONTESTED = msg(
    "A border that is not called contested is not thereby agreed: the flag knows dated facts on "
    "territories, and the claims that Natural Earth draws."
)
SINCE = msg("since {date}")
UNTIL = msg("until {date}")

#: Statuses of the CSTO that are membership.
CSTO_MEMBER = ("member", "participation-frozen")
#: Whose program and whose data a page carries, beside the borders.
PROGRAM = msg("Interactive map: {program}.")
NAMES = msg("Names of countries and dates: {data}.")
TOWNS = msg("Towns: {data}.")
KEY_TITLE = msg("Risk of extradition or return to {state}")
LEVEL_SHORT = {
    "requesting_state": msg("Requesting state", "level"),
    "critical": msg("Critical", "level"),
    "high": msg("High", "level"),
    "elevated": msg("Elevated", "level"),
    "moderate": msg("Moderate", "level"),
    "suspended": msg("Extradition suspended", "level"),
    "unknown": msg("Unknown", "level"),
}
#: In keys: what stands under the name of a class, and over those that are no degree.
KEY_SECOND_LINE = {"suspended": msg("removals and asylum not rated")}
KEY_NOT_RATED = msg("Not rated on this scale")
KEY_END = msg("Neither a tint nor its absence means safe.")
NOT_RATED = ("suspended", "unknown")
#: In keys: the requesting state by its name, and what a territory is that it holds.
KEY_REQUESTING = msg("{state}, or held by it")
#: What stands for levels on the land, where it is no level.
KEY_UNKNOWN = msg("Unknown, or control not shown")
KEY_TOLD = msg("Told in words, not rated")
#: What the land shows besides, in the order of the key.
KEY_AREAS = {
    "edged": msg("Edged: other countries"),
    "csto": msg("CSTO, a military alliance that Russia leads"),
    "contested": msg("Contested or leased"),
}
#: Under the name of a member, as small as can be.
CSTO_TAG = msg("CSTO")
CLAIMED_SINCE = msg("Claimed by {state} since {year}:")
HOLDER_NOT_SHOWN = msg("who holds what is not shown")
KEY_SYMBOLS = {
    "site": msg("Named place"),
    "settlement": msg("Named place; the position is that of its city"),
    "inferred": msg("Named place; which one exactly is the editor's inference"),
    "unplaced": msg("Named place for which no position was given: not on the map"),
    "described": msg("Place in the words of the source: not on the map"),
    "country": msg("Known by country only: not on the map"),
    "area": msg("Known only to a region or a country"),
    "withheld": msg("Withheld: never on the map, see the stops below"),
    "border": msg("Border crossed; the point is not stated"),
    "not_stated": msg("Not stated by the source"),
    "unknown": msg("Unknown to the traveller"),
}
KEY_TAB = msg("The way on or back is withheld")
KEY_CROSSING = msg("Border crossed; the point is not stated, so all of it is marked")
KEY_LINES = {
    "schematic": msg("Path not documented"),
    "documented": msg("Documented path"),
    "great_circle": msg("Flight: a great circle, not the aircraft's track"),
}
#: In files for GIS users, by how the leg is attested, too.
LINES_IN_GIS = {
    ("schematic", "stated"): msg("Path not documented: straight, schematic line"),
    (
        "schematic",
        "implied",
    ): msg("Path not documented, part of it only implied: straight, schematic line"),
    ("documented", "stated"): msg("Documented path"),
    ("documented", "implied"): msg("Documented path of an implied leg"),
    ("great_circle", "stated"): msg("Great circle, not the aircraft's track"),
    ("great_circle", "implied"): msg("Great circle of an implied flight, not the aircraft's track"),
}

COUNTRY_IMPLIED = msg("{country}: implied by the source, not stated.")
AUTHORITY_PRESENT = msg("{state} holds sway here.")
SAME_PLACE = msg("The place of an earlier stop.")

# ---------------------------------------------------------------------------- the ribbon

SAME_PLACE_AS = msg("the same place as {number}")
#: In a few words, under the name of a stop.
BRIEF = {
    "area": msg("somewhere in it"),
    "border": msg("point not stated"),
    "not_assessed": msg("not assessed"),
}
#: Over the way to a stop: what was done to the traveller, and that the means are not told.
COMPELLED = {
    Compulsion.ORDERED: msg("ordered"),
    Compulsion.EXCHANGE: msg("exchanged"),
    Compulsion.FORCED_RETURN: msg("returned by force"),
    Compulsion.ABDUCTION: msg("abducted"),
    Compulsion.CUSTODY: msg("moved in custody"),
}
MODE_NOT_STATED = msg("not stated", "means of travel")
RIBBON = msg("The journey, stop by stop")
WHOLE_JOURNEY = msg("Show the whole route: {title}")
FROM_TO = msg("{first} to {last}")
PART_HERE = msg("part here: {parties}")
MEET_HERE = msg("meet here: {parties}")
ALSO_HERE = msg("came here, too: {parties}")
FILTER, EVERYBODY = msg("Show the journey of"), msg("everybody")
DATES_NOT_STATED = msg("dates not stated")

# ---------------------------------------------------------------------------- the caption

TINTS_AS_OF = msg("Tints as of {day}")
#: What is on the map, and what is not, before the first step.
ON_THE_MAP = msg("On the map: {things}.")
NOTHING_ON_THE_MAP = msg("Nothing of the route has a place on the map.")
ON_THE_MAP_STOPS = (msg("stop {marks}"), msg("stops {marks}"))
ON_THE_MAP_AREAS = (msg("the region of stop {marks}"), msg("the regions of stops {marks}"))
ON_THE_MAP_OF = msg("{n} of {stops}")
ON_THE_MAP_WAY = msg("the way from {start} to {end}")
OTHERS = {
    "withheld": msg("The others are withheld, and stand in the ribbon alone."),
    "country": msg("The others are known by country only."),
    "mixed": msg("The others stand in the ribbon alone."),
}
#: What is on the map at a step, or why nothing is: in full, and where there is little room.
CAPTION = {
    "place": msg("{name}: the place is marked"),
    "inferred": msg("{name}: which place exactly is the editor's inference"),
    "area": msg("{name}: somewhere in it, at no known point"),
    "border": msg("{name}: the crossing point is not stated, the whole border is marked"),
    "country": msg("{name}: known by country only, which is outlined"),
    "withheld": msg("Withheld: nothing is drawn for this stop, or across it"),
    "withheld_in": msg("Withheld, only the country is disclosed: nothing is drawn for this stop"),
    "not_stated": msg("{name}: the place is not stated, nothing is drawn for it"),
    "unknown": msg("{name}: unknown to the traveller, nothing is drawn for it"),
    "schematic": msg("{way}: a schematic line, as the path is not documented"),
    "great_circle": msg("{way}: a great circle, not the aircraft's track"),
    "documented": msg("{way}: the documented path"),
    "one_place": msg("{way}: both ends stand at one place"),
    "undrawn": msg("{way}: no line is drawn, as stop {number} is {why}"),
    "without_positions": msg("{way}: no line is drawn, as no position is known"),
    "barred": msg("{attempt}: the line ends in an X, the target was not reached"),
    "open": msg("{attempt}: a line of dots, whether it took place is not known"),
    "stayed": msg("{attempt}: marked at stop {number} alone"),
    "stayed_nowhere": msg("{attempt}: nothing is drawn, no place is known"),
}
CAPTION_SHORT = {
    "border": msg("The whole border is marked"),
    "country": msg("Known by country only"),
    "area": msg("Somewhere in {name}"),
    "withheld": msg("Withheld: nothing is drawn"),
    "not_stated": msg("Not stated: nothing is drawn"),
    "unknown": msg("Unknown: nothing is drawn"),
    "drawn": msg("{way}: drawn"),
    "undrawn": msg("{way}: no line is drawn"),
}

# ---------------------------------------------------------------------------- the whole route

WHOLE_ROUTE = msg("The whole route")
STEP_OF = msg("Step {step} of {steps}")
START = msg("Start")
WITH_WITHHELD = msg("{stops}, {n} of them withheld")
WHOLE_ROUTE_HOW = msg("Step by step, each with its quote and source.")
WITHHELD_IN_RIBBON = msg("Withheld: {marks}. In the ribbon, and nowhere on the map.")

#: How an attempt is headed.
ATTEMPT = {
    Status.BLOCKED: msg("Blocked attempt"),
    Status.FAILED: msg("Failed attempt"),
    Status.PLANNED: msg("Plan"),
    Status.UNKNOWN: msg("Attempt"),
}
REFUSED_BY_NOT_STATED = msg("who refused is not stated")
REFUSED_AT_NOT_STATED = msg("the place of refusal is not stated")

FOLLOWED = msg("Here version {number} is followed:")
NONE_FOLLOWED = msg("None is preferred here.")

#: How a territory is held, as the last part of its label in the facts says it.
HELD = {
    "occupied by Russia": msg("occupied by Russia"),
    "claimed by Russia": msg("claimed by Russia"),
    "leased to Russia": msg("leased to Russia"),
    "occupied by Israel": msg("occupied by Israel"),
    "leased to the United States": msg("leased to the United States"),
    "breakaway": msg("breakaway"),
    "breakaway, Turkish forces": msg("breakaway, Turkish forces"),
    "held by India": msg("held by India"),
    "held by the Polisario Front": msg("held by the Polisario Front"),
    "administered by Morocco": msg("administered by Morocco"),
    "claimed by several states": msg("claimed by several states"),
}

#: Headings of the parts of a page, and what stands below them.
JOURNEY = msg("The journey in words")
CLAIMS = msg("Where the sources differ")
EXTERNAL = msg("What other publications say")
STANDINGS = msg("Standings")
FACTS_UNTIL = msg("Facts until {day}.")
WORLDVIEW = msg("Worldview: {worldview}.")
UNDER_WHOSE_LAW = msg("Under whose law, and how it stands towards {state}")
CHANGED_ELSEWHERE = msg("Changes elsewhere within the dates of travel")
SOURCES = msg("Sources")
ARCHIVED_COPY = msg("Archived copy")
SKIP = msg("Skip the map, read the journey")
RULE = msg("(Rule {rule}.)")
LEVEL_AND_RULE = msg("{level} (rule {rule})")
CSTO = msg("CSTO: {status}")
CSTO_IN_FULL = msg("Collective Security Treaty Organization: {status}.")
LEG_ENDS = msg("Leg {start} to {end}: {mode}")
#: How a quotation bears on the statement beside it.
STANCE = {
    "supports": msg("supports"),
    "disputes": msg("disputes"),
    "qualifies": msg("qualifies"),
}
#: How far a fact was checked.
CONFIDENCE = {
    "verified": msg("verified: read in an excerpt", "fact"),
    "copy": msg("read in an excerpt of a copy", "fact"),
    "recalled": msg("recalled, not read", "fact"),
    "mixed": msg("mixed", "fact"),
    "none": msg("none", "fact"),
}

STORY = msg("Step by step")
STORY_BACK = msg("Back")
STORY_NEXT = msg("Next")

#: Said where a standing would stand.
NOT_ASSESSED = {
    "withheld": msg("Not assessed: the place is withheld."),
    "border": msg("Not assessed: a border belongs to both sides; see the stops around it."),
    "authority": msg("Not assessed: {state} holds sway here, whatever the law of the country."),
    "part": (
        msg(
            "Not assessed: others hold parts of {state}, and in which of them this place lies "
            "is not known."
        )
    ),
    "unknown": msg("Not assessed: the country is not known."),
}
WHERE_IT_GOVERNS = msg(
    "This holds where {state} itself governs; parts that others hold have standings of their own."
)

#: Of territories that existed only for a while.
NOT_APART = msg(
    "Not told apart on {day}, for they did not exist then as territories of their own: {places}."
)
NO_OUTLINE = msg(
    "No outline is held of {place}, a territory of its own on {day}: what lies in it is drawn, "
    "traced and assessed as {state}."
)

#: In pictures.
SCALE_TRUE = msg("The scale is true at the centre of the map.")
SOURCES_QUOTED = msg("Quoted: {sources}.")
NORTH = msg("N")
UNNUMBERED = msg("There is no room for the numbers of these stops: {numbers}.")
MISSING_SIGNS = msg("The font lacks {signs}: empty boxes stand for them.")
NOTHING_TO_DRAW = msg("No stop of this route has a place on the map.")
PROJECTION = msg("Projection: {name}.")

# ---------------------------------------------------------------------------- the page

KEY_FORCED = msg("By force")
KEY_WAYS = {
    "barred": msg("Blocked or failed attempt: it ends at the X, the target was not reached"),
    "open": msg("Planned, or not told how it ended"),
}
KEY_STAYED = {
    "barred": msg("A blocked or failed attempt began here; where it was to lead has no place"),
    "open": msg("A plan was made here; where it was to lead has no place"),
}
#: Under the name of the target of an attempt.
AIM = {"barred": msg("not reached"), "open": msg("planned")}
BEYOND = msg("What lies beyond 85° of latitude stands at the edge of the map.")

ZOOM_IN, ZOOM_OUT = msg("Zoom in"), msg("Zoom out")
CLOSE = msg("Close")
HINT = msg("Click the map to zoom with the wheel")
MAP = msg("Map of the journey")
SCALE = msg("{length} at {latitude}")
NORTHERN, SOUTHERN = msg("{degrees}° N"), msg("{degrees}° S")

#: Of what was said of an earlier stop.
AS_AT_STOP = msg("As at stop {number}.")
#: Who made the map, and where a reader writes to.
BYLINE, CORRECTIONS = msg("Map: {name}"), msg("Corrections: {contact}")
ALL_LEVELS = msg("Every state and territory on the map, with its level")
#: Why a stop has no point in the files of GIS users.
NO_POINT = {
    "named": msg("No point: the place is named, and no position of it is given."),
    "area": msg("No point: only an area is named."),
    "described": msg("No point: the place is described, not named."),
    "country_only": msg("No point: only the country is given."),
    "group_only": msg("No point: only a group of countries is given."),
    "border": msg("No point: where the border was crossed is not stated."),
    "not_stated": msg("No point: the source does not say where."),
    "unknown_to_traveller": msg("No point: the traveller did not know where."),
}
NO_POINT_WITHHELD = msg("Withheld. {why}")
DRAWN_WITH = msg(
    "Drawn with leg {number}: one line stands for both, the point between is not known."
)
