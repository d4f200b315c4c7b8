"""The shipped boundaries and labels: one valid coverage, nested levels, and nothing misplaced."""

import csv
import importlib.util
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import pytest
import shapely
from shapely import Geometry

from periplus.geometry import coverage

LAYERS = Path(__file__).resolve().parents[2] / "layers"
DETAILS = ["world", "region", "gis"]
TERRITORIES = {
    "abkhazia": "GEO",
    "baikonur": "KAZ",
    "crimea": "UKR",
    "donbas": "UKR",
    "golan-heights": "SYR",
    "guantanamo": "CUB",
    "northern-cyprus": "CYP",
    "sevastopol": "UKR",
    "siachen": None,
    "somaliland": "SOM",
    "south-ossetia": "GEO",
    "spratly-islands": None,
    "transnistria": "MDA",
    "western-sahara-east": "ESH",
    "western-sahara-west": "ESH",
}
"""Every territory, and the state that it is de jure part of."""

SQUARE_KILOMETRES = {
    "GEO": 56468,
    "MDA": 30155,
    "PSE": 6074,
    "TWN": 36198,
    "UA-09": 18004,
    "UA-14": 17147,
    "UA-23": 27081,
    "UA-65": 26177,
    "UKR": 465832,
    "XKX": 10913,
    "abkhazia": 8638,
    "crimea": 26345,
    "donbas-donetsk": 9452,
    "donbas-luhansk": 8306,
    "golan-heights": 1280,
    "northern-cyprus": 3319,
    "sevastopol": 750,
    "siachen": 2088,
    "somaliland": 167407,
    "south-ossetia": 4465,
    "transnistria": 3052,
    "western-sahara-east": 90495,
    "western-sahara-west": 177850,
}
"""Measured on the source at full resolution, in ESRI:54034."""


@dataclass(frozen=True)
class Decoded:
    """A boundary file as plain geometry; longitude and latitude in degrees."""

    topology: dict[str, Any]
    pieces: dict[str, Geometry]
    properties: dict[str, dict[str, str]]

    @property
    def polygons(self) -> list[Geometry]:
        """The geometries alone."""
        return list(self.pieces.values())

    @property
    def vertices(self) -> set[tuple[int, int]]:
        """Every vertex, on the grid of thousandths of a degree."""
        return set(map(tuple, np.rint(shapely.get_coordinates(self.polygons) * 1000).astype(int)))


def rings(topology: dict[str, Any]) -> dict[str, list[list[npt.NDArray[np.int64]]]]:
    """Decode a topology to the closed rings of each piece's polygons, on its integer grid."""
    arcs = [np.cumsum(arc, axis=0) for arc in topology["arcs"]]

    def ring(references: list[int]) -> npt.NDArray[np.int64]:
        run = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in references]
        return np.concatenate([run[0], *(arc[1:] for arc in run[1:])])

    def polygons(geometry: dict[str, Any]) -> list[list[npt.NDArray[np.int64]]]:
        several = geometry["type"] == "MultiPolygon"
        parts = geometry["arcs"] if several else [geometry["arcs"]]
        return [[ring(references) for references in part] for part in parts]

    return {g["id"]: polygons(g) for g in topology["objects"]["pieces"]["geometries"]}


@cache
def decoded(detail: str) -> Decoded:
    """Read one of the shipped boundary files."""
    text = (LAYERS / "boundaries" / f"{detail}.topojson").read_text(encoding="utf-8")
    topology = json.loads(text)
    scale = topology["transform"]["scale"][0]
    pieces = {
        piece: shapely.multipolygons(
            [
                shapely.Polygon(outer * scale, [hole * scale for hole in holes])
                for outer, *holes in polygons
            ]
        )
        for piece, polygons in rings(topology).items()
    }
    geometries = topology["objects"]["pieces"]["geometries"]
    return Decoded(topology, pieces, {g["id"]: g["properties"] for g in geometries})


