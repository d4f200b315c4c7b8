"""Tag a batch of rows: where they lie, on which day, and what is said of that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from periplus.tagging.days import days
from periplus.tagging.index import OUTSIDE, Index, world_index
from periplus.tagging.tables import arrow, positions
from periplus.tagging.tables.faults import NONE, REASONS, Reason, Reject, rejects
from periplus.tagging.timeline import Answers, Question, Timeline, shipped_timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from periplus.tagging.tables.positions import Codes, Floats, Layout, Positions

    Ints = NDArray[np.int64]
from periplus.tagging.tagged import Tagged


class Located(NamedTuple):
    """What was found of some positions.

    Attributes
    ----------
    faults
        What is wrong with each.
    pieces
        The pieces of those that are sound.
    answers
        What is said of these.
    """

    faults: Codes
    pieces: NDArray[np.int16]
    answers: Answers


@dataclass(frozen=True)
class Tagger:
    """All that is needed to tag rows; one in each process."""

    index: Index
    timeline: Timeline
    layout: Layout
    keep: tuple[str, ...] | None = None
    prefix: str = ""

    @property
    def question(self) -> Question:
        """What is asked of every row."""
        return self.timeline.question

    @cached_property
    def vocabularies(self) -> tuple[pa.Array, ...]:
        """The words that each column of tags can hold."""
        return tuple(map(arrow.texts, self.timeline.vocabularies))

    def tag(self, batch: pa.RecordBatch, numbers: Sequence[int] | None = None) -> Tagged:
        """Tag the points of a batch; `linestrings.tag` tags lines.

        Parameters
        ----------
        numbers
            Of the rows in the input; they count from 1.
        """
        numbers = range(1, len(batch) + 1) if numbers is None else numbers
        dated = days(batch, self.layout)
        where = positions.points(batch, self.layout)
        lookup = self.find(where, dated)
        wrong: list[Reject] = []
        lon, lat = where.lon, where.lat
        if lookup.faults.any():
            rows = np.flatnonzero(lookup.faults).tolist()
            details = (self.detail(batch, where, lookup.faults, row) for row in rows)
            wrong = rejects(batch, lookup.faults, details, numbers)
            sound = np.flatnonzero(lookup.faults == NONE)
            batch, lon, lat = batch.take(arrow.numbers(sound)), lon[sound], lat[sound]
        rows = self.joined(batch, self.columns(lookup.answers), (lon, lat))
        return Tagged(rows, wrong, None, int(np.count_nonzero(lookup.pieces == OUTSIDE)))

    def find(self, where: Positions, dated: tuple[Ints, Codes] | None) -> Located:
        """Find what is said of positions."""
        faults = where.faults if dated is None else _either(where.faults, dated[1])
        lon, lat, on = where.lon, where.lat, None if dated is None else dated[0]
        if faults.any():
            sound = np.flatnonzero(faults == NONE)
            lon, lat, on = lon[sound], lat[sound], None if on is None else on[sound]
        pieces = self.index.locate(lon, lat)
        return Located(faults, pieces, self.timeline.answer(pieces, on))

    def detail(
        self,
        batch: pa.RecordBatch,
        where: positions.Positions,
        faults: NDArray[np.int8],
        row: int,
    ) -> str:
        """Tell what is wrong with a row."""
        reason = REASONS[faults[row] - 1]
        if reason in {Reason.NO_DATE, Reason.UNREADABLE_DATE, Reason.COARSE_DATE}:
            return f"{self.layout.time}: {batch.column(str(self.layout.time))[row].as_py()!r}"
        if reason in {Reason.OUT_OF_RANGE, Reason.NOT_FINITE, Reason.NOT_ON_EARTH}:
            return where.detail(row)
        if reason is Reason.UNREADABLE_POSITION and self.layout.geometry is None:
            names = (str(self.layout.lon), str(self.layout.lat))
            return ", ".join(f"{name}: {batch.column(name)[row].as_py()!r}" for name in names)
        return ""

    def columns(self, answers: Answers) -> dict[str, pa.Array]:
        """Return what was found as columns of tags."""
        return {
            f"{self.prefix}{column}": arrow.words(codes.take(answers.rows), vocabulary)
            for column, codes, vocabulary in zip(
                self.question.columns, answers.codes.T, self.vocabularies, strict=True
            )
        }

    def joined(
        self,
        batch: pa.RecordBatch,
        tags: dict[str, pa.Array],
        where: tuple[Floats, Floats] | None = None,
    ) -> pa.RecordBatch:
        """Put tags beside the columns that are kept, and a geometry where one is to be made."""
        kept = batch if self.keep is None else batch.select(list(self.keep))
        if self.layout.make_geometry and where is not None:
            tags = {**tags, self.layout.make_geometry: positions.well_known(*where)}
        fields = [*kept.schema, *(pa.field(name, column.type) for name, column in tags.items())]
        return pa.RecordBatch.from_arrays([*kept.columns, *tags.values()], schema=pa.schema(fields))


def shipped_tagger(
    question: Question, layout: Layout, keep: tuple[str, ...] | None = None, prefix: str = ""
) -> Tagger:
    """Return what tags rows by the shipped boundaries and facts."""
    return Tagger(world_index(), shipped_timeline(question), layout, keep, prefix)


def _either(first: NDArray[np.int8], second: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the first fault of each row."""
    return np.where(first == NONE, second, first)
