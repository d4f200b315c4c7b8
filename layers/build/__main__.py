"""Build the boundary layers and the label data from pinned inputs: ``python layers/build``.

The same inputs give the same bytes: nothing depends on the clock, on chance, or on an order that is
not sorted.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from errors import BuildError

try:
    import shapely
    from shapely import Geometry

    from airports import corrected, read_airports, read_countries, read_second, require_agreement
    from airports import dumps as dumps_airports
    from airports import read_corrections as read_corrected_airports
    from anchors import Anchor, jurisdiction_anchors
    from cities import dumps as dumps_cities
    from cities import locate_cities, read_corrections
    from claims import dumps as dumps_claims
    from claims import read_claims
    from codes import dumps as dumps_codes
    from codes import read_codes
    from disputed import read_lines
    from fetch import Edition, obtain, read_manifest
    from locales import make as make_locales
    from locales import read_cities
    from packed import pack
    from pieces import Piece, assemble, read_table
    from regions import dumps as dumps_regions
    from regions import outline, read_regions
    from settlements import pack as pack_towns
    from settlements import read_regions as read_divisions
    from settlements import read_towns
    from simplify import LEVELS, Level, simplify
    from topology import Feature, Ring, dumps, encode
except ModuleNotFoundError as missing:
    sys.exit(
        f"error: the build needs {missing.name}, which comes with the product's dependencies: "
        "pip install 'geopandas>=1' 'shapely>=2.1'"
    )

HERE = Path(__file__).resolve().parent
LAYERS = HERE.parent


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(prog="python layers/build", description=__doc__)
    parser.add_argument(
        "--upstream",
        type=Path,
        default=HERE / ".upstream",
        metavar="DIR",
        help="where fetched inputs are kept",
    )
    parser.add_argument(
        "--output", type=Path, default=LAYERS, metavar="DIR", help="where the layers are written"
    )
    parser.add_argument(
        "--only-locales", action="store_true", help="build the words of the CLDR alone, from Babel"
    )
    arguments = parser.parse_args()
    try:
        if arguments.only_locales:
            build_locales(arguments.output)
        else:
            build(arguments.upstream, arguments.output)
    except BuildError as error:
        sys.exit(f"error: {error}")


def build(upstream: Path, output: Path) -> None:
    """Fetch what is missing, and write every built file.

    Parameters
    ----------
    upstream
        The cache of inputs.
    output
        Files are written to ``boundaries/`` and ``labels/`` in it.

    Raises
    ------
    BuildError
        When an input cannot be had or is not as pinned, or a built layer fails its checks.
    """
    manifest = read_manifest(HERE / "upstream.toml")
    inputs = {name: obtain(row, upstream.resolve()) for name, row in manifest.upstream.items()}

    table = read_table(HERE / "pieces.csv")
    sovereign = {piece.id: piece.sovereign for piece in table if piece.sovereign}
    territory = {piece.id: piece.territory for piece in table if piece.territory}
    pieces = assemble(table, inputs["admin-1"], inputs["disputed-lines"])

    regions = read_regions(HERE / "regions.csv")
    outlines = outline(regions, table, inputs["admin-1"])
    _write(output / "boundaries" / "regions.geojson", dumps_regions(regions, outlines))

    cities = locate_cities(
        inputs["places"], read_corrections(HERE / "corrections.csv"), pieces, sovereign
    )
    _write(output / "labels" / "cities.csv", dumps_cities(cities))
    countries = read_countries(HERE.parent / "facts" / "countries.csv")
    settled = read_corrected_airports(HERE / "airports-corrected.csv")
    airports = corrected(read_airports(inputs["airports"], countries), settled)
    second = read_second(inputs["airports-again"])
    require_agreement(airports, second, _lands(pieces, sovereign), settled)
    _write(output / "labels" / "airports.csv", dumps_airports(airports))

    codes = read_codes(inputs["codes"], inputs["countries"], countries, sovereign.values())
    _write(output / "labels" / "codes.csv", dumps_codes(codes))

    towns = pack_towns(read_towns(inputs["towns"], countries), read_divisions(inputs["divisions"]))
    (output / "labels" / "places.zip").write_bytes(towns)

    build_locales(output)

    for level in LEVELS:
        pieces = simplify(pieces, level)
        topology = encode(_features(table, pieces, level), level.decimals)
        colophon = {"periplus": _colophon(level, manifest.edition)}
        _write(output / "boundaries" / f"{level.detail}.topojson", dumps(topology | colophon))
        (output / "boundaries" / f"{level.detail}.npz").write_bytes(pack(topology | colophon))
        if level.detail == "gis":
            claims, lines = read_claims(HERE / "claims.csv"), read_lines(inputs["disputed-lines"])
            text = dumps_claims(claims, pieces, lines, level.decimals)
            _write(output / "boundaries" / "claims.geojson", text)
        if level.detail == "region":
            anchors = jurisdiction_anchors(pieces, sovereign, territory)
            _write(output / "labels" / "jurisdictions.json", _dumps_anchors(anchors))


def build_locales(output: Path) -> None:
    """Write what the CLDR says of every language, for the cities that stand in the labels.

    Raises
    ------
    BuildError
        When another Babel than the pinned one is installed.
    """
    pinned = read_manifest(HERE / "upstream.toml").cldr.version
    countries = read_countries(HERE.parent / "facts" / "countries.csv")
    cities = read_cities(output / "labels" / "cities.csv")
    for name, text in make_locales(countries, cities, pinned).items():
        _write(output / "labels" / name, text)


def _lands(pieces: Mapping[str, Geometry], sovereign: Mapping[str, str]) -> dict[str, Geometry]:
    """Join the pieces of each country."""
    parts: dict[str, list[Geometry]] = {}
    for piece, polygons in pieces.items():
        if piece in sovereign:
            parts.setdefault(sovereign[piece], []).append(polygons)
    return {country: shapely.coverage_union_all(some) for country, some in parts.items()}


def _features(
    table: Iterable[Piece], pieces: Mapping[str, Geometry], level: Level
) -> list[Feature]:
    def ring(line: Geometry) -> Ring:
        scaled = shapely.get_coordinates(line)[:-1] * 10**level.decimals
        return [(x, y) for x, y in scaled.round().astype(int).tolist()]

    def polygons(piece: str) -> list[list[Ring]]:
        oriented = shapely.orient_polygons(pieces[piece], exterior_cw=False)
        return [
            [ring(line) for line in shapely.get_rings(part)] for part in shapely.get_parts(oriented)
        ]

    return [Feature(piece.id, piece.properties, polygons(piece.id)) for piece in table]


def _colophon(level: Level, edition: Edition) -> dict[str, str]:
    return {
        "detail": level.detail,
        "version": edition.version,
        "attribution": edition.attribution,
        "licence": edition.licence,
    }


def _dumps_anchors(anchors: Mapping[str, Mapping[str, Sequence[Anchor]]]) -> str:
    """Write anchors as JSON, one code a line."""

    def block(codes: Mapping[str, Sequence[Anchor]]) -> str:
        rows = (
            f"{json.dumps(code)}:{json.dumps(found, separators=(',', ':'))}"
            for code, found in codes.items()
        )
        return "{\n" + ",\n".join(rows) + "\n}"

    return (
        "{"
        + ",\n".join(f"{json.dumps(kind)}:{block(codes)}" for kind, codes in anchors.items())
        + "}\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    sys.stderr.write(f"{path}: {len(text.encode()) / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
