"""Tag frames in Python: a GeoDataFrame, or one of Dask, partition by partition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from periplus import layers
from periplus.dates import Edtf
from periplus.errors import UsageError
from periplus.names import find
from periplus.tagging.faults import CODE, REASONS
from periplus.tagging.plan import to_reproject
from periplus.tagging.positions import Layout
from periplus.tagging.tagger import shipped_tagger
from periplus.tagging.timeline import GROUND, STANDING, SUMMARY, Column, Question
from periplus.worldview import Worldview

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_GEOMETRY = "geometry"
#: Rows that are tagged at one time, and those that tell points from lines.
_BATCH, _FIRST = 65_536, 1_000
_POINT = shapely.GeometryType.POINT.value
_LINES = (shapely.GeometryType.LINESTRING.value, shapely.GeometryType.MULTILINESTRING.value)


def tag(  # noqa: PLR0913 - the options of the command
    frame: Any,  # noqa: ANN401 - geopandas and dask_geopandas ship no types
    *,
    on: date | str | None = None,
    time: str | None = None,
    epoch: Literal["s", "ms", "us", "ns"] | None = None,
    columns: Sequence[str] | None = None,
    prefix: str = "",
    worldview: Literal["de-jure", "de-facto"] = "de-jure",
    towards: str = "RUS",
) -> Any:  # noqa: ANN401 - the same
    """Tag the points or lines of a frame with the jurisdiction that they lie in.

    Parameters
    ----------
    frame
        A GeoDataFrame, or a frame of dask_geopandas, which is tagged when it is computed. It
        must have a reference system; positions are taken to WGS 84.
    on
        One day for all rows: a date, or an EDTF text, of which the last day counts. Unless
        given, the last day for which facts were gathered.
    time
        The column with the date of each row: dates, timestamps or ISO 8601 texts.
    epoch
        The unit in which a `time` column of numbers counts from 1 January 1970.
    columns
        What to add, of `jurisdiction`, `state`, `territory`, `control`, `level`, `rule` and
        `csto`. By default the first four, and with `on` or `time` all.
    prefix
        Put before the names of the new columns.
    worldview
        Where states end: it decides on `state`, and on nothing else.
    towards
        The state that might want a person back.

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
    layout = _layout(frame, time, epoch)
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
    epoch: Literal["s", "ms", "us", "ns"] | None = None,
    columns: Sequence[str] | None = None,
    worldview: Literal["de-jure", "de-facto"] = "de-jure",
    towards: str = "RUS",
) -> pd.DataFrame:
    """Cut the lines of a GeoDataFrame at every border.

    Parameters
    ----------
    frame, on, time, epoch, columns, worldview, towards
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
    layout = _layout(frame, time, epoch)
    if not layout.lines:
        message = "the frame holds no lines, so there is nothing to cut"
        raise UsageError(message)
    question = _question(on, columns, worldview, towards, dated=time is not None)
    tagger = shipped_tagger(question, layout, keep=())
    batches = [tagger.tag(batch, numbers).slices for batch, numbers in _batches(frame, layout)]
    table = pa.Table.from_batches([batch for batch in batches if batch is not None]).to_pandas()
    table.index = frame.index[table.pop("row").to_numpy() - 1]
    return table


# ---------------------------------------------------------------------------- what is asked


def _question(
    on: date | str | None,
    columns: Sequence[str] | None,
    worldview: str,
    towards: str,
    *,
    dated: bool,
) -> Question:
    if dated and on is not None:
        message = "`on` is one day for all rows, and `time` a day for each: choose one"
        raise UsageError(message)
    until = layers.rules().facts_until
    day = (Edtf.parse(on).latest or until) if isinstance(on, str) else (on or until)
    for name in columns or ():
        if name not in {*Column}:
            message = f"no column is called {name!r}: there are {', '.join(Column)}"
            raise UsageError(message)
    standing = STANDING if dated or on is not None else ()
    named = None if columns is None else tuple(map(Column, columns))
    return Question(day, dated, named or (*GROUND, *standing), Worldview(worldview), find(towards))


def _layout(frame: Any, time: str | None, epoch: str | None) -> Layout:  # noqa: ANN401 - as above
    """Find out what the frame holds; of Dask, the first rows are read for it."""
    if getattr(frame, "crs", None) is None:
        message = "the frame has no reference system: set it, as with frame.set_crs(4326)"
        raise UsageError(message)
    if time is not None and time not in frame.columns:
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
        lines=bool(np.isin(kinds, _LINES).sum() > np.count_nonzero(kinds == _POINT)),
    )


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
    tagger = shipped_tagger(question, _plain(frame, layout), keep=(), prefix=prefix)
    done = [tagger.tag(batch, numbers) for batch, numbers in _batches(frame, tagger.layout)]
    codes = np.full(len(frame), -1, dtype=np.int8)
    for reject in (reject for tagged in done for reject in tagged.rejects):
        codes[reject.row - 1] = CODE[reject.reason] - 1
    sound = slice(None) if (codes < 0).all() else np.flatnonzero(codes < 0)
    tags = {
        name: _column([tagged.rows.column(name) for tagged in done], sound, len(frame))
        for name in done[0].rows.schema.names
    }
    tags[f"{prefix}fault"] = pd.Categorical.from_codes(codes, [*REASONS])
    return frame.assign(**tags)


def _column(parts: list[Any], sound: Any, rows: int) -> Any:  # noqa: ANN401 - arrays of pyarrow and pandas
    """Return a column of tags for all rows; those that are not sound have none."""
    if pa.types.is_dictionary(parts[0].type):  # always of the same words
        codes = np.full(rows, -1, dtype=np.int16)
        codes[sound] = np.concatenate([part.indices.fill_null(-1).to_numpy() for part in parts])
        return pd.Categorical.from_codes(codes, parts[0].dictionary.to_pylist())
    found = pa.chunked_array(parts).to_pandas()
    if pa.types.is_integer(parts[0].type):
        found = found.astype("Int32")  # which knows what is missing
    every = pd.RangeIndex(rows)
    return found.set_axis(every[sound]).reindex(every).array


def _plain(frame: Any, layout: Layout) -> Layout:  # noqa: ANN401 - as above
    """Let points alone stand as two columns of numbers: no geometry is written down for them."""
    if layout.lines or not (shapely.get_type_id(frame.geometry.to_numpy()) == _POINT).all():
        return layout
    return replace(layout, geometry=None, lon="lon", lat="lat")


def _batches(frame: Any, layout: Layout) -> Iterator[tuple[pa.RecordBatch, range]]:  # noqa: ANN401 - as above
    """Yield positions and dates, at least one batch."""
    for start in range(0, max(len(frame), 1), _BATCH):
        part = frame.iloc[start : start + _BATCH]
        shapes = part.geometry.to_numpy()
        lonlat = shapely.get_coordinates(shapes) if layout.geometry is None else shapes
        if layout.geometry is None and len(lonlat) == len(part):
            columns = {"lon": pa.array(lonlat[:, 0].copy()), "lat": pa.array(lonlat[:, 1].copy())}
        elif layout.geometry is None:  # some points are empty
            columns = {"lon": pa.array(shapely.get_x(shapes), from_pandas=True)}
            columns["lat"] = pa.array(shapely.get_y(shapes), from_pandas=True)
        else:
            columns = {_GEOMETRY: pa.array(shapely.to_wkb(shapes), pa.binary())}
        if layout.time is not None:
            columns[layout.time] = pa.Array.from_pandas(part[layout.time])
        yield pa.record_batch(columns), range(start + 1, start + 1 + len(part))
