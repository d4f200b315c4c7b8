"""Join Parquet files without decoding them, and set new columns beside those of an input.

Rows are tagged by their positions and dates: what else they hold need not even be read. The
bytes of columns are copied as they stand; only the footer is written anew, with the offsets
moved. With ten million points the command takes 1.7 times as long if pyarrow writes all columns,
in one process and in two.

How a Parquet file is built, as far as it matters here:

    PAR1                    4 bytes
    row group 0             of each column a chunk: its pages, one after another, packed
    row group 1, ...
    indexes, filters        of pages; nothing needs them, and they stay behind
    footer                  one structure of Thrift: schema, row groups, metadata
    length of the footer    4 bytes, little-endian
    PAR1                    4 bytes

All that says where something stands is in the footer, counted from the begin of the file: in row
groups, chunks, and the metadata of chunks. Nothing in a page depends on its place. So a chunk can
stand in another file, if that file's schema describes it as its own did, and if it is neither
encrypted, which binds pages to their file, nor elsewhere, in a file of which the chunk names the
path.

The footer is in Thrift's compact protocol: a structure is a row of fields that ends with a zero
byte. The head of a field is one byte: the step from the number of the field before in the upper
half, the type in the lower one; step 0: the number follows, as an integer. Integers have seven
bits a byte, the lowest first, signs in the lowest bit (zigzag); texts and lists begin with their
lengths. Structures are read into plain lists and written again without knowledge of their
meaning, so that nothing in them is lost.

References
----------
Apache Parquet format, https://github.com/apache/parquet-format (`parquet.thrift`)
Apache Thrift, compact protocol, https://github.com/apache/thrift/blob/master/doc/specs
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from periplus.errors import Fault, InputError, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

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
#: How much is copied at one time: it stays in the cache.
_BLOCK = 1 << 18


# ---------------------------------------------------------------------------- Thrift

#: Types of the compact protocol.
_STOP, _TRUE, _FALSE, I64, LIST, STRUCT = 0, 1, 2, 6, 9, 12
#: A list that is longer than this has its length written out.
_SHORT = 14
_LONG_FORM = 15

#: What fields of truth values have as their types: their values.
_TRUTH = {_TRUE, _FALSE}
#: A structure: its fields as `[number, type, value]`; a list: `[type of members, members]`, which
#: may be written already, as bytes.
Struct = list[list[Any]]


def get(struct: Struct, number: int) -> Any:  # noqa: ANN401 - any value of Thrift
    """Return the value of a field; `None` if it is not there."""
    return next((value for field, _, value in struct if field == number), None)


def put(struct: Struct, number: int, value: object) -> None:
    """Replace the value of a field that is there."""
    next(field for field in struct if field[0] == number)[2] = value


@dataclass(slots=True)
class Reader:
    """A text of the compact protocol, and how far it was read."""

    text: bytes
    at: int = 0

    def _byte(self) -> int:
        self.at += 1
        return self.text[self.at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the last byte
                return value
            shift += 7

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _raw(self, length: int) -> bytes:
        self.at += length
        return self.text[self.at - length : self.at]

    def struct(self) -> Struct:
        """Read a structure."""
        return [[number, kind, self._of_field(kind)] for number, kind in self._heads()]

    def members(self, number: int) -> Iterator[Any]:
        """Read the list that a field of a structure holds, member by member."""
        if self._pass_to(number) is not None:
            size, kind = self._size()
            yield from (self._value(kind) for _ in range(size))

    def _heads(self) -> Iterator[tuple[int, int]]:
        """Read the numbers and types of fields; whoever asks reads the values between."""
        number = 0
        while (head := self._byte()) != _STOP:
            step, kind = head >> 4, head & 0x0F
            number = number + step if step else self._integer()
            yield number, kind

    def _pass_to(self, wanted: int) -> int | None:
        """Go to the value of a field; return its type, or nothing if there is no such field."""
        for number, kind in self._heads():
            if number == wanted:
                return kind
            if kind not in _TRUTH:
                self._pass_over(kind)
        return None

    def _pass_over(self, kind: int) -> None:
        """Go past a value, which is far quicker than to read it."""
        match kind:
            case 4 | 5 | 6:
                self._varint()
            case 9 | 10:
                size, members = self._size()
                for _ in range(size):
                    self._pass_over(members)
            case 12:
                for _, inner in self._heads():
                    if inner not in _TRUTH:
                        self._pass_over(inner)
            case _:
                self._value(kind)

    def _size(self) -> tuple[int, int]:
        """Read how many members a list has, and their type."""
        head = self._byte()
        size, kind = head >> 4, head & 0x0F
        return self._varint() if size == _LONG_FORM else size, kind

    def _of_field(self, kind: int) -> Any:  # noqa: ANN401 - any value of Thrift
        return kind == _TRUE if kind in _TRUTH else self._value(kind)

    def _value(self, kind: int) -> Any:  # noqa: ANN401 - any value of Thrift
        match kind:
            case 1 | 2 | 3:  # in lists, truth values are bytes
                return self._byte()
            case 4 | 5 | 6:
                return self._integer()
            case 7:
                return self._raw(8)
            case 8:
                return self._raw(self._varint())
            case 9 | 10:
                size, inner = self._size()
                return [inner, [self._value(inner) for _ in range(size)]]
            case 12:
                return self.struct()
            case _:
                message = f"the footer holds a value of the unknown type {kind}"
                raise ValueError(message)


def _write_varint(target: bytearray, value: int) -> None:
    while value > 0x7F:  # noqa: PLR2004 - more bytes follow
        target.append(value & 0x7F | 0x80)
        value >>= 7
    target.append(value)


def _write_integer(target: bytearray, value: int) -> None:
    _write_varint(target, value << 1 if value >= 0 else (-value << 1) - 1)


def write_struct(target: bytearray, fields: Struct) -> None:
    """Write a structure."""
    before = 0
    for number, kind, value in fields:
        written = (_TRUE if value else _FALSE) if kind in _TRUTH else kind
        if 0 < number - before <= _LONG_FORM:
            target.append((number - before) << 4 | written)
        else:
            target.append(written)
            _write_integer(target, number)
        before = number
        if kind not in _TRUTH:
            _write_value(target, kind, value)
    target.append(_STOP)


def _write_members(target: bytearray, kind: int, members: list[Any]) -> None:
    if len(members) <= _SHORT:
        target.append(len(members) << 4 | kind)
    else:
        target.append(_LONG_FORM << 4 | kind)
        _write_varint(target, len(members))
    for member in members:
        _write_value(target, kind, member)


def _write_value(target: bytearray, kind: int, value: Any) -> None:  # noqa: ANN401 - any value of Thrift
    match kind:
        case 1 | 2 | 3:
            target.append(value)
        case 4 | 5 | 6:
            _write_integer(target, value)
        case 7:
            target += value
        case 8:
            _write_varint(target, len(value))
            target += value
        case 9 | 10:
            _write_members(target, *value)
        case _ if isinstance(value, bytes):
            target += value
        case _:
            write_struct(target, value)


# ---------------------------------------------------------------------------- footers


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


# ---------------------------------------------------------------------------- columns that stay

#: What must be the same in an element of both schemas.
_SAME = (
    TYPE,
    LENGTH,
    REPETITION,
    NAME,
    CHILDREN,
    SCALE,
    PRECISION,
)
#: Two ways to say what an element means: many writers use one of them alone.
_MEANT = (CONVERTED, LOGICAL)


@dataclass(frozen=True, slots=True)
class Original:
    """The columns of an input that stand in the output as they are.

    Attributes
    ----------
    head
        The footer of the output, without rows.
    chunks
        Which chunks of each row group are copied, in the order of the output.
    """

    path: Path
    head: bytes
    chunks: tuple[int, ...]

    def groups(self) -> Iterator[tuple[int, list[Struct]]]:
        """Yield of each row group how many rows it has, and the chunks that are copied."""
        for group in Reader(_footer(self.path)).members(GROUPS):
            chunks = get(group, CHUNKS)[1]
            yield get(group, GROUP_ROWS), [chunks[place] for place in self.chunks]


def original(path: Path, keep: Sequence[str], head: bytes) -> Original | None:
    """Find the columns of an input in the schema of an output, which begins with them.

    Parameters
    ----------
    keep
        The names of the columns.
    head
        The footer of the output, without rows, as it would be written.

    Returns
    -------
    Original or None
        Nothing, if a column would be written in another way than it stands in the input, or if
        what stands there could not be read by the footer of the output.
    """
    input_footer = _footer(path)
    there = dict(_placed(schema(input_footer)))
    chunks: list[int] = []
    for name, written in zip(keep, columns(schema(head)), strict=False):
        first, standing = there[name]
        if not _alike(standing, written):
            return None
        chunks += range(first, first + leaves(standing))
    candidate = Original(path, head, tuple(chunks))
    some = (chunk for _, group in islice(candidate.groups(), 1) for chunk in group)
    return candidate if _ordered(input_footer, head, chunks) and all(map(_is_plain, some)) else None


def _ordered(input_footer: bytes, head: bytes, chunks: list[int]) -> bool:
    """Tell whether statistics of the input mean in the output what they meant before.

    Files from before 2017 do not say how values are ordered: what readers know to be wrong with
    those of some writers, they know by the name of the writer, which stands in the footer.
    """
    there, written = ([*Reader(text).members(ORDERS)] for text in (input_footer, head))
    pairs = zip(chunks, written, strict=False)  # the tags come last
    return all(there[place : place + 1] == [order] for place, order in pairs)


def _is_plain(chunk: Struct) -> bool:
    """Tell whether a chunk stands in the file itself, for everybody to read."""
    described = get(chunk, METADATA) is not None
    return described and get(chunk, ELSEWHERE) is get(chunk, ENCRYPTED) is None


def _footer(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        return read_footer(path, file)[0]


def _placed(schema: list[Struct]) -> Iterator[tuple[str, tuple[int, list[Struct]]]]:
    """Yield the columns of a schema by name, each with the place of its first chunk."""
    place = 0
    for column in columns(schema):
        yield get(column[0], NAME).decode(), (place, column)
        place += leaves(column)


def _alike(some: list[Struct], others: list[Struct]) -> bool:
    """Tell whether what stands in one column can stand in the other."""
    return len(some) == len(others) and all(
        all(get(one, field) == get(other, field) for field in _SAME)
        and all(_agree(get(one, field), get(other, field)) for field in _MEANT)
        for one, other in zip(some, others, strict=True)
    )


def _agree(one: object, other: object) -> bool:
    """Tell whether two say the same; who says nothing does not object."""
    return one is None or other is None or one == other


# ---------------------------------------------------------------------------- joining


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
        target.write(MAGIC)

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
            content, end = read_footer(path, file)
            head = Reader(content).struct()
            groups = get(head, GROUPS)[1]
            if beside:
                self._add_beside(file, groups, beside)
            else:
                self._add_whole(file, groups, end)
        self._rows += get(head, ROWS)
        self._head = self._head or head

    def _add_whole(self, file: BinaryIO, groups: list[Struct], end: int) -> None:
        """Add row groups as they stand."""
        start = len(MAGIC)
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
                if rows != get(group, GROUP_ROWS):
                    message = f"the row group {number} has {rows} rows, and its tags have others"
                    raise ValueError(message)
                start = self._target.tell()
                chunks = [_carried(chunk, source, self._target) for chunk in standing]
                added = get(group, CHUNKS)[1]
                chunks += [_carried(chunk, file, self._target) for chunk in added]
                self._groups.append(_written(_group(chunks, rows, start)))

    def finish(self) -> None:
        """Write the footer. There must have been a file."""
        if self._head is None:
            message = "there are no parts to join"
            raise ValueError(message)
        put(self._head, ROWS, self._rows)
        put(self._head, GROUPS, [STRUCT, self._groups])
        written = _written(self._head)
        self._target.write(written + len(written).to_bytes(4, "little") + MAGIC)


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
        if field[0] == GROUP_OFFSET:
            field[2] += shift
        elif field[0] == ORDINAL:
            field[2] = ordinal
    for chunk in get(group, CHUNKS)[1]:
        _move_chunk(chunk, shift)


def _move_chunk(chunk: Struct, shift: int) -> None:
    """Move the offsets of the chunk of a column; 0: what is told of stands nowhere else."""
    for field in chunk:
        if field[0] in CHUNK_OFFSETS and field[2]:
            field[2] += shift
    for field in get(chunk, METADATA):
        if field[0] in METADATA_OFFSETS and field[2]:
            field[2] += shift


def _carried(chunk: Struct, source: BinaryIO, target: BinaryIO) -> Struct:
    """Copy the chunk of a column; indexes and filters, which stand elsewhere, stay behind."""
    metadata = get(chunk, METADATA)
    data, dictionary = get(metadata, DATA), get(metadata, DICTIONARY)
    start = dictionary if dictionary and dictionary < data else data
    shift = target.tell() - start
    _copy(source, target, start, get(metadata, PACKED))
    metadata = [field for field in metadata if field[0] not in BLOOM]
    kept = [field for field in chunk if field[0] not in INDEXES]
    put(kept, METADATA, metadata)
    _move_chunk(kept, shift)
    return kept


def _group(chunks: list[Struct], rows: int, start: int) -> Struct:
    """Describe a row group."""
    size, packed = (
        sum(get(get(chunk, METADATA), field) for chunk in chunks) for field in (SIZE, PACKED)
    )
    return [
        [CHUNKS, LIST, [STRUCT, chunks]],
        [GROUP_SIZE, I64, size],
        [GROUP_ROWS, I64, rows],
        [GROUP_OFFSET, I64, start],
        [GROUP_PACKED, I64, packed],
    ]
