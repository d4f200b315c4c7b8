"""Columns of Parquet that stand in the output as they are: copied, and the same to the last bit."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow.parquet.encryption import (
    CryptoFactory,
    EncryptionConfiguration,
    KmsClient,
    KmsConnectionConfig,
)

from periplus.errors import InputError
from periplus.tagging import assembly, running, splicing
from periplus.tagging.pools import Alone
from periplus.tagging.running import tag_file
from periplus.tagging.splicing import Reader, get, write_struct
from periplus.tagging.tables import inputs
from periplus.tagging.timeline import Column
from places import random_places
from tables import order, rejected, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from periplus.tagging.splicing import Struct

ROWS, GROUP = 1_200, 100
#: Rows that cannot be tagged: the portion that holds them is written anew.
WRONG = range(310, 390)


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide small tables as large ones are: here, three row groups are a portion."""
    monkeypatch.setattr(inputs, "_PORTION", 3 * GROUP)
    monkeypatch.setattr(inputs, "_FEWEST", GROUP)
    monkeypatch.setattr(assembly, "_STEP", 1 << 12)


def table(*, wrong: bool) -> pa.Table:
    """Return columns of many types, some of them nested, some with gaps."""
    lon, lat = random_places(ROWS, seed=8)
    if wrong:
        lat[WRONG.start : WRONG.stop] = 91
    every = range(ROWS)
    nested = pa.list_(pa.struct({"a": pa.int8(), "b": pa.list_(pa.string())}))
    columns = {
        "id": pa.array(every, pa.uint32()),
        "name": pa.array([None if row % 7 == 0 else f"no. {row % 5}" for row in every]),
        "lon": lon,
        "lists": pa.array(
            [[{"a": row % 9, "b": ["x", None] * (row % 3)}] for row in every], nested
        ),
        "price": pa.array([Decimal(row) / 8 for row in every], pa.decimal128(12, 3)),
        "day": pa.array([date(2023, 1, 1 + row % 28) for row in every]),
        "at": pa.array([datetime(2023, 1, 1, row % 24, tzinfo=UTC) for row in every]),
        "kind": pa.array([f"k{row % 4}" for row in every]).dictionary_encode(),
        "wide": pa.array([b"\x00\xff" * (row % 5) for row in every], pa.large_binary()),
        "fixed": pa.array([row.to_bytes(4, "big") for row in every], pa.binary(4)),
        "half": pa.array(np.arange(ROWS, dtype=np.float16)),
        "none": pa.nulls(ROWS),
        "lat": lat,
    }
    return pa.table(columns)


def without_wrong(given: pa.Table) -> pa.Table:
    """Return the rows that can be tagged."""
    return given.take([row for row in range(ROWS) if row not in WRONG])


WRITTEN: dict[str, dict[str, Any]] = {
    "zstd": {"compression": "zstd"},
    "plain": {"compression": "none", "use_dictionary": False, "write_statistics": False},
    "second": {"data_page_version": "2.0", "compression": "brotli", "data_page_size": 256},
    "first": {"version": "1.0", "compression": "gzip", "store_schema": False},
    "indexed": {"write_page_index": True, "write_page_checksum": True, "compression": "lz4"},
    "delta": {"use_dictionary": False, "column_encoding": {"id": "DELTA_BINARY_PACKED"}},
}


