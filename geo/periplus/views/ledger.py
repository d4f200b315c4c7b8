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

from periplus import words
from periplus.ledger import SHORTEST, totals
from periplus.names import name
from periplus.views.standing import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.geodesy import LonLat
    from periplus.ledger import Closure, Crossing, Ledger, Slice, Total
    from periplus.scene import Scene, SceneLeg

#: Decimals of a coordinate: a centimetre, so that short slices keep a length.
_DECIMALS = 7
_OUTSIDE = "outside"


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
    tables = [_of_leg(leg, scene.language) for leg in _legs(scene)]
    return tables + list(_of_all(scene))


def render(scene: Scene) -> str:
    """Return the tables as plain text."""
    lines = [scene.title, "=" * len(scene.title), ""]
    lines += [f"Levels towards {scene.requesting_state}, on the date of each leg.", ""]
    for section in sections(scene):
        lines += [section.title, *map(_line, section.rows)]
        lines += [*(f"  {note}" for note in section.notes), ""]
    return "\n".join(lines)


def render_json(scene: Scene) -> str:
    """Return everything that is known of the slices, as JSON."""
    data = {
        "title": scene.title,
        "requesting_state": scene.requesting_state,
        "worldview": scene.worldview,
        "legs": [_leg_data(leg, scene.language) for leg in _legs(scene)],
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
        for row in _rows(leg, scene.language):
            # Numbers stay numbers: the minus of a longitude begins no formula.
            texts = {key: safe(cell) for key, cell in row.items() if key in _TEXTS}
            writer.writerow(row | texts)
    return file.getvalue()


def render_geojson(scene: Scene) -> str:
    """Return one feature a slice, cut at the antimeridian, in WGS 84."""
    features = [feature for leg in _legs(scene) for feature in _features(leg, scene.language)]
    head = {
        "type": "FeatureCollection",
        "title": scene.title,
        "attribution": list(scene.attribution),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{start}, "features": [\n{lines}\n]}}\n'


# ---------------------------------------------------------------------------- words


def _legs(scene: Scene) -> Iterator[SceneLeg]:
    for journey in scene.journeys:
        yield from journey.legs


def _called(jurisdiction: str | None, language: str) -> str:
    return name(jurisdiction, language) if jurisdiction else words.OUTSIDE


def _level(part: Slice) -> str:
    """Name the level of a slice, and the one before it if it changed within the date."""
    if part.standing is None:
        return ""
    level = words.LEVEL_SHORT[part.standing.level]
    return f"{words.LEVEL_SHORT[part.earlier.level]}, then {level}" if part.earlier else level


def _km(metres: float) -> str:
    return f"{metres / 1000:,.1f} km"


def _line(row: tuple[str, str, str, str]) -> str:
    return f"  {row[0]:<42} {row[1]:>12} {row[2]:>7}  {row[3]}".rstrip()


def _title(leg: SceneLeg) -> str:
    return f"Leg {leg.number}, stop {leg.start} to stop {leg.end}: {leg.title.lower()}"


def _of_leg(leg: SceneLeg, language: str) -> Section:
    if leg.ledger is None:
        return Section(_title(leg), (), (leg.drawn, "No lengths: none is known."))
    rows = tuple(
        (
            _called(part.jurisdiction, language),
            _km(part.length),
            f"{part.share:.1%}",
            "; ".join(filter(None, (_level(part), *map(_closed, part.closures)))),
        )
        for part in leg.ledger.slices
    )
    notes = (leg.drawn, f"Length {_km(leg.ledger.length)}.", *_remarks(leg.ledger, language))
    return Section(_title(leg), rows, notes)


def _closed(closure: Closure) -> str:
    return "airspace closed" if closure.throughout else "airspace closed for part of the dates"


def _remarks(ledger: Ledger, language: str) -> Iterator[str]:
    contested = [crossing for crossing in ledger.crossings if crossing.contested]
    if contested:
        told = ", ".join(_pair(crossing, language) for crossing in contested)
        yield f"Contested borders: {told}."
    if ledger.merged:
        yield (
            f"{ledger.merged} slices shorter than {SHORTEST:.0f} m, {ledger.merged_length:.0f} m "
            "in all, are counted to those around them: the path goes to and fro there."
        )


def _pair(crossing: Crossing, language: str) -> str:
    return f"{_called(crossing.left, language)} to {_called(crossing.entered, language)}"


