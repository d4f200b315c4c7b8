"""Under whose law each kilometre lies: the slices of a route as text, JSON, CSV and GeoJSON.

Only a documented path and a great circle have lengths. Every other leg stands there with the
reason why it has none, and counts in no total.

References
----------
H. Butler et al. (2016), The GeoJSON Format, RFC 7946, https://www.rfc-editor.org/rfc/rfc7946
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.route.steps import Mode
from periplus.scene import messages
from periplus.tracing.overlay import SHORTEST, totals
from periplus.views.text.standing import safe
from periplus.world.names import date_words, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.geometry.geodesy import LonLat
    from periplus.language.translator import Translator
    from periplus.law.airspace import Closure
    from periplus.law.facts import Fact
    from periplus.law.standing import Change, Standing
    from periplus.scene.records import SceneLeg
    from periplus.scene.scene import Scene
    from periplus.tracing.overlay import Crossing, Overlay, Slice, Total
    from periplus.world.contested import Contest

#: Decimals of a coordinate: a centimetre, so that short slices keep a length.
_DECIMALS = 7
_OUTSIDE = "outside"
#: What says that land is claimed where no dated fact does.
_NATURAL_EARTH = {
    "title": "Natural Earth 1:10m breakaway and disputed lines 4.1.0",
    "url": "https://www.naturalearthdata.com/",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One table: what it is of, its rows, and what is said below it.

    A row is a jurisdiction or level, a length, a share, and remarks.
    """

    title: str
    rows: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]


def sections(scene: Scene) -> list[Section]:
    """Return the tables of a route: one for each leg, then the totals."""
    tables = [_of_leg(leg, scene.say) for leg in _legs(scene)]
    return tables + list(_of_all(scene))


def render(scene: Scene) -> str:
    """Return the tables as plain text."""
    lines = [scene.title, "=" * len(scene.title), ""]
    lines += [levels_towards(scene), ""]
    for section in sections(scene):
        lines += [section.title, *map(_line, section.rows)]
        lines += [*(f"  {note}" for note in section.notes), ""]
    return "\n".join(lines)


def levels_towards(scene: Scene) -> LocalizedText:
    """Say towards which state the levels are meant and if they rest on own facts, or why none."""
    if scene.requesting_state is None:
        return scene.unassessed
    towards = scene.say(
        "Levels towards {state}, on the date of each leg.", state=scene.requesting_state
    )
    return joined([towards, scene.own_facts])