@cache
def anchors() -> dict[str, dict[str, list[list[float]]]]:
    """Read the label anchors."""
    text = (LAYERS / "labels" / "jurisdictions.json").read_text(encoding="utf-8")
    document: dict[str, dict[str, list[list[float]]]] = json.loads(text)
    return document


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of labels."""
    with (LAYERS / "labels" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def jurisdictions(detail: str) -> Iterator[tuple[str, str, Geometry]]:
    """Yield each sovereign and each territory with all of its ground."""
    layer = decoded(detail)
    for key, block in (("sovereign", "sovereigns"), ("territory", "territories")):
        codes = {p: of[key] for p, of in layer.properties.items() if key in of}
        for code in sorted(set(codes.values())):
            ground = [layer.pieces[p] for p, its in codes.items() if its == code]
            yield block, code, shapely.coverage_union_all(ground)


@cache
def build_module(name: str) -> ModuleType:
    """Import one module of the build program, which is not a package."""
    spec = importlib.util.spec_from_file_location(f"build_{name}", LAYERS / "build" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    sys.path.append(str(LAYERS / "build"))  # for the modules that it imports
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(LAYERS / "build"))
    return module


@pytest.mark.parametrize("detail", DETAILS)
class TestEveryLevel:
    """What holds for each file by itself."""

    def test_pieces_are_valid_polygons_with_area(self, detail: str) -> None:
        """Also Vatican City, at the level of the world."""
        pieces = decoded(detail).pieces
        assert [piece for piece, shape in pieces.items() if not shapely.is_valid(shape)] == []
        assert [piece for piece, shape in pieces.items() if shapely.area(shape) <= 0] == []

    def test_pieces_are_one_coverage(self, detail: str) -> None:
        """No overlap, and neighbours have the same vertices along a common edge."""
        assert shapely.coverage_is_valid(decoded(detail).polygons)

    def test_outer_rings_run_counter_clockwise_and_holes_clockwise(self, detail: str) -> None:
        """As RFC 7946 asks."""
        for polygon in itertools.chain.from_iterable(rings(decoded(detail).topology).values()):
            sides = [bool(shapely.is_ccw(shapely.LinearRing(ring))) for ring in polygon]
            assert sides == [True] + [False] * (len(polygon) - 1)

    def test_coordinates_stay_on_the_globe(self, detail: str) -> None:
        """Cut at the antimeridian; and the stated box is the true one."""
        layer = decoded(detail)
        assert layer.topology["bbox"] == pytest.approx(shapely.total_bounds(layer.polygons))
        assert np.all(np.abs(shapely.total_bounds(layer.polygons)) <= [180, 90, 180, 90])

    def test_the_halves_of_chukotka_meet(self, detail: str) -> None:
        """The corners of the cut are no matter for simplification."""
        russia = shapely.get_coordinates(decoded(detail).pieces["RUS"])
        east, west = (np.unique(russia[russia[:, 0] == side, 1]) for side in (180, -180))
        assert east == pytest.approx(west, abs=0.002)
        assert len(east) >= 4

    def test_every_arc_is_an_edge_of_one_piece_or_two(self, detail: str) -> None:
        """An edge is stored once, and each side of it belongs to one piece at most."""
        topology = decoded(detail).topology
        used = Counter(
            (reference if reference >= 0 else ~reference)
            for geometry in topology["objects"]["pieces"]["geometries"]
            for reference in np.hstack(flat(geometry["arcs"])).tolist()
        )
        assert used.keys() == set(range(len(topology["arcs"])))
        assert set(used.values()) == {1, 2}

    def test_no_vertex_is_repeated_in_place(self, detail: str) -> None:
        """Deltas of zero would be wasted bytes, and trip renderers up."""
        for arc in decoded(detail).topology["arcs"]:
            assert np.all(np.any(np.array(arc[1:]) != 0, axis=1))

    def test_properties_are_those_of_the_table(self, detail: str) -> None:
        """Nothing is written for what does not apply."""
        with (LAYERS / "build" / "pieces.csv").open(encoding="utf-8", newline="") as file:
            table = {
                row["id"]: {k: row[k] for k in ("sovereign", "territory", "region") if row[k]}
                for row in csv.DictReader(file)
            }
        assert decoded(detail).properties == table

    def test_the_file_is_light_and_says_what_it_is(self, detail: str) -> None:
        """A reader who gets the file alone learns its level and its source."""
        assert (LAYERS / "boundaries" / f"{detail}.topojson").stat().st_size < 6e6
        colophon = decoded(detail).topology["periplus"]
        assert colophon.keys() == {"detail", "version", "attribution", "licence"}
        assert colophon["detail"] == detail

    def test_gdal_reads_the_same_pieces(self, detail: str) -> None:
        """An independent decoder finds the same ground."""
        frame = pyogrio.read_dataframe(LAYERS / "boundaries" / f"{detail}.topojson")
        theirs = dict(zip(frame["id"], frame.geometry, strict=True))
        ours = decoded(detail).pieces
        assert theirs.keys() == ours.keys()
        assert shapely.area(list(theirs.values())) == pytest.approx(
            shapely.area([ours[piece] for piece in theirs]), rel=1e-9
        )


def flat(arcs: list[Any]) -> list[list[int]]:
    """Give the rings of a geometry, however deep its type nests them."""
    return arcs if isinstance(arcs[0][0], int) else [ring for inner in arcs for ring in flat(inner)]


def test_no_piece_vanishes_from_level_to_level() -> None:
    """Islands may go; a jurisdiction may not."""
    assert decoded("world").pieces.keys() == decoded("gis").pieces.keys()
    assert decoded("region").pieces.keys() == decoded("gis").pieces.keys()


def test_world_is_nested_in_region() -> None:
    """A renderer may take the vertices of one inside a window, and of the other outside."""
    assert decoded("world").vertices < decoded("region").vertices


@pytest.mark.parametrize(("piece", "expected"), SQUARE_KILOMETRES.items())
def test_areas_at_the_finest_level(piece: str, expected: float) -> None:
    """Within half a per cent of the source."""
    equal_area = pyproj.Transformer.from_crs("EPSG:4326", "ESRI:54034", always_xy=True)
    shape = shapely.transform(
        decoded("gis").pieces[piece], lambda c: np.column_stack(equal_area.transform(*c.T))
    )
    assert shapely.area(shape) / 1e6 == pytest.approx(expected, rel=0.005)


def test_territories_belong_to_the_states_that_they_are_de_jure_part_of() -> None:
    """Crimea is Ukraine's."""
    found = {
        its["territory"]: its.get("sovereign")
        for its in decoded("gis").properties.values()
        if "territory" in its
    }
    assert found == TERRITORIES


