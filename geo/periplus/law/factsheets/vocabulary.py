"""What cells may refer to: the registers, and how the columns of each table are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from periplus.law.facts import Confidence, Country, Origin, Publication, Scope, Territory
from periplus.law.factsheets import cells
from periplus.law.factsheets.refusals import FaultCode, Refusal, refuse
from periplus.law.factsheets.sheets import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from periplus.errors import Fault
    from periplus.law.facts import Fact
    from periplus.law.factsheets.sheets import Readers, Sheet

_VOCABULARY: Readers = {
    "table": cells.required,
    "column": cells.required,
    "value": cells.required,
    "meaning": cells.required,
}
_COUNTRY: Readers = {
    "iso_a3": cells.identifier,
    "iso_a2": cells.identifier,
    "name_en": cells.required,
}
_TERRITORY: Readers = {
    "id": cells.identifier,
    "name_en": cells.required,
    "iso_3166_2": cells.text,
    "parent": cells.text,
    "label": cells.required,
    "outline": cells.outline,
    "exists_from": cells.day,
    "exists_until": cells.day,
    "existence": cells.text,
}
_PUBLICATION: Readers = {
    "id": cells.identifier,
    "title": cells.required,
    "url": cells.url,
    "scope": cells.word(Scope),
    "kind": cells.word(Origin),
}
_CONFIDENCE = cells.word(Confidence)
_BY_COLUMN: Readers = {
    "id": cells.identifier,
    "valid_from": cells.day,
    "valid_to": cells.day,
    "instrument_date": cells.day,
    "min_years": cells.years,
    "max_years": cells.years,
    "confidence": _CONFIDENCE,
    "date_confidence": _CONFIDENCE,
    "summary": cells.required,
    "value": cells.required,
}


@dataclass(frozen=True)
class Vocabulary:
    """What cells may refer to."""

    countries: Mapping[str, Country]
    territories: Mapping[str, Territory]
    publications: Mapping[str, Publication]
    vocabulary: Mapping[tuple[str, str], Mapping[str, str]]
    own: bool = False  # the table is a user's: an address is a source

    @classmethod
    def read(cls, sheets: Mapping[str, Sheet], faults: list[Fault]) -> Vocabulary:
        """Read the registers, each with the help of those before it."""
        listed: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for _, word in numbered(sheets["vocabulary.csv"], _VOCABULARY, faults):
            listed[word["table"], word["column"]][word["value"]] = word["meaning"]
        countries = _register(Country, sheets["countries.csv"], _COUNTRY, faults)
        refuse(faults)  # without the countries every other table would be wrong
        places = _TERRITORY | {"parent": cells.country_or_none(countries)}
        territories = _register(Territory, sheets["territories.csv"], places, faults)
        publications = _register(Publication, sheets["sources.csv"], _PUBLICATION, faults)
        return cls(countries, territories, publications, MappingProxyType(dict(listed)))

    def country(self, cell: str) -> str:
        """Accept a country."""
        return cells.country(cell, self.countries)

    def jurisdiction(self, cell: str) -> str:
        """Accept a country or a territory."""
        if cell in self.countries or cell in self.territories:
            return cell
        message = f"{cell!r} is neither an ISO 3166-1 alpha-3 code nor the id of a territory"
        raise Refusal(FaultCode.PLACE, message, "countries.csv and territories.csv list them")

    def publication(self, cell: str) -> Publication:
        """Accept the id of a publication; of a user's own rows, also an address."""
        publication = self.publications.get(cell)
        if publication is not None:
            return publication
        if self.own and cells.URL.fullmatch(cell):
            return Publication(id=cell, title=cell, url=cell, scope=Scope.PAGE, kind=Origin.OWN)
        if not cell:
            hint = "a fact without a source does not enter the tables"
            raise Refusal(FaultCode.EMPTY, "the fact has no source", hint)
        hint = "describe the publication in sources.csv first"
        raise Refusal(FaultCode.SOURCE, f"no source has the id {cell!r}", hint)

    def other_publication(self, cell: str) -> Publication | None:
        """Accept the id of a publication, or nothing."""
        return self.publication(cell) if cell else None

    def term(self, table: str, column: str) -> Callable[[str], str]:
        """Make a reader that accepts the words of one controlled column."""
        allowed = self.vocabulary.get((table, column), {})

        def read(cell: str) -> str:
            if cell in allowed:
                return cell
            words = ", ".join(allowed) or "none"
            message = f"{cell!r} is no word for {column!r}"
            raise Refusal(FaultCode.WORD, message, f"vocabulary.csv allows: {words}")

        return read


def columns(table: type[Fact]) -> list[str]:
    """Return the columns of a table: its fields, where `kind` is called `fact`."""
    return ["fact" if field.name == "kind" else field.name for field in fields(table)]


def readers(table: type[Fact], words: Vocabulary) -> Readers:
    """Return how each column of a table is read."""
    by_reference: Readers = {
        "jurisdiction": words.jurisdiction,
        "counterparty": cells.country_or_none(words.countries),
        "towards": words.country,
        "source": words.publication,
        "second_source": words.other_publication,
        "seen_in": words.other_publication,
        "check": words.other_publication,
    }
    controlled: Readers = {
        column: words.term(table.table, column)
        for name, column in words.vocabulary
        if name == table.table
    }
    readers = _BY_COLUMN | by_reference | controlled
    return {column: readers.get(column, cells.text) for column in columns(table)}


_Entry = TypeVar("_Entry", Country, Territory, Publication)


def _register(
    kind: type[_Entry], sheet: Sheet, readers: Readers, faults: list[Fault]
) -> Mapping[str, _Entry]:
    """Read a register, in which each id may stand once."""
    entries: dict[str, _Entry] = {}
    described: dict[tuple[str, str], str] = {}
    for line, values in numbered(sheet, readers, faults):
        entry = kind(**values)
        same = (values.get("url", entry.id), values.get("title", ""))
        if entry.id in entries or same in described:
            first = described.get(same, entry.id)
            refusal = Refusal(FaultCode.REPEATED, f"{entry.id!r} is already described as {first!r}")
            faults.append(sheet.fault(line, sheet.header[0], refusal))
        entries[entry.id] = entry
        described[same] = entry.id
    return MappingProxyType(entries)
