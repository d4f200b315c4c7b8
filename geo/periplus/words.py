"""The words for what the model knows: each value of each field, as a reader sees it."""

from __future__ import annotations

from periplus.route import Attestation, Compulsion, Document, DocumentState, Mode, Status

MODE = {
    Mode.TRAIN: "by train",
    Mode.FLIGHT: "by air",
    Mode.HELICOPTER: "by helicopter",
    Mode.ROAD: "by road",
    Mode.FOOT: "on foot",
    Mode.SEA: "by sea",
    Mode.UNKNOWN: "means of travel not stated",
}

COMPULSION = {
    Compulsion.VOLUNTARY: "of the traveller's own will",
    Compulsion.ORDERED: "ordered",
    Compulsion.EXCHANGE: "exchanged as a prisoner",
    Compulsion.FORCED_RETURN: "returned by force",
    Compulsion.ABDUCTION: "abducted",
    Compulsion.CUSTODY: "moved in custody",
    Compulsion.CIRCUMSTANCES: "driven by circumstances",
    Compulsion.UNKNOWN: "not stated whether of free will",
}

STATUS = {
    Status.COMPLETED: "completed",
    Status.BLOCKED: "blocked",
    Status.FAILED: "failed",
    Status.PLANNED: "planned; not known to have taken place",
    Status.UNKNOWN: "not stated whether it was completed",
}

ATTESTATION = {
    Attestation.STATED: "stated by the source",
    Attestation.IMPLIED: "implied: the source tells both ends, not the way",
    Attestation.PLANNED: "a plan in the source",
    Attestation.INFERRED: "inferred by the editor",
    Attestation.UNKNOWN: "not stated how this is known",
}

DOCUMENT = {
    Document.INTERNAL_PASSPORT: "Internal passport",
    Document.FOREIGN_PASSPORT: "Foreign passport",
    Document.OTHER: "Another document",
    Document.NONE: "No document",
}

DOCUMENT_STATE = {
    DocumentState.HELD_BY_EMPLOYER: "held by the employer",
    DocumentState.LACKING: "the traveller had none",
    DocumentState.RECOVERED: "recovered",
    DocumentState.CARRIED: "carried",
    DocumentState.CARRIED_CONCEALED: "carried, hidden",
    DocumentState.DENIED_TO_EXIST: "said not to exist",
    DocumentState.PRESENTED: "presented",
    DocumentState.PRESENTED_AND_ACCEPTED: "presented and accepted",
    DocumentState.REFUSED: "refused",
    DocumentState.PLANNED_TO_BE_PRESENTED: "planned to be presented; its use is not told",
}

LEVEL = {
    "requesting_state": "Requesting state, or under its control",
    "critical": "Critical",
    "high": "High",
    "elevated": "Elevated",
    "moderate": "Moderate",
    "low": "Low",
    "unknown": "Unknown (never means safe)",
}

IDENTITY = {
    "named": "",
    "pseudonym": "a pseudonym",
    "first_name": "known by the first name only",
    "anonymous": "not named by the source",
    "anonymous_at_request": "not named, at their own request",
    "not_stated": "",
}

WITHHELD_BY = {
    "source": "The source holds this place back",
    "traveller": "The traveller holds this place back",
    "interviewee": "The person who tells of it holds this place back",
}

WITHHOLDING_SCOPE = {
    "this_place": "It says so of this very place.",
    "general_statement": "Its statement is a general one, not of this place alone.",
}

DISCLOSED = {
    "stated": "Only the country is disclosed: {country}.",
    "implied": "Only the country is disclosed, and by implication: {country}.",
}

POSITION = {
    "gazetteer": "Drawn at the gazetteer's position of {of}.",
    "inferred": "Drawn at {of}: an inference of the editor.",
}

DRAWN = {
    "schematic": "Drawn as a straight, schematic line: the path is not documented.",
    "great_circle": "Drawn as a great circle: illustrative, not the aircraft's track.",
    "documented": "Drawn along the path that is documented.",
}
#: What lies under a line, in its order.
UNDER_LABEL = {"great_circle": "Under the great circle", "documented": "Along the path"}
UNDER = {
    "great_circle": "Illustrative, not what was flown over: {parts}.",
    "documented": "{parts}.",
}
UNDER_PART = "{place} {length}"
OUTSIDE = "outside every jurisdiction of the layer"
VIA_UNNAMED = "a point on the way"
#: By whether the airspace was closed on every day of the date of the leg.
AIRSPACE_CLOSED = {
    True: (
        "On the date of this leg the airspace of {state} was closed to all civil aircraft{dates}: "
        "no airliner can have flown along this line."
    ),
    False: (
        "Within the dates of this leg the airspace of {state} was closed to all civil "
        "aircraft{dates}, but not for certain on every day: whether an airliner can have flown "
        "along this line is not known."
    ),
}

#: How the map shows an attempt.
ATTEMPT_DRAWN = {
    "barred": "Drawn as a dashed line that ends in a barred X before {target}.",
    "open": "Drawn as a dotted line to {target}: whether it took place is not known.",
}
ATTEMPT_ONWARDS = "What was to follow from there is not drawn."
ATTEMPT_BADGE = (
    "Drawn as a badge at stop {number} alone: no two places are known between which a line could "
    "be drawn."
)
ATTEMPT_NOT_DRAWN = "Not drawn: no place is known for where it began."
DRAWN_AT_ONE_PLACE = "Not drawn as a line: both ends stand at one place."
#: A part of a country, which has no point.
WITHIN = "somewhere in {area}"

