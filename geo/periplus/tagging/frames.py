"""Tag frames in Python: a GeoDataFrame, or one of Dask, partition by partition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from periplus.dates import last_day
from periplus.errors import UsageError
from periplus.law import shipped_law
from periplus.tagging import linestrings
from periplus.tagging.days import days
from periplus.tagging.plan import require_one_form, to_reproject
from periplus.tagging.tables import positions
from periplus.tagging.tables.faults import CODE, NONE, REASONS
from periplus.tagging.tables.positions import Layout
from periplus.tagging.tagger import shipped_tagger
from periplus.tagging.timeline import GROUND, SUMMARY, Column, Question, standing_columns
from periplus.world.names import find
from periplus.world.worldview import Worldview

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from periplus.tagging.tables.positions import Codes
    from periplus.tagging.tagger import Tagger

    Ints = NDArray[np.int64]

_GEOMETRY = "geometry"
#: Points and lines that are tagged at one time, and rows that tell the ones from the others.
_POINTS, _SOME_LINES, _FIRST = 1 << 18, 1 << 14, 1_000
_POINT = shapely.GeometryType.POINT.value
_LINES = (shapely.GeometryType.LINESTRING.value, shapely.GeometryType.MULTILINESTRING.value)


def tag(  # noqa: PLR0913 - the options of the command
    frame: Any,  # noqa: ANN401 - geopandas and dask_geopandas ship no types
    *,
    on: date | str | None = None,
    time: str | None = None,
    epoch: Literal["s", "ms", "us", "ns", "excel"] | None = None,
    time_format: str | None = None,
    columns: Sequence[str] | None = None,
    prefix: str = "",
    worldview: Literal["de-jure", "de-facto"] = "de-jure",
    towards: str | None = None,
) -> Any:  # noqa: ANN401 - the same
    """Tag the points or lines of a frame with the jurisdiction that they lie in.

    Parameters
    ----------
    frame
        A GeoDataFrame, or a frame of dask_geopandas, which is tagged when it is computed. It
        must have a reference system; positions are taken to WGS 84.
    on
        One day for all rows: a date, a moment, of which the day that is written counts, or an
        EDTF text, of which the last day counts. Unless given, the last day for which facts were
        gathered.
    time
        The column with the date of each row, or the name of the index, as MovingPandas has it:
        dates, timestamps or ISO 8601 texts.
    epoch
        The unit in which a `time` column of numbers counts from 1 January 1970; `excel`: days of
        a spreadsheet.
    time_format
        How `time` is written unless as in ISO 8601, as in `%d/%m/%Y`.
    columns
        What to add, of `jurisdiction`, `state`, `territory`, `control`, `level`, `rule` and
        `csto`. By default the first four; with `on` or `time` also `csto`, and with `towards` all.
    prefix
        Put before the names of the new columns.
    worldview
        Where states end: it decides on `state`, and on nothing else.
    towards
        The state that might want a person back; without one there are no levels.

    Returns
    -------
    GeoDataFrame, or the same kind of frame as given
        All rows in their order, with new columns: categories, missing outside of every piece.
        `fault` says why a row could not be tagged, and is missing where it could. For lines:
        `jurisdictions` in their order, `length_m`, `outside_m` and the number of `slices`,
        which `slices(frame)` returns.

    Raises
    ------
    UsageError
        If the frame has no reference system, or an option asks for what is not there.
    """
    question = _question(on, columns, worldview, towards, dated=time is not None)
    layout = _layout(frame, time, epoch, time_format)
    _require_new(frame, layout, question, prefix)
    if _of_dask(frame):
        meta = _tagged(frame._meta, question, layout, prefix)  # noqa: SLF001 - so Dask is told what comes
        return frame.map_partitions(_tagged, question, layout, prefix, meta=meta)
    return _tagged(frame, question, layout, prefix)


def slices(  # noqa: PLR0913 - the options of `tag`
    frame: Any,  # noqa: ANN401 - geopandas ships no types
    *,
    on: date | str | None = None,
    time: str | None = None,
    epoch: Literal["s", "ms", "us", "ns", "excel"] | None = None,
    time_format: str | None = None,
    columns: Sequence[str] | None = None,
    worldview: Literal["de-jure", "de-facto"] = "de-jure",
    towards: str | None = None,
) -> pd.DataFrame:
    """Cut the lines of a GeoDataFrame at every border.

    Parameters
    ----------
    frame, on, time, epoch, time_format, columns, worldview, towards
        As for `tag`.

    Returns
    -------
    DataFrame
        One row for each stretch within one jurisdiction, in the order of the lines and along
        each: `part` of a multi-line, `slice` within it, `from_m` and `length_m` in metres,
        `lon` and `lat` where it begins, and the tags. Indexed as the frame is. Lines that
        cannot be tagged have none: `tag` says why.

    Raises
    ------
    UsageError
        As `tag` does, and if the frame has no lines.
    """
    layout = _layout(frame, time, epoch, time_format)
    if not layout.lines:
        message = "the frame holds no lines, so there is nothing to cut"
        raise UsageError(message)
    question = _question(on, columns, worldview, towards, dated=time is not None)
    tagger = shipped_tagger(question, layout, keep=())
    batches = [
        linestrings.tag(tagger, batch, numbers).slices for batch, numbers in _batches(frame, layout)
    ]
    table = pa.Table.from_batches([batch for batch in batches if batch is not None]).to_pandas()
    table.index = frame.index[table.pop("row").to_numpy() - 1]
    return table


# ---------------------------------------------------------------------------- what is asked


def _question(
    on: date | str | None,
    columns: Sequence[str] | None,
    worldview: str,
    towards: str | None,
    *,
    dated: bool,
) -> Question:
    if dated and on is not None:
        message = "`on` is one day for all rows, and `time` a day for each: choose one"
        raise UsageError(message)
    until = shipped_law.rulebook().facts_until
    day = last_day(on) or until
    for name in columns or ():
        if name not in {*Column}:
            message = f"no column is called {name!r}: there are {', '.join(Column)}"
            raise UsageError(message)
    state = find(towards) if towards else None
    standing = standing_columns(state) if dated or on is not None else ()
    named = None if columns is None else tuple(map(Column, columns))
    return Question(day, dated, named or (*GROUND, *standing), Worldview(worldview), state)


def _layout(
    frame: Any,  # noqa: ANN401 - as above
    time: str | None,
    epoch: str | None,
    time_format: str | None,
) -> Layout:
    """Find out what the frame holds; of Dask, the first rows are read for it."""
    _require_shapes(frame)
    require_one_form(time, epoch, time_format)
    if time is not None and time not in frame.columns and time != frame.index.name:
        message = (
            f"the frame has no column {time!r}: there are {', '.join(map(str, frame.columns))}"
        )
        raise UsageError(message)
    first = frame.head(_FIRST, npartitions=-1) if _of_dask(frame) else frame.head(_FIRST)
    kinds = shapely.get_type_id(first.geometry.array)
    return Layout(
        geometry=_GEOMETRY,
        crs=to_reproject(frame.crs.to_wkt(), Path("frame")),
        time=time,
        epoch=epoch,
        time_format=time_format,
        lines=bool(np.isin(kinds, _LINES).sum() > np.count_nonzero(kinds == _POINT)),
    )


def _require_shapes(frame: Any) -> None:  # noqa: ANN401 - as above
    """Refuse what has no geometries, or does not say where on Earth they are.

    Raises
    ------
    UsageError
        With the way out.
    """
    known = frame._meta if _of_dask(frame) else frame  # noqa: SLF001 - what its partitions are
    if not (hasattr(known, "columns") and hasattr(known, "_geometry_column_name")):
        way_out = "make one, as with geopandas.GeoDataFrame(geometry=...)"
        message = f"this is a {type(frame).__name__}, and no GeoDataFrame: {way_out}"
        raise UsageError(message)
    if known._geometry_column_name not in known.columns:  # noqa: SLF001 - there is no other way to ask
        message = "the frame has no active geometry: choose one with frame.set_geometry(...)"
        raise UsageError(message)
    if known.crs is None:
        message = "the frame has no reference system: set it, as with frame.set_crs(4326)"
        raise UsageError(message)


def _of_dask(frame: Any) -> bool:  # noqa: ANN401 - anything
    return type(frame).__module__.partition(".")[0] in {"dask", "dask_geopandas"}


def _require_new(frame: Any, layout: Layout, question: Question, prefix: str) -> None:  # noqa: ANN401 - as above
    added = SUMMARY if layout.lines else [str(column) for column in question.columns]
    both = sorted({f"{prefix}{name}" for name in (*added, "fault")} & {*frame.columns})
    if both:
        message = f"the frame has columns of the same names: {', '.join(both)}; give a prefix"
        raise UsageError(message)


# ---------------------------------------------------------------------------- the work


def _tagged(frame: Any, question: Question, layout: Layout, prefix: str) -> Any:  # noqa: ANN401 - as above
    """Tag a GeoDataFrame."""
    tagger = shipped_tagger(question, layout, keep=())
    tags, faults = (_of_lines if layout.lines else _of_points)(frame, tagger)
    named = {f"{prefix}{name}": column for name, column in tags.items()}
    named[f"{prefix}fault"] = pd.Categorical.from_codes(faults - np.int8(1), [*REASONS])
    return frame.assign(**named)


def _of_points(frame: Any, tagger: Tagger) -> tuple[dict[str, Any], Codes]:  # noqa: ANN401 - as above
    """Tag points: from their shapes to numbers of words, with nothing written down between."""
    columns = tagger.question.columns
    faults = np.zeros(len(frame), dtype=np.int8)
    codes = np.full((len(columns), len(frame)), -1, dtype=np.int16)
    for start in range(0, len(frame), _POINTS):
        part = slice(start, start + _POINTS)
        where = positions.of_shapes(frame.geometry.to_numpy()[part])
        positions.settle(where, tagger.layout)
        lookup = tagger.find(where, _days(frame, part, tagger.layout))
        faults[part] = lookup.faults
        sound = np.flatnonzero(lookup.faults == NONE) if lookup.faults.any() else slice(None)
        for column, answer in zip(codes, lookup.answers.codes.T, strict=True):
            column[part][sound] = answer.take(lookup.answers.rows)
    words = zip(columns, codes, tagger.timeline.vocabularies, strict=True)
    return {
        name: pd.Categorical.from_codes(code, vocabulary) for name, code, vocabulary in words
    }, faults


def _days(frame: Any, part: slice, layout: Layout) -> tuple[Ints, Codes] | None:  # noqa: ANN401 - as above
    """Return the days of some rows, and what is wrong with each."""
    if layout.time is None:
        return None
    column = _times(frame, layout.time, part)
    return days(pa.record_batch({layout.time: column}), layout)


def _times(frame: Any, name: str, part: slice) -> pa.Array:  # noqa: ANN401 - as above
    """Return the dates of some rows; what is of several types is read as what it says."""
    values = frame[name] if name in frame.columns else frame.index.to_series()
    some = values.iloc[part]
    try:
        return pa.Array.from_pandas(some)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        written = [None if pd.isna(one) else _iso(one, name) for one in some]
        return pa.array(written, pa.string())


def _iso(value: object, name: str) -> str:
    if isinstance(value, (date, str)):
        return value if isinstance(value, str) else value.isoformat()
    message = f"the column {name!r} holds {value!r}, which is no date, among others"
    raise UsageError(message)


def _of_lines(frame: Any, tagger: Tagger) -> tuple[dict[str, Any], Codes]:  # noqa: ANN401 - as above
    """Tag lines."""
    done = [
        linestrings.tag(tagger, batch, numbers) for batch, numbers in _batches(frame, tagger.layout)
    ]
    faults = np.zeros(len(frame), dtype=np.int8)
    for reject in (reject for tagged in done for reject in tagged.rejects):
        faults[reject.row - 1] = CODE[reject.reason]
    table = pa.Table.from_batches([tagged.rows for tagged in done]).to_pandas()
    table = table.astype({"slices": "Int32"})  # which knows what is missing
    every = table.set_axis(np.flatnonzero(faults == NONE)).reindex(range(len(frame)))
    return {name: every[name].array for name in every}, faults


def _batches(frame: Any, layout: Layout) -> Iterator[tuple[pa.RecordBatch, range]]:  # noqa: ANN401 - as above
    """Yield lines and their dates, at least one batch."""
    for start in range(0, max(len(frame), 1), _SOME_LINES):
        part = frame.iloc[start : start + _SOME_LINES]
        columns = {_GEOMETRY: pa.array(shapely.to_wkb(part.geometry.to_numpy()), pa.binary())}
        if layout.time is not None:
            columns[layout.time] = _times(part, layout.time, slice(None))
        yield pa.record_batch(columns), range(start + 1, start + 1 + len(part))
