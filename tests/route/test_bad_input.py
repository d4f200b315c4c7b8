"""What is no route file is refused clearly, at once, and without taking the machine down.

Each is checked in a process of its own that may use 20 s of the processor and 600 MB of addresses:
an end to what runs away (the slowest takes 1.3 s), not a measure of speed, which differs between
machines.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generated import SPOTS, located, route, withheld, written
from periplus import compose, trace_route
from periplus.checking import check_document
from periplus.route.reading import parse_document, parse_route
from periplus.route.yaml_text import MOST_FAULTS
from periplus.shipped import shipped
from periplus.views.gis.records import RouteRecord
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.views.text import findings, plain

if TYPE_CHECKING:
    from collections.abc import Callable

PERIPLUS = Path(sys.executable).with_name("periplus")
FINE = shipped("tests", "golden", "checks", "fine.yaml").read_bytes()


def limited() -> None:
    """Limit what the process may use; more than that ends it."""
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))


def check(folder: Path, content: bytes | None = None) -> str:
    """Check a file that is no route, and return what is said of it."""
    if content is not None:
        (folder / "route.yaml").write_bytes(content)
    done = subprocess.run(
        [PERIPLUS, "check", "route.yaml"],
        cwd=folder,
        capture_output=True,
        check=False,
        preexec_fn=limited,
    )
    assert done.returncode in (0, 1)  # 0: of warnings alone
    assert re.match(rb"\d+ (error|warning)", done.stderr)
    return done.stdout.decode()


def test_binary(tmp_path: Path) -> None:
    """A picture."""
    assert ":1: PER103 is not UTF-8" in check(tmp_path, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def test_utf_16(tmp_path: Path) -> None:
    """As an old editor saves it."""
    assert ":1: PER103 is not UTF-8" in check(tmp_path, FINE.decode().encode("utf-16"))


def test_empty(tmp_path: Path) -> None:
    """Nothing in it."""
    assert "route.yaml: PER105 is empty" in check(tmp_path, b"")


def test_billion_laughs(tmp_path: Path) -> None:
    """Aliases of aliases of aliases: the first is refused, and nothing grows."""
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [" + f"*a{n - 1}, " * 9 + "]" for n in range(1, 40)]
    said = check(tmp_path, "\n".join(lines).encode())
    assert ":2:10: PER106 anchors and aliases are not used" in said


def test_many_anchors(tmp_path: Path) -> None:
    """A list of nothing but aliases: so many faults are told, and no more."""
    said = check(tmp_path, b"a: &a x\nb: [" + b"*a, " * 240_000 + b"]")
    assert said.count("PER106") == MOST_FAULTS
    assert "PER109" in said


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os", "!!binary", "!mine", "!!set"]
)
def test_tags(tmp_path: Path, tag: str) -> None:
    """They could construct objects; here they are faults."""
    said = check(tmp_path, FINE.replace(b"title: A checked", f"title: {tag} A checked".encode(), 1))
    assert ":2:8: PER106 the tag" in said


def test_100_mb(tmp_path: Path) -> None:
    """Of which no more is read than a route may have."""
    with (tmp_path / "route.yaml").open("wb") as file:
        file.write(b"title: x\n")
        file.truncate(100_000_000)
    assert "PER102 holds more than 1,000,000 bytes" in check(tmp_path)


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[{a: ", "a:\n "])
def test_deep_nesting(tmp_path: Path, opening: str) -> None:
    """A megabyte of opening brackets, dashes, or keys."""
    said = check(tmp_path, (opening * (900_000 // len(opening))).encode())
    assert "PER106 is nested more than 40 levels deep" in said or "PER10" in said


def test_duplicate_keys(tmp_path: Path) -> None:
    """Both lines could be meant."""
    said = check(tmp_path, FINE.replace(b"  someone:\n", b"  someone:\n    name: X\n", 1))
    assert re.match(r"route\.yaml:\d+:5: PER107 the key 'name' stands here a second time", said)


def test_nul_bytes(tmp_path: Path) -> None:
    """In the middle of a text."""
    said = check(tmp_path, FINE.replace(b"A checked", b"A\x00checked", 1))
    assert ":2:9: PER104 holds the character U+0000" in said


def test_right_to_left_override(tmp_path: Path) -> None:
    """In a name: reported, and written out, so that the terminal is not turned around."""
    said = check(tmp_path, FINE.replace(b"name: Riga", "name: R\u202eiga".encode(), 1))
    assert "holds U+202E" in said
    assert "R<U+202E>iga" in said
    assert "\u202e" not in said


def test_symlink_out_of_the_folder(tmp_path: Path) -> None:
    """A case that is passed on cannot make its reader open another file."""
    inner = tmp_path / "case"
    inner.mkdir()
    (tmp_path / "secret.yaml").write_bytes(FINE)
    (inner / "route.yaml").symlink_to(tmp_path / "secret.yaml")
    said = check(inner)
    assert "route.yaml: PER108 is a symbolic link out of its folder" in said
    assert "A checked route" not in said


def test_many_values(tmp_path: Path) -> None:
    """A list of hundreds of thousands."""
    assert "PER102 holds more than 60,000 values" in check(tmp_path, b"a: [" + b"1," * 400_000)


def test_many_unknown_fields(tmp_path: Path) -> None:
    """A suggestion for each would take minutes."""
    said = check(tmp_path, b"".join(b"key%d: x\n" % number for number in range(50_000)))
    assert 150 < said.count("PER201") < MOST_FAULTS
    assert "the first 200 are told" in said


def test_many_tag_directives(tmp_path: Path) -> None:
    """Of which the parser would compare each with all before it."""
    said = check(tmp_path, b"".join(b"%%TAG !a%d! x:\n" % n for n in range(50_000)) + b"---\na")
    assert ":1:1: PER106 tags are not used" in said


# ---------------------------------------------------------------------------- long routes


def _long(stops: int, mode: str) -> str:
    """Write a route of so many stops at twenty places, some withheld, others located."""
    spots = [located(*spot) for spot in SPOTS]
    others = [
        withheld(),
        {"knowledge": "not_stated"},
        {"knowledge": "country_only", "country": "POL"},
    ]
    places = [*spots, *others]
    data = route(places, [mode] * (len(places) - 1), [None] * len(places))
    (journey,) = data["journeys"]
    leg = journey["path"][1]
    path: list[Any] = [step for step in journey["path"] if "stop" in step]
    visits = [path[number % len(path)] for number in range(stops)]
    journey["path"] = [step for visit in visits for step in (visit, leg)][:-1]
    return written(data)


def _check(content: str) -> Callable[[], object]:
    """Check a route, from its first byte to the last word."""
    return lambda: findings.render_text([check_document(parse_document(content))])


def _tell(content: str) -> Callable[[], object]:
    """Say what there is to say of a route that is traced."""
    traced = trace_route(parse_route(content))
    return lambda: plain.render(compose(traced))


def _export(content: str) -> Callable[[], object]:
    """Make the rows of the layers of a route that is traced."""
    record = RouteRecord("long", trace_route(parse_route(content)))
    return lambda: [list(layer.rows(record)) for layer in ROUTE_LAYERS]


def _calls(work: Callable[[], object]) -> int:
    """Count the calls of functions."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.slow
@pytest.mark.parametrize(("work", "mode"), [(_check, "flight"), (_tell, "road"), (_export, "road")])
def test_time_is_in_proportion_to_the_route(
    work: Callable[[str], Callable[[], object]], mode: str
) -> None:
    """So many stops more are so many calls more: nothing looks at each stop from each other."""
    _calls(work(_long(40, mode)))  # what is read once
    short, longer, longest = (_calls(work(_long(stops, mode))) for stops in (100, 200, 300))
    assert 0.95 < (longest - longer) / (longer - short) < 1.05
