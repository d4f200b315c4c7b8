"""Structures of Thrift's compact protocol, read into plain lists and written again.

They are read without knowledge of their meaning, so that nothing in them is lost.

References
----------
Apache Thrift, compact protocol, https://github.com/apache/thrift/blob/master/doc/specs
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    def field(self, number: int) -> Any:  # noqa: ANN401 - any value of Thrift
        """Read the value of a field of a structure; what stands before it is passed over."""
        kind = self._pass_to(number)
        return None if kind is None else self._of_field(kind)

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
