"""What is written as JSON: GeoJSON, Linked Places, StoryMapJS, and lists of events.

References
----------
H. Butler et al. (2016), The GeoJSON Format, RFC 7946, https://www.rfc-editor.org/rfc/rfc7946

The Linked Places format, https://github.com/LinkedPasts/linked-places-format

StoryMapJS, https://storymap.knightlab.com/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from periplus.intake.html_text import plain
from periplus.intake.maps import position
from periplus.intake.rows import MOST_POSITIONS, Line, Row, Taken, refusal, text_of
from periplus.intake.tables import GridRow, take_grid

if TYPE_CHECKING:
    from collections.abc import Iterator


def taken_json(content: bytes, path: str, named: str = "") -> Taken:
    """Take what a file of JSON holds, by its shape."""
    text = text_of(content, path)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        hint = "Save it again from the program that made it."
        raise refusal(path, "is no JSON that can be read", hint, error.lineno) from None
    except RecursionError:
        raise refusal(path, "is nested too deeply") from None
    taken = Taken(path)
    match data:
        case {"storymap": {"slides": list(slides)}}:
            _take_slides(slides, taken)
        case {"slides": list(slides)}:
            _take_slides(slides, taken)
        case {"type": "FeatureCollection", "features": list(features)}:
            _take_features(data, features, taken, named)
        case {"type": "Feature"}:
            _take_features(data, [data], taken, named)
        case {"events": list(events)} | list(events):
            _take_records(events, taken, "event", named)
        case _:
            raise refusal(path, "is JSON, and no map or story that is known here", _KNOWN)
    return taken


_KNOWN = "Known are GeoJSON, Linked Places, StoryMapJS, and lists of events as TimeMap has them."


# ---------------------------------------------------------------------------- stories


def _take_slides(slides: list[Any], taken: Taken) -> None:
    """Take the slides of a story: the first one tells what it is about."""
    unplaced = media = 0
    for number, slide in enumerate(slides, start=1):
        if not isinstance(slide, dict):
            raise refusal(taken.path, f"slide {number} holds no fields")
        headline, text = _texts(slide)
        location = slide.get("location") if isinstance(slide.get("location"), dict) else {}
        media += bool(isinstance(slide.get("media"), dict) and slide["media"].get("url"))
        if slide.get("type") == "overview" or not {"lat", "lon"} <= set(location or {}):
            unplaced += slide.get("type") != "overview"
            if number == 1:
                taken.title, taken.summary = headline, text
            continue
        taken.add(_slide(number, slide, location or {}, taken.path))
    if unplaced:
        taken.remarks.append(f"left out: {unplaced} x slide without a place")
    if media:
        taken.remarks.append(f"left out: {media} x picture or video; a route has its own sources")


def _texts(slide: dict[str, Any]) -> tuple[str, str]:
    text = slide.get("text") if isinstance(slide.get("text"), dict) else {}
    words = [plain(str((text or {}).get(field) or "")) for field in ("headline", "text")]
    return " ".join(words[0].split()), words[1]


def _slide(number: int, slide: dict[str, Any], location: dict[str, Any], path: str) -> Row:
    headline, text = _texts(slide)
    where = f"slide {number}"
    lon, lat = _position([location["lon"], location["lat"]], f"{path}: {where}")
    name = " ".join(plain(str(location.get("name") or "")).split())
    note = "\n".join(filter(None, [headline if name and name != headline else "", text]))
    cells = {"place": name or headline, "lon": repr(lon), "lat": repr(lat), "note": note}
    cells["date"] = str(slide.get("date") or "")
    return Row({column: cell for column, cell in cells.items() if cell}, where)


def _position(pair: Any, path: str) -> tuple[float, float]:  # noqa: ANN401 - JSON
    if not isinstance(pair, list) or len(pair) < 2:  # noqa: PLR2004 - a position
        raise refusal(path, "a position is a list of a longitude and a latitude")
    lon, lat = (str(value) if _is_number(value) else "nothing" for value in pair[:2])
    return position(lon, lat, path, None)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, str)) and not isinstance(value, bool)


# ---------------------------------------------------------------------------- features


def _take_features(data: dict[str, Any], features: list[Any], taken: Taken, named: str) -> None:
    """Take points as stops and lines as ways; what else is drawn is told, and left out."""
    for field in ("name", "title"):
        taken.title = taken.title or (data[field] if isinstance(data.get(field), str) else "")
    records: list[dict[str, Any]] = []
    others = 0
    for number, feature in enumerate(features, start=1):
        where = f"{taken.path}: feature {number}"
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise refusal(where, "is no feature of GeoJSON")
        properties = _linked(feature) or dict(feature.get("properties") or {})
        for kind, shape in _shapes(feature.get("geometry"), where):
            if kind == "Point":
                lon, lat = _position(shape, where)
                records.append({**properties, "lat": repr(lat), "lon": repr(lon)})
            elif kind == "LineString":
                name = str(properties.get("name") or properties.get("title") or "")
                taken.lines.append(Line(name, tuple(_line(shape, where))))
            else:
                others += 1
    if others:
        taken.remarks.append(f"left out: {others} x shape that is no point and no line")
    if records:
        _take_records(records, taken, "feature", named)


def _shapes(geometry: Any, where: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Go through the points and lines of a geometry."""
    match geometry:
        case None:
            return
        case {"type": "MultiPoint", "coordinates": list(points)}:
            yield from (("Point", point) for point in points)
        case {"type": "MultiLineString", "coordinates": list(lines)}:
            yield from (("LineString", line) for line in lines)
        case {"type": "GeometryCollection", "geometries": list(parts)}:
            for part in parts:
                if isinstance(part, dict) and part.get("type") != "GeometryCollection":
                    yield from _shapes(part, where)
        case {"type": str(kind), "coordinates": list(shape)}:
            yield kind, shape
        case _:
            raise refusal(where, "has a geometry that is none of GeoJSON")