def _of_all(scene: Scene) -> Iterator[Section]:
    legs = list(_legs(scene))
    ledgers = [leg.ledger for leg in legs if leg.ledger]
    note = f"{len(ledgers)} of {len(legs)} legs have a length. That of the others is not known."
    if not ledgers:
        yield Section("Totals", (), (note,))
        return
    by_level = [
        (_level_name(total.key), _km(total.length), f"{total.share:.1%}", "")
        for total in totals(ledgers, _level_key)
    ]
    by_name = [
        (_called(total.key, scene.language), _km(total.length), f"{total.share:.1%}", "")
        for total in totals(ledgers, lambda part: part.jurisdiction)
    ]
    kinds = {leg.kind for leg in legs if leg.ledger}
    illustrative = ("Great circles are illustrative: not what was flown over.",)
    notes = (note, *(illustrative if "great_circle" in kinds else ()))
    yield Section("Totals by jurisdiction", tuple(by_name), notes)
    yield Section("Totals by level", tuple(by_level), notes)


def _level_key(part: Slice) -> str | None:
    return part.standing.level if part.standing else None


def _level_name(level: str | None) -> str:
    return words.LEVEL_SHORT[level] if level else words.OUTSIDE


# ---------------------------------------------------------------------------- data


def _leg_data(leg: SceneLeg, language: str) -> dict[str, Any]:
    head = {
        "leg": leg.number,
        "from_stop": leg.start,
        "to_stop": leg.end,
        "mode": leg.mode,
        "path": leg.kind,
        "meaning": leg.drawn,
        "illustrative": leg.kind == "great_circle",
    }
    ledger = leg.ledger
    if ledger is None:
        return head | {"length_m": None}
    return head | {
        "length_m": round(ledger.length, 3),
        "slices": [_slice_data(part, language) for part in ledger.slices],
        "crossings": [_crossing_data(crossing) for crossing in ledger.crossings],
        "merged": {"slices": ledger.merged, "length_m": round(ledger.merged_length, 3)},
    }


def _slice_data(part: Slice, language: str) -> dict[str, Any]:
    return {
        "jurisdiction": part.jurisdiction,
        "name": _called(part.jurisdiction, language),
        "start_m": round(part.start, 3),
        "end_m": round(part.end, 3),
        "length_m": round(part.length, 3),
        "share": round(part.share, 6),
        "from": _place(part.begins),
        "to": _place(part.ends),
        "level": _level_key(part),
        "rule": part.standing.rule if part.standing else None,
        "on": part.standing.on.isoformat() if part.standing else None,
        "earlier_level": part.earlier.level if part.earlier else None,
        "airspace_closed": [_closure_data(closure) for closure in part.closures],
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
        "contested": crossing.contested,
    }


def _totals_data(scene: Scene) -> dict[str, Any]:
    legs = list(_legs(scene))
    ledgers = [leg.ledger for leg in legs if leg.ledger]

    def listed(sums: list[Total]) -> list[dict[str, Any]]:
        return [
            {"key": x.key, "length_m": round(x.length, 3), "share": round(x.share, 6)} for x in sums
        ]

    return {
        "by_jurisdiction": listed(totals(ledgers, lambda part: part.jurisdiction)),
        "by_level": listed(totals(ledgers, _level_key)),
        "legs": len(legs),
        "legs_of_unknown_length": len(legs) - len(ledgers),
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
    "earlier_level",
    "airspace_closed",
    "meaning",
)

_TEXTS = frozenset({"mode", "path", "jurisdiction", "name", "level", "airspace_closed", "meaning"})


def _rows(leg: SceneLeg, language: str) -> Iterator[dict[str, str]]:
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
    for number, part in enumerate(leg.ledger.slices, start=1):
        yield dict.fromkeys(COLUMNS, "") | head | _cells(part, number, language)


def _cells(part: Slice, number: int, language: str) -> dict[str, str]:
    (from_lon, from_lat), (to_lon, to_lat) = _place(part.begins), _place(part.ends)
    return {
        "slice": str(number),
        "jurisdiction": part.jurisdiction or _OUTSIDE,
        "name": _called(part.jurisdiction, language),
        "length_m": f"{part.length:.3f}",
        "share": f"{part.share:.6f}",
        "start_m": f"{part.start:.3f}",
        "from_lon": f"{from_lon}",
        "from_lat": f"{from_lat}",
        "to_lon": f"{to_lon}",
        "to_lat": f"{to_lat}",
        "level": _level_key(part) or "",
        "earlier_level": part.earlier.level if part.earlier else "",
        "airspace_closed": "; ".join(map(_closed, part.closures)),
    }


def _features(leg: SceneLeg, language: str) -> Iterator[dict[str, Any]]:
    if leg.ledger is None:
        return
    for number, part in enumerate(leg.ledger.slices, start=1):
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
                **_slice_data(part, language),
                "meaning": leg.drawn,
            },
        }


def _coordinates(line: NDArray[np.float64]) -> list[list[float]]:
    rounded: list[list[float]] = np.round(line, _DECIMALS).tolist()
    return rounded
