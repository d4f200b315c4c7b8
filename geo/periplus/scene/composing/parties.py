"""Who travels together: where parties part and meet, their letters, and one number a place.

Only journeys that share a place are told so. That two parties came to one place is no meeting: it
is called one where they go on together, or where the author calls the stop a reunion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from string import ascii_uppercase
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.route.places import Named
from periplus.scene import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from periplus.language.translator import Translator
    from periplus.tracing.trace import JourneyTrace, Trace, Visit

#: The role of a stop at which an author says that people meet again.
_REUNION = "reunion"
#: So many letters are listed; more that follow one another are a run.
_PAIR = 2


@dataclass(frozen=True)
class Parties:
    """The parties of a route.

    Attributes
    ----------
    marks
        What stands on a stop, by its ordinal: visits of several journeys to a place share it.
    letters
        That of each traveller, by their key; none where no journeys share a place.
    journeys
        The journeys of the route.
    """

    marks: Mapping[int, int] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    journeys: tuple[JourneyTrace, ...] = ()

    def mark(self, visit: Visit) -> int:
        """Return the number that stands on a stop."""
        return self.marks.get(visit.number, visit.number)

    def tie(self, visit: Visit, say: Translator) -> LocalizedText:
        """Say who parts at a stop, who meets, or who came there, too; mostly nothing."""
        own = next((each for each in self.journeys if visit in each.visits), None)
        if own is None or not self.letters:
            return LocalizedText()
        if visit is own.visits[-1] and (parted := self._parted(own, visit)):
            return say(messages.PART_HERE, parties=self._listed(parted, say))
        if met := self._met(own, visit):
            return say(messages.MEET_HERE, parties=self._listed(met, say))
        others = self._others(own, visit)
        return (
            say(messages.ALSO_HERE, parties=self._listed(others, say))
            if others and visit is not own.visits[0]
            else LocalizedText()
        )

    def told(self, keys: Iterable[str]) -> str:
        """List the letters of travellers; three or more that follow one another as a run: A–D."""
        known = [*self.letters]
        places = sorted(known.index(key) for key in keys if key in self.letters)
        runs = [
            [place for _, place in run]
            for _, run in groupby(enumerate(places), key=lambda it: it[1] - it[0])
        ]
        return ", ".join(
            part
            for run in runs
            for part in (
                [f"{letter(run[0])}\N{EN DASH}{letter(run[-1])}"]
                if len(run) > _PAIR
                else map(letter, run)
            )
        )

    def _parted(self, own: JourneyTrace, visit: Visit) -> list[tuple[str, ...]]:
        """Return the parties into which one breaks up: some go on, and others otherwise or not."""
        mine = set(_keys([own]))
        onward = [
            _keys([each])
            for each in self.journeys
            if each is not own and self._starts_at(each, visit) and set(_keys([each])) < mine
        ]
        gone = {key for party in onward for key in party}
        rest = tuple(key for key in _keys([own]) if key not in gone)
        return [*([rest] if rest else []), *onward] if onward else []

    def _met(self, own: JourneyTrace, visit: Visit) -> list[tuple[str, ...]]:
        """Return the parties that meet at a stop; of one alone, none."""
        arrived = [_keys([own]), *self._others(own, visit)]
        together = [set(_keys([each])) for each in self.journeys if self._starts_at(each, visit)]
        goes_on = any(sum(set(party) <= joint for party in arrived) > 1 for joint in together)
        is_called_so = any(_REUNION in each.stop.roles for _, each in self._visits(visit))
        return arrived if len(arrived) > 1 and (goes_on or is_called_so) else []

    def _others(self, own: JourneyTrace, visit: Visit) -> list[tuple[str, ...]]:
        """Return the parties of others who came to the place of a stop, each once."""
        mine = set(_keys([own]))
        came = [
            _keys([journey])
            for journey, each in self._visits(visit)
            if journey is not own and each is not journey.visits[0]
        ]
        return [party for party in dict.fromkeys(came) if not mine & set(party)]

    def _visits(self, visit: Visit) -> Iterator[tuple[JourneyTrace, Visit]]:
        """Yield all visits to the place of one."""
        for journey in self.journeys:
            yield from (
                (journey, each) for each in journey.visits if self.mark(each) == self.mark(visit)
            )

    def _starts_at(self, journey: JourneyTrace, visit: Visit) -> bool:
        return self.mark(journey.visits[0]) == self.mark(visit)

    def _listed(self, parties: Iterable[tuple[str, ...]], say: Translator) -> LocalizedText:
        return say.clauses(LocalizedText(self.told(party)) for party in parties)


def parties_of(trace: Trace) -> Parties:
    """Return the parties of a route; of one whose journeys share no place, nothing is told."""
    marks = _marks(trace)
    if len(set(marks.values())) == len(marks):
        return Parties(marks)
    keys = _keys(trace.journeys)
    letters = {key: letter(number) for number, key in enumerate(keys)} if len(keys) > 1 else {}
    return Parties(marks, letters, trace.journeys)


def _keys(journeys: Iterable[JourneyTrace]) -> tuple[str, ...]:
    """Return the keys of travellers, each once."""
    return tuple(dict.fromkeys(key for each in journeys for key in each.journey.travellers))


def letter(number: int) -> str:
    """Return the letter of a traveller, counted from 0.

    >>> letter(0), letter(25), letter(26), letter(39)
    ('A', 'Z', 'AA', 'AN')
    """
    before, own = divmod(number, len(ascii_uppercase))
    return f"{letter(before - 1) if before else ''}{ascii_uppercase[own]}"


def _marks(trace: Trace) -> dict[int, int]:
    """Return the number of each stop: that of one in an earlier journey at the same place."""
    marks: dict[int, int] = {}
    known: dict[str, list[int]] = {}
    for journey in trace.journeys:
        own: dict[str, list[int]] = {}
        for visit in journey.visits:
            key = visit.stop.stop
            shared = known.get(key, [])[len(own.get(key, [])) :] if _is_the_same(visit) else []
            marks[visit.number] = shared[0] if shared else max(marks.values(), default=0) + 1
            own.setdefault(key, []).append(marks[visit.number])
        for key, numbers in own.items():
            known[key] = [*numbers, *known.get(key, [])[len(numbers) :]]
    return marks


def _is_the_same(visit: Visit) -> bool:
    """Tell whether a place is known to be that of an earlier visit."""
    return bool(visit.stop.same_place) or isinstance(visit.place, Named)