def render_json(scene: Scene) -> str:
    """Return everything that is known of the slices, as JSON."""
    data = {
        "title": scene.title,
        "requesting_state": scene.requesting_state,
        "worldview": scene.worldview,
        "own_facts": scene.own_facts,
        "legs": [_leg_data(leg, scene.say) for leg in _legs(scene)],
        "totals": _totals_data(scene),
        "attribution": list(scene.attribution),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_csv(scene: Scene) -> str:
    """Return one row a slice, and one for each leg without any; safe in a spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for leg in _legs(scene):
        for row in _rows(leg, scene.say):
            row["meaning"] = joined([scene.draft, LocalizedText(row["meaning"])])
            # Numbers stay numbers: the minus of a longitude begins no formula.
            texts = {key: safe(cell) for key, cell in row.items() if key in _TEXTS}
            writer.writerow(row | texts)
    return file.getvalue()


def render_geojson(scene: Scene) -> str:
    """Return one feature a slice, cut at the antimeridian, in WGS 84."""
    features = [feature for leg in _legs(scene) for feature in _features(leg, scene.say)]
    head = {
        "type": "FeatureCollection",
        "title": scene.title,
        "attribution": list(scene.attribution),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{start}, "features": [\n{lines}\n]}}\n'


#: In sums by level.
_NOT_RATED = "not_rated"

# ---------------------------------------------------------------------------- words


def _legs(scene: Scene) -> Iterator[SceneLeg]:
    for journey in scene.journeys:
        yield from journey.legs


def _called(jurisdiction: str | None, say: Translator) -> LocalizedText:
    return name(jurisdiction, say.language) if jurisdiction else say(messages.OUTSIDE)


def _level(part: Slice, say: Translator) -> LocalizedText:
    """Name the level of a slice, and each one before it, with the date of the change."""
    if part.standing is None:
        return LocalizedText()
    told = [say(messages.LEVEL_SHORT[part.standing.level])]
    for change in part.changes:
        if change.before is not None and change.before.level != change.after.level:
            level = say(messages.LEVEL_SHORT[change.before.level])
            told.insert(-1, say(messages.LEVEL_UNTIL, level=level, date=_dated(change, say)))
    return say.commas(told)


def _dated(change: Change, say: Translator) -> LocalizedText:
    return date_words(change.dated, say.language)


def _line(row: tuple[str, str, str, str]) -> str:
    return f"  {row[0]:<42} {row[1]:>12} {row[2]:>7}  {row[3]}".rstrip()


def _title(leg: SceneLeg, say: Translator) -> LocalizedText:
    return say(
        "Leg {number}, stop {start} to stop {end}: {mode}",
        number=leg.number,
        start=leg.start,
        end=leg.end,
        mode=say(messages.MODE[Mode(leg.mode)]),
    )


def _of_leg(leg: SceneLeg, say: Translator) -> Section:
    title = _title(leg, say)
    if leg.ledger is None:
        return Section(title, (), (leg.drawn, say("No lengths: none is known.")))
    rows = tuple(
        (
            _called(part.jurisdiction, say),
            say.kilometres(part.length, 1),
            say.percent(part.share),
            say.clauses([_level(part, say), *(_closed(it, say) for it in part.closures)]),
        )
        for part in leg.ledger.slices
    )
    length = say("Length {length}.", length=say.kilometres(leg.ledger.length, 1))
    return Section(title, rows, (leg.drawn, length, *_remarks(leg.ledger, say)))


def _closed(closure: Closure, say: Translator) -> LocalizedText:
    """Say that an airspace was closed, and from when to when if not on every day of the date."""
    if closure.throughout:
        return say(messages.CLOSED_THROUGHOUT)
    return say(messages.CLOSED_IN_PART, dates=_validity(closure.fact, say))


def _validity(fact: Fact, say: Translator) -> LocalizedText:
    return joined([_since(fact, say), _until(fact, say)])


def _since(fact: Fact, say: Translator) -> LocalizedText:
    begun = fact.valid_from
    return say(messages.SINCE, date=date_words(begun, say.language)) if begun else LocalizedText()


def _until(fact: Fact, say: Translator) -> LocalizedText:
    ended = fact.valid_to
    return say(messages.UNTIL, date=date_words(ended, say.language)) if ended else LocalizedText()


def _remarks(overlay: Overlay, say: Translator) -> Iterator[LocalizedText]:
    changed = {part.jurisdiction: part.changes for part in overlay.slices if part.changes}
    for jurisdiction, changes in changed.items():
        told = say.clauses(_change(change, say) for change in changes)
        yield say(messages.STANDING_CHANGED, place=_called(jurisdiction, say), changes=told)
    for crossing in overlay.crossings:
        if crossing.contests:
            why = _why_contested(crossing.contests, say)
            yield say(messages.CONTESTED_BORDER, pair=_pair(crossing, say), why=why)
    if overlay.merged:
        yield say.many(
            "{n} slice shorter than {least} m, {length} m in all, is counted to those around it: "
            "the path goes to and fro there.",
            "{n} slices shorter than {least} m, {length} m in all, are counted to those around "
            "them: the path goes to and fro there.",
            overlay.merged,
            least=say.number(SHORTEST),
            length=say.number(overlay.merged_length),
        )


def _change(change: Change, say: Translator) -> LocalizedText:
    """Say when a standing changed, from what to what; the rule alone may have changed."""
    return say(
        messages.STANDING_CHANGE,
        date=_dated(change, say),
        before=_standing(change.before, say),
        after=_standing(change.after, say),
    )


def _standing(standing: Standing | None, say: Translator) -> LocalizedText:
    if standing is None:
        return LocalizedText()
    return joined([say(messages.LEVEL_SHORT[standing.level]), f"({standing.rule})"])


def _pair(crossing: Crossing, say: Translator) -> LocalizedText:
    left, entered = _called(crossing.left, say), _called(crossing.entered, say)
    return say("{left} to {entered}", left=left, entered=entered)


def _why_contested(contests: tuple[Contest, ...], say: Translator) -> LocalizedText:
    return say.clauses(_contest(contest, say) for contest in contests)


def _contest(contest: Contest, say: Translator) -> LocalizedText:
    """Say what makes a border contested, since when, and who says so."""
    place, fact = name(contest.jurisdiction, say.language), contest.fact
    if fact is None:
        drawn = LocalizedText(contest.claim, SOURCE)
        return say(messages.CLAIM_OF_THE_LAYER, place=place, claim=drawn)
    claim = say(messages.CONTEST[contest.claim])
    if contest.claimant:
        claim = say(messages.CLAIMED_BY, state=name(contest.claimant, say.language))
    return say(
        messages.CONTEST_STATED,
        place=place,
        claim=say.commas([claim, _since(fact, say)]),
        source=LocalizedText(fact.source.title, SOURCE),
    )


def _of_all(scene: Scene) -> Iterator[Section]:
    say, legs = scene.say, list(_legs(scene))
    overlays = [leg.ledger for leg in legs if leg.ledger]
    note = say(
        "{known} of {all} legs have a length. That of the others is not known.",
        known=len(overlays),
        all=len(legs),
    )
    if not overlays:
        yield Section(say("Totals"), (), (note,))
        return
    by_level = [
        (_level_name(total.key, say), *_sum(total, say)) for total in totals(overlays, _degree)
    ]
    assessed = scene.requesting_state is not None
    by_name = [
        (_called(total.key, say), *_sum(total, say))
        for total in totals(overlays, lambda part: part.jurisdiction)
    ]
    kinds = {leg.kind for leg in legs if leg.ledger}
    illustrative = (say("Great circles are illustrative: not what was flown over."),)
    circles = illustrative if "great_circle" in kinds else ()
    notes = (note, *circles, say(messages.NOT_CALLED_CONTESTED))
    yield Section(say("Totals by jurisdiction"), tuple(by_name), notes)
    if assessed:
        yield Section(say("Totals by level"), tuple(by_level), notes)


def _sum(total: Total, say: Translator) -> tuple[LocalizedText, LocalizedText, str]:
    return say.kilometres(total.length, 1), say.percent(total.share), ""


def _level_key(part: Slice) -> str | None:
    return part.standing.level if part.standing else None


def _degree(part: Slice) -> str | None:
    """Return a level for a sum: what is no degree of risk is not told apart in one."""
    level = _level_key(part)
    return _NOT_RATED if level in messages.NOT_RATED else level


def _level_name(level: str | None, say: Translator) -> LocalizedText:
    if level == _NOT_RATED:
        return say(messages.KEY_NOT_RATED)
    return say(messages.LEVEL_SHORT[level] if level else messages.OUTSIDE)


# ---------------------------------------------------------------------------- data


def _leg_data(leg: SceneLeg, say: Translator) -> dict[str, Any]:
    head = {
        "leg": leg.number,
        "from_stop": leg.start,
        "to_stop": leg.end,
        "mode": leg.mode,
        "path": leg.kind,
        "meaning": leg.drawn,
        "illustrative": leg.kind == "great_circle",
    }
    overlay = leg.ledger
    if overlay is None:
        return head | {"length_m": None}
    return head | {
        "length_m": round(overlay.length, 3),
        "slices": [_slice_data(part, say) for part in overlay.slices],
        "crossings": [_crossing_data(crossing) for crossing in overlay.crossings],
        "merged": {"slices": overlay.merged, "length_m": round(overlay.merged_length, 3)},
    }


def _slice_data(part: Slice, say: Translator) -> dict[str, Any]:
    return {
        "jurisdiction": part.jurisdiction,
        "name": _called(part.jurisdiction, say),
        "start_m": round(part.start, 3),
        "end_m": round(part.end, 3),
        "length_m": round(part.length, 3),
        "share": round(part.share, 6),
        "from": _place(part.begins),
        "to": _place(part.ends),
        "level": _level_key(part),
        "rule": part.standing.rule if part.standing else None,
        "on": part.standing.on.isoformat() if part.standing else None,
        "changes": [_change_data(change) for change in part.changes],
        "airspace_closed": [_closure_data(closure) for closure in part.closures],
    }


def _contested_entries(overlay: Overlay, say: Translator) -> list[str]:
    """Say for each slice what makes the border contested where it begins; mostly nothing."""
    entries = (_why_contested(crossing.contests, say) for crossing in overlay.crossings)
    return ["", *entries]


def _change_data(change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    return {
        "on": change.on.isoformat(),
        "date": str(change.dated),
        "level_before": before.level if before else None,
        "rule_before": before.rule if before else None,
        "level": after.level,
        "rule": after.rule,
        "facts": [fact.id for fact in change.causes],
    }


def _closure_data(closure: Closure) -> dict[str, Any]:
    fact = closure.fact
    return {
        "fact": fact.id,
        "from": str(fact.valid_from) if fact.valid_from else None,
        "to": str(fact.valid_to) if fact.valid_to else None,
        "throughout": closure.throughout,
        "source": {"title": fact.source.title, "url": fact.source.url},
    }


def _crossing_data(crossing: Crossing) -> dict[str, Any]:
    return {
        "position": _place(crossing.position),
        "at_m": round(crossing.at, 3),
        "left": crossing.left,
        "entered": crossing.entered,
        "contested": bool(crossing.contests),
        "contests": [_contest_data(contest) for contest in crossing.contests],
    }


def _contest_data(contest: Contest) -> dict[str, Any]:
    fact = contest.fact
    source = {"title": fact.source.title, "url": fact.source.url} if fact else _NATURAL_EARTH
    return {
        "jurisdiction": contest.jurisdiction,
        "claim": contest.claim,
        "claimant": contest.claimant,
        "fact": fact.id if fact else None,
        "from": str(fact.valid_from) if fact and fact.valid_from else None,
        "to": str(fact.valid_to) if fact and fact.valid_to else None,
        "source": source,
    }


def _totals_data(scene: Scene) -> dict[str, Any]:
    legs = list(_legs(scene))
    overlays = [leg.ledger for leg in legs if leg.ledger]

    def listed(sums: list[Total]) -> list[dict[str, Any]]:
        return [
            {"key": x.key, "length_m": round(x.length, 3), "share": round(x.share, 6)} for x in sums
        ]

    return {
        "by_jurisdiction": listed(totals(overlays, lambda part: part.jurisdiction)),
        "by_level": listed(totals(overlays, _degree)) if scene.requesting_state else [],
        "legs": len(legs),
        "legs_of_unknown_length": len(legs) - len(overlays),
    }


def _place(position: LonLat) -> list[float]:
    return [round(position.lon, _DECIMALS), round(position.lat, _DECIMALS)]


COLUMNS = (
    "leg",
    "from_stop",
    "to_stop",
    "mode",
    "path",
    "slice",
    "jurisdiction",
    "name",
    "length_m",
    "share",
    "start_m",
    "from_lon",
    "from_lat",
    "to_lon",
    "to_lat",
    "level",
    "changes",
    "contested_entry",
    "airspace_closed",
    "meaning",
)

_TEXTS = frozenset(
    {
        "mode",
        "path",
        "jurisdiction",
        "name",
        "level",
        "changes",
        "contested_entry",
        "airspace_closed",
        "meaning",
    }
)


def _rows(leg: SceneLeg, say: Translator) -> Iterator[dict[str, str]]:
    head = {
        "leg": str(leg.number),
        "from_stop": str(leg.start),
        "to_stop": str(leg.end),
        "mode": leg.mode,
        "path": leg.kind or "none",
        "meaning": leg.drawn,
    }
    if leg.ledger is None:
        yield dict.fromkeys(COLUMNS, "") | head
        return
    entries = _contested_entries(leg.ledger, say)
    for number, (part, entry) in enumerate(zip(leg.ledger.slices, entries, strict=True), start=1):
        cells = _cells(part, number, say) | {"contested_entry": entry}
        yield dict.fromkeys(COLUMNS, "") | head | cells


def _cells(part: Slice, number: int, say: Translator) -> dict[str, str]:
    (from_lon, from_lat), (to_lon, to_lat) = _place(part.begins), _place(part.ends)
    return {
        "slice": str(number),
        "jurisdiction": part.jurisdiction or _OUTSIDE,
        "name": _called(part.jurisdiction, say),
        "length_m": f"{part.length:.3f}",
        "share": f"{part.share:.6f}",
        "start_m": f"{part.start:.3f}",
        "from_lon": f"{from_lon}",
        "from_lat": f"{from_lat}",
        "to_lon": f"{to_lon}",
        "to_lat": f"{to_lat}",
        "level": _level_key(part) or "",
        "changes": say.clauses(_change(change, say) for change in part.changes),
        "airspace_closed": say.clauses(_closed(closure, say) for closure in part.closures),
    }


def _features(leg: SceneLeg, say: Translator) -> Iterator[dict[str, Any]]:
    if leg.ledger is None:
        return
    entries = _contested_entries(leg.ledger, say)
    for number, (part, entry) in enumerate(zip(leg.ledger.slices, entries, strict=True), start=1):
        if part.length == 0:
            continue
        lines = [_coordinates(line) for line in leg.ledger.line(part)]
        single = len(lines) == 1
        yield {
            "type": "Feature",
            "id": f"leg-{leg.number}-slice-{number}",
            "geometry": {
                "type": "LineString" if single else "MultiLineString",
                "coordinates": lines[0] if single else lines,
            },
            "properties": {
                "leg": leg.number,
                "slice": number,
                "path": leg.kind,
                "illustrative": leg.kind == "great_circle",
                **_slice_data(part, say),
                "contested_entry": entry,
                "meaning": leg.drawn,
            },
        }


def _coordinates(line: NDArray[np.float64]) -> list[list[float]]:
    rounded: list[list[float]] = np.round(line, _DECIMALS).tolist()
    return rounded
