"""The gallery: every shipped case, by the kind of its journey and by what is hard about it.

Both are read off the route itself, so that no list of cases is kept by hand. `make gallery-page`
writes `docs/gallery.md` and `docs/gallery.ru.md`; on the site each case has its card and its page.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from periplus import case, case_names, read_route
from periplus.route.places import (
    Area,
    Border,
    CountryOnly,
    Described,
    GroupOnly,
    NotStated,
    UnknownToTraveller,
    Withheld,
)
from periplus.route.steps import Compulsion, Leg, Status, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from periplus import Route
    from periplus.route.fields import Phrase
    from periplus.route.route import Journey

#: The languages in which the gallery stands, each with the file that it stands in.
FILES = {"en": "gallery.md", "ru": "gallery.ru.md"}


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that a route has, and the words for it by language."""

    words: dict[str, str]
    holds: Callable[[Route], bool]


def stops(route: Route) -> list[Stop]:
    """Return the stops of all journeys."""
    return [step for told in route.journeys for step in told.path if isinstance(step, Stop)]


def legs(route: Route) -> list[Leg]:
    """Return the legs of all journeys."""
    return [step for told in route.journeys for step in told.path if isinstance(step, Leg)]


def _knows(*kinds: type) -> Callable[[Route], bool]:
    """Return whether a stop of a route is a place of one of these kinds."""
    return lambda route: any(isinstance(route.places[stop.stop], kinds) for stop in stops(route))


def _moved(*kinds: Compulsion) -> Callable[[Route], bool]:
    """Return whether a leg of a route was moved in one of these ways."""
    return lambda route: any(leg.compulsion in kinds for leg in legs(route))


_taken = _moved(
    Compulsion.EXCHANGE, Compulsion.FORCED_RETURN, Compulsion.ABDUCTION, Compulsion.CUSTODY
)
_ordered = _moved(Compulsion.ORDERED)


def _stopped(route: Route) -> bool:
    ended = {Status.BLOCKED, Status.FAILED}
    return any(attempt.status in ended for stop in stops(route) for attempt in stop.attempts)


def _attempted(route: Route) -> bool:
    return any(stop.attempts for stop in stops(route))


def _is_still(route: Route) -> bool:
    return not legs(route)


def _comes_back(route: Route) -> bool:
    """Return whether a journey comes again into a country that it had left."""
    return any(_repeats(told, route) for told in route.journeys)


def _repeats(told: Journey, route: Route) -> bool:
    places = [route.places[step.stop] for step in told.path if isinstance(step, Stop)]
    entered = [code for code, _ in groupby(getattr(place, "country", None) for place in places)]
    known = [code for code in entered if code]
    return len(known) > len(set(known))


def _disputed(route: Route) -> bool:
    claims = [
        *route.claims,
        *(claim for step in (*stops(route), *legs(route)) for claim in step.claims),
    ]
    return any(len(claim.variants) > 1 for claim in claims)


#: A case stands under the first that fits it.
KINDS = (
    Trait({"en": "Taken, exchanged or returned", "ru": "Задержан, обменян или возвращён"}, _taken),
    Trait({"en": "Stopped on the way", "ru": "Остановлен в пути"}, _stopped),
    Trait(
        {"en": "Several journeys on one map", "ru": "Несколько путей на одной карте"},
        lambda route: len(route.journeys) > 1,
    ),
    Trait({"en": "One place, no journey told", "ru": "Одно место, путь не рассказан"}, _is_still),
    Trait({"en": "Sent by order", "ru": "Отправлен по приказу"}, _ordered),
    Trait({"en": "Out and back", "ru": "Туда и обратно"}, _comes_back),
    Trait({"en": "One way", "ru": "В один конец"}, lambda _: True),
)

#: All that fit are named.
HARD = (
    Trait({"en": "a withheld place", "ru": "место скрыто"}, _knows(Withheld)),
    Trait(
        {"en": "a place that the source does not state", "ru": "место не указано в источнике"},
        _knows(NotStated),
    ),
    Trait(
        {"en": "a place that the traveller did not know", "ru": "место не знал сам путник"},
        _knows(UnknownToTraveller),
    ),
    Trait({"en": "a border without a point", "ru": "граница без точки перехода"}, _knows(Border)),
    Trait({"en": "a region instead of a point", "ru": "регион вместо точки"}, _knows(Area)),
    Trait({"en": "only a country", "ru": "только страна"}, _knows(CountryOnly)),
    Trait({"en": "only a group of states", "ru": "только группа государств"}, _knows(GroupOnly)),
    Trait(
        {"en": "a place that is described, not named", "ru": "место описано, но не названо"},
        _knows(Described),
    ),
    Trait({"en": "sources that disagree", "ru": "источники расходятся"}, _disputed),
    Trait({"en": "a journey that was only attempted", "ru": "только попытка пути"}, _attempted),
    Trait(
        {
            "en": "who moved the traveller, and by what right",
            "ru": "кто перемещал человека и по какому праву",
        },
        _taken,
    ),
    Trait(
        {"en": "several travellers", "ru": "несколько путников"},
        lambda route: len(route.travellers) > 1,
    ),
)

