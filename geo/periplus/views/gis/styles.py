"""How QGIS draws each layer: the article's map, in the words of QGIS.

Colours come from the style sheet of the page; shapes and dashes are its own too, so that no
thing is told by colour alone. A style is a QML document: beside a file as `.qml`, in a
GeoPackage in `layer_styles`.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from periplus.law.shipped_law import rulebook
from periplus.scene import messages
from periplus.scene.marks import FORCED
from periplus.views.gis import forms, symbols
from periplus.views.gis.symbols import rgba
from periplus.views.palette import (
    BAND,
    COLOURS,
    CSTO_WIDTH,
    DOT_RADIUS,
    DOTS_APART,
    DOTS_OPACITY,
    LEVELS,
    STRIPE,
    STRIPES_APART,
    Theme,
    stripe,
    tint,
    within_band,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from periplus.views.gis.model import Layer

#: The version of QGIS whose documents these are; later ones read them too.
QGIS = "3.22.0"
_CATEGORIES = "Symbology|Labeling|Fields|Forms|MapTips|AttributeTable|Temporal"
#: Movements against the traveller's will, as a list of an expression.
_FORCED = "(" + ", ".join(f"'{compulsion}'" for compulsion in FORCED) + ")"


class StyleRule(NamedTuple):
    """Which features a symbol is for, and what the legend calls them."""

    label: str
    filter: str
    symbol: ET.Element
    """Its name is set where it is used."""


def qml(layer: Layer[Any]) -> str:
    """Return the style of a layer as a QML document."""
    root = ET.Element("qgis", version=QGIS, styleCategories=_CATEGORIES)
    drawn, told = _look(layer)
    if drawn:
        root.append(_renderer(drawn))
    if told is not None:
        root.set("labelsEnabled", "1")
        root.append(told)
    aliases = ET.SubElement(root, "aliases")
    for index, field in enumerate(layer.fields):
        ET.SubElement(aliases, "alias", field=field.name, index=str(index), name=field.alias)
    head = next((name for name in ("title", "name_en") if name in layer.names), layer.names[0])
    ET.SubElement(root, "previewExpression").text = f'"{head}"'
    forms.dressed(root, layer)
    ET.indent(root, " ")
    return "<!DOCTYPE qgis>\n" + ET.tostring(root, encoding="unicode") + "\n"


def legend(layer: Layer[Any]) -> tuple[str, ...]:
    """Return what each symbol of a layer stands for, in their order."""
    return tuple(rule.label for rule in _look(layer)[0])


def _look(layer: Layer[Any]) -> tuple[list[StyleRule], ET.Element | None]:
    """Return the rules and the labels of a layer; a table without geometry has neither."""
    if layer.shape is None:
        return [], None
    if layer.name == "jurisdictions":
        stops = "stops_here" in layer.names
        return _jurisdictions(stops=stops), _jurisdiction_labels(stops=stops)
    looks: dict[str, Callable[[], tuple[list[StyleRule], ET.Element | None]]] = {
        "stops": lambda: (_stops(), _stop_labels()),
        "legs": lambda: (_legs(), _leg_labels()),
        "attempts": lambda: (_attempts(), _attempt_labels()),
        "slices": lambda: (_slices(), None),
        "crossings": lambda: (_crossings(), None),
        "stop_countries": lambda: (_stop_countries(), _stop_country_labels()),
        "history": lambda: (_history(), _history_labels()),
        "seas": lambda: (_seas(), _sea_labels()),
    }
    return looks[layer.name]()


def _renderer(drawn_rules: list[StyleRule]) -> ET.Element:
    """Return a renderer that draws a feature once for every rule that it fits."""
    renderer = ET.Element("renderer-v2", type="RuleRenderer", symbollevels="1", forceraster="0")
    listed = ET.SubElement(renderer, "rules", key="periplus")
    drawn = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(drawn_rules):
        ET.SubElement(
            listed,
            "rule",
            key=f"rule-{number}",
            symbol=str(number),
            label=rule.label,
            filter=rule.filter,
        )
        rule.symbol.set("name", str(number))
        drawn.append(rule.symbol)
    return renderer


def _ink(opacity: float = 1.0) -> str:
    return rgba(COLOURS[Theme.LIGHT]["ink"], opacity)


def _paper(opacity: float = 1.0) -> str:
    return rgba(COLOURS[Theme.LIGHT]["paper"], opacity)


# ---------------------------------------------------------------------------- stops

#: Visits to one place share a mark and a label.
_PLACE = "group_by:=geom_to_wkt($geometry)"
_NUMBERS = (
    "if($geometry IS NULL, '', "  # in a legend
    f"concatenate(to_string(\"stop\"), {_PLACE}, concatenator:=', '))"
)
_TITLES = f"concatenate_unique(\"title\", {_PLACE}, concatenator:=' · ')"
_FIRST = f'"stop" = minimum("stop", {_PLACE})'


def _stops() -> list[StyleRule]:
    """Draw discs with their numbers: a ring around a city, a dashed one for an inference."""

    def mark(*rings: ET.Element) -> ET.Element:
        number = symbols.letters(_paper(), 13, _NUMBERS)
        disc = symbols.disc((_ink(), _paper()), 26, 2, _NUMBERS, "solid")
        gap = symbols.gap(_ink(), _paper(), 14, '"held_back"')
        return symbols.symbol("marker", "", *rings, disc, number, gap)

    ring = symbols.disc((_paper(), _ink()), 30, 1.75, _NUMBERS, "solid")
    dashed = symbols.disc((_paper(), _ink()), 31, 1.75, _NUMBERS, "dash")
    return [
        StyleRule(messages.KEY_SYMBOLS["site"], "\"symbol\" = 'site'", mark()),
        StyleRule(messages.KEY_SYMBOLS["settlement"], "\"symbol\" = 'settlement'", mark(ring)),
        StyleRule(messages.KEY_SYMBOLS["inferred"], "\"symbol\" = 'inferred'", mark(dashed)),
    ]


def _stop_labels() -> ET.Element:
    around = {
        "placement": "6",
        "predefinedPositionOrder": "R,L,TR,BR,TL,BL,TSR,BSR",
        "dist": symbols.points(5),
        "offsetType": "1",
    }
    once = {"Show": _FIRST}
    look = symbols.Lettering(_ink(), _paper(), 14, bold=True, obstacle="1")
    return symbols.labels(_TITLES, look, around, once)


def _stop_countries() -> list[StyleRule]:
    """Outline the whole country: no point of it is where the stop was."""
    around = symbols.stroke(_ink(0.9), 1.8)
    return [StyleRule(messages.KEY_SYMBOLS["country"], "TRUE", symbols.symbol("fill", "", around))]


def _stop_country_labels() -> ET.Element:
    numbers = 'concatenate(to_string("stop"), group_by:="country", concatenator:=\', \')'
    told = f"'[' || {numbers} || '] ' || upper(\"country_name\")"
    once = {"Show": '"stop" = minimum("stop", group_by:="country")'}
    look = symbols.Lettering(_ink(0.85), _paper(), 11, halo=1.2)
    return symbols.labels(told, look, {"placement": "4"}, once)


# ---------------------------------------------------------------------------- lines


def _line(width: float, dash: tuple[float, ...] = ()) -> ET.Element:
    casing = symbols.stroke(_paper(0.9), 6, lane=0)
    return symbols.symbol("line", "", casing, symbols.stroke(_ink(), width, dash, lane=0, order=1))


def _forced_line() -> ET.Element:
    sides = [symbols.stroke(_ink(), 1.8, lane=aside, order=1) for aside in (-2.5, 2.5)]
    across = symbols.bars(_ink(), every=14, length=9, order=1)
    return symbols.symbol("line", "", symbols.stroke(_paper(0.9), 9, lane=0), *sides, across)


def _legs() -> list[StyleRule]:
    """Dashes tell how far a line is known; a barred double line, that somebody was made to go."""
    free = f'"line_compulsion" NOT IN {_FORCED}'
    looks: dict[tuple[str, str], tuple[float, tuple[float, ...]]] = {
        ("documented", "stated"): (4, ()),
        ("documented", "implied"): (4, (14, 6)),
        ("schematic", "stated"): (2.4, (10, 5)),
        ("schematic", "implied"): (2.4, (10, 5, 2, 5)),
        ("great_circle", "stated"): (2.4, ()),
        ("great_circle", "implied"): (2.4, (14, 6)),
    }
    of_line = '"line_attestation"'
    known = {"stated": f"{of_line} = 'stated'", "implied": f"{of_line} <> 'stated'"}
    known_lines = [
        StyleRule(
            messages.LINES_IN_GIS[path, attested],
            f"\"path\" = '{path}' AND {known[attested]} AND {free}",
            _line(width, dash),
        )
        for (path, attested), (width, dash) in looks.items()
    ]
    compelled = f'"line_compulsion" IN {_FORCED}'
    return [*known_lines, StyleRule(_FORCED_LABEL, compelled, _forced_line())]


#: Along the line and above it; longer than the line if need be.
_BESIDE = {
    "placement": "2",
    "placementFlags": "10",
    "dist": symbols.points(7),
    "overrunDistance": symbols.points(480),
    "overrunDistanceUnit": "Point",
}
_FORCED_LABEL = "Returned by force, in custody or abducted"


def _beside_a_line() -> symbols.Lettering:
    return symbols.Lettering(_ink(), _paper(), 12, slanted=True)


def _leg_labels() -> ET.Element:
    return symbols.labels('"caption"', _beside_a_line(), _BESIDE)


def _attempt_labels() -> ET.Element:
    return symbols.labels('"title"', _beside_a_line(), _BESIDE)


def _attempts() -> list[StyleRule]:
    """Thin broken lines to where nobody came: with an X at the end where somebody was stopped."""
    barred = "\"status\" IN ('blocked', 'failed')"
    cross = symbols.at_end(symbols.shape("cross2", _ink(), _ink(), 12, 2))
    dashed = symbols.stroke(_ink(), 1.8, (6, 4), lane=0)
    dotted = symbols.stroke(_ink(), 1.8, (1.8, 4), lane=0)
    return [
        StyleRule("Blocked or failed attempt", barred, symbols.symbol("line", "", dashed, cross)),
        StyleRule("Planned only", f"NOT ({barred})", symbols.symbol("line", "", dotted)),
    ]


def _named(level: str) -> str:
    """Return the name of a level for a legend, with what stands under it in brackets."""
    second = messages.KEY_SECOND_LINE.get(level)
    return messages.LEVEL_SHORT[level] + (f" ({second})" if second else "")


def _slices() -> list[StyleRule]:
    """Bands in the tints of the levels, wider than the legs over them."""
    bands = [
        StyleRule(
            _named(level),
            f"\"risk_level\" = '{level}'",
            symbols.symbol(
                "line",
                "",
                symbols.stroke(_ink(0.6), 11),
                symbols.stroke(rgba(tint(level)), 9, order=1),
            ),
        )
        for level in LEVELS
    ]
    sea = rgba(COLOURS[Theme.LIGHT]["sea"])
    at_sea = symbols.symbol(
        "line", "", symbols.stroke(_ink(0.6), 11), symbols.stroke(sea, 9, order=1)
    )
    return [*bands, StyleRule(messages.OUTSIDE.capitalize(), '"risk_level" IS NULL', at_sea)]


def _crossings() -> list[StyleRule]:
    """Diamonds: full where a border is agreed, hollow where it is contested."""
    full = symbols.shape("diamond", _ink(), _paper(), 11, 1.5)
    hollow = symbols.shape("diamond", _paper(), _ink(), 12, 1.75)
    return [
        StyleRule("Border crossed", 'NOT "contested"', symbols.symbol("marker", "", full)),
        StyleRule("Contested border crossed", '"contested"', symbols.symbol("marker", "", hollow)),
    ]


# ---------------------------------------------------------------------------- jurisdictions


def _jurisdictions(*, stops: bool) -> list[StyleRule]:
    """Tints by level; dots where it is unknown, stripes on contested land, and nowhere else."""
    colours = COLOURS[Theme.LIGHT]
    land, soft, border = (rgba(colours[name]) for name in ("land", "soft", "paper"))
    dotted = symbols.dots(
        rgba(colours["soft"], DOTS_OPACITY), radius=DOT_RADIUS, every=DOTS_APART, order=1
    )

    def covered(level: str) -> Iterator[ET.Element]:
        """Yield what lies on the land of a state: no more than a band where it is suspended."""
        tinted = within_band(level) if level == "suspended" else tint(level)
        yield symbols.fill(rgba(tinted))
        if level == "suspended":
            yield symbols.inside(rgba(tint(level)), BAND)
        elif level == "unknown":
            yield deepcopy(dotted)
        yield symbols.stroke(border, 1.1, order=2)

    def contested(level: str) -> Iterator[ET.Element]:
        yield symbols.fill(land, order=2)
        if level == "unknown":
            yield deepcopy(dotted)
        else:
            stripes = rgba(stripe(level))
            yield symbols.hatch(stripes, width=STRIPE, every=STRIPES_APART, angle=45, order=3)
        yield symbols.stroke(soft, 0.7, order=4)

    telling = {rule for towards in rulebook().sets.values() for rule in towards.telling}
    told = "(" + ", ".join(f"'{rule}'" for rule in sorted(telling)) + ")"
    plain = [symbols.fill(land), symbols.stroke(border, 1.1, order=2)]
    tints = [
        StyleRule(
            _named(level),
            f'"kind" = \'state\' AND "risk_level" = \'{level}\' AND "rule" NOT IN {told}',
            symbols.symbol("fill", "", *covered(level)),
        )
        for level in LEVELS
    ]
    stripes = [
        StyleRule(
            f"{_named(level)}, contested or leased",
            f"\"kind\" = 'territory' AND \"risk_level\" = '{level}'",
            symbols.symbol("fill", "", *contested(level)),
        )
        for level in LEVELS
    ]
    edge = symbols.inside(rgba(colours["csto"]), CSTO_WIDTH, order=5)
    claim = [deepcopy(dotted), symbols.stroke(soft, 0.6, order=2)]
    around = symbols.stroke(_ink(0.9), 1.8, order=5)
    return [
        *tints,
        StyleRule(
            messages.KEY_TOLD,
            f'"kind" = \'state\' AND "rule" IN {told}',
            symbols.symbol("fill", "", *plain),
        ),
        StyleRule(
            f"Region under a claim: {messages.HOLDER_NOT_SHOWN}",
            "\"kind\" = 'claim'",
            symbols.symbol("fill", "", *claim),
        ),
        *stripes,
        StyleRule(messages.KEY_AREAS["csto"], '"csto_member"', symbols.symbol("fill", "", edge)),
        *(
            [
                StyleRule(
                    messages.KEY_SYMBOLS["country"], _HAS_STOPS, symbols.symbol("fill", "", around)
                )
            ]
            if stops
            else []
        ),
    ]


#: Lists are texts in most formats, and lists in some.
_STOPS_TEXT = "coalesce(try(array_to_string(\"stops_here\", '; '), \"stops_here\"), '')"
_HAS_STOPS = f"{_STOPS_TEXT} <> ''"
_NAME = (
    'CASE WHEN "kind" = \'territory\' THEN coalesce("status", "name_en") ELSE upper("name_en") END'
)
_STOP_NUMBERS = f"regexp_replace({_STOPS_TEXT}, '[^;]*stop-([0-9]+)', '\\\\1')"
#: Numbers tell stops apart only within one route.
_OF_ONE_ROUTE = (
    f"array_length(array_distinct(array_foreach(string_to_array({_STOPS_TEXT}, '; '), "
    "regexp_replace(@element, '/stop-[0-9]+$', '')))) = 1"
)
#: A short name fits from a zoom of a web map on, which a scale stands for.
_SHOWN = '"kind" <> \'claim\' AND @map_scale <= 559082264.0 / 2 ^ "label_min_zoom"'


def _jurisdiction_labels(*, stops: bool, only: str = "TRUE") -> ET.Element:
    told, shown, pinned = _NAME, f"{only} AND ({_SHOWN})", "TRUE"
    if stops:
        numbers = f"CASE WHEN {_HAS_STOPS} AND {_OF_ONE_ROUTE} THEN '[' || {_STOP_NUMBERS} || '] '"
        told = f"{numbers} ELSE '' END || {_NAME}"
        shown = f"({_HAS_STOPS}) OR ({_SHOWN})"
        # A country that is all that is disclosed has its name wherever part of it is in view.
        pinned = f"NOT ({_HAS_STOPS})"
    where = {
        "PositionX": f'if({pinned}, "label_lon", NULL)',
        "PositionY": f'if({pinned}, "label_lat", NULL)',
        "Hali": "'Center'",
        "Vali": "'Half'",
        "Show": shown,
    }
    look = symbols.Lettering(_ink(0.85), _paper(), 11, halo=1.2)
    return symbols.labels(told, look, {"placement": "4"}, where)


# ---------------------------------------------------------------------------- history

#: Of each jurisdiction the row that goes on, as long as no time is chosen on the map.
_THEN = '(@map_start_time IS NOT NULL OR "valid_to_edtf" IS NULL)'


def _history() -> list[StyleRule]:
    """Draw the jurisdictions of the time that is chosen."""
    return [
        rule._replace(filter=f"{_THEN} AND ({rule.filter})") for rule in _jurisdictions(stops=False)
    ]


def _history_labels() -> ET.Element:
    return _jurisdiction_labels(stops=False, only=_THEN)


# ---------------------------------------------------------------------------- seas


def _seas() -> list[StyleRule]:
    """Nothing but a name stands for a sea."""
    dot = symbols.shape("circle", _paper(0), _paper(0), 1, 0)
    return [StyleRule("Sea", "TRUE", symbols.symbol("marker", "", dot))]


def _sea_labels() -> ET.Element:
    ink, sea = (rgba(COLOURS[Theme.LIGHT][name]) for name in ("sea-ink", "sea"))
    shown = {"Show": '@map_scale <= 559082264.0 / 2 ^ "min_zoom"'}
    look = symbols.Lettering(ink, sea, 13, slanted=True, halo=0.5)
    return symbols.labels('"name_en"', look, {"placement": "1"}, shown)
