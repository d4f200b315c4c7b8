"""Join Parquet files of one schema into one, without decoding what is in them.

The row groups are copied as they stand, or the columns of an input and new ones beside them;
only the footer is written anew, with the offsets moved. So a table that was written in parts by
several processes becomes one file at the speed of the disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.tagging.parquet import footer
from periplus.tagging.parquet.thrift import I64, LIST, STRUCT, Reader, get, put, write_struct

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from periplus.tagging.parquet.original import Original
    from periplus.tagging.parquet.thrift import Struct

#: How much is copied at one time: it stays in the cache.
_BLOCK = 1 << 18


class Splice:
    """A Parquet file that is made of others of the same schema, one after another."""

    def __init__(self, target: BinaryIO, original: Original | None = None) -> None:
        """Begin the file.

        Parameters
        ----------
        original
            The input whose columns stand in it as they are, where parts hold new ones alone.
        """
        self._target, self._rows = target, 0
        #: Written already: as structures, those of large files would take hundreds of MB.
        self._groups: list[bytes] = []
        self._head = None if original is None else Reader(original.head).struct()
        self._original = original
        self._standing = enumerate(original.groups()) if original else iter(())
        target.write(footer.MAGIC)

    def add(self, path: Path, beside: Sequence[int] = ()) -> None:
        """Add the row groups of a file.

        Parameters
        ----------
        beside
            The row groups of the original that its row groups belong to; none if they are whole.

        Raises
        ------
        InputError
            If it is no whole Parquet file.
        """
        with path.open("rb", buffering=0) as file:
            content, end = footer.read_footer(path, file)
            head = Reader(content).struct()
            groups = get(head, footer.GROUPS)[1]
            if beside:
                self._add_beside(file, groups, beside)
            else:
                self._add_whole(file, groups, end)
        self._rows += get(head, footer.ROWS)
        self._head = self._head or head

    def _add_whole(self, file: BinaryIO, groups: list[Struct], end: int) -> None:
        """Add row groups as they stand."""
        start = len(footer.MAGIC)
        shift = self._target.tell() - start
        _copy(file, self._target, start, end - start)
        for group in groups:
            _move(group, shift, len(self._groups))
            self._groups.append(_written(group))

    def _add_beside(self, file: BinaryIO, groups: list[Struct], beside: Sequence[int]) -> None:
        """Add columns to row groups of the original."""
        if self._original is None:
            message = "there is no table that these columns belong to"
            raise ValueError(message)
        with self._original.path.open("rb", buffering=0) as source:
            for number, group in zip(beside, groups, strict=True):
                # Both come in the same order; of some, none is beside.
                rows, standing = next(entry for place, entry in self._standing if place == number)
                if rows != get(group, footer.GROUP_ROWS):
                    message = f"the row group {number} has {rows} rows, and its tags have others"
                    raise ValueError(message)
                start = self._target.tell()
                chunks = [_carried(chunk, source, self._target) for chunk in standing]
                added = get(group, footer.CHUNKS)[1]
                chunks += [_carried(chunk, file, self._target) for chunk in added]
                self._groups.append(_written(_group(chunks, rows, start)))

    def finish(self) -> None:
        """Write the footer. There must have been a file."""
        if self._head is None:
            message = "there are no parts to join"
            raise ValueError(message)
        put(self._head, footer.ROWS, self._rows)
        put(self._head, footer.GROUPS, [STRUCT, self._groups])
        written = _written(self._head)
        self._target.write(written + len(written).to_bytes(4, "little") + footer.MAGIC)


def _written(struct: Struct) -> bytes:
    target = bytearray()
    write_struct(target, struct)
    return bytes(target)


def _copy(source: BinaryIO, target: BinaryIO, start: int, length: int) -> None:
    """Copy bytes; the files are whole, so nothing is read past them."""
    source.seek(start)
    block = memoryview(bytearray(min(length, _BLOCK)))
    while length > 0:
        count = source.readinto(block[:length])  # type: ignore[attr-defined]  # of a file without a buffer
        if not count:
            message = "a file that is copied ends before its end"
            raise OSError(message)
        target.write(block[:count])
        length -= count


def _move(group: Struct, shift: int, ordinal: int) -> None:
    """Move the offsets of a row group."""
    for field in group:
        if field[0] == footer.GROUP_OFFSET:
            field[2] += shift
        elif field[0] == footer.ORDINAL:
            field[2] = ordinal
    for chunk in get(group, footer.CHUNKS)[1]:
        _move_chunk(chunk, shift)


def _move_chunk(chunk: Struct, shift: int) -> None:
    """Move the offsets of the chunk of a column; 0: what is told of stands nowhere else."""
    for field in chunk:
        if field[0] in footer.CHUNK_OFFSETS and field[2]:
            field[2] += shift
    for field in get(chunk, footer.METADATA):
        if field[0] in footer.METADATA_OFFSETS and field[2]:
            field[2] += shift


def _carried(chunk: Struct, source: BinaryIO, target: BinaryIO) -> Struct:
    """Copy the chunk of a column; indexes and filters, which stand elsewhere, stay behind."""
    metadata = get(chunk, footer.METADATA)
    data, dictionary = get(metadata, footer.DATA), get(metadata, footer.DICTIONARY)
    start = dictionary if dictionary and dictionary < data else data
    shift = target.tell() - start
    _copy(source, target, start, get(metadata, footer.PACKED))
    metadata = [field for field in metadata if field[0] not in footer.BLOOM]
    kept = [field for field in chunk if field[0] not in footer.INDEXES]
    put(kept, footer.METADATA, metadata)
    _move_chunk(kept, shift)
    return kept


def _group(chunks: list[Struct], rows: int, start: int) -> Struct:
    """Describe a row group."""
    size, packed = (
        sum(get(get(chunk, footer.METADATA), field) for chunk in chunks)
        for field in (footer.SIZE, footer.PACKED)
    )
    return [
        [footer.CHUNKS, LIST, [STRUCT, chunks]],
        [footer.GROUP_SIZE, I64, size],
        [footer.GROUP_ROWS, I64, rows],
        [footer.GROUP_OFFSET, I64, start],
        [footer.GROUP_PACKED, I64, packed],
    ]
