"""Footers of Parquet: read without knowledge of their meaning, and written again."""

from __future__ import annotations

import tracemalloc
from collections import deque
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus.errors import InputError
from periplus.tagging import splicing
from periplus.tagging.splicing import Reader, get, write_struct

if TYPE_CHECKING:
    from collections.abc import Callable

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, STRUCT = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    12,
)


def fields(values: st.SearchStrategy[tuple[int, Any]]) -> st.SearchStrategy[list[list[Any]]]:
    """Return structures with such values; numbers of fields may also fall."""
    numbers = st.lists(st.integers(-(2**15), 2**15 - 1), max_size=6, unique=True)
    return numbers.flatmap(
        lambda given: st.tuples(*[values for _ in given]).map(
            lambda found: [[n, *value] for n, value in zip(given, found, strict=True)]
        )
    )


def lists(values: st.SearchStrategy[tuple[int, Any]]) -> st.SearchStrategy[tuple[int, Any]]:
    """Return lists, and sets, whose members are of one type; some are long."""
    one = values.filter(lambda value: value[0] not in {TRUE, FALSE})
    some = st.tuples(one, st.sampled_from([0, 1, 14, 15, 200]), st.sampled_from([LIST, SET]))
    return some.map(lambda told: (told[2], [told[0][0], [told[0][1]] * told[1]]))


SINGLE = (
    st.just((TRUE, True))
    | st.just((FALSE, False))
    | st.tuples(st.just(BYTE), st.integers(0, 255))
    | st.tuples(st.sampled_from([I16, I32, I64]), st.integers(-(2**63), 2**63 - 1))
    | st.tuples(st.just(DOUBLE), st.binary(min_size=8, max_size=8))
    | st.tuples(st.just(BINARY), st.binary(max_size=300))
)
VALUE = st.recursive(
    SINGLE,
    lambda values: lists(values) | fields(values).map(lambda struct: (STRUCT, struct)),
    max_leaves=12,
)


def written(struct: list[list[Any]]) -> bytes:
    """Write a structure."""
    target = bytearray()
    write_struct(target, struct)
    return bytes(target)


@pytest.mark.slow
@given(fields(VALUE))
def test_what_is_written_is_read_again(struct: list[list[Any]]) -> None:
    """Whatever it is; and the members of each list can be had without the rest."""
    text = written(struct)
    reader = Reader(text)
    assert reader.struct() == struct
    assert reader.at == len(text)
    for number, kind, value in struct:
        if kind in {LIST, SET}:
            assert [*Reader(text).members(number)] == value[1]
    missing = next(n for n in range(10) if n not in {field[0] for field in struct})
    assert [*Reader(text).members(missing)] == []


@pytest.mark.slow
@given(fields(VALUE), fields(VALUE))
def test_a_structure_may_be_written_already(outer: list[list[Any]], inner: list[list[Any]]) -> None:
    """As a member of a list, and as a field."""
    free = 1 + max((field[0] for field in outer), default=0)
    for value in ([free, LIST, [STRUCT, [inner, inner]]], [free, STRUCT, inner]):
        kind = value[1]
        text = written(inner)
        known: Any = [STRUCT, [text, text]] if kind == LIST else text
        assert written([*outer, [free, kind, known]]) == written([*outer, value])


def table() -> pa.Table:
    """Return plain and nested columns."""
    pairs = pa.array([{"x": 1, "y": ["a", None]}, None, {"x": None, "y": []}])
    return pa.table({"n": [1, None, 3], "pairs": pairs, "text": ["a", "b", None]})


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"version": "1.0"},
        {"write_page_index": True},
        {"sorting_columns": [pq.SortingColumn(0)]},
    ],
)
def test_footers_of_arrow_are_written_as_they_were(how: dict[str, Any]) -> None:
    """To the last byte; and what is read of them is what Arrow reads."""
    file = BytesIO()
    pq.write_table(table(), file, row_group_size=2, **how)
    text, begin = splicing.read_footer(Path("in.parquet"), file)
    assert written(Reader(text).struct()) == text
    told = pq.read_metadata(file)
    assert begin + len(text) + 8 == len(file.getvalue())
    assert [get(group, splicing.GROUP_ROWS) for group in Reader(text).members(splicing.GROUPS)] == [
        2,
        1,
    ]
    columns = [*splicing.columns(splicing.schema(text))]
    assert [get(column[0], splicing.NAME).decode() for column in columns] == table().schema.names
    assert sum(map(splicing.leaves, columns)) == told.num_columns


@pytest.mark.slow
def test_row_groups_are_read_one_by_one() -> None:
    """All of them at one time take a hundred times as much memory as they do in the file."""
    file = BytesIO()
    pq.write_table(pa.table({f"{n}": range(200) for n in range(10)}), file, row_group_size=1)
    text, _ = splicing.read_footer(Path("in.parquet"), file)

    def peak(read: Callable[[], object]) -> int:
        tracemalloc.start()
        read()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    each = peak(lambda: deque(Reader(text).members(splicing.GROUPS), maxlen=0))
    assert each * 20 < peak(Reader(text).struct)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 3, b"x" * 40, b"\xff\xff\xff\xffPAR1"])
def test_what_is_no_parquet_file_is_named(content: bytes) -> None:
    """A part that was cut off is made again."""
    with pytest.raises(InputError, match=r"7\.rows.*no whole Parquet file"):
        splicing.read_footer(Path("7.rows"), BytesIO(content))
