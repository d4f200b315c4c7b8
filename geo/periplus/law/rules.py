"""The method as data: ordered rules, labels and cautions, read from `layers/rules.toml`.

The file holds a set for each requesting state, and rules that they share or that one of them
overrides; a `Rulebook` gives the `Rules` towards each. The first rule that holds decides. A file
is read strictly: what could not work, or could give a level without naming a fact, is refused
with its line. `method_tables` prints the rules for `docs/method.md`, so that the published method
cannot differ from the one in use.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from periplus.errors import Fault, InputError, Location, UsageError
from periplus.law.predicates import PREDICATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from periplus.law.predicates import Predicate


class Level(StrEnum):
    """How likely a return to the requesting state is, as far as documented facts tell.

    Two of them are no degree of that, and have no rank: `suspended` says only that extradition
    is, and `unknown` that the tables do not support a level.
    """

    REQUESTING_STATE = "requesting_state"
    CRITICAL = "critical"
    HIGH = "high"
    ELEVATED = "elevated"
    MODERATE = "moderate"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int | None:
        """How grave it is, from 1; `None`: it is no degree, and nothing may be ordered by it."""
        return _RANKS.get(self)


#: What can be compared; the requesting state itself is the gravest.
_RANKS = {
    level: rank
    for rank, level in enumerate(
        (Level.MODERATE, Level.ELEVATED, Level.HIGH, Level.CRITICAL, Level.REQUESTING_STATE), 1
    )
}


class Aspect(StrEnum):
    """The three things that a level is made of, and that are shown beside it."""

    LEGAL_BASIS = "legal_basis"
    PRACTICE = "practice"
    PROTECTION = "protection"


# --- the rules, as data ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when it holds, what follows, and the sentence that a reader sees.

    Attributes
    ----------
    level
        The level that follows; `None` where the standing of another state applies.
    towards
        Towards which requesting states alone it speaks; empty: towards any.
    jurisdictions
        Of which alone it speaks; empty: of any.
    every, some
        Names of predicates: all of `every` and, if there are any, one of `some` must hold.
        `!` before a name negates it.
    """

    id: str
    towards: frozenset[str]
    territories: bool
    level: Level | None
    jurisdictions: frozenset[str]
    every: tuple[str, ...]
    some: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """Which label a predicate puts into which layer."""

    layer: Aspect
    id: str
    towards: frozenset[str]
    predicate: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A warning beside a level; what is empty is no condition.

    Attributes
    ----------
    claims_only, copies_only
        Whether it is given where all practice behind the level was stated by the requesting
        state, or was read in copies.
    """

    id: str
    towards: frozenset[str]
    text: str
    levels: frozenset[Level]
    every: tuple[str, ...]
    claims_only: bool
    copies_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The method towards one requesting state: for which days, and the rules in order.

    Attributes
    ----------
    valid_from
        The first day that the method speaks of.
    facts_until
        The day up to which the facts were gathered; later ones may have happened since.
    """

    requesting_state: str
    valid_from: date
    facts_until: date
    rules: tuple[Rule, ...]
    labels: tuple[LabelRule, ...]
    cautions: tuple[Caution, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        """The rules that say of states by name what no level covers: these are not rated."""
        named = (rule for rule in self.rules if rule.jurisdictions)
        return tuple(rule.id for rule in named if rule.level is Level.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestingState:
    """What is particular to one requesting state.

    Attributes
    ----------
    valid_from, facts_until
        As in `Rules`.
    words
        Whom it concerns, as parts of the sentences that all sets share.
    """

    code: str
    valid_from: date
    facts_until: date
    words: Mapping[str, str]

    @property
    def fillings(self) -> Mapping[str, str]:
        """What fills the places that every sentence towards it may leave open."""
        return {**self.words, "since": f"{self.valid_from:%B} {self.valid_from.year}"}


_Spoken = TypeVar("_Spoken", Rule, LabelRule, Caution)


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """All that a file of rules holds: the requesting states, and what is said towards them.

    Attributes
    ----------
    facts_until
        The day up to which the facts were gathered that concern no requesting state.
    rules, labels, cautions
        As written: with places for the words of each set.
    """

    facts_until: date
    states: tuple[RequestingState, ...]
    rules: tuple[Rule, ...]
    labels: tuple[LabelRule, ...]
    cautions: tuple[Caution, ...]

    @cached_property
    def sets(self) -> Mapping[str, Rules]:
        """The rules towards each requesting state, by its code, in the words of its set."""
        return MappingProxyType({state.code: self._rules(state) for state in self.states})

    def towards(self, code: str) -> Rules:
        """Return the rules towards a requesting state.

        Raises
        ------
        UsageError
            If the book holds none.
        """
        if code in self.sets:
            return self.sets[code]
        message = (
            f"no rules and no facts are shipped towards {code!r} as the requesting state, and a "
            f"table of unknowns would mislead. There are: {', '.join(self.sets)}. CONTRIBUTING.md "
            "tells how to add a requesting state."
        )
        raise UsageError(message)

    def _rules(self, state: RequestingState) -> Rules:
        return Rules(
            requesting_state=state.code,
            valid_from=state.valid_from,
            facts_until=state.facts_until,
            rules=tuple(
                replace(rule, reason=_filled(rule.reason, state))
                for rule in spoken(self.rules, state.code)
            ),
            labels=tuple(
                replace(label, text=_filled(label.text, state))
                for label in spoken(self.labels, state.code)
            ),
            cautions=tuple(
                replace(caution, text=_filled(caution.text, state))
                for caution in spoken(self.cautions, state.code)
            ),
        )


def spoken(entries: Iterable[_Spoken], code: str) -> tuple[_Spoken, ...]:
    """Return what is said towards a state: of two with one id, that which names the state."""
    heard = [entry for entry in entries if not entry.towards or code in entry.towards]
    own = {entry.id for entry in heard if entry.towards}
    return tuple(entry for entry in heard if entry.towards or entry.id not in own)


def _filled(sentence: str, state: RequestingState) -> str:
    """Fill in the words of a set; what a standing fills in stays open."""
    return sentence.format_map({place: f"{{{place}}}" for place in _PLACES} | {**state.fillings})


# --- reading the rules ----------------------------------------------------------------------


class RuleFault(StrEnum):
    """What can be wrong in a file of rules."""

    SYNTAX = "PER450"  # not TOML
    KEY = "PER451"  # a key is missing, unknown, or of the wrong type
    WORD = "PER452"  # an unknown level or layer
    PREDICATE = "PER453"  # no predicate has this name
    REPEATED = "PER454"  # an id stands twice
    LAST = "PER455"  # the last rule must hold always
    EVIDENCE = "PER456"  # a level could be given without naming a fact
    REVERSED = "PER457"  # a set begins after its last day


def parse_rules(text: str, path: str = "rules.toml") -> Rulebook:
    """Read a file of rules.

    Raises
    ------
    InputError
        If anything in it is wrong, with every fault that was found.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_syntax_fault(error, path)) from None
    draft = _Draft(path, text.split("\n"), [])
    draft.keys(data, 1, *_TOP_LEVEL)
    book = Rulebook(
        facts_until=draft.value(data, "facts_until", date, 1) or date.max,
        states=tuple(_requesting(draft, *entry) for entry in draft.entries(data, "requesting")),
        rules=tuple(_rule(draft, *entry) for entry in draft.entries(data, "rule")),
        labels=tuple(_label_rule(draft, *entry) for entry in draft.entries(data, "label")),
        cautions=tuple(_caution(draft, *entry) for entry in draft.entries(data, "caution")),
    )
    draft.check(book)
    if draft.faults:
        raise InputError(*sorted(draft.faults, key=lambda fault: fault.location))
    return book


_TOP_LEVEL = ("facts_until", "requesting", "rule", "label", "caution")

#: What a standing fills in.
_PLACES = ("towards", "controller", "held_since")
#: What a set of a requesting state holds beside its words.
_SET = ("code", "valid_from", "facts_until")

_Value = TypeVar("_Value")
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file of rules while it is read, with what is wrong in it so far."""

    path: str
    lines: list[str]
    faults: list[Fault]

    def refuse(
        self, code: RuleFault, line: int, message: str, hint: str = "", key: str = ""
    ) -> None:
        """Note that something is wrong: with an entry, or with the value of one of its keys."""
        place = self._place(key, line) if key else Location(self.path, line)
        self.faults.append(Fault(code, message, place, hint))

    def _place(self, key: str, line: int) -> Location:
        """Return where the value of a key of the entry that begins on a line stands."""
        for number, text in enumerate(self.lines[line - 1 :], line):
            if found := re.match(rf"{key}\s*=\s*", text):
                return Location(self.path, number, found.end() + 1)
        return Location(self.path, line)

    def entries(self, data: dict[str, Any], name: str) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield the tables of an array, each with the line where it begins."""
        heads = [n for n, line in enumerate(self.lines, 1) if line.startswith(f"[[{name}]]")]
        listed = data.get(name, [])
        if not isinstance(listed, list) or len(listed) != len(heads):
            self.refuse(RuleFault.KEY, 1, f"write every {name} as a table under [[{name}]]")
            return
        ids: set[tuple[str, str]] = set()
        for entry, line in zip(listed, heads, strict=True):
            key = str(entry.get("id", entry.get("name", entry.get("code", ""))))
            uses = {(key, code) for code in self.names(entry, "towards", line) or ("",)}
            if uses & ids:
                self.refuse(RuleFault.REPEATED, line, f"the id {key!r} stands twice")
            ids |= uses
            yield entry, line

    def value(
        self, entry: dict[str, Any], key: str, kind: type[_Value], line: int
    ) -> _Value | None:
        """Return an obligatory value."""
        value = entry.get(key)
        if isinstance(value, kind) and value != "":
            return value
        self.refuse(RuleFault.KEY, line, f"{key!r} is missing or no {kind.__name__}")
        return None

    def text(self, entry: dict[str, Any], key: str, line: int) -> str:
        """Return an obligatory text."""
        return self.value(entry, key, str, line) or ""

    def word(self, text: str, kind: type[_Word], line: int) -> _Word | None:
        """Return the word of an enumeration."""
        if text in {*kind}:
            return kind(text)
        hint = f"the words are {', '.join(kind)}"
        self.refuse(RuleFault.WORD, line, f"{text!r} is no {kind.__name__.lower()}", hint)
        return None

    def names(self, entry: dict[str, Any], key: str, line: int) -> tuple[str, ...]:
        """Return a list of names, which may be left out."""
        listed = entry.get(key, [])
        if isinstance(listed, list) and all(isinstance(name, str) for name in listed):
            return tuple(listed)
        self.refuse(RuleFault.KEY, line, f"{key!r} is no list of names")
        return ()

    def predicates(self, entry: dict[str, Any], key: str, line: int) -> tuple[str, ...]:
        """Return the conditions of a list, each of which must be a known predicate."""
        names = self.names(entry, key, line)
        for name in names:
            if name.removeprefix("!") not in PREDICATES:
                near = difflib.get_close_matches(name.removeprefix("!"), PREDICATES, n=1)
                hint = f"is it {near[0]!r}?" if near else "docs/method.md lists the predicates"
                self.refuse(RuleFault.PREDICATE, line, f"no predicate is called {name!r}", hint)
        return names

    def keys(self, entry: dict[str, Any], line: int, *names: str) -> None:
        """Refuse keys that would be passed over in silence."""
        for key in sorted(set(entry).difference(names)):
            hint = f"the keys are {', '.join(names)}"
            self.refuse(RuleFault.KEY, line, f"no key is called {key!r}", hint)

    def check(self, book: Rulebook) -> None:
        """Refuse what leaves a case undecided, or a place of a sentence open."""
        codes = [state.code for state in book.states]
        if not codes:
            hint = "write one under [[requesting]], with a code, valid_from and facts_until"
            self.refuse(RuleFault.KEY, 1, "there is no requesting state", hint)
        for code in codes:
            for territories, of in ((True, "territories"), (False, "countries")):
                heard = spoken(book.rules, code)
                chain = [rule for rule in heard if rule.territories == territories]
                if not chain or chain[-1].every or chain[-1].some or chain[-1].jurisdictions:
                    hint = "end with a rule that gives 'unknown' and has no conditions"
                    message = f"the last rule of {of} must always hold"
                    self.refuse(RuleFault.LAST, len(self.lines), message, hint)
        self.faults[:] = dict.fromkeys(self.faults)
        self._check_states(book, codes)
        self._check_places(book)

    def _check_states(self, book: Rulebook, codes: list[str]) -> None:
        """Refuse what is said towards a state that has no set."""
        said: list[Rule | LabelRule | Caution] = [*book.rules, *book.labels, *book.cautions]
        for entry in said:
            for code in sorted(entry.towards.difference(codes)):
                hint = f"there are {', '.join(codes)}; write its set under [[requesting]] first"
                line = self._line_of(entry.id)
                self.refuse(RuleFault.WORD, line, f"{code!r} has no set", hint, "towards")

    def _check_places(self, book: Rulebook) -> None:
        """Refuse places that a set does not fill, and words of a set that fill none."""
        for state in book.states:
            sentences = [
                *((rule.id, rule.reason) for rule in spoken(book.rules, state.code)),
                *((label.id, label.text) for label in spoken(book.labels, state.code)),
                *((caution.id, caution.text) for caution in spoken(book.cautions, state.code)),
            ]
            known = (*_PLACES, *state.fillings)
            asked: set[str] = set()
            for key, sentence in sentences:
                places = set(re.findall(r"\{(.*?)\}", sentence))
                asked |= places
                for place in sorted(places.difference(known)):
                    hint = f"there are {', '.join(f'{{{place}}}' for place in known)}"
                    message = f"nothing fills in {{{place}}} towards {state.code}"
                    self.refuse(RuleFault.WORD, self._line_of(key), message, hint)
            for word in sorted(set(state.words) - asked):
                hint = "drop it, or write it into a sentence in braces"
                message = f"no sentence asks for {{{word}}}"
                self.refuse(RuleFault.KEY, self._line_of(state.code), message, hint, word)

    def _line_of(self, key: str) -> int:
        """Return the line on which an entry is called so."""
        called = re.compile(rf'(id|name|code)\s*=\s*"{re.escape(key)}"')
        return next((n for n, line in enumerate(self.lines, 1) if called.match(line)), 1)


def _requesting(draft: _Draft, entry: dict[str, Any], line: int) -> RequestingState:
    """Read the set of one requesting state."""
    code = draft.text(entry, "code", line)
    if code and not re.fullmatch("[A-Z]{3}", code):
        hint = "write an ISO 3166-1 alpha-3 code, such as RUS"
        draft.refuse(RuleFault.WORD, line, f"{code!r} is no state", hint, "code")
    first = draft.value(entry, "valid_from", date, line) or date.min
    last = draft.value(entry, "facts_until", date, line) or date.max
    if last < first:
        message = f"the set of {code} begins on {first}, after its last day, {last}"
        hint = "exchange valid_from and facts_until, or correct one"
        draft.refuse(RuleFault.REVERSED, line, message, hint, "valid_from")
    words = {key: draft.text(entry, key, line) for key in entry if key not in _SET}
    return RequestingState(code=code, valid_from=first, facts_until=last, words=words)


_RULE = ("id", "towards", "of", "level", "follows", "jurisdictions", "all", "any", "reason")


def _rule(draft: _Draft, entry: dict[str, Any], line: int) -> Rule:
    """Read one rule."""
    draft.keys(entry, line, *_RULE)
    follows = entry.get("follows") == "controller"
    rule = Rule(
        id=draft.text(entry, "id", line),
        towards=frozenset(draft.names(entry, "towards", line)),
        territories=entry.get("of") == "territories",
        level=None if follows else draft.word(str(entry.get("level", "")), Level, line),
        jurisdictions=frozenset(draft.names(entry, "jurisdictions", line)),
        every=draft.predicates(entry, "all", line),
        some=draft.predicates(entry, "any", line),
        reason=draft.text(entry, "reason", line),
    )
    named = rule.some or any(not name.startswith("!") for name in rule.every)
    if not named and rule.level is not Level.UNKNOWN:
        message = f"{rule.id} gives a level without a fact that shows it"
        draft.refuse(RuleFault.EVIDENCE, line, message, "add a condition without '!'")
    return rule


def _label_rule(draft: _Draft, entry: dict[str, Any], line: int) -> LabelRule:
    """Read one label."""
    draft.keys(entry, line, "layer", "name", "towards", "predicate", "text")
    predicates = draft.predicates({"predicate": [entry.get("predicate", "")]}, "predicate", line)
    return LabelRule(
        layer=draft.word(str(entry.get("layer", "")), Aspect, line) or Aspect.PRACTICE,
        id=draft.text(entry, "name", line),
        towards=frozenset(draft.names(entry, "towards", line)),
        predicate=predicates[0],
        text=draft.text(entry, "text", line),
    )


def _caution(draft: _Draft, entry: dict[str, Any], line: int) -> Caution:
    """Read one caution."""
    names = ("id", "towards", "text", "levels", "all", "claims_only", "copies_only")
    draft.keys(entry, line, *names)
    levels = [draft.word(name, Level, line) for name in draft.names(entry, "levels", line)]
    return Caution(
        id=draft.text(entry, "id", line),
        towards=frozenset(draft.names(entry, "towards", line)),
        text=draft.text(entry, "text", line),
        levels=frozenset(level for level in levels if level is not None),
        every=draft.predicates(entry, "all", line),
        claims_only=bool(entry.get("claims_only", False)),
        copies_only=bool(entry.get("copies_only", False)),
    )


def _syntax_fault(error: tomllib.TOMLDecodeError, path: str) -> Fault:
    """Tell where a text is not TOML."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    return Fault(RuleFault.SYNTAX, f"this is not TOML: {error}", Location(path, line, column))


# --- the published method -------------------------------------------------------------------


def method_tables(book: Rulebook) -> str:
    """Write all sets, rules, labels, cautions and predicates as Markdown, for `docs/method.md`."""
    states = [
        (state.code, f"{state.valid_from}", f"{state.facts_until}", _words(state))
        for state in book.states
    ]
    head = ("code", "valid_from", "facts_until", "words")
    parts = [_table("Requesting states", head, states)]
    chains = (
        ("Rules for territories", [rule for rule in book.rules if rule.territories]),
        ("Rules for countries", [rule for rule in book.rules if not rule.territories]),
    )
    parts += [_table(title, ("id", "level", "if", "reason"), map(_cells, c)) for title, c in chains]
    labels = [
        (f"`{rule.id}`", rule.layer, f"{_of(rule)}`{rule.predicate}`", rule.text)
        for rule in book.labels
    ]
    parts.append(_table("Labels", ("label", "layer", "if", "says"), labels))
    cautions = [(caution.id, _when_cautioned(caution), caution.text) for caution in book.cautions]
    parts.append(_table("Cautions", ("id", "if", "says"), cautions))
    predicates = [
        (f"`{name}`", _meaning(function)) for name, function in sorted(PREDICATES.items())
    ]
    parts.append(_table("Predicates", ("name", "holds if"), predicates))
    return "\n\n".join(parts) + "\n"


def _words(state: RequestingState) -> str:
    return "; ".join(f"`{{{place}}}` {words}" for place, words in state.fillings.items())


def _of(entry: Rule | LabelRule | Caution) -> str:
    """Write towards which states alone something is said."""
    return f"towards {', '.join(sorted(entry.towards))}; " if entry.towards else ""


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a Markdown table under a heading."""
    lines = [head, ("---",) * len(head), *rows]
    return f"### {title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(rule: Rule) -> tuple[str, ...]:
    """Write a rule as the cells of a table."""
    level = str(rule.level) if rule.level else "that of the controller"
    of = f"of {', '.join(sorted(rule.jurisdictions))}; " if rule.jurisdictions else ""
    conditions = _conditions(rule.every, rule.some) if rule.every or rule.some or not of else ""
    return rule.id, level, f"{_of(rule)}{of}{conditions}".removesuffix("; "), rule.reason


def _conditions(every: tuple[str, ...], some: tuple[str, ...] = ()) -> str:
    """Write the conditions of a rule."""
    words = [_condition(name) for name in every]
    if some:
        words.append(f"({' or '.join(map(_condition, some))})")
    return " and ".join(words) or "otherwise"


def _condition(name: str) -> str:
    """Write a condition."""
    return f"not `{name[1:]}`" if name.startswith("!") else f"`{name}`"


def _when_cautioned(caution: Caution) -> str:
    """Write when a caution is given."""
    words = [_of(caution).removesuffix("; ")] if caution.towards else []
    words += [_conditions(caution.every)] if caution.every else []
    if caution.claims_only:
        words.append("all practice among the evidence is stated by the requesting state")
    if caution.copies_only:
        words.append("all practice among the evidence was read in copies")
    levels = [level for level in Level if level in caution.levels]
    if levels:
        words.append(f"the level is {' or '.join(levels)}")
    return "; ".join(words)


def _meaning(function: Predicate) -> str:
    """Return the docstring of a predicate on one line."""
    return " ".join((function.__doc__ or "").split())
