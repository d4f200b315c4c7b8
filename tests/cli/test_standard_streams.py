"""What becomes of a command whose standard streams are full, closed, or of another encoding."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outputs import command
from periplus.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN = str(shipped("tests", "golden", "plain.yaml"))
#: Commands that write to standard output, each in its own way.
LINES = (
    ["show", PLAIN],
    ["check", PLAIN],
    ["trace", PLAIN],
    ["cases"],
    ["--help"],
    ["--version"],
    ["layers", "list"],
    ["standing", "KAZ", "--towards", "RUS"],
    ["export", PLAIN, "--format", "kml", "-o", "-"],
)


def _run(
    arguments: list[str], redirected: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command with its streams as a shell would set them."""
    script = f'exec "$0" -m periplus "$@" {redirected}'
    return subprocess.run(
        ["/bin/sh", "-c", script, sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env=os.environ | (environment or {}),
    )


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_a_full_or_closed_output_ends_in_a_message(arguments: list[str]) -> None:
    """And in the code of an output that cannot be written."""
    for redirected in (">/dev/full", ">&-"):
        done = _run(arguments, redirected)
        assert done.returncode == 4, done.stderr
        (last,) = done.stderr.splitlines()[-1:]
        assert last.startswith("error: standard output cannot be written: ")
        assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "redirected", ["2>&-", "2>/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full"]
)
def test_a_closed_or_full_standard_error_is_no_fault(redirected: str) -> None:
    """The code alone tells how it went."""
    assert _run(["show", "no-such-case"], redirected).returncode == 2


def test_of_a_closed_input_nothing_is_read() -> None:
    """A route that is empty is refused."""
    done = _run(["show", "-"], "<&-")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)


def test_a_path_that_an_encoding_lacks_is_no_fault(tmp_path: Path) -> None:
    """Its letters are written out."""
    line = ["image", PLAIN, "-o", str(tmp_path / "Ж.svg")]
    done = _run(line, "", {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("line", ["image ROUTE", "map ROUTE", "export ROUTE --format kml"])
def test_a_printed_path_commands_no_terminal(line: str, tmp_path: Path) -> None:
    """The folder of a stranger's route gives the output its name."""
    folder = tmp_path / "a\x1b]0;b\n::error::c"
    folder.mkdir()
    (folder / "route.yaml").write_bytes(Path(PLAIN).read_bytes())
    done = command(line, folder / "route.yaml")
    assert done.code == 0
    assert b"a<U+001B>]0;b<U+000A>::error::c" in done.stdout
    assert b"\x1b" not in done.stdout
    assert "\x1b" not in done.stderr
