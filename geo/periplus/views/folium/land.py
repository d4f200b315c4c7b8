"""The land on somebody's map of folium: whose law rules where on a day, and how it stands."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from periplus.dates import Edtf, last_day
from periplus.language.cldr import locale
from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE, translator
from periplus.law import shipped_law
from periplus.scene import messages
from periplus.scene.scene import ATTRIBUTION, METHOD, NO_ADVICE, STANDINGS_ON
from periplus.views.folium.layer import DataLayer, chosen
from periplus.views.folium.telling import Paragraph, all_of, paragraph
from periplus.views.gis.jurisdiction_records import Selection, jurisdiction_records
from periplus.views.only import Only
from periplus.views.palette import NOT_RATED, RAMP
from periplus.world import names
from periplus.world.layers import Detail
from periplus.world.worldview import MEANING, FeatureKind, Worldview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from numpy.typing import NDArray

    from periplus.language.translator import Translator
    from periplus.views.gis.jurisdiction_records import JurisdictionRecord

#: Steps of the grid of the borders in a degree: 0.01°, less than a pixel up to zoom 7.
STEPS = 100
#: Where there is land on a Mercator map.
_WORLD = (-180.0, -60.0, 180.0, 84.0)
#: What is no ring on the grid.
_LEAST_RING = 4


class LandLayer(DataLayer):
    """The land of a selection, which may rest on facts of the user's own."""

    kind = "land"

    def __init__(  # noqa: PLR0913 - what can be asked of a layer of folium
        self,
        selection: Selection,
        language: str,
        name: str | None = None,
        *,
        over_180: bool = False,
        control: bool = True,
        show: bool = True,
    ) -> None:
        """Take what is asked of the land, and the language of names and of the interface.

        On a map that goes `over_180` the land stands a second time, to the east of the first.
        """
        told = _Telling(selection, language)
        data = told.data() | {"worlds": [0, 360] if over_180 else [0]}
        super().__init__(data, _WORLD, name or str(told.title), control=control, show=show)


class JurisdictionLayer(LandLayer):
    """Every state and territory with its standing on a day, as a layer for a map of folium.

    Tints are those of all our maps; dots are what is unknown, stripes contested land. Each has a
    tooltip, and a popup with its reason and its sources.

    Examples
    --------
    >>> import folium
    >>> from periplus import JurisdictionLayer
    >>> world = folium.Map(location=[48, 50], zoom_start=4)
    >>> layer = JurisdictionLayer(on="2023-08-31", towards="RUS").add_to(world)
    >>> layer.title
    'Risk of extradition or return to Russia, August 31, 2023'
    """

    def __init__(  # noqa: PLR0913 - what can be asked of the land, and of a layer of folium
        self,
        on: date | str | None = None,
        *,
        towards: str,
        worldview: Worldview | str = Worldview.DE_JURE,
        only: Only | str | None = None,
        detail: Detail | str = Detail.REGION,
        language: str = SOURCE,
        name: str | None = None,
        control: bool = True,
        show: bool = True,
    ) -> None:
        """Ask for the land on a day.

        Parameters
        ----------
        on
            A date, a moment or an EDTF text; unless given, the last day of the facts.
        towards
            The state that might want a person back: a code, or a name.
        worldview
            `de-jure`, borders by law, or `de-facto`, by who governs on the day.
        only
            `level` or `csto`, to show one of the two alone.
        detail
            `world`, `region` or `gis`: how fine borders are, and how large the page.
        language
            Of names and of the words of the interface; reasons are in English.
        name
            In a `LayerControl`; unless given, what is shown, and the day.
        control, show
            As of every layer of folium.

        Raises
        ------
        UsageError
            If there is no such state, language, worldview or detail, or no facts are shipped
            towards the state.
        DateError
            If the text is no date.
        """
        locale(language)
        rules = shipped_law.rules(names.find(towards))
        selection = Selection(
            on=last_day(on) or rules.facts_until,
            towards=rules.requesting_state,
            worldview=chosen(Worldview, worldview, "worldview"),
            detail=chosen(Detail, detail, "detail"),
            only=None if only is None else chosen(Only, only, "only"),
        )
        super().__init__(selection, language, name, control=control, show=show)


