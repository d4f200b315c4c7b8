"""Whatever happens to a route file, it is read or refused: never a traceback, always a position.

Valid files are mutated line by line and byte by byte: 500 of them here, and 10,000 with
`HYPOTHESIS_PROFILE=nightly`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from periplus.checking import check_document
from periplus.route.reading import parse_document, read_document
from periplus.shipped import case, shipped
from periplus.views.text import findings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = [
    shipped("tests", "golden", "plain.yaml").read_bytes(),
    shipped("tests", "golden", "checks", "fine.yaml").read_bytes(),
    case("zhilin").read_bytes(),
]
#: What a value is replaced by, to be of another type.
VALUES = [
    b"[]",
    b"{}",
    b"~",
    b"12",
    b"-0.5",
    b"true",
    b"''",
    b"[a, b]",
    b"{a: b}",
    b"2022-13",
    b"|",
]
EDITS = ["delete", "duplicate", "swap", "retype", "truncate", "bytes", "indent", "word"]

edits = st.lists(
    st.tuples(
        st.sampled_from(EDITS),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        st.binary(min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=5,
)


def mutated(content: bytes, wanted: Sequence[tuple[str, int, int, bytes]]) -> bytes:
    """Return a file with edits made to it, one after another."""
    for kind, first, second, noise in wanted:
        lines = content.splitlines(keepends=True) or [b"\n"]
        at, other = first % len(lines), second % len(lines)
        key, colon, _ = lines[at].partition(b": ")
        if kind == "delete":
            del lines[at]
        elif kind == "duplicate":
            lines.insert(other, lines[at])
        elif kind == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "retype":
            lines[at] = key + (colon or b": ") + VALUES[second % len(VALUES)] + b"\n"
        elif kind == "truncate":
            lines[at:] = [lines[at][: second % (len(lines[at]) + 1)]]
        elif kind == "bytes":
            cut = second % (len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + noise + lines[at][cut:]
        elif kind == "indent":
            lines[at] = b" " * (second % 9) + lines[at].lstrip(b" ")
        else:
            lines[at] = lines[at].replace(b"e", noise[:1], 1)
        content = b"".join(lines)
    return content


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a file to be written again and again."""
    return tmp_path_factory.mktemp("fuzz") / "route.yaml"


@pytest.mark.slow
@settings(max_examples=max(500, settings().max_examples))
@given(st.sampled_from(FILES), edits)
def test_a_mutated_file_is_read_or_refused_with_a_place(
    file: Path, content: bytes, wanted: list[tuple[str, int, int, bytes]]
) -> None:
    """And checked, and told, as any other."""
    file.write_bytes(mutated(content, wanted))
    document = read_document(file)
    assert (document.route is None) <= bool(document.faults)
    report = check_document(document)
    for fault in report.faults:
        assert fault.location.path == str(file)
        assert fault.location.line or fault.code == "PER105"  # of an empty file
    assert findings.render_text([report]).count(str(file)) >= len(report.faults)


@given(st.text(max_size=200))
def test_any_text_is_refused_with_a_place(text: str) -> None:
    """It is no route."""
    document = parse_document(text, "route.yaml")
    assert document.route is None
    assert all(str(fault).startswith("route.yaml") for fault in document.faults)
