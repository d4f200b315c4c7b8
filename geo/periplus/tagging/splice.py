"""Join Parquet files of one schema into one, without decoding what is in them.

The row groups are copied as they stand; only the footer is written anew, with the offsets
moved. So a table that was written in parts by several processes becomes one file at the speed
of the disk.

The footer is a structure of Thrift's compact protocol. It is read into plain lists without
knowledge of its meaning, so that nothing in it is lost.

References
----------
Apache Parquet format, https://github.com/apache/parquet-format (`parquet.thrift`); Apache
Thrift, compact protocol, https://github.com/apache/thrift/blob/master/doc/specs
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from periplus.errors import Fault, InputError, Location

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MAGIC = b"PAR1"

#: Types of the compact protocol.
_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(
    13
)
#: A list that is longer than this has its length written out.
_SHORT = 14
_LONG_FORM = 15

#: A structure: its fields as `[number, type, value]`; a list: `[type of members, members]`.
Struct = list[list[Any]]

#: Where offsets into the file stand, by number: in a row group, a column chunk, its metadata.
_FILE_ROWS, _FILE_GROUPS = 3, 4
_GROUP_COLUMNS, _GROUP_OFFSET, _GROUP_ORDINAL = 1, 5, 7
_CHUNK_OFFSETS, _CHUNK_METADATA = (2, 4, 6), 3
_METADATA_OFFSETS = (9, 10, 11, 14)


class Splice:
    """A Parquet file that is made of others of the same schema, one after another."""

    def __init__(self, target: BinaryIO) -> None:
        """Begin the file."""
        self._target, self._rows = target, 0
        self._groups: list[Any] = []
        self._head: Struct | None = None
        target.write(MAGIC)

    def add(self, path: Path) -> None:
        """Add the row groups of a file.

        Raises
        ------
        InputError
            If it is no whole Parquet file.
        """
        with path.open("rb") as file:
            footer, end = _footer(path, file)
            shift = self._target.tell() - len(MAGIC)
            file.seek(len(MAGIC))
            _copy(file, self._target, end - len(MAGIC))
        for group in _get(footer, _FILE_GROUPS)[1]:
            _move(group, shift, len(self._groups))
            self._groups.append(group)
        self._rows += _get(footer, _FILE_ROWS)
        self._head = self._head or footer

    def finish(self) -> None:
        """Write the footer. There must have been a file."""
        if self._head is None:
            message = "there are no parts to join"
            raise ValueError(message)
        _set(self._head, _FILE_ROWS, self._rows)
        _get(self._head, _FILE_GROUPS)[1] = self._groups
        written = bytearray()
        _write_struct(written, self._head)
        self._target.write(written + len(written).to_bytes(4, "little") + MAGIC)


def _footer(path: Path, file: BinaryIO) -> tuple[Struct, int]:
    """Read the footer of a file, and where it begins."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 8))
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length + 12 > size:
        message = "this part is no whole Parquet file"
        raise InputError(Fault("PER701", message, Location(str(path)), "delete it and run again"))
    file.seek(size - 8 - length)
    return _Reader(file.read(length)).struct(), size - 8 - length


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    """Copy the next bytes; the parts are whole files, so nothing is read past them."""
    while length > 0:
        block = source.read(min(length, 1 << 22))
        target.write(block)
        length -= len(block)


def _get(struct: Struct, number: int) -> Any:  # noqa: ANN401 - any value of Thrift
    return next(value for field, _, value in struct if field == number)


def _set(struct: Struct, number: int, value: object) -> None:
    next(field for field in struct if field[0] == number)[2] = value


def _move(group: Struct, shift: int, ordinal: int) -> None:
    """Move the offsets of a row group."""
    for field in group:
        if field[0] == _GROUP_OFFSET:
            field[2] += shift
        elif field[0] == _GROUP_ORDINAL:
            field[2] = ordinal
    for chunk in _get(group, _GROUP_COLUMNS)[1]:
        for field in chunk:
            # 0: the metadata stands nowhere else in the file.
            if field[0] in _CHUNK_OFFSETS and field[2]:
                field[2] += shift
        for field in _get(chunk, _CHUNK_METADATA):
            if field[0] in _METADATA_OFFSETS:
                field[2] += shift


# ---------------------------------------------------------------------------- Thrift


@dataclass(slots=True)
class _Reader:
    """A text of the compact protocol, and how far it was read."""

    text: bytes
    at: int = 0

    def byte(self) -> int:
        self.at += 1
        return self.text[self.at - 1]

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the last byte
                return value
            shift += 7

    def integer(self) -> int:
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def raw(self, length: int) -> bytes:
        self.at += length
        return self.text[self.at - length : self.at]

    def struct(self) -> Struct:
        fields: Struct = []
        number = 0
        while (head := self.byte()) != _STOP:
            step, kind = head >> 4, head & 0x0F
            number = number + step if step else self.integer()
            value = kind == _TRUE if kind in {_TRUE, _FALSE} else self.value(kind)
            fields.append([number, kind, value])
        return fields

    def members(self) -> list[Any]:
        head = self.byte()
        size, kind = head >> 4, head & 0x0F
        if size == _LONG_FORM:
            size = self.varint()
        return [kind, [self.value(kind) for _ in range(size)]]

    def value(self, kind: int) -> Any:  # noqa: ANN401 - any value of Thrift
        match kind:
            case 1 | 2 | 3:  # in lists, truth values are bytes
                return self.byte()
            case 4 | 5 | 6:
                return self.integer()
            case 7:
                return self.raw(8)
            case 8:
                return self.raw(self.varint())
            case 9 | 10:
                return self.members()
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


def _write_struct(target: bytearray, fields: Struct) -> None:
    before = 0
    for number, kind, value in fields:
        written = (_TRUE if value else _FALSE) if kind in {_TRUE, _FALSE} else kind
        if 0 < number - before <= _LONG_FORM:
            target.append((number - before) << 4 | written)
        else:
            target.append(written)
            _write_integer(target, number)
        before = number
        if kind not in {_TRUE, _FALSE}:
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
        case _:
            _write_struct(target, value)
