"""Which columns of a Parquet file can stand in the output as they are: copied, not written anew.

Rows are tagged by their positions and dates; what else they hold need not even be read. Where
no row of a row group is set aside, the bytes of its columns go to the output as they stand, and
the tags beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from periplus.tagging.parquet import footer
from periplus.tagging.parquet.thrift import Reader, get

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from periplus.tagging.parquet.thrift import Struct

#: What must be the same in an element of both schemas.
_SAME = (
    footer.TYPE,
    footer.LENGTH,
    footer.REPETITION,
    footer.NAME,
    footer.CHILDREN,
    footer.SCALE,
    footer.PRECISION,
)
#: Two ways to say what an element means: many writers use one of them alone.
_MEANT = (footer.CONVERTED, footer.LOGICAL)


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
        for group in Reader(_footer(self.path)).members(footer.GROUPS):
            chunks = get(group, footer.CHUNKS)[1]
            yield get(group, footer.GROUP_ROWS), [chunks[place] for place in self.chunks]


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
    there = dict(_placed(footer.schema(input_footer)))
    chunks: list[int] = []
    for name, written in zip(keep, footer.columns(footer.schema(head)), strict=False):
        first, standing = there[name]
        if not _alike(standing, written):
            return None
        chunks += range(first, first + footer.leaves(standing))
    candidate = Original(path, head, tuple(chunks))
    some = (chunk for _, group in islice(candidate.groups(), 1) for chunk in group)
    return candidate if _ordered(input_footer, head, chunks) and all(map(_is_plain, some)) else None


def _ordered(input_footer: bytes, head: bytes, chunks: list[int]) -> bool:
    """Tell whether statistics of the input mean in the output what they meant before.

    Files from before 2017 do not say how values are ordered: what readers know to be wrong with
    those of some writers, they know by the name of the writer, which stands in the footer.
    """
    there, written = ([*Reader(text).members(footer.ORDERS)] for text in (input_footer, head))
    pairs = zip(chunks, written, strict=False)  # the tags come last
    return all(there[place : place + 1] == [order] for place, order in pairs)


def _is_plain(chunk: Struct) -> bool:
    """Tell whether a chunk stands in the file itself, for everybody to read."""
    described = get(chunk, footer.METADATA) is not None
    return described and get(chunk, footer.ELSEWHERE) is get(chunk, footer.ENCRYPTED) is None


def _footer(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        return footer.read_footer(path, file)[0]


def _placed(schema: list[Struct]) -> Iterator[tuple[str, tuple[int, list[Struct]]]]:
    """Yield the columns of a schema by name, each with the place of its first chunk."""
    place = 0
    for column in footer.columns(schema):
        yield get(column[0], footer.NAME).decode(), (place, column)
        place += footer.leaves(column)


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