class _Telling:
    """What a layer of some selection says, in one language."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.selection = selection
        self.language = language
        self.say: Translator = translator(language)
        self.state = names.name(selection.towards, language)
        self.day = _in_words(selection.on, language)

    @property
    def levels(self) -> bool:
        return self.selection.only in (None, Only.LEVEL)

    @property
    def csto(self) -> bool:
        return self.selection.only in (None, Only.CSTO)

    @property
    def title(self) -> LocalizedText:
        """What is shown, on which day; and in which worldview, where it is not the usual one."""
        shown = {
            Only.CSTO: self.say(messages.KEY_AREAS["csto"]),
            Only.NONE: self.say(MEANING[self.selection.worldview]),
        }.get(self.selection.only or Only.LEVEL, self.say(messages.KEY_TITLE, state=self.state))
        de_facto = self.selection.worldview is Worldview.DE_FACTO
        view = [LocalizedText(self.selection.worldview.value)] if de_facto else []
        return joined([shown, self.day, *view], ", ")

    def data(self) -> dict[str, Any]:
        """Return what the script draws."""
        records = [*jurisdiction_records(self.selection)]
        members = [it.ground for it in records if it.properties["csto_member"]]
        return {
            "language": self.language,
            "steps": STEPS,
            "attribution": " ".join(escape(self.say(text)) for text in ATTRIBUTION),
            "lands": [self._land(record) for record in records],
            "union": rings_of(shapely.coverage_union_all(members)) if members else [],
            "key": self._key(records),
        }

    def _land(self, record: JurisdictionRecord) -> dict[str, Any]:
        level, cover = self._level(record), _cover(record)
        return {
            "code": record.code,
            "level": level,
            "cover": cover if self.levels else "plain",
            "rings": rings_of(record.ground),
            "name": str(self._name(record)),
            "tip": [*self._tip(record)],
            "told": [*self._told(record)],
        }

    def _level(self, record: JurisdictionRecord) -> str:
        return str(record.properties["risk_level"] or "")

    def _name(self, record: JurisdictionRecord) -> LocalizedText:
        return names.name(record.code, self.language)

    def _tip(self, record: JurisdictionRecord) -> Iterator[Paragraph]:
        yield paragraph(self._name(record), "name")
        yield from all_of(self._in_short(record))

    def _in_short(self, record: JurisdictionRecord) -> Iterator[LocalizedText]:
        told = record.properties
        yield LocalizedText(str(told["status"] or ""), SOURCE)
        if self.levels:
            yield self.say(messages.LEVEL_SHORT[self._level(record)])
        if self.csto and told["csto_member"]:
            yield self.say(messages.CSTO_TAG)

    def _told(self, record: JurisdictionRecord) -> Iterator[Paragraph]:
        told = record.properties
        yield from self._tip(record)
        if self.levels:
            rule = self.say(messages.RULE, rule=LocalizedText(str(told["rule"])))
            yield paragraph(joined([_english(told["reason"]), rule]))
            known = (told[name] for name in ("practice", "practice_searched", "protection"))
            yield from all_of(map(_english, known))
            yield from all_of(map(_english, (told["cautions"], told["doubts"])), "note")
        if self.csto and told["csto"]:
            status = joined([_english(told["csto"]), _english(told["csto_note"])], "; ")
            yield paragraph(self.say(messages.CSTO, status=status))
        yield from (paragraph(url, "where", url) for url in _listed(told["sources"]))
        if self.levels:
            on = self.say(STANDINGS_ON, state=self.state, date=self.day)
            yield paragraph(joined([on, self.say(NO_ADVICE)]), "note")

    def _key(self, records: Iterable[JurisdictionRecord]) -> dict[str, Any]:
        """Return what a legend says of the layer: each sign that it shows, once."""
        seen = {(_cover(record), self._level(record)) for record in records}
        entries = [*self._degrees(seen)] if self.levels else []
        if self.csto:
            entries.append({"sign": "csto", "text": self._csto_in_key()})
        if self.levels and any(cover == "striped" for cover, _ in seen):
            contested = self.say(messages.KEY_AREAS["contested"])
            entries.append({"sign": "contested", "text": paragraph(contested)})
        return {"title": paragraph(self.title, "name"), "entries": entries, "notes": self._notes()}

    def _csto_in_key(self) -> Paragraph:
        return paragraph(self.say(messages.KEY_AREAS["csto"]))

    def _degrees(self, seen: set[tuple[str, str]]) -> Iterator[dict[str, Any]]:
        words = {level: self.say(messages.LEVEL_SHORT[level]) for level in RAMP}
        words = {"requesting_state": self.say(messages.KEY_REQUESTING, state=self.state)} | words
        second = self.say(messages.KEY_SECOND_LINE["suspended"])
        suspended = self.say(messages.LEVEL_SHORT["suspended"])
        words["suspended"] = joined([suspended, " (", second, ")"], "")
        words["unknown"] = self.say(messages.KEY_UNKNOWN)
        found = {level for _, level in seen}
        for level, text in words.items():
            if level in found:
                apart = level in NOT_RATED
                yield {"sign": "land", "level": level, "apart": apart, "text": paragraph(text)}
        if any(cover == "plain" for cover, _ in seen):
            told = paragraph(self.say(messages.KEY_TOLD))
            yield {"sign": "land", "level": "", "apart": True, "text": told}

    def _notes(self) -> list[Paragraph]:
        """Say what no layer of levels may be without."""
        say, rules = self.say, self.selection.rules
        until = _in_words(rules.facts_until, self.language)
        view = say(messages.WORLDVIEW, worldview=say(MEANING[self.selection.worldview]))
        levels = [say(messages.KEY_END), say(METHOD), say(NO_ADVICE)] if self.levels else []
        gathered = say(messages.FACTS_UNTIL, day=until)
        own = LocalizedText(", ".join(self.selection.own))
        weighed = say(messages.OWN_FACTS, ids=own) if own else own
        return all_of([joined([*levels, gathered, weighed, view])], "note")


def _cover(record: JurisdictionRecord) -> str:
    """Return how the land of a jurisdiction is covered: as a layer of its own is in QGIS, too."""
    told = record.properties
    if told["kind"] == FeatureKind.CLAIM:
        return "claimed"
    if told["lies_over"]:
        return "full" if told["risk_level"] == "unknown" else "striped"
    if told["rule"] in shipped_law.rules(str(told["requesting_state"])).telling:
        return "plain"
    return "full"


def _in_words(day: date, language: str) -> LocalizedText:
    return names.date_words(Edtf.parse(day.isoformat()), language)


def _english(text: object) -> LocalizedText:
    """Return what is told in English alone."""
    return LocalizedText(str(text or ""), SOURCE)


def _listed(text: object) -> list[str]:
    return str(text).split("; ") if text else []


def rings_of(ground: shapely.Geometry) -> list[list[list[int]]]:
    """Return the rings of polygons, a list each: how far each vertex lies from the one before.

    In steps of the grid, longitude first; a ring is closed without its last vertex.
    """
    polygons = [part for part in shapely.get_parts(ground) if part.geom_type == "Polygon"]
    drawn = [[_steps(ring) for ring in (it.exterior, *it.interiors)] for it in polygons]
    return [[ring for ring in rings if ring] for rings in drawn if rings[0]]


def _steps(ring: shapely.LinearRing) -> list[int]:
    steps = np.rint(shapely.get_coordinates(ring) * STEPS).astype(np.int64)
    moved = np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]
    kept: NDArray[np.int64] = steps[moved]
    if len(kept) < _LEAST_RING:
        return []
    told: list[int] = np.diff(kept[:-1], axis=0, prepend=0).ravel().tolist()
    return told
