"""Read files with the GDAL of the system, which is not that of the wheels, and say what is in them.

Run by the system's Python: `python3 gdal_reader.py FILE...` prints JSON, a list of layers a file.
"""

import json
import sys

from osgeo import gdal, ogr

gdal.UseExceptions()


def layers(path: str) -> list[dict[str, object]]:
    """Return what GDAL finds in a file."""
    source = gdal.OpenEx(path, gdal.OF_VECTOR)
    return [described(source.GetLayer(index)) for index in range(source.GetLayerCount())]


def described(layer: ogr.Layer) -> dict[str, object]:
    """Return the name, fields and features of a layer."""
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
    features = list(layer)
    return {
        "name": layer.GetName(),
        "geometry": ogr.GeometryTypeToName(layer.GetGeomType()),
        "fields": {field.GetName(): field.GetTypeName() for field in fields},
        "aliases": {field.GetName(): field.GetAlternativeName() for field in fields},
        "features": [feature.items() for feature in features],
        "shapes": [shape(feature) for feature in features],
    }


def shape(feature: ogr.Feature) -> str | None:
    """Return the geometry of a feature as WKT; `None` if it has none."""
    geometry = feature.GetGeometryRef()
    return None if geometry is None else geometry.ExportToWkt()


if __name__ == "__main__":
    json.dump({path: layers(path) for path in sys.argv[1:]}, sys.stdout, default=str)
