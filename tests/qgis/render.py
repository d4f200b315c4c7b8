"""Open an export in QGIS without a window, say what it made of it, and draw the map.

Run by the Python that QGIS is linked with: `python3 render.py PROJECT.qgz|FILE.gpkg PICTURE.png
REFERENCE.png QUESTION`, which is JSON. Prints JSON.
"""

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsDistanceArea,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QImage

#: From top to bottom, as the project has them.
LAYERS = ("stops", "crossings", "attempts", "legs", "slices", "jurisdictions")


def opened(path: str, project: QgsProject) -> list[QgsVectorLayer]:
    """Open a project, or the layers of a file as a user who drags it in does."""
    if path.endswith(".qgz"):
        assert project.read(path), project.error()
        return [node.layer() for node in project.layerTreeRoot().findLayers()]
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    layers = [QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in LAYERS]
    project.addMapLayers(layers)
    return layers


def described(layer: QgsVectorLayer) -> dict[str, object]:
    """Return what QGIS made of a layer."""
    renderer = layer.renderer()
    rules = renderer.rootRule().children() if renderer and renderer.type() == "RuleRenderer" else []
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "nulls": sum(not feature.hasGeometry() for feature in layer.getFeatures()),
        "rules": [rule.label() for rule in rules],
        "labels": layer.labelsEnabled(),
        "aliases": [field.alias() for field in layer.fields()],
        "types": {field.name(): field.typeName() for field in layer.fields()},
    }


def draw(layers: list[QgsVectorLayer], box: list[float], path: str, project: QgsProject) -> None:
    """Draw the layers on a Mercator map."""
    settings = QgsMapSettings()
    settings.setLayers([layer for layer in layers if layer.isSpatial()])
    settings.setDestinationCrs(project.crs())
    settings.setOutputSize(QSize(900, 600))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(project.backgroundColor())
    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), project.crs(), project
    )
    settings.setExtent(to_map.transformBoundingBox(QgsRectangle(*box)))
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layers[0]))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors(), [error.message for error in job.errors()]
    job.renderedImage().save(path)


def bounds(project: QgsProject) -> tuple[float, float, float, float]:
    """Return the view with which the project opens."""
    box = project.viewSettings().defaultViewExtent()
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def measured(places: list[list[float]], project: QgsProject) -> float:
    """Return how far it is between places, in kilometres, as the tools of the project measure."""
    tool = QgsDistanceArea()
    tool.setSourceCrs(project.crs(), project.transformContext())
    tool.setEllipsoid(project.ellipsoid())
    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), project.crs(), project
    )
    metres: float = tool.measureLine([to_map.transform(QgsPointXY(*place)) for place in places])
    return metres / 1000


def convenience(layer: QgsVectorLayer) -> dict[str, object]:
    """Return what of a layer is there for who works with it."""
    told, time = layer.metadata(), layer.temporalProperties()
    columns = layer.attributeTableConfig().columns()
    fields = enumerate(layer.fields())
    return {
        "time": [time.startField(), time.endField()] if time.isActive() else [],
        "title": told.title(),
        "abstract": told.abstract(),
        "licences": told.licenses(),
        "extents": len(told.extent().spatialExtents()),
        "tip": layer.mapTipTemplate(),
        "hidden": [column.name for column in columns if column.hidden],
        "words": [f.name() for n, f in fields if layer.editorWidgetSetup(n).type() == "ValueMap"],
        "shown": len(list(layer.getFeatures())),
    }


def printed(project: QgsProject, path: str) -> dict[str, list[list[int]]]:
    """Print every layout, and return the colours of its blocks."""
    made = {}
    for layout in project.layoutManager().layouts():
        target = path.replace(".png", f".{layout.name()}.png")
        settings = QgsLayoutExporter.ImageExportSettings()
        settings.dpi = 96
        done = QgsLayoutExporter(layout).exportToImage(target, settings)
        assert done == QgsLayoutExporter.Success
        made[layout.name()] = blocks(target)
    return made


def playing(layers: list[QgsVectorLayer], day: str) -> dict[str, list[str]]:
    """Return what each layer shows when the Temporal Controller stands on a day."""
    moment = QDateTime.fromString(day, "yyyy-MM-dd")
    context = QgsVectorLayerTemporalContext()
    span = QgsDateTimeRange(moment, moment.addSecs(86399))
    found = {}
    for layer in layers:
        time = layer.temporalProperties()
        if time.isActive():
            context.setLayer(layer)
            request = QgsFeatureRequest().setFilterExpression(
                time.createFilterString(context, span)
            )
            found[layer.name()] = sorted(
                f"{feature['code']} {feature['risk_level']}"
                for feature in layer.getFeatures(request)
                if "code" in feature.fields().names()
            )
    return found


def blocks(path: str) -> list[list[int]]:
    """Return the mean colours of the blocks of a picture, 20 pixels wide, row by row."""
    picture = QImage(path)
    small = picture.scaled(
        picture.width() // 20,
        picture.height() // 20,
        transformMode=Qt.SmoothTransformation,
    )
    colours = (small.pixelColor(x, y) for y in range(small.height()) for x in range(small.width()))
    return [[colour.red(), colour.green(), colour.blue()] for colour in colours]


def main(source: str, picture: str, reference: str, asked: str) -> None:
    """Open, describe, draw, and compare with a picture that was looked at."""
    QgsApplication.setPrefixPath("/usr", useDefaultPaths=True)
    application = QgsApplication([], False)  # noqa: FBT003 - without a window
    application.initQgis()
    project = QgsProject.instance()
    layers = opened(source, project)
    question = json.loads(asked)
    draw(layers, question["box"], picture, project)
    scope = QgsExpressionContextUtils.projectScope(project)
    print(
        json.dumps(
            {
                "title": project.title(),
                "crs": project.crs().authid(),
                "as_of": scope.variable("periplus_as_of"),
                "blocks": blocks(picture),
                "reference": blocks(reference),
                "relations": sorted(
                    relation.name()
                    for relation in project.relationManager().relations().values()
                    if relation.isValid()
                ),
                "sea": project.backgroundColor().name(),
                "ellipsoid": project.ellipsoid(),
                "km": measured(question["ends"], project),
                "view": list(bounds(project)),
                "bookmarks": [
                    [mark.name(), mark.group()] for mark in project.bookmarkManager().bookmarks()
                ],
                "groups": [group.name() for group in project.layerTreeRoot().findGroups()],
                "abstract": project.metadata().abstract(),
                "layouts": printed(project, picture),
                "playing": playing(layers, question["day"]),
                "convenience": {layer.id(): convenience(layer) for layer in layers},
                "layers": {layer.name().lower(): described(layer) for layer in layers},
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:5])