NOT_DRAWN = "Not drawn: stop {number} is {why}, and nothing is drawn across that gap."
NOT_DRAWN_AT_ALL = "Not drawn: it leads between places that no position is given for."
#: Why a line ends: what the stop on the other side of a gap is.
GAP_WHY = {
    "site": "a named place",
    "settlement": "a named place",
    "inferred": "a named place",
    "area": "known by a part of a country only",
    "country": "known by its country only",
    "border": "a border crossed at a point that is not stated",
    "withheld": "withheld",
    "not_stated": "not stated",
    "unknown": "unknown to the traveller",
}
GAP_BEFORE = "The stop before this one is {why}."
GAP_AFTER = "The stop after this one is {why}."

CHANGED = "Within the dates of travel ({date}) the level changed from {earlier} to {later}."
#: In the tables of a trace.
LEVEL_UNTIL = "{level} until {date}"
STANDING_CHANGED = "Within the date of this leg the standing of {place} changed: {changes}."
STANDING_CHANGE = "{date}, from {before} to {after}"
CLOSED_THROUGHOUT = "airspace closed"
CLOSED_IN_PART = "airspace closed for part of the dates: {dates}"
CONTESTED_BORDER = "Contested border, {pair}: {why}."
CONTEST_STATED = "{place} is {claim}{since} ({source})"
CLAIM_OF_THE_LAYER = "land of {place} lies behind the “{claim}” of Natural Earth (no date)"
CLAIMED_BY = "claimed by {state}"
CONTEST = {
    "occupied": "occupied",
    "annexation-claimed": "under a claim of annexation",
    "breakaway": "breakaway",
    "administered": "administered by another state",
    "disputed": "disputed",
    "non-self-governing": "non-self-governing",
    "claimed": "claimed",
}
NOT_CALLED_CONTESTED = (
    "A border that is not called contested is not thereby agreed: the flag knows dated facts on "
    "territories, and the claims that Natural Earth draws."
)
SINCE = "since {date}"
UNTIL = "until {date}"

#: Statuses of the CSTO that are membership.
CSTO_MEMBER = ("member", "participation-frozen")
KEY_TITLE = "Risk of extradition or return to {state}"
LEVEL_SHORT = {
    "requesting_state": "Requesting state",
    "critical": "Critical",
    "high": "High",
    "elevated": "Elevated",
    "moderate": "Moderate",
    "low": "Low",
    "unknown": "Unknown",
}
KEY_AREAS = {
    "csto": "CSTO member",
    "contested": "Contested or leased: striped, dashed border",
}
KEY_SYMBOLS = {
    "site": "Named place",
    "settlement": "Named place; the position is that of its city",
    "inferred": "Named place; which one exactly is the editor's inference",
    "country": "Only the country is disclosed: the badge marks no place",
    "area": "Somewhere in a part of the country: the badge marks no place",
    "withheld": "Withheld: never on the map, see the stops below",
    "border": "Border crossed; the point is not stated",
    "not_stated": "Not stated by the source",
    "unknown": "Unknown to the traveller",
}
KEY_GAP = "The way to or from here is not disclosed"
KEY_LINES = {
    ("schematic", "stated"): "Path not documented: straight, schematic line",
    (
        "schematic",
        "implied",
    ): "Path not documented, part of it only implied: straight, schematic line",
    ("documented", "stated"): "Documented path",
    ("documented", "implied"): "Documented path of an implied leg",
    ("great_circle", "stated"): "Great circle, not the aircraft's track",
    ("great_circle", "implied"): "Great circle of an implied flight, not the aircraft's track",
}

COUNTRY_IMPLIED = "{country}: implied by the source, not stated."
AUTHORITY_PRESENT = "{state} holds sway here."
SAME_PLACE = "The place of an earlier stop."

#: How an attempt is headed.
ATTEMPT = {
    Status.BLOCKED: "Blocked attempt",
    Status.FAILED: "Failed attempt",
    Status.PLANNED: "Plan",
    Status.UNKNOWN: "Attempt",
}
REFUSED_BY_NOT_STATED = "who refused is not stated"
REFUSED_AT_NOT_STATED = "the place of refusal is not stated"

FOLLOWED = "Here version {number} is followed:"
NONE_FOLLOWED = "None is preferred here."

STORY = "Step by step"
STORY_BACK = "Back"
STORY_NEXT = "Next"

#: Said where a standing would stand.
NOT_ASSESSED = {
    "withheld": "Not assessed: the place is withheld.",
    "border": "Not assessed: a border belongs to both sides; see the stops around it.",
    "authority": "Not assessed: {state} holds sway here, whatever the law of the country.",
    "part": (
        "Not assessed: others hold parts of {state}, and in which of them this place lies "
        "is not known."
    ),
    "unknown": "Not assessed: the country is not known.",
}
WHERE_IT_GOVERNS = (
    "This holds where {state} itself governs; parts that others hold have standings of their own."
)
