"""How the rows of an input are to be read: which columns hold what, in which reference system."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from periplus.errors import SystemNameError, UsageError, did_you_mean
from periplus.geometry.reference_systems import system as named_system
from periplus.tagging.tables import arrow
from periplus.tagging.tables.inputs import fault
from periplus.tagging.tables.positions import Layout, geometries, transformer
from periplus.tagging.written_days import compiled

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.tagging.tables.inputs import TableInput

#: What columns of coordinates are called, in lower case.
_LON = (
    *("lon", "longitude", "lng", "long", "longitud", "долгота", "lon_deg", "longitude_deg"),
    *("location-long", "location_long", "location.long"),  # Movebank
    *("decimallongitude", "decimal_longitude"),  # GBIF, after Darwin Core
    *("start_lng", "start_lon", "cell_ll_lon"),  # hire bicycles, Global Fishing Watch
)
_LAT = (
    *("lat", "latitude", "latitud", "широта", "lat_deg", "latitude_deg"),
    *("location-lat", "location_lat", "location.lat"),
    *("decimallatitude", "decimal_latitude", "start_lat", "cell_ll_lat"),
)
#: What columns of geometries without metadata are called.
_GEOMETRY = ("geometry", "geom", "wkb", "wkb_geometry", "the_geom", "shape")
#: What columns of well-known text are called beside.
_TEXT = ("wkt", "wkt_geometry", "wkt_geom")
#: How well-known text begins.
_BEGINS = re.compile(r"\s*(?:POINT|LINESTRING|MULTI|POLYGON|GEOMETRYCOLLECTION)\b", re.IGNORECASE)
#: What columns of coordinates may hold: texts may be numbers too.
_NUMBERS = (
    pa.types.is_floating,
    pa.types.is_integer,
    pa.types.is_decimal,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_null,
)
#: What columns of geometries may hold, beside points of two columns.
_SHAPES = (
    *(pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view),
    pa.types.is_fixed_size_list,
)
#: What needs no reprojection.
_WGS84 = ("OGC:CRS84", "EPSG:4326")


def lay_out(  # noqa: PLR0913 - each of them is an option of the command
    source: TableInput,
    *,
    lon: str | None = None,
    lat: str | None = None,
    crs: str | None = None,
    time: str | None = None,
    epoch: str | None = None,
    time_format: str | None = None,
    decimal_comma: bool = False,
    wrap: bool = False,
    make_geometry: str | None = None,
) -> Layout:
    """Find out in which columns of a source positions and dates stand.

    Parameters
    ----------
    lon, lat
        Columns of coordinates; by their usual names unless given.
    crs
        The reference system, where the file declares none or a wrong one.
    time_format, decimal_comma, wrap
        How dates and numbers are written, as of `Layout`.
    make_geometry
        How to call the points that are made from two columns, for formats that must have some.

    Raises
    ------
    InputError
        If there are no positions, or their reference system is unknown.
    UsageError
        If a named column is not there.
    """
    names = list(source.schema.names)
    _require_once(source)
    for name in (lon, lat, time):
        require(name, names, source.path)
    if (lon is None) != (lat is None):
        message = "name both columns, with --lon and --lat"
        raise UsageError(message)
    require_one_form(time, epoch, time_format)
    geometry, declared = source.geometry() if lon is None else (None, None)
    columns = (lon, lat) if lon else (_called(names, _LON), _called(names, _LAT))
    if geometry is None and None in columns:
        geometry, declared = _unmarked(source), None
        if geometry is None:
            raise fault(
                source.path,
                f"no column holds positions; there are {', '.join(names)}",
                "name two columns with --lon and --lat",
            )
        if crs is None:
            raise _unknown(source.path)
    elif geometry is None:
        declared = "OGC:CRS84"  # columns called so are degrees; --crs may say otherwise
    if geometry is None:
        _require_numbers(source, columns)
    else:
        _require_shapes(source, geometry)
    system = crs or declared
    if system is None:
        raise _unknown(source.path)
    return Layout(
        geometry=geometry,
        lon=None if geometry else columns[0],
        lat=None if geometry else columns[1],
        crs=to_reproject(system, source.path),
        time=time,
        epoch=epoch,
        time_format=time_format,
        decimal_comma=decimal_comma,
        wrap=wrap,
        lines=geometry is not None and _are_lines(source, geometry),
        make_geometry=make_geometry if geometry is None else None,
    )


def require(name: str | None, names: list[str], path: Path) -> None:
    """Refuse a column that is not there.

    Raises
    ------
    UsageError
        With the nearest name.
    """
    if name is not None and name not in names:
        near = did_you_mean(name, names) or f"There are {', '.join(names)}."
        message = f"{path} has no column {name!r}. {near}"
        raise UsageError(message)


def require_one_form(time: str | None, epoch: str | None, form: str | None) -> None:
    """Refuse to read dates in two ways, or without a column of dates; know the form beforehand.

    Raises
    ------
    UsageError
        With the way out.
    """
    given = [name for name, value in (("--epoch", epoch), ("--time-format", form)) if value]
    if given and time is None:
        message = f"{given[0]} says how dates are written: name their column with --time"
        raise UsageError(message)
    if len(given) > 1:
        message = "--epoch is for numbers that count, and --time-format for texts: choose one"
        raise UsageError(message)
    if form is not None:
        compiled(form)


def _require_once(source: TableInput) -> None:
    """Refuse columns of the same name: none could be told from the other."""
    names = list(source.schema.names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise fault(source.path, f"columns have the same name: {', '.join(twice)}")


def _require_numbers(source: TableInput, columns: tuple[str | None, ...]) -> None:
    """Refuse columns of positions that hold neither numbers nor texts."""
    for name in columns:
        kind = source.schema.field(name).type
        plain = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not any(is_number(plain) for is_number in _NUMBERS):
            hint = "name others with --lon and --lat"
            raise fault(source.path, f"the column {name!r} holds {kind}, and no numbers", hint)


def _require_shapes(source: TableInput, name: str) -> None:
    """Refuse a column of geometries that are neither well-known binary nor points of GeoArrow."""
    kind = source.schema.field(name).type
    plain = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind
    is_struct = pa.types.is_struct(plain)
    if pa.types.is_string(plain) and _holds_text(source, name):
        return
    points = is_struct and {"x", "y"} <= {plain.field(place).name for place in range(len(plain))}
    if not (points or any(is_shape(plain) for is_shape in _SHAPES)):
        hint = "write the geometries as well-known binary (WKB)"
        raise fault(source.path, f"the column {name!r} holds {plain}", hint)


def _called(names: list[str], usual: tuple[str, ...]) -> str | None:
    """Return the column that is called by one of the usual names."""
    by_name = {name.lower().strip(): name for name in reversed(names)}
    return next((by_name[name] for name in usual if name in by_name), None)


def _unmarked(source: TableInput) -> str | None:
    """Return a column of binary values, or of well-known text, that is called as geometries are."""
    for one in source.schema:
        plain = one.type.storage_type if isinstance(one.type, pa.BaseExtensionType) else one.type
        name = one.name.lower()
        if name in _GEOMETRY and any(is_shape(plain) for is_shape in _SHAPES[:-1]):
            return str(one.name)
        if name in {*_GEOMETRY, *_TEXT} and _holds_text(source, one.name):
            return str(one.name)
    return None


def _holds_text(source: TableInput, name: str) -> bool:
    """Tell whether the first value of a column is well-known text."""
    kind = source.schema.field(name).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return False
    texts = (text for text in source.head().column(name).to_pylist() if text)
    return bool(_BEGINS.match(next(texts, "")))


def _unknown(path: Path) -> Exception:
    hint = "say which one it is, as with --crs EPSG:4326"
    return fault(path, "the file does not say in which reference system its positions are", hint)


def to_reproject(system: Any, path: Path) -> str | None:  # noqa: ANN401 - a name, or PROJJSON
    """Return a reference system if it must be reprojected; WGS 84 need not.

    Raises
    ------
    InputError
        If PROJ does not know it.
    """
    if system in _WGS84 or _identified(system) in _WGS84:
        return None
    from pyproj.exceptions import ProjError

    try:
        return _not_wgs84(system if isinstance(system, str) else json.dumps(system))
    except (SystemNameError, ProjError) as error:
        hint = "name it as in --crs EPSG:3857"
        raise fault(path, f"the reference system is unknown: {error}", hint) from None


def _identified(system: Any) -> str | None:  # noqa: ANN401 - a name, or PROJJSON
    """Return the name that PROJJSON gives its system, such as OGC:CRS84."""
    identifier = system.get("id") if isinstance(system, dict) else None
    return (
        f"{identifier.get('authority')}:{identifier.get('code')}"
        if isinstance(identifier, dict)
        else None
    )


@lru_cache(maxsize=32)
def _not_wgs84(text: str) -> str | None:
    """Return a reference system, given as text that PROJ reads, unless it is WGS 84."""
    system = named_system(text)
    if any(system.equals(named_system(name), ignore_axis_order=True) for name in _WGS84):
        return None
    authority = system.to_authority(min_confidence=100)
    named = ":".join(authority) if authority else system.to_wkt()
    transformer(named)  # which PROJ may refuse
    return named


def _are_lines(source: TableInput, geometry: str) -> bool:
    """Tell whether the rows are lines: whether more of the first ones are lines than points."""
    declared = source.geometry_types
    if declared:
        return any("LineString" in kind for kind in declared) and "Point" not in declared
    import shapely

    column = arrow.plain(source.head().column(geometry))
    if pa.types.is_nested(column.type):
        return False
    kinds = shapely.get_type_id(geometries(column)[0])
    line, lines = shapely.GeometryType.LINESTRING.value, shapely.GeometryType.MULTILINESTRING.value
    count = np.count_nonzero((kinds == line) | (kinds == lines))
    return bool(count > np.count_nonzero(kinds == shapely.GeometryType.POINT.value))
