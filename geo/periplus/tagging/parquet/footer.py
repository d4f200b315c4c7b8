"""What stands in the footer of a Parquet file, and where: the fields of its structures.

References
----------
Apache Parquet format, https://github.com/apache/parquet-format (`parquet.thrift`)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.errors import Fault, InputError, Location
from periplus.tagging.parquet.thrift import Reader, get

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from periplus.tagging.parquet.thrift import Struct

MAGIC = b"PAR1"

#: Fields of a file.
SCHEMA, ROWS, GROUPS, ORDERS = 2, 3, 4, 7
#: Fields of an element of its schema: a column, or what columns are nested in.
TYPE, LENGTH, REPETITION, NAME, CHILDREN = 1, 2, 3, 4, 5
CONVERTED, SCALE, PRECISION, LOGICAL = 6, 7, 8, 10
#: Fields of a row group.
CHUNKS, GROUP_SIZE, GROUP_ROWS, GROUP_OFFSET, GROUP_PACKED, ORDINAL = 1, 2, 3, 5, 6, 7
#: Fields of the chunk of a column.
ELSEWHERE, METADATA, ENCRYPTED = 1, 3, 8
CHUNK_OFFSETS, INDEXES = (2, 4, 6), (4, 5, 6, 7)
#: Fields of its metadata.
SIZE, PACKED, DATA, DICTIONARY, METADATA_OFFSETS, BLOOM = 6, 7, 9, 11, (9, 10, 11, 14), (14, 15)


def read_footer(path: Path, file: BinaryIO) -> tuple[bytes, int]:
    """Read the footer of a file, and where it begins.

    Raises
    ------
    InputError
        If it is no whole Parquet file.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - 8))
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length + 12 > size:
        message = "this part is no whole Parquet file"
        raise InputError(Fault("PER701", message, Location(str(path)), "delete it and run again"))
    file.seek(size - 8 - length)
    return file.read(length), size - 8 - length


def schema(footer: bytes) -> list[Struct]:
    """Return the elements of the schema, without reading on."""
    return list(Reader(footer).members(SCHEMA))


def columns(elements: list[Struct]) -> Iterator[list[Struct]]:
    """Part the elements of a schema into its columns, each with what is nested in it."""
    begin = 1  # the first one holds all others
    while begin < len(elements):
        end, awaited = begin, 1
        while awaited:
            awaited += (get(elements[end], CHILDREN) or 0) - 1
            end += 1
        yield elements[begin:end]
        begin = end


def leaves(column: list[Struct]) -> int:
    """Count the chunks that a column has in each row group."""
    return sum(not get(element, CHILDREN) for element in column)