@pytest.mark.parametrize(
    ("piece", "longitude", "latitude"),
    [
        ("UKR", 30.52, 50.45),
        ("GEO", 44.80, 41.70),
        ("XKX", 21.16, 42.66),
        ("PSE", 34.45, 31.50),
        ("crimea", 34.10, 44.95),
        ("sevastopol", 33.62, 44.58),
        ("donbas-donetsk", 37.80, 48.00),
        ("donbas-luhansk", 39.30, 48.57),
        ("UA-14", 37.55, 47.10),  # Mariupol lay on Ukraine's side of the line of 2015-2022
        ("abkhazia", 41.02, 43.00),
        ("south-ossetia", 43.97, 42.23),
        ("transnistria", 29.63, 46.84),
        ("northern-cyprus", 33.60, 35.25),
        ("baikonur", 63.31, 45.62),
        ("golan-heights", 35.78, 33.00),
    ],
)
def test_known_points_lie_in_their_piece(piece: str, longitude: float, latitude: float) -> None:
    """A city, or a point well inside."""
    point = shapely.Point(longitude, latitude)
    assert [p for p, shape in decoded("gis").pieces.items() if shape.contains(point)] == [piece]


@pytest.mark.parametrize("detail", DETAILS)
def test_crimea_meets_kherson_in_the_same_arcs(detail: str) -> None:
    """The edge is one, not two that look alike."""
    geometries = decoded(detail).topology["objects"]["pieces"]["geometries"]
    arcs = {g["id"]: {i for ring in flat(g["arcs"]) for i in ring} for g in geometries}
    assert arcs["crimea"] & {~i for i in arcs["UA-65"]}
    assert not arcs["crimea"] & {~i for i in arcs["RUS"]}


