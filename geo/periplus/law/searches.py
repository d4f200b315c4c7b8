"""What was looked for: where, when, in which languages, and with which result.

A table of facts says what was found. Only this one says what was not: that a country has no row
of practice follows from nothing until somebody has looked, and hardly from one query in a
language that is not spoken there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from periplus.dates import Edtf

#: The queries of its own from which a search counts as one, if one is in an official language.
_ENOUGH = 2


class SearchResult(StrEnum):
    """What a search brought."""

    ROWS_FOUND = "rows found"
    NONE_FOUND = "none found"  # beyond what the tables held
    NOT_SEARCHED = "not searched"


class Looked(StrEnum):
    """How far it is known what was not found."""

    FOUND = "found"  # rows of practice are held
    NOTHING_FOUND = "nothing-found"
    HARDLY = "hardly-looked-for"
    NOT = "not-looked-for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How practice of one jurisdiction towards a requesting state was looked for.

    Attributes
    ----------
    queries, queries_shared
        How many asked for this jurisdiction alone, and how many for several at once.
    official_language
        Whether one of its own was in an official language of the place; not if that is not
        noted.
    corpus_until
        The last month of the texts that were searched.
    """

    jurisdiction: str
    towards: str
    searched_on: Edtf | None
    languages: tuple[str, ...]
    queries: int
    queries_shared: int
    official_language: bool
    result: SearchResult
    corpus_until: Edtf | None
    note: str

    @property
    def made(self) -> bool:
        """Whether anything was asked at all."""
        return bool(self.queries or self.queries_shared)

    @property
    def thorough(self) -> bool:
        """Whether "none found" says anything: more than one query, one of them understood there."""
        return self.queries >= _ENOUGH and self.official_language


def looked(search: Search | None, *, held: bool) -> Looked:
    """Tell how far it is known what was not found, if rows of practice are held or not."""
    if held:
        return Looked.FOUND
    if search is None or not search.made:
        return Looked.NOT
    return Looked.NOTHING_FOUND if search.thorough else Looked.HARDLY
