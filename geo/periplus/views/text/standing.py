"""Standings for readers and programs: an outline that text and terminal share, JSON, and CSV.

All of them carry the date, the requesting state, the worldview, and whether they rest on facts
of the user's own.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from periplus import distribution
from periplus.language.text import LocalizedText
from periplus.language.translator import translator
from periplus.law import circumstances
from periplus.law.facts import (
    LOCAL_AUTHORITIES,
    Control,
    Fact,
    Facts,
    Membership,
    Offence,
    Practice,
    Publication,
    Treaty,
)
from periplus.law.standing import Answer, Change, Difference, LayerValue, Standing, spell
from periplus.scene import messages
from periplus.scene.composing.searched import level_words, search_words
from periplus.scene.composing.surroundings import penalty_words
from periplus.scene.scene import NO_ADVICE
from periplus.world.names import name
from periplus.world.worldview import controller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from periplus.dates import Edtf
    from periplus.law.facts import Territory
    from periplus.law.rules import Rules
    from periplus.law.searches import Search

_WIDTH = 100

METHOD = (
    "The level is an indicator that published rules (docs/method.md) derive from cited facts. It "
    "is not legal advice and no forecast for any person. Unknown is an answer and never means "
    f"safe. {NO_ADVICE}"
)
CHECKED = (
    "Verified means read in an excerpt of the page, or, where it says so, of a copy of it; whole "
    "pages were not read. Recalled means from memory, with a page to check it against."
)
WORLDVIEW = (
    "Worldview de jure: a state stands at the borders recognised in international law. A "
    "territory has a standing of its own, by who governs it on the day, in either worldview."
)
GATHERED = "The shipped facts were gathered up to {day}; what happened since is not in them."
OWN_FACTS = "This rests also on facts of your own, added to the shipped ones: {ids}."
OWN = "your own fact"
#: Of the tables themselves; that there is none is said of practice alone, and after a search.
_NOT_HELD = "the tables hold none for this day"
_ENGLISH = translator("en-GB")  # which writes dates as this module does
_LAYERS = {
    "legal_basis": "Legal basis",
    "practice": "Practice",
    "protection": "Protection",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What standings rest on: the facts, the rules, and the ids of facts that the user added."""

    facts: Facts
    rules: Rules
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A line of an outline, with what stands under it.

    Attributes
    ----------
    style
        What kind of line it is: empty, `level`, `heading`, `link` or `warning`.
    """

    text: str
    style: str = ""
    children: tuple[Node, ...] = ()


# ---------------------------------------------------------------------------- outlines


def outline(answer: Answer, basis: Basis) -> Node:
    """Describe the standing of one jurisdiction: the level, why, and each layer with evidence."""
    standing = answer.standing
    nodes = (
        Node(_asked(answer)),
        *_territory(standing, basis),
        *_changed_within(answer, basis),
        Node(f"Rule {standing.rule}: {standing.reason}", "heading", _deciding(standing, basis)),
        *(_layer(layer, standing, basis) for layer in _LAYERS),
        *_around(standing, basis),
        _memberships(standing, basis),
        *_listed("Cautions", standing.cautions),
        *_listed("Doubts", (doubt.text for doubt in standing.doubts)),
        Node(f"Confidence of the deciding facts: {standing.confidence}", "heading"),
        *_footer(basis),
    )
    return Node(_headline(standing), standing.level.value, nodes)


def _deciding(standing: Standing, basis: Basis) -> tuple[Node, ...]:
    """Name the facts that decided, and say those that no layer shows."""
    labels = [label for layer in _LAYERS for label in getattr(standing, layer)]
    shown = {key for label in labels for key in label.evidence}
    below = ", ".join(fact.id for fact in standing.evidence if fact.id in shown)
    others = tuple(_fact(fact, basis) for fact in standing.evidence if fact.id not in shown)
    return (*((Node(f"Decided by, see below: {below}"),) if below else ()), *others)


def outline_history(changes: Sequence[Change], basis: Basis) -> Node:
    """Describe how the level of one jurisdiction came about: each change, and its causes."""
    nodes = [_change(change, basis) for change in changes]
    first = changes[0].after
    title = f"{_called(first.jurisdiction)}: history of the level towards {name(first.towards)}"
    return Node(title, "heading", (*nodes, *_footer(basis)))


def outline_differences(
    found: Sequence[Difference], first: str, last: str, towards: str, basis: Basis
) -> Node:
    """Describe what changed between two days, jurisdiction by jurisdiction."""
    nodes = [_difference(difference, basis) for difference in found]
    count = f"{len(found)} of {len(basis.facts.countries) + len(basis.facts.territories)}"
    title = f"From {first} to {last}, towards {name(towards)}: {count} jurisdictions changed"
    return Node(title, "heading", (*nodes, *_footer(basis)))


def render_text(node: Node) -> str:
    """Return an outline as plain text, indented, of at most 100 columns but for addresses."""
    return "\n".join(_lines(node, 0)) + "\n"


def _lines(node: Node, depth: int) -> Iterator[str]:
    indent = "  " * depth
    wrapped = textwrap.wrap(
        node.text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from wrapped
    for child in node.children:
        yield from _lines(child, depth + 1)


def _footer(basis: Basis) -> Iterator[Node]:
    """Say what is said under every output."""
    if basis.own:
        yield Node(OWN_FACTS.format(ids=", ".join(basis.own)), "warning")
    yield Node(GATHERED.format(day=_day(basis.rules.facts_until)))
    yield Node(CHECKED)
    yield Node(WORLDVIEW)
    yield Node(METHOD)


def _headline(standing: Standing) -> str:
    level = level_words(standing, _ENGLISH).capitalised()
    return f"{_called(standing.jurisdiction)} towards {name(standing.towards)}: {level}"


def _level_name(level: str) -> str:
    return LocalizedText(messages.LEVEL[level]).capitalised()


def _called(jurisdiction: str) -> str:
    return f"{name(jurisdiction)} ({jurisdiction})"


def _asked(answer: Answer) -> str:
    on = _day(answer.standing.on)
    return f"On {on}" if answer.asked.is_day else f"On {on}, the last day of {answer.asked}"


def _territory(standing: Standing, basis: Basis) -> Iterator[Node]:
    """Say whose a territory is and who holds it, each with its source."""
    known = basis.facts.territories.get(standing.jurisdiction)
    if known is None:
        return
    if not known.exists(standing.on):
        yield Node(_of_another_time(known), "warning")
    if known.outline == "none":
        yield Node("No outline of it is held: no map, trace or export tells it apart.", "warning")
    rows = basis.facts.of(standing.jurisdiction, Control)
    held = tuple(_fact(row, basis) for row in rows if row.in_force(standing.on))
    holder = controller(basis.facts, standing.jurisdiction, standing.on)
    told = f"governed by {_holder(holder)}" if holder else "no single holder is stated"
    yield Node(f"A territory: {known.label}; on this day {told}", "heading", held)


def _of_another_time(territory: Territory) -> str:
    """Say when a territory was told apart, and what holds on other days."""
    first = f" from {territory.exists_from}" if territory.exists_from else ""
    last = f" until {territory.exists_until}" if territory.exists_until else ""
    state = f": the standing of {_called(territory.parent)} holds" if territory.parent else ""
    return (
        f"It is a territory of its own{first}{last} ({territory.existence}), and not on this "
        f"day{state}."
    )


def _changed_within(answer: Answer, basis: Basis) -> Iterator[Node]:
    """Say what changed inside a date that is coarser than a day."""
    if answer.asked.is_day:
        return
    if len(answer.changes) == 1:
        yield Node(f"Within {answer.asked} the level and the rule behind it did not change.")
        return
    nodes = tuple(_change(change, basis) for change in answer.changes)
    yield Node(f"Within {answer.asked} it changed:", "warning", nodes)


def _change(change: Change, basis: Basis) -> Node:
    after = change.after
    text = f"From {_day(change.on)}: {_level_name(after.level)} ({after.rule})"
    causes = tuple(_fact(fact, basis) for fact in change.causes) if change.before else ()
    return Node(text, after.level.value, (Node(after.reason), *causes))


def _difference(difference: Difference, basis: Basis) -> Node:
    before, after = difference.before, difference.after
    code = after.jurisdiction
    if before.level == after.level:
        text = f"{_called(code)}: {_level_name(after.level)}, as before"
    else:
        text = f"{_called(code)}: {_level_name(before.level)}, then {_level_name(after.level)}"
    rows = (("Began", difference.begun), ("Ended", difference.ended))
    dated = tuple(_fact(fact, basis, f"{word}: ") for word, facts in rows for fact in facts)
    changes = tuple(_change(change, basis) for change in difference.changes)
    return Node(text, after.level.value, (*changes, *dated))


def _layer(layer: str, standing: Standing, basis: Basis) -> Node:
    labels: tuple[LayerValue, ...] = getattr(standing, layer)
    nodes = tuple(
        Node(
            label.text,
            children=tuple(_fact(basis.facts.by_id[key], basis) for key in label.evidence),
        )
        for label in labels
    )
    if layer == "practice":
        searched = Node(search_words(standing, _ENGLISH))
        return Node(_LAYERS[layer], "heading", (*nodes, searched))
    title = _LAYERS[layer] if nodes else f"{_LAYERS[layer]}: {_NOT_HELD}"
    return Node(title, "heading", nodes)


def _around(standing: Standing, basis: Basis) -> Iterator[Node]:
    """Say whose forces stand there, and what the law of the requesting state threatens."""
    on = standing.on
    if standing.jurisdiction in basis.facts.countries:  # of a territory all is told above
        rows = circumstances.forces(standing.jurisdiction, on, basis.facts)
        yield from _told("Foreign forces", (_fact(row, basis) for row in rows))
    found = circumstances.penalties(standing.towards, on, basis.facts)
    title = f"Penalties in {name(standing.towards)} that wait on return"
    yield from _told(title, (_fact(row, basis) for row in found))


def _told(title: str, nodes: Iterable[Node]) -> Iterator[Node]:
    children = tuple(nodes)
    if children:
        yield Node(title, "heading", children)


def _memberships(standing: Standing, basis: Basis) -> Node:
    rows = list(standing.memberships)
    if standing.csto and standing.csto not in rows:
        rows.append(standing.csto)  # one that has ended is said, with its end
    nodes = tuple(_fact(row, basis) for row in rows)
    return Node("Memberships" if nodes else f"Memberships: {_NOT_HELD}", "heading", nodes)


def _listed(title: str, texts: Iterable[str]) -> Iterator[Node]:
    yield from _told(title, (Node(text) for text in texts))


def _fact(fact: Fact, basis: Basis, before: str = "") -> Node:
    """Say a fact in words, how far it was checked, and where it was published."""
    checked = OWN if fact.id in basis.own else messages.CONFIDENCE[fact.checked]
    text = f"{before}{fact_words(fact, basis.facts)} ({checked}) [{fact.id}]"
    cited = [fact.source, fact.second_source]
    links = tuple(Node(_citation(source), "link") for source in cited if source is not None)
    return Node(text, children=links)


def fact_words(fact: Fact, facts: Facts) -> str:
    """Say in a sentence what a fact states, and when."""
    about = facts.meaning(fact, "fact", fact.kind)
    match fact:
        case Practice():
            when = f"{spell(fact.valid_from)}: " if fact.valid_from else ""
            who = f"{fact.person}. " if fact.person else ""
            return f"{when}{who}{fact.summary}"
        case Control():
            status = facts.meaning(fact, "status", fact.value)
            held = status if fact.kind == "STATUS" else _holder(fact.value)
            parts = [f"{about}: {held}{_validity(fact)}", fact.note]
        case Offence():
            parts = [str(penalty_words(fact, _ENGLISH)), fact.note]
        case Membership() | Treaty():
            status = facts.meaning(fact, "status", fact.status)
            parts = [f"{about}: {status}{_validity(fact)}", fact.note]
        case _:
            parts = [f"{fact.statement}{_validity(fact)}"]
    return ". ".join(part for part in parts if part)


def _holder(value: str) -> str:
    return "local authorities" if value == LOCAL_AUTHORITIES else name(value)


def _validity(fact: Fact) -> str:
    since = f", from {spell(fact.valid_from)}" if fact.valid_from else ""
    until = f", until {spell(fact.valid_to)}" if fact.valid_to else ""
    return since + until


def _citation(source: Publication) -> str:
    return source.url if source.title == source.url else f"{source.title}: {source.url}"


def _day(on: date) -> str:
    """Write a day in English."""
    return f"{on.day} {on:%B} {on.year}"


# ---------------------------------------------------------------------------- JSON


def render_json(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return what the functions below made as JSON text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def answer_data(answer: Answer, basis: Basis) -> dict[str, Any]:
    """Return an answer as plain values."""
    return {
        **_head(basis),
        "asked": str(answer.asked),
        **standing_data(answer.standing, basis),
        "changes": [change_data(change, basis) for change in answer.changes],
    }


def history_data(changes: Sequence[Change], basis: Basis) -> dict[str, Any]:
    """Return a history as plain values."""
    first = changes[0].after
    return {
        **_head(basis),
        "jurisdiction": first.jurisdiction,
        "name": name(first.jurisdiction),
        "requesting_state": first.towards,
        "changes": [change_data(change, basis) for change in changes],
    }


def differences_data(
    found: Sequence[Difference], first: str, last: str, towards: str, basis: Basis
) -> dict[str, Any]:
    """Return what changed between two days as plain values."""
    return {
        **_head(basis),
        "from": first,
        "to": last,
        "requesting_state": towards,
        "differences": [
            {
                "jurisdiction": difference.after.jurisdiction,
                "name": name(difference.after.jurisdiction),
                "level_before": difference.before.level.value,
                "level_after": difference.after.level.value,
                "changes": [change_data(change, basis) for change in difference.changes],
                "begun": [fact_data(fact, basis) for fact in difference.begun],
                "ended": [fact_data(fact, basis) for fact in difference.ended],
            }
            for difference in found
        ],
    }


def standing_data(standing: Standing, basis: Basis) -> dict[str, Any]:
    """Return a standing as plain values, each fact with its source."""
    territory = basis.facts.territories.get(standing.jurisdiction)
    rows = {row.id: row for row in standing.evidence}
    return {
        "jurisdiction": standing.jurisdiction,
        "name": name(standing.jurisdiction),
        "kind": "territory" if territory else "state",
        "sovereign": (territory.parent or None) if territory else standing.jurisdiction,
        "controller": _controller(standing, basis),
        "status": territory.label if territory else None,
        "as_of": standing.on.isoformat(),
        "requesting_state": standing.towards,
        "level": standing.level.value,
        "rule": standing.rule,
        "reason": standing.reason,
        "follows": standing.follows,
        "confidence": standing.confidence.value,
        "evidence": [fact_data(row, basis) for row in rows.values()],
        **{
            layer: [_label_data(label, basis) for label in getattr(standing, layer)]
            for layer in _LAYERS
        },
        "practice_searched": str(search_words(standing, _ENGLISH)),
        "looked_for": standing.looked.value,
        "search": _search_data(standing.search),
        **{
            key: [fact_data(row, basis) for row in rows]
            for key, rows in _circumstances(standing, basis).items()
        },
        "memberships": [fact_data(row, basis) for row in standing.memberships],
        "csto": fact_data(standing.csto, basis) if standing.csto else None,
        "cautions": list(standing.cautions),
        "doubts": [
            {
                "level": doubt.level.value,
                "rule": doubt.rule,
                "text": doubt.text,
                "facts": [row.id for row in doubt.facts],
            }
            for doubt in standing.doubts
        ],
    }


def _circumstances(standing: Standing, basis: Basis) -> dict[str, tuple[Fact, ...]]:
    place, on, facts = standing.jurisdiction, standing.on, basis.facts
    return {
        "forces": circumstances.forces(place, on, facts),
        "recognised_by": circumstances.recognitions(place, on, facts),
        "penalties": circumstances.penalties(standing.towards, on, facts),
    }


def _search_data(search: Search | None) -> dict[str, Any] | None:
    if search is None:
        return None
    return {field.name: _cell(getattr(search, field.name)) for field in fields(search)}


def change_data(change: Change, basis: Basis) -> dict[str, Any]:
    """Return a change of level or rule as plain values."""
    return {
        "on": change.on.isoformat(),
        "level": change.after.level.value,
        "rule": change.after.rule,
        "reason": change.after.reason,
        "level_before": change.before.level.value if change.before else None,
        "rule_before": change.before.rule if change.before else None,
        "causes": [fact_data(fact, basis) for fact in change.causes],
    }


def fact_data(fact: Fact, basis: Basis) -> dict[str, Any]:
    """Return a fact as plain values; publications are written out."""
    cells = {field.name: _cell(getattr(fact, field.name)) for field in fields(fact)}
    own = fact.id in basis.own
    cells["checked"] = fact.checked
    return {"table": fact.table, **cells, "text": fact_words(fact, basis.facts), "own": own}


def _cell(value: Publication | Edtf | str | float | tuple[str, ...] | None) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Publication):
        return {"id": value.id, "title": value.title, "url": value.url, "kind": value.kind.value}
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, (int, float)) else str(value)


def _label_data(label: LayerValue, basis: Basis) -> dict[str, Any]:
    rows = [basis.facts.by_id[key] for key in label.evidence]
    return {
        "name": label.name,
        "text": label.text,
        "evidence": [fact_data(row, basis) for row in rows],
    }


def _head(basis: Basis) -> dict[str, Any]:
    return {
        "worldview": "de-jure",
        "worldview_meaning": WORLDVIEW,
        "method": METHOD,
        "confidence_meaning": CHECKED,
        "facts_until": basis.rules.facts_until.isoformat(),
        "own_facts": list(basis.own),
        "version": distribution.version(),
    }


def _controller(standing: Standing, basis: Basis) -> str | None:
    if standing.jurisdiction in basis.facts.territories:
        return controller(basis.facts, standing.jurisdiction, standing.on)
    return standing.jurisdiction


# ---------------------------------------------------------------------------- CSV

#: What a spreadsheet would take for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render_csv(answers: Iterable[Answer], basis: Basis) -> str:
    """Return standings as a table, one line each, safe to open in a spreadsheet."""
    rows = [_row(answer, basis) for answer in answers]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: safe(cell) for key, cell in row.items()} for row in rows)
    return text.getvalue()


def safe(cell: str) -> str:
    """Return a cell so that no spreadsheet runs it: what looks like a formula gets a `'`."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(answer: Answer, basis: Basis) -> dict[str, str]:
    standing = answer.standing
    territory = basis.facts.territories.get(standing.jurisdiction)
    sources = dict.fromkeys(row.source.url for row in standing.evidence)
    return {
        "code": standing.jurisdiction,
        "name": name(standing.jurisdiction),
        "kind": "territory" if territory else "state",
        "sovereign": territory.parent if territory else standing.jurisdiction,
        "controller": _controller(standing, basis) or "",
        "level": standing.level.value,
        "rule": standing.rule,
        "reason": standing.reason,
        "changed_within": "; ".join(_brief(change) for change in answer.changes[1:]),
        **{layer: "; ".join(label.text for label in getattr(standing, layer)) for layer in _LAYERS},
        "practice_searched": str(search_words(standing, _ENGLISH)),
        "looked_for": standing.looked.value,
        "forces": _states(circumstances.forces(standing.jurisdiction, standing.on, basis.facts)),
        "recognised_by": _states(
            circumstances.recognitions(standing.jurisdiction, standing.on, basis.facts)
        ),
        "penalties": _penalties(standing, basis),
        "memberships": "; ".join(f"{row.kind} ({row.status})" for row in standing.memberships),
        "csto": standing.csto.status if standing.csto else "",
        "cautions": "; ".join(standing.cautions),
        "doubts": "; ".join(doubt.text for doubt in standing.doubts),
        "confidence": standing.confidence.value,
        "evidence": "; ".join(row.id for row in standing.evidence),
        "own_facts": "; ".join(basis.own),
        "sources": " ".join(sources),
        "asked": str(answer.asked),
        "as_of": standing.on.isoformat(),
        "requesting_state": standing.towards,
        "worldview": "de-jure",
        "method": METHOD,
        "version": distribution.version(),
    }


def _states(rows: Iterable[Control]) -> str:
    return "; ".join(row.value for row in rows)


def _penalties(standing: Standing, basis: Basis) -> str:
    """List the penalties in the line of the requesting state alone: they are the same for all."""
    rows = circumstances.penalties(standing.jurisdiction, standing.on, basis.facts)
    return "; ".join(str(penalty_words(row, _ENGLISH)) for row in rows)


def _brief(change: Change) -> str:
    return f"{change.on.isoformat()}: {change.after.level.value} ({change.after.rule})"
