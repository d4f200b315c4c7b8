"""Rows as facts: what their cells say together must be coherent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.law.facts import (
    LOCAL_AUTHORITIES,
    Confidence,
    Control,
    Offence,
    Scope,
    first_day,
    last_day,
)
from periplus.law.factsheets.refusals import FaultCode, Refusal
from periplus.law.factsheets.sheets import numbered
from periplus.law.factsheets.vocabulary import readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from periplus.errors import Fault
    from periplus.law.facts import AnyFact, Fact
    from periplus.law.factsheets.sheets import Sheet
    from periplus.law.factsheets.vocabulary import Vocabulary

    #: Finds what is wrong with a fact, by column.
    Check = Callable[[Fact], Iterator[tuple[str, Refusal]]]


def rows_of(
    sheet: Sheet,
    table: type[AnyFact],
    words: Vocabulary,
    faults: list[Fault],
    also: Check = lambda _: iter(()),
) -> Iterator[AnyFact]:
    """Yield the facts of a table whose rows are sound in themselves, and pass one more check."""
    for line, values in numbered(sheet, readers(table, words), faults):
        fact = table(kind=values.pop("fact"), **values)
        wrong = [*_incoherent(fact, words), *also(fact)]
        faults.extend(sheet.fault(line, column, refusal) for column, refusal in wrong)
        if not wrong:
            yield fact


def _incoherent(fact: Fact, words: Vocabulary) -> Iterator[tuple[str, Refusal]]:
    """Find cells that contradict other cells of their row."""
    start, end = fact.valid_from, fact.valid_to
    if start and end and last_day(end) < first_day(start):
        hint = "exchange the two dates, or correct one"
        yield "valid_to", Refusal(FaultCode.REVERSED, f"{end} is before the start, {start}", hint)
    dated = bool(start or end or getattr(fact, "instrument_date", None))
    if dated == (fact.date_confidence is Confidence.NONE):
        message = "the row has dates" if dated else "the row has no dates"
        yield (
            "date_confidence",
            Refusal(FaultCode.CONFIDENCE, message, "'none' means that there are none"),
        )
    if fact.confidence is Confidence.NONE:
        yield "confidence", Refusal(FaultCode.CONFIDENCE, "a fact is 'verified' or 'recalled'")
    if fact.confidence is Confidence.VERIFIED and not (fact.seen_in or words.own):
        hint = "name in seen_in what you read, or write 'recalled'"
        yield "confidence", Refusal(FaultCode.CONFIDENCE, "verified, but seen nowhere", hint)
    yield from _citation_faults(fact)
    yield from _pair_faults(fact, words)
    if isinstance(fact, Control):
        yield from _control_faults(fact, words)


def _citation_faults(fact: Fact) -> Iterator[tuple[str, Refusal]]:
    """Find citations that a reader should not be sent to."""
    hint = "cite the original; a mirror may stand in seen_in"
    for column, cited in (("source", fact.source), ("second_source", fact.second_source)):
        if cited is not None and cited.scope is Scope.MIRROR:
            yield column, Refusal(FaultCode.CITATION, f"{cited.id!r} is a mirror", hint)
    if fact.second_source == fact.source:
        yield "second_source", Refusal(FaultCode.CITATION, "the second source repeats the first")


def towards_of(state: str | None) -> Check:
    """Make a check that refuses the facts of another requesting state."""

    def check(fact: Fact) -> Iterator[tuple[str, Refusal]]:
        for column in ("towards", "counterparty"):
            other = getattr(fact, column, "")
            if other and state not in (other, fact.jurisdiction):
                yield column, _of_another(other, state)
        if isinstance(fact, Offence) and fact.jurisdiction != state:
            yield "jurisdiction", _of_another(fact.jurisdiction, state)

    return check


def _of_another(other: str, state: str | None) -> Refusal:
    if state is None:
        message = f"a fact towards {other} weighs nothing where nothing is assessed"
        return Refusal(FaultCode.TOWARDS, message, "leave --facts out, or name a requesting state")
    message = f"a fact towards {other} weighs nothing towards {state}"
    return Refusal(FaultCode.TOWARDS, message, f"ask towards {other}, or drop the row")


def _pair_faults(fact: Fact, words: Vocabulary) -> Iterator[tuple[str, Refusal]]:
    """Find what holds between two states, and names but one."""
    if getattr(fact, "counterparty", None) != "":
        return
    cells = ("fact", fact.kind), ("status", getattr(fact, "status", ""))
    for column, word in cells:
        if "{counterparty}" in words.vocabulary.get((fact.table, column), {}).get(word, ""):
            hint = "name the other state by its alpha-3 code"
            yield "counterparty", Refusal(FaultCode.EMPTY, f"{word!r} is of a pair", hint)
            return


def _control_faults(fact: Control, words: Vocabulary) -> Iterator[tuple[str, Refusal]]:
    """Check the value of a statement on control, which depends on what is stated."""
    if fact.kind == "STATUS":
        allowed: Mapping[str, object] = words.vocabulary.get(("control", "status"), {})
        code, what = FaultCode.WORD, "status of a territory"
    else:
        allowed, code, what = words.countries, FaultCode.PLACE, "country"
    local = fact.kind == "CONTROL" and fact.value == LOCAL_AUTHORITIES
    if fact.value not in allowed and not local:
        yield "value", Refusal(code, f"{fact.value!r} is no {what}")


def repeated(sheets: Iterable[Sheet]) -> Iterator[Fault]:
    """Find ids that stand twice, in one table or in two."""
    seen: dict[str, str] = {}
    for sheet in sheets:
        column = sheet.header.index("id") if "id" in sheet.header else len(sheet.header)
        for line in sheet.lines:
            key = line.cells[column] if column < len(line.cells) else ""
            if key in seen:
                refusal = Refusal(FaultCode.REPEATED, f"the id {key!r} stands also at {seen[key]}")
                yield sheet.fault(line, "id", refusal)
            elif key:
                seen[key] = f"{sheet.path}:{line.number}"