@pytest.mark.parametrize("how", WRITTEN)
@pytest.mark.parametrize("wrong", [False, True], ids=["sound", "some rows are set aside"])
def test_every_way_of_writing(how: str, wrong: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """What was written in any way is there again, beside the tags, but for rows set aside."""
    source, target, other = (tmp_path / name for name in ("in.parquet", "out.parquet", "o.csv"))
    given = table(wrong=wrong)
    if how == "first":
        given = given.drop_columns(["half", "none"])  # of which the first version knows nothing
    pq.write_table(given, source, row_group_size=GROUP, **WRITTEN[how])
    given = pq.read_table(source)
    run(source, target, time="day")
    run(source, other, time="day", keep=("id",))
    made = pq.read_table(target, page_checksum_verification=how == "indexed")
    kept = without_wrong(given) if wrong else given
    assert made.select(given.schema.names).equals(kept)
    assert made.schema.names[: len(given.schema.names)] == given.schema.names
    tags = made.select(made.schema.names[len(given.schema.names) :])
    csv = pa.csv.read_csv(other, convert_options=pa.csv.ConvertOptions(strings_can_be_null=True))
    assert [row | {"id": 0} for row in csv.to_pylist()] == [
        {"id": 0} | row for row in tags.to_pylist()
    ]
    assert len(rejected(target.with_name(f"{target.name}.rejected.jsonl"))) == len(WRONG) * wrong


def test_what_is_copied_is_not_written_anew(tmp_path: Path) -> None:
    """The chunks are those of the input, but for the portion with rows that are set aside."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(wrong=True), source, row_group_size=GROUP, compression="zstd")
    run(source, target)
    given, made = pq.ParquetFile(source).metadata, pq.ParquetFile(target).metadata
    packed = [made.row_group(group).column(0).compression for group in range(10)]
    assert packed == ["ZSTD"] * 3 + ["SNAPPY"] + ["ZSTD"] * 6
    old, new = given.row_group(11).column(2), made.row_group(9).column(2)
    read = [
        path.read_bytes()[place : place + chunk.total_compressed_size]
        for path, chunk in ((source, old), (target, new))
        for place in (chunk.dictionary_page_offset or chunk.data_page_offset,)
    ]
    assert read[0] == read[1]
    assert new.statistics == old.statistics


def test_columns_may_be_chosen_in_any_order(tmp_path: Path) -> None:
    """Nested columns have several chunks: each goes where its column goes."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    given = table(wrong=False)
    pq.write_table(given, source, row_group_size=GROUP)
    run(source, target, keep=("lists", "none", "name"), columns=(Column.JURISDICTION,))
    made = pq.read_table(target)
    assert made.schema.names == ["lists", "none", "name", "jurisdiction"]
    assert made.drop_columns(["jurisdiction"]).equals(given.select(["lists", "none", "name"]))


def test_tiny_row_groups_are_joined(tmp_path: Path) -> None:
    """For each of them has all words: tags would outweigh the rows."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(wrong=False), source, row_group_size=GROUP // 4)
    run(source, target)
    assert pq.ParquetFile(source).num_row_groups == 4 * ROWS // GROUP
    assert pq.ParquetFile(target).num_row_groups == ROWS // (3 * GROUP)


def test_what_would_be_written_otherwise_is_written_anew(tmp_path: Path) -> None:
    """Timestamps of 96 bits are an old way, which Arrow reads and no longer writes."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    given = table(wrong=False).select(["at", "lon", "lat"])
    pq.write_table(given, source, row_group_size=GROUP, use_deprecated_int96_timestamps=True)
    run(source, target)
    made = pq.ParquetFile(target)
    assert made.schema.column(0).physical_type == "INT64"
    assert made.read(["at"]).equals(pq.read_table(source, columns=["at"]))


def with_footer(path: Path, change: Callable[[Struct], Struct]) -> None:
    """Write the footer of a file anew."""
    content = path.read_bytes()
    told, begin = splicing.read_footer(path, BytesIO(content))
    changed = bytearray()
    write_struct(changed, change(Reader(told).struct()))
    length = len(changed).to_bytes(4, "little")
    path.write_bytes(content[:begin] + changed + length + splicing.MAGIC)


def test_statistics_without_an_order_are_written_anew(tmp_path: Path) -> None:
    """As before 2017: readers mistrust those of some writers, whom the output does not name."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(wrong=False), source, row_group_size=GROUP, compression="zstd")
    with_footer(source, lambda told: [one for one in told if one[0] != splicing.ORDERS])
    run(source, target)
    made = pq.ParquetFile(target)
    assert made.metadata.row_group(0).column(0).compression == "SNAPPY"
    given = pq.read_table(source)
    assert made.read().select(given.schema.names).equals(given)


class Keys(KmsClient):  # type: ignore[misc]  # pyarrow has no types
    """Keeps keys as nobody should."""

    def wrap_key(self, key_bytes: bytes, _: str) -> bytes:
        """Return a key as it is."""
        return b64encode(key_bytes)


def test_a_column_that_is_encrypted_is_not_copied(tmp_path: Path) -> None:
    """Its pages are bound to the file that they stand in: nobody could read them in another."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    given = table(wrong=False)
    asked = EncryptionConfiguration(
        "file", column_keys={"names": ["name"]}, plaintext_footer=True, double_wrapping=False
    )
    factory = CryptoFactory(lambda _: Keys())
    secret = factory.file_encryption_properties(KmsConnectionConfig(), asked)
    with pq.ParquetWriter(source, given.schema, encryption_properties=secret) as writer:
        writer.write_table(given, row_group_size=GROUP)
    with pytest.raises(InputError, match=r"(?s)in\.parquet: PER701 .*decrypt.*it is encrypted"):
        run(source, target)
    assert not target.exists()
    run(source, target, keep=("id", "lon"))
    assert pq.read_table(target)["id"].equals(given["id"])


def test_a_column_that_stands_in_another_file_is_not_copied(tmp_path: Path) -> None:
    """What its offsets lead to is something else here: whoever reads it must say what."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    given = table(wrong=False).select(["id", "lon", "lat"])
    pq.write_table(given, source, row_group_size=GROUP, compression="zstd")

    def elsewhere(told: Struct) -> Struct:
        for group in get(told, splicing.GROUPS)[1]:
            get(group, splicing.CHUNKS)[1][0].insert(0, [splicing.ELSEWHERE, 8, b"other.parquet"])
        return told

    with_footer(source, elsewhere)
    run(source, target)
    assert pq.read_metadata(target).row_group(0).column(0).compression == "SNAPPY"


def test_an_input_that_changes_is_refused(tmp_path: Path) -> None:
    """Of what was read and what is copied later, the one would not fit the other."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(wrong=False), source, row_group_size=GROUP)

    class Writer(running.Nobody):
        def advance(self, rows: int) -> None:
            assert rows
            source.touch()

    with pytest.raises(InputError, match="changed while it was read"):
        tag_file(order(source, target), Alone(), Writer())
    assert not target.exists()
