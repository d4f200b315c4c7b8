"""Every shipped table is read by somebody, and none changes what a source withholds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from outputs import OUTPUTS, Subject, outputs, subject_of
from periplus import case, compose, read_route, trace_route
from periplus.dates import Edtf
from periplus.law import shipped_law
from periplus.law.airspace import closures
from periplus.law.facts import COVERAGE, TABLES
from periplus.law.rules import Level
from periplus.law.standing import Answer, answer
from periplus.shipped import shipped
from periplus.tracing import trace
from periplus.views import html
from periplus.views.text import evidence_csv, markdown, plain
from periplus.views.text.standing import Basis, answer_data
from periplus.world import layers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from periplus.scene.scene import Scene

#: Lets a text stand for a shipped table.
Swap = Callable[[str, str], None]
#: A territory, states of several kinds, and the requesting state.
PLACES = ("abkhazia", "ARM", "KAZ", "SRB", "ZAF", "RUS")
#: States that no stop of The Deserter discloses, and whose facts are many.
UNDISCLOSED = ("GEO", "KAZ", "SRB")
pytestmark = pytest.mark.slow


@pytest.fixture
def swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Swap]:
    """Let another text stand for a shipped table; afterwards the shipped ones are read again."""

    def forget() -> None:
        shipped_law.facts.cache_clear()
        layers.divided_states.cache_clear()
        trace._assessed.cache_clear()  # noqa: SLF001 - what was assessed by the facts before
        trace._changed.cache_clear()  # noqa: SLF001

    for path in shipped("layers", "facts").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    def instead(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.setattr(shipped_law, "shipped", lambda *_: tmp_path)
        forget()

    yield instead
    monkeypatch.undo()
    forget()


def rows_of(name: str) -> list[list[str]]:
    """Return a shipped table, its header first."""
    text = shipped("layers", "facts", name).read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


def table(rows: list[list[str]]) -> str:
    """Write a table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def scene_of(name: str) -> Scene:
    """Compose a shipped case anew."""
    return compose(trace_route(read_route(case(name))))


def answer_of(place: str) -> Answer:
    """Return what is said of a state on the last day that the facts cover."""
    facts, rules = shipped_law.facts(), shipped_law.rules()
    on = Edtf.parse(rules.facts_until.isoformat())
    return answer(place, on, towards="RUS", facts=facts, rules=rules)


def told() -> str:
    """Return what some standings and two pages say."""
    facts, rules = shipped_law.facts(), shipped_law.rules()
    basis = Basis(facts, rules)
    on = Edtf.parse(rules.facts_until.isoformat())
    standings = [answer_data(answer_of(place), basis) for place in PLACES]
    pages = [plain.render(scene_of(name)) for name in ("the-deserter", "blocked-boarding")]
    closed = [list(closures(place, on)) for place in facts.countries]
    return json.dumps([standings, pages, closed], default=str)


@pytest.mark.parametrize("name", [*(f"{row.table}.csv" for row in TABLES), COVERAGE])
def test_a_table_that_changes_no_output_is_not_shipped(name: str, swap: Swap) -> None:
    """What nobody reads goes; all rows but the first are taken away."""
    before = told()
    swap(name, table(rows_of(name)[:2]))
    assert told() != before


@pytest.mark.parametrize("state", UNDISCLOSED)
@pytest.mark.parametrize("name", ["practice.csv", COVERAGE, "treaties.csv", "control.csv"])
def test_facts_of_other_states_change_nothing_that_is_withheld(
    name: str, state: str, swap: Swap
) -> None:
    """A map says no more for a fact of a state that the route does not disclose.

    Only the tint and the standing of that state itself may change.
    """
    before = scene_of("the-deserter")
    assert any(stop.withheld for stop in before.stops)
    assert state not in {stop.state for stop in before.stops}
    head, *rows = rows_of(name)
    column = head.index("jurisdiction")
    swap(name, table([head, *(row for row in rows if row[column] != state)]))
    after = scene_of("the-deserter")
    for view in (plain.render, markdown.render, evidence_csv.render):
        assert view(after) == view(before)
    assert html.render(_but_for(state, after, before)) == html.render(before)


#: Holds a row of every state, that of the changed one among them.
OF_EVERY_STATE = "export:geopackage:jurisdictions"


@pytest.mark.parametrize("state", UNDISCLOSED)
def test_no_output_says_more_for_a_fact_of_another_state(state: str, swap: Swap) -> None:
    """Every output, byte by byte, without one row of all that is known of a state.

    Only the tint and the standing of that state itself may change.
    """
    text = case("the-deserter").read_text(encoding="utf-8")
    before, after, made = subject_of(text), Subject(text), outputs(text)
    for row in TABLES:
        head, *rows = rows_of(f"{row.table}.csv")
        column = head.index("jurisdiction")
        swap(f"{row.table}.csv", table([head, *(row for row in rows if row[column] != state)]))
    assert answer_of(state).standing.level is Level.UNKNOWN
    # What was drawn of the state is drawn again: all else is made anew.
    after.__dict__["scene"] = _but_for(state, after.scene, before.scene)
    changed = [name for name, output in OUTPUTS.items() if output.make(after) != made[name]]
    assert set(changed) <= {OF_EVERY_STATE, "map:ru"}
    russian = [compose(each.trace, language="ru") for each in (before, after)]
    assert html.render(_but_for(state, *russian[::-1])) == html.render(russian[0])


def _but_for(state: str, after: Scene, before: Scene) -> Scene:
    """Return what is said afterwards, with the tint and the standing of a state as before."""
    told = {known.code: known for known in before.jurisdictions}
    rows = (told[known.code] if known.code == state else known for known in after.jurisdictions)
    return replace(after, jurisdictions=tuple(rows))
