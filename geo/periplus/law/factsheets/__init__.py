"""The fact tables as files: texts become `Facts`, or every fault that is in them.

Reading is strict: a row that is wrong stops the work, and every wrong row is named with its
place. No file is opened here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.errors import Fault, InputError, Location
from periplus.law.facts import COVERAGE, TABLES, Facts
from periplus.law.factsheets.refusals import FaultCode, refuse
from periplus.law.factsheets.rows import repeated, rows_of, towards_of
from periplus.law.factsheets.search_rows import searches_of
from periplus.law.factsheets.sheets import sheet_of, sheets_of
from periplus.law.factsheets.vocabulary import Vocabulary, columns

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FaultCode", "decode", "overlay", "parse_facts"]


def parse_facts(texts: Mapping[str, str]) -> Facts:
    """Read all fact tables.

    Parameters
    ----------
    texts
        The text of every file of `FILES`, by its name or path; only the last part of a
        path counts, the whole path is shown in faults.

    Raises
    ------
    InputError
        If anything is wrong anywhere, with every fault that was found. The tables of facts
        are read only when the registers that they refer to are sound.
    """
    faults: list[Fault] = []
    sheets = sheets_of(texts, faults)
    words = Vocabulary.read(sheets, faults)
    refuse(faults)  # what refers to a broken register would all be wrong
    tables = [(table, sheets[f"{table.table}.csv"]) for table in TABLES]
    rows = [row for table, sheet in tables for row in rows_of(sheet, table, words, faults)]
    faults.extend(repeated(sheet for _, sheet in tables))
    searches = searches_of(sheets[COVERAGE], words, faults)
    refuse(faults)
    return Facts(
        words.countries, words.territories, words.publications, words.vocabulary, (), searches
    ).with_rows(rows)


def overlay(facts: Facts, path: str, text: str, towards: str | None) -> Facts:
    """Return the facts with the rows of a user's own table, added or in place by id.

    The table is recognised by its columns. In it a source may be an id of the shipped
    sources, or the address of a page.

    Parameters
    ----------
    towards
        The requesting state by which is assessed; `None`: nothing is.

    Raises
    ------
    InputError
        If the table is none of the fact tables, anything in it is wrong, or a row is of another
        requesting state: it would weigh nothing, and nobody would be told.
    """
    faults: list[Fault] = []
    sheet = sheet_of(path, text, faults)
    table = max(TABLES, key=lambda table: len({*columns(table)} & {*sheet.header}))
    if 2 * len({*columns(table)} & {*sheet.header}) <= len(columns(table)):
        hint = "its first line names the columns of one of: " + ", ".join(t.table for t in TABLES)
        raise InputError(*faults, Fault(FaultCode.COLUMN, "no fact table", Location(path, 1), hint))
    words = Vocabulary(
        facts.countries, facts.territories, facts.publications, facts.vocabulary, own=True
    )
    rows = list(rows_of(sheet, table, words, faults, towards_of(towards)))
    faults.extend(repeated([sheet]))
    refuse(faults)
    return facts.with_rows({**facts.by_id, **{row.id: row for row in rows}}.values())


def decode(content: bytes, path: str) -> str:
    """Return a table as text.

    Raises
    ------
    InputError
        If it is not UTF-8; the place of the first byte that is not is named.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        hint = "save the file as UTF-8; spreadsheets call it `CSV UTF-8`"
        fault = Fault(
            FaultCode.ENCODING, "the file is not UTF-8", Location(path, line, column), hint
        )
        raise InputError(fault) from None
