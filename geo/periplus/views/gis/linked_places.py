"""The stops as Linked Places, the exchange format of gazetteers of historical places.

The World Historical Gazetteer takes the file: a record has a class, a text one line, a country its
code or none. Each visit is a record: its name with citations, `when`, country codes, and a position
with its certainty. A stop that has no place is a record without geometry, with the reason among its
descriptions. Legs are relations from a stop to the next.

References
----------
Linked Places format 1.2, https://github.com/LinkedPasts/linked-places-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapely.geometry import mapping

from periplus.law.shipped_law import facts
from periplus.views.gis.schema.legs import LEGS
from periplus.views.gis.schema.routes import ROUTES
from periplus.views.gis.schema.stops import STOPS
from periplus.views.gis.writer import ExportJob, Writer, cells, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Layer, Row

#: The vocabulary of the format; a name of terms, which nothing fetches.
_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
#: Ids are URIs: of no place on the web, but never those of another record.
_URN = "urn:periplus:"
#: How certain a position is, by what it rests on: that of a site, and that of a settlement.
_CERTAINTY = {
    "gazetteer": {"site": "certain", "settlement": "less-certain"},
    "source": {"site": "certain", "settlement": "less-certain"},
    "editor": dict.fromkeys(("site", "settlement"), "less-certain"),
    "geolocated": dict.fromkeys(("site", "settlement"), "less-certain"),
    "inferred": dict.fromkeys(("site", "settlement"), "uncertain"),
    None: dict.fromkeys(("site", "settlement"), "uncertain"),
}


class LinkedPlacesWriter(Writer):
    """Writes `NAME.lpf.json`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.sources: dict[str, dict[str, Any]] = {}
        self.languages: dict[str, str] = {}
        self.features: dict[str, dict[str, Any]] = {}

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Make records of stops, and relations of legs; routes lend their sources."""
        for row in rows:
            told: dict[str, Any] = cells(layer, row)
            if layer.name == ROUTES.name:
                self.sources[told["id"]] = told["claims"]["sources"]
                self.languages[told["id"]] = told["language"]
            elif layer.name == STOPS.name:
                self.features[told["id"]] = self._record(told, row.geometry)
            elif layer.name == LEGS.name:
                self._relate(told)

    def finish(self, about: About) -> None:
        """Write the file, one record a line."""
        head = compact(
            {
                "type": "FeatureCollection",
                "@context": _CONTEXT,
                "title": about.title,
                "description": about.description,
                "attribution": list(about.attribution),
                "licence": about.licence,
                "method": about.method,
            }
        )
        lines = ",\n".join(compact(feature) for feature in self.features.values())
        text = f'{head[:-1]},"features":[\n{lines}\n]}}\n'
        self.job.path("lpf", "json").write_text(text, encoding="utf-8", newline="\n")

    def _record(self, told: dict[str, Any], geometry: BaseGeometry | None) -> dict[str, Any]:
        cited = self._citations(told["route"], told["claims"]["stop"]["evidence"])
        language = self.languages.get(told["route"], "und")
        codes = _alpha2(told["country"], told["border_left"], told["border_entered"])
        words = [text for text in (told["subtitle"], told["reason"], told["told"]) if text]
        when = _when(told)
        return {
            "@id": _URN + told["id"],
            "type": "Feature",
            "properties": {
                "title": told["title"],
                **({"ccodes": codes} if codes else {}),
                "fclasses": [_FCLASS.get(told["precision"] or told["knowledge"], "X")],
                "stop": told["stop"],
                "knowledge": told["knowledge"],
                "reason": told["reason"],
            },
            **({"when": when} if when else {}),
            "names": [{"toponym": told["title"], "lang": language, "citations": cited}],
            "descriptions": [
                {"value": line, "lang": language} for text in words for line in text.splitlines()
            ],
            "relations": [],
            "geometry": _geometry(told, geometry),
        }

    def _relate(self, told: dict[str, Any]) -> None:
        start, end = (f"{told['route']}/stop-{told[key]}" for key in ("from_stop", "to_stop"))
        when = _when(told)
        if start in self.features:
            self.features[start]["relations"].append(
                {
                    "relationType": "gvp:tgn3000_related_to",
                    "relationTo": _URN + end,
                    "label": told["title"],
                    **({"when": when} if when else {}),
                    "citations": self._citations(told["route"], told["claims"]["leg"]["evidence"]),
                    "certainty": _CERTAIN.get(told["attestation"], "uncertain"),
                }
            )

    def _citations(self, route: str, evidence: list[dict[str, Any]]) -> list[dict[str, str]]:
        found = dict.fromkeys(item["source"] for item in evidence)
        return [_citation(self.sources.get(route, {}).get(key, {}), key) for key in found]


#: Classes of GeoNames, by how precisely a stop is told; X: none is known.
_FCLASS = {"site": "S", "settlement": "P", "country_only": "A", "area": "L", "border": "L"}
#: Codes that the World Historical Gazetteer refuses.
_UNKNOWN_THERE = frozenset({"PS", "TW", "XK"})
_CERTAIN = {"stated": "certain", "implied": "less-certain"}


def _citation(source: dict[str, Any], key: str) -> dict[str, str]:
    words = (source.get("author"), source.get("title", key), source.get("date"))
    label = {"label": ", ".join(str(part) for part in words if part)}
    return label | ({"@id": source["url"]} if source.get("url") else {})


def _when(told: dict[str, Any]) -> dict[str, Any] | None:
    """Return when it was; a date that is open or coarse stays so."""
    first, last = told["date_earliest"], told["date_latest"]
    if not told["date_edtf"]:
        return None
    span: dict[str, Any] = {
        "start": {"earliest": first.isoformat()} if first else {"latest": last.isoformat()}
    }
    if last and first:
        span["end"] = {"latest": last.isoformat()}
    return {"timespans": [span], "label": told["date_edtf"]}


def _geometry(told: dict[str, Any], geometry: BaseGeometry | None) -> dict[str, Any] | None:
    if geometry is None:
        return None
    certainty = _CERTAINTY[told["position_basis"]][told["precision"]]
    return dict(mapping(geometry)) | {"certainty": certainty}


def _alpha2(*codes: str | None) -> list[str]:
    """Return the countries among codes, each once, as the gazetteer has them."""
    known = (facts().countries.get(code or "") for code in codes)
    told = dict.fromkeys(country.iso_a2 for country in known if country)
    return [code for code in told if code not in _UNKNOWN_THERE]