@pytest.mark.parametrize("detail", DETAILS)
def test_the_line_of_contact_leaves_no_gap(detail: str) -> None:
    """The two oblasts are whole: the line is drawn along their common border for a while."""
    pieces = decoded(detail).pieces
    parts = [pieces[p] for p in ("UA-14", "UA-09", "donbas-donetsk", "donbas-luhansk")]
    assert shapely.get_num_interior_rings(shapely.coverage_union_all(parts)) == 0


class TestAnchors:
    """Where names are put."""

    def test_every_jurisdiction_has_anchors_inside(self) -> None:
        """On the level that the anchors were made from."""
        grounds = list(jurisdictions("region"))
        for block, code, ground in grounds:
            points = anchors()[block][code]
            assert points, code
            assert all(shapely.contains_xy(ground, lon, lat) for lon, lat, _ in points), code
        assert sum(map(len, anchors().values())) == len(grounds)

    def test_radii_decrease_and_circles_fit(self) -> None:
        """The radius is what it says: Mercator degrees to the nearest border."""

        def mercator(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            latitude = np.clip(lonlat[:, 1], -85, 85)
            ordinate = np.degrees(np.arcsinh(np.tan(np.radians(latitude))))
            return np.column_stack([lonlat[:, 0], ordinate])

        for block, code, ground in jurisdictions("region"):
            points = np.array(anchors()[block][code])
            assert np.all(np.diff(points[:, 2]) <= 0)
            if code != "ATA":  # reaches beyond Mercator
                outline = shapely.boundary(shapely.transform(ground, mercator))
                room = shapely.distance(shapely.points(mercator(points[:, :2])), outline)
                assert np.all(room >= points[:, 2] - 0.001), code

    def test_russia_is_named_in_europe_too(self) -> None:
        """The largest circle is in Yakutia, and most routes are not."""
        assert any(longitude < 55 for longitude, _, _ in anchors()["sovereigns"]["RUS"])

    def test_a_state_is_not_named_on_its_contested_ground(self) -> None:
        """That ground bears its own name."""
        crimea = decoded("region").pieces["crimea"]
        ukraine = anchors()["sovereigns"]["UKR"]
        assert not any(shapely.contains_xy(crimea, lon, lat) for lon, lat, _ in ukraine)


@pytest.mark.parametrize("detail", DETAILS)
def test_names_of_seas_stand_in_water(detail: str) -> None:
    """At every level, also where straits have narrowed."""
    seas = rows("seas.csv")
    land = shapely.STRtree(decoded(detail).polygons)
    points = shapely.points([[float(sea["lon"]), float(sea["lat"])] for sea in seas])
    assert [seas[i]["name"] for i in land.query(points, predicate="intersects")[0]] == []
    assert {sea["kind"] for sea in seas} <= {"ocean", "sea", "gulf", "strait", "lake"}
    assert len({sea["name"] for sea in seas}) == len(seas)


class TestCities:
    """Capitals and great cities."""

    def test_cities_are_in_the_state_that_the_table_says(self) -> None:
        """By our pieces; a port may stand a little off a generalised coast."""
        states = {
            code: ground for block, code, ground in jurisdictions("gis") if block == "sovereigns"
        }
        for city in rows("cities.csv"):
            point = shapely.Point(float(city["lon"]), float(city["lat"]))
            assert shapely.distance(states[city["iso_a3"]], point) < 0.1, city["name"]

    def test_a_state_has_one_capital_except_where_it_has_more(self) -> None:
        """Bolivia and South Africa divide theirs; what is contested is not marked."""
        capitals = Counter(c["iso_a3"] for c in rows("cities.csv") if c["capital"] == "true")
        assert {state for state, number in capitals.items() if number > 1} == {"BOL", "ZAF"}

    @pytest.mark.parametrize(
        ("name", "state"),
        [("Kyiv", "UKR"), ("Chișinău", "MDA"), ("Astana", "KAZ"), ("Tbilisi", "GEO")],
    )
    def test_capitals_are_spelt_as_today(self, name: str, state: str) -> None:
        """And are where they should be."""
        found = [c for c in rows("cities.csv") if c["name"] == name]
        assert [(c["iso_a3"], c["capital"]) for c in found] == [(state, "true")]


class TestEncoding:
    """The writer of TopoJSON, on a coverage drawn by hand."""

    def coverage(self) -> dict[str, list[list[list[tuple[int, int]]]]]:
        """Two neighbours, an enclave that fills a hole, an island, and a neighbour in two parts."""
        hole = [(2, 2), (2, 4), (4, 4), (4, 2)]
        return {
            "AAA": [[[(0, 0), (6, 0), (6, 3), (6, 6), (0, 6)], hole]],
            "BBB": [[[(6, 0), (9, 0), (9, 6), (6, 6), (6, 3)]], [[(20, 0), (21, 0), (20, 1)]]],
            "CCC": [[hole[::-1]]],
        }

    def encode(self, coverage: dict[str, list[list[list[tuple[int, int]]]]]) -> dict[str, Any]:
        """Encode on a grid of tenths."""
        topology = build_module("topology")
        features = [
            topology.Feature(p, {"sovereign": p}, polygons) for p, polygons in coverage.items()
        ]
        encoded: dict[str, Any] = topology.encode(features, 1)
        return encoded

    def test_shared_edges_are_stored_once(self) -> None:
        """Five arcs: the common edge, each neighbour's other side, the enclave, and the island."""
        encoded = self.encode(self.coverage())
        assert len(encoded["arcs"]) == 5
        assert encoded["bbox"] == [0, 0, 2.1, 0.6]
        first, second, third = encoded["objects"]["pieces"]["geometries"]
        assert third["arcs"] == [[~first["arcs"][1][0]]]
        assert any(~arc in first["arcs"][0] for arc in second["arcs"][0][0])

    def test_decoding_and_encoding_again_changes_nothing(self) -> None:
        """What is written is what was meant."""
        encoded = self.encode(self.coverage())
        again = {
            piece: [
                [list(map(tuple, ring[:-1].tolist())) for ring in polygon] for polygon in polygons
            ]
            for piece, polygons in rings(encoded).items()
        }
        assert self.encode(again) == encoded

    @pytest.mark.parametrize("turn", [1, 2, 3])
    def test_the_order_of_the_input_does_not_matter(self, turn: int) -> None:
        """Rings start elsewhere, vertices repeat, pieces and parts come in another order."""
        turned = {
            piece: [
                [[*ring[turn:], *ring[:turn], ring[turn - 1]] for ring in polygon]
                for polygon in reversed(polygons)
            ]
            for piece, polygons in reversed(self.coverage().items())
        }
        dumps = build_module("topology").dumps
        assert dumps(self.encode(turned)) == dumps(self.encode(self.coverage()))

    def test_text_is_json_of_the_topology(self) -> None:
        """The layout by lines is for people; parsers see the same."""
        encoded = self.encode(self.coverage())
        assert json.loads(build_module("topology").dumps(encoded)) == encoded

    @pytest.mark.parametrize("detail", ["world", "region"])
    def test_shipped_files_encode_to_themselves(self, detail: str) -> None:
        """They were written by this writer and touched by no one since."""
        topology = decoded(detail).topology
        module = build_module("topology")
        features = [
            module.Feature(
                piece,
                decoded(detail).properties[piece],
                [
                    [list(map(tuple, ring[:-1].tolist())) for ring in polygon]
                    for polygon in polygons
                ],
            )
            for piece, polygons in rings(topology).items()
        ]
        again = module.encode(features, 3) | {"periplus": topology["periplus"]}
        text = (LAYERS / "boundaries" / f"{detail}.topojson").read_text(encoding="utf-8")
        assert module.dumps(again) == text


@pytest.mark.parametrize("detail", DETAILS)
class TestPacked:
    """Each level once more, as NumPy arrays: what the program reads."""

    def test_it_is_made_of_the_topology(self, detail: str) -> None:
        """To the last byte: whoever changes one makes the other again."""
        packed = build_module("packed").pack(decoded(detail).topology)
        assert packed == (LAYERS / "boundaries" / f"{detail}.npz").read_bytes()

    def test_it_says_the_same(self, detail: str) -> None:
        """The program finds every ring where the topology has it."""
        said = decoded(detail).topology
        read = coverage.parse_topology((LAYERS / "boundaries" / f"{detail}.npz").read_bytes())
        scale = said["transform"]["scale"]
        found = rings(said)
        assert set(found) == set(read.pieces)
        for piece, polygons in found.items():
            told = read.coordinates(read.pieces[piece])
            for ours, theirs in zip(told, polygons, strict=True):
                for ring, steps in zip(ours, theirs, strict=True):
                    assert np.array_equal(np.rint(ring / scale), steps)


class TestClaims:
    """Land that one state holds and another claims, enclosed by a disputed line."""

    def test_each_row_of_the_table_is_a_feature(self) -> None:
        """With the point that it names, in the piece of its holder, and nowhere else."""
        text = (LAYERS / "boundaries" / "claims.geojson").read_text(encoding="utf-8")
        features = {feature["id"]: feature for feature in json.loads(text)["features"]}
        rows = build_module("claims").read_claims(LAYERS / "build" / "claims.csv")
        assert list(features) == [row.id for row in rows]
        for row in rows:
            land = shapely.from_geojson(json.dumps(features[row.id]["geometry"]))
            assert features[row.id]["properties"] == {"holder": row.holder, "claim": row.claim}
            assert shapely.contains_xy(land, *row.inside)
            assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(land))).all()

    @pytest.mark.parametrize(
        ("line", "inside", "message"),
        [
            ([(5, 0), (5, 10)], (20.0, 5.0), r"no line named 'A claim' encloses \(20.0, 5.0\)"),
            ([(5, 1), (5, 10)], (2.0, 5.0), "ends 1.0000 degrees off the border"),
        ],
    )
    def test_a_line_that_does_not_enclose_the_land_stops_the_build(
        self, line: list[tuple[float, float]], inside: tuple[float, float], message: str
    ) -> None:
        """The point lies elsewhere, or the line ends away from the border."""
        module = build_module("claims")
        claim = module.Claim("a", "A", "A", "A claim", inside, ())
        with pytest.raises(module.BuildError, match=message):
            module.enclose(claim, shapely.box(0, 0, 10, 10), shapely.linestrings(line))

    def test_a_line_is_drawn_to_the_border(self) -> None:
        """Also where the border was simplified away from its end."""
        module = build_module("claims")
        claim = module.Claim("a", "A", "A", "A claim", (2.0, 5.0), ())
        line = shapely.linestrings([(5, 0.05), (5, 9.95)])
        land = module.enclose(claim, shapely.box(0, 0, 10, 10), line)
        assert shapely.area(land) == pytest.approx(50)