WORDS = {
    "en": {
        "title": "Gallery",
        "lead": (
            "All {n} documented journeys that ship with Periplus, by the kind of journey. Each is\n"
            "drawn by `periplus map NAME`; each is a file to copy and change. Kinds and\n"
            "difficulties are read off the files."
        ),
        "other": "[По-русски](gallery.ru.md)",
        "hard": "What is hard about it",
        "index": "By what is hard",
        "copy": "Copy this one",
        "open": "Open the map",
        "file": "its file",
        "notes": "what is not known",
        "card": "The map of {title}",
    },
    "ru": {
        "title": "Галерея",
        "lead": (
            "Все документированные пути, которые входят в Periplus (их {n}), по виду пути. Каждый\n"
            "рисует `periplus map NAME`; каждый — файл, который можно скопировать и изменить.\n"
            "Виды и трудности определены по самим файлам."
        ),
        "other": "[In English](gallery.md)",
        "hard": "В чём трудность",
        "index": "По трудности",
        "copy": "Скопировать",
        "open": "Открыть карту",
        "file": "файл",
        "notes": "что неизвестно",
        "card": "Карта: {title}",
    },
}


def document(language: str, *, live: bool = False) -> str:
    """Return the page in a language; `live`, as the site has it, with cards and pages."""
    routes = {name: read_route(case(name)) for name in case_names()}
    words = WORDS[language]
    lead = words["lead"].format(n=len(routes))
    head = f"# {words['title']}\n\n{lead}\n\n{words['other']}\n"
    parts = (_kind(kind, _of(kind, routes), language, live=live) for kind in KINDS)
    return head + "".join(parts) + _index(routes, language)


def _of(kind: Trait, routes: dict[str, Route]) -> dict[str, Route]:
    """Return the cases that stand under a kind."""
    return {
        name: route
        for name, route in routes.items()
        if next(each for each in KINDS if each.holds(route)) is kind
    }


def _kind(kind: Trait, routes: dict[str, Route], language: str, *, live: bool) -> str:
    if not routes:
        return ""
    write = _live if live else _plain
    cases = "\n".join(write(name, route, language) for name, route in routes.items())
    return f"\n## {kind.words[language]}\n\n{cases}"


def said(text: Phrase, language: str) -> str:
    """Return a text of an author in a language; as it was written where there is no translation."""
    return text.translations.get(language, str(text))


def hard(route: Route, language: str) -> list[str]:
    """Return what is hard about a case."""
    return [trait.words[language] for trait in HARD if trait.holds(route)]


def _plain(name: str, route: Route, language: str) -> str:
    words = WORDS[language]
    difficulties = "; ".join(hard(route, language))
    return (
        f'### <a id="{name}"></a>{said(route.title, language)}\n\n'
        f"{said(route.short or route.summary, language)}\n\n"
        f"- {words['hard']}: {difficulties}\n"
        f"- {words['copy']}: `periplus new my-case --from {name}`\n"
        f"- [{words['file']}](../maps/{name}/route.yaml){_notes(name, language)}\n"
    )


def _notes(name: str, language: str) -> str:
    there = case(name).with_name("NOTES.md").exists()
    return f", [{WORDS[language]['notes']}](../maps/{name}/NOTES.md)" if there else ""


#: Of a card, which a browser loads when it comes into sight.
_SIZE = "{ loading=lazy width=1200 height=630 }"


def _live(name: str, route: Route, language: str) -> str:
    words = WORDS[language]
    title = escape(said(route.title, language))
    ending = "" if language == "en" else f".{language}"
    page, picture = f"gallery/{name}{ending}.html", f"gallery/{name}{ending}.png"
    return (
        f"### {title} {{#{name}}}\n\n"
        f"[![{words['card'].format(title=title)}]({picture}){_SIZE}]({page})\n\n"
        f"{said(route.short or route.summary, language)}\n\n"
        f"- {words['hard']}: {'; '.join(hard(route, language))}\n"
        f"- [{words['open']}]({page}), [{words['file']}](../maps/{name}/route.yaml)"
        f"{_notes(name, language)}\n\n{words['copy']}:\n\n"
        f"```console\n$ periplus new my-case --from {name}\n```\n"
    )


def _index(routes: dict[str, Route], language: str) -> str:
    """List the cases again, by what is hard about them."""
    return f"\n## {WORDS[language]['index']}\n\n" + "".join(
        _row(trait, routes, language) for trait in HARD
    )


def _row(trait: Trait, routes: dict[str, Route], language: str) -> str:
    found = list(_links(trait, routes, language))
    return f"- {trait.words[language]}: {', '.join(found)}\n" if found else ""


def _links(trait: Trait, routes: dict[str, Route], language: str) -> Iterator[str]:
    for name, route in routes.items():
        if trait.holds(route):
            yield f"[{said(route.title, language)}](#{name})"


if __name__ == "__main__":
    print(document(sys.argv[1]), end="")
