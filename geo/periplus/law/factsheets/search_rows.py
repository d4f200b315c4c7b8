"""The table of what was looked for: read as strictly as the facts, but its rows are none."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from periplus.law.factsheets import cells
from periplus.law.factsheets.refusals import FaultCode, Refusal
from periplus.law.factsheets.sheets import numbered
from periplus.law.searches import Search, SearchResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from periplus.errors import Fault
    from periplus.law.factsheets.sheets import Readers, Sheet
    from periplus.law.factsheets.vocabulary import Vocabulary


def searches_of(
    sheet: Sheet, words: Vocabulary, faults: list[Fault]
) -> Mapping[tuple[str, str], Search]:
    """Read the searches, by jurisdiction and requesting state; each may stand once."""
    searches: dict[tuple[str, str], Search] = {}
    for line, values in numbered(sheet, _readers(words), faults):
        search = Search(**values)
        key = search.jurisdiction, search.towards
        wrong = list(_incoherent(search))
        if key in searches:
            message = f"a search of {key[0]} towards {key[1]} stands twice"
            wrong.append(("jurisdiction", Refusal(FaultCode.REPEATED, message, "join the rows")))
        faults.extend(sheet.fault(line, column, refusal) for column, refusal in wrong)
        searches[key] = search
    return MappingProxyType(searches)


def _readers(words: Vocabulary) -> Readers:
    return {
        "jurisdiction": words.jurisdiction,
        "towards": words.country,
        "searched_on": cells.day,
        "languages": cells.languages,
        "queries": cells.number,
        "queries_shared": cells.number,
        "official_language": cells.affirmed,
        "result": cells.word(SearchResult),
        "corpus_until": cells.day,
        "note": cells.text,
    }


def _incoherent(search: Search) -> Iterator[tuple[str, Refusal]]:
    """Find cells that contradict other cells of their row."""
    contents = {
        "searched_on": search.searched_on is not None,
        "languages": bool(search.languages),
        "corpus_until": search.corpus_until is not None,
    }
    for column, given in contents.items():
        if search.made and not given:
            hint = "a search has a day, languages, and an end of the texts"
            yield column, Refusal(FaultCode.EMPTY, "queries were made, and this is empty", hint)
        if given and not search.made:
            hint = "write how many queries there were, or leave the cell empty"
            yield column, Refusal(FaultCode.FORM, "no query was made, and this is given", hint)
    if search.result is SearchResult.NONE_FOUND and not search.made:
        hint = "write 'not searched', or how many queries there were"
        yield "result", Refusal(FaultCode.WORD, "none found, by no query", hint)
    if search.official_language and not search.queries:
        hint = "only queries of its own count"
        yield "official_language", Refusal(FaultCode.WORD, "no query of its own was made", hint)
    start, end = search.corpus_until, search.searched_on
    if start and end and start.earliest and end.latest and end.latest < start.earliest:
        hint = "exchange the two dates"
        yield (
            "corpus_until",
            Refusal(FaultCode.REVERSED, f"{start} is after the search, {end}", hint),
        )
