"""What is said of practice that was not found: only from the table of what was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.law.rules import Level
from periplus.law.searches import Looked
from periplus.scene import messages
from periplus.world.names import date_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.dates import Edtf
    from periplus.language.translator import Translator
    from periplus.law.searches import Search
    from periplus.law.standing import Standing


def level_words(standing: Standing, say: Translator) -> LocalizedText:
    """Say a level; of what is unknown, whether anybody looked."""
    if standing.level is Level.UNKNOWN:
        return say(messages.UNKNOWN[standing.looked])
    return say(messages.LEVEL[standing.level])


def practice_words(standing: Standing, say: Translator) -> LocalizedText:
    """Say which practice is held, and how it was looked for; of the requesting state, nothing."""
    if standing.level is Level.REQUESTING_STATE:
        return LocalizedText()
    held = [LocalizedText(label.text, SOURCE) for label in standing.practice]
    rows = [joined([say.clauses(held), "."], "")] if held else []
    return joined([*rows, search_words(standing, say)])


def search_words(standing: Standing, say: Translator) -> LocalizedText:
    """Say how practice was looked for, and what was not found therefore."""
    return joined(_sentences(standing, say))


def _sentences(standing: Standing, say: Translator) -> Iterator[LocalizedText]:
    search = standing.search
    if standing.looked is Looked.FOUND and not standing.practice:
        yield say(messages.ROWS_OF_OTHER_DAYS)
    if search is None or search.searched_on is None or search.corpus_until is None:
        yield say(messages.NOT_LOOKED_FOR)
        return
    sentence = {
        Looked.NOTHING_FOUND: messages.NOTHING_FOUND,
        Looked.HARDLY: messages.HARDLY_LOOKED_FOR,
    }.get(standing.looked, messages.LOOKED_FOR)
    yield say(
        sentence,
        queries=_queries(search, say),
        languages=LocalizedText(", ".join(search.languages)),
        day=_date(search.searched_on, say),
        end=_date(search.corpus_until, say),
    )


def _queries(search: Search, say: Translator) -> LocalizedText:
    own, shared = search.queries, search.queries_shared
    told = [say.many("{n} query", "{n} queries", own)] if own else []
    if shared:
        told.append(
            say.many("{n} query for several states", "{n} queries for several states", shared)
        )
    return say.listed(told)


def _date(on: Edtf, say: Translator) -> LocalizedText:
    return date_words(on, say.language)
