"""An error is text on a terminal, whatever somebody wrote into what it names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs import called
from periplus.errors import (
    DataError,
    Fault,
    InputError,
    Location,
    OutputError,
    PeriplusError,
    UsageError,
)
from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

#: Sets the title of a window, turns what follows around, ends the line, is a C1 control.
ATTACKS = ("\x1b]0;pwned\x07", "\N{RIGHT-TO-LEFT OVERRIDE}", "\n::error::pwned", "\x9b31m")


def commands_in(text: str) -> list[str]:
    """Return the marks that a terminal obeys rather than shows."""
    return [mark for mark in text if unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp")]


@given(st.text())
def test_no_error_commands_a_terminal(text: str) -> None:
    """A message is one line; of faults, each is one, and its way out another."""
    for kind in (PeriplusError, UsageError, OutputError, DataError):
        assert commands_in(str(kind(text))) == []
    fault = Fault("PER101", text, Location(text, 1, 1), text)
    assert len(commands_in(str(InputError(fault, fault)))) <= 3
    assert set(commands_in(str(InputError(fault, fault)))) <= {"\n"}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("name", ["map", "show", "export", "trace", "check"])
def test_no_route_commands_a_terminal(name: str, attack: str, tmp_path: Path) -> None:
    """Neither what it names nor the name of its own folder."""
    folder = tmp_path / f"case {attack}".replace("/", "")
    folder.mkdir()
    text = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
    escaped = "".join(f"\\u{ord(mark):04x}" for mark in attack)
    wrong = text.replace("- leg: ", f'- path: "{escaped}.gpx"\n        leg: ', 1)
    assert wrong != text
    (folder / "route.yaml").write_text(wrong, encoding="utf-8")
    done = called([name, str(folder)], tmp_path)
    assert done.code in {1, 3}, done.stderr
    assert "Traceback" not in done.stderr
    said = done.stdout.decode() + done.stderr
    assert set(commands_in(said)) <= {"\n"}
    assert "\n::error::" not in said