def _line(shape: Any, where: str) -> Iterator[tuple[float, float]]:  # noqa: ANN401 - JSON
    if len(shape) > MOST_POSITIONS:
        raise refusal(where, f"draws a line of more than {MOST_POSITIONS:,} positions")
    yield from (_position(pair, where) for pair in shape)


def _linked(feature: dict[str, Any]) -> dict[str, Any]:
    """Return what a feature of Linked Places says; nothing of any other."""
    if "@id" not in feature or "properties" not in feature:
        return {}
    properties = feature["properties"] or {}
    match feature.get("when"):
        case {"timespans": [{"start": dict(start), **rest}, *_]}:
            begin, end = _moment(start), _moment(rest.get("end"))
            date = f"{begin}/{end}" if end and end != begin else begin
        case _:
            date = ""
    codes = properties.get("ccodes") or []
    return {
        "place": properties.get("title", ""),
        "country": codes[0] if isinstance(codes, list) and len(codes) == 1 else "",
        "date": date,
        "note": _first(feature, "descriptions", "value"),
        "source": _first(feature, "citations", "label"),
        "url": _first(feature, "citations", "@id"),
    }


def _moment(moment: object) -> str:
    found = moment if isinstance(moment, dict) else {}
    return str(found.get("in") or found.get("earliest") or "")


def _first(feature: dict[str, Any], field: str, name: str) -> str:
    match feature.get(field):
        case [dict(first), *_]:
            return str(first.get(name) or "")
    return ""


def _take_records(records: list[Any], taken: Taken, unit: str, named: str) -> None:
    """Take a list of records as a table whose head are their fields."""
    if not all(isinstance(record, dict) for record in records):
        raise refusal(taken.path, "holds a list of something else than records")
    header = list(dict.fromkeys(str(field) for record in records for field in record))
    grid = [GridRow(header, 0)]
    for number, record in enumerate(records, start=1):
        grid.append(GridRow([_cell(record.get(field)) for field in header], number))
    take_grid(grid, taken, unit, named)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_cell, value)))
    return plain(str(value)) if isinstance(value, (str, int, float)) else ""
