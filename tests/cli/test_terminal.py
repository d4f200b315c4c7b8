"""What somebody sees who types: groups, whole lines, examples, colours, what comes next."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from outputs import called
from periplus.cli import command_line
from periplus.cli.commands import COMMANDS, GROUPS
from periplus.shipped import shipped

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")


def helped(*arguments: str) -> str:
    """Return what `--help` says at 80 columns."""
    done = CliRunner(env={"COLUMNS": "80"}).invoke(command_line(), [*arguments, "--help"])
    assert done.exit_code == 0
    return done.stdout


def test_every_command_stands_in_its_group_in_one_whole_line() -> None:
    """None is cut off, none takes two lines."""
    told = helped()
    for heading, commands in GROUPS.items():
        section = told.split(f"\n{heading}:\n")[1].split("\n\n")[0].splitlines()
        assert [line.split()[0] for line in section] == [*commands]
        assert all(line.endswith(".") and not line.endswith("...") for line in section)
    assert max(map(len, told.splitlines())) < 80


def test_the_commands_of_layers_stand_in_whole_lines() -> None:
    """They are a group of their own."""
    assert "..." not in helped("layers").split("Commands:")[1]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_shows_how_it_is_typed(name: str) -> None:
    """Each example in a line of its own, of this command, and such as it takes."""
    shown = helped(name).split("Examples:\n")[1].splitlines()
    assert [line.strip() for line in shown] == [*COMMANDS[name].examples]
    command = typer.main.get_command(command_line(name))
    for line in COMMANDS[name].examples:
        _, *words = line.split()
        assert words[0] == name
        # Parsed, and not run: `resolve_command` and `make_context` take only what is known.
        context = command.make_context("periplus", [name])
        inner = command.get_command(context, name)  # type: ignore[attr-defined]  # it is a group
        if name == "layers":
            inner, words = inner.commands[words[1]], words[1:]
        inner.make_context(words[0], words[1:])


def test_without_a_terminal_there_is_no_colour_and_no_next_step(tmp_path: Path) -> None:
    """A script reads what it has always read."""
    (tmp_path / "a.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PLAIN.replace("title:", "titel:", 1), encoding="utf-8")
    for line in ("check a.yaml", "check b.yaml", "map a.yaml", "map b.yaml"):
        done = called(line.split(), tmp_path)
        assert b"\x1b" not in done.stdout
        assert "\x1b" not in done.stderr
        assert "next:" not in done.stderr


def typed(*arguments: str, folder: Path, **variables: str) -> str:
    """Return what the command shows on a terminal."""
    inner, outer = pty.openpty()
    with subprocess.Popen(
        [PERIPLUS, *arguments],
        cwd=folder,
        stdin=outer,
        stdout=outer,
        stderr=outer,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **variables},
    ):
        os.close(outer)
        shown = b""
        while block := _read(inner):
            shown += block
    os.close(inner)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "map"])
def test_a_terminal_shows_the_line_underlined_and_in_colour(command: str, tmp_path: Path) -> None:
    """The word that is meant, not its first letter; and without colour if nobody wants any."""
    (tmp_path / "b.yaml").write_text(PLAIN.replace("title:", "titel:", 1), encoding="utf-8")
    shown = typed(command, "b.yaml", folder=tmp_path, NO_COLOR="")
    assert "\x1b[31m\x1b[1mtitel\x1b[0m: A plain route" in shown
    assert "\x1b[31m\x1b[1m^^^^^\x1b[0m\n" in shown
    plain = typed(command, "b.yaml", folder=tmp_path, NO_COLOR="1")
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d+m", "", shown) == plain


@pytest.mark.slow
def test_a_terminal_shows_no_line_of_a_private_note(tmp_path: Path) -> None:
    """Nor a comment: somebody may stand behind."""
    secret = PLAIN.replace("title:", "private_note: [SECRET]\ntitle:", 1)
    (tmp_path / "b.yaml").write_text(secret, encoding="utf-8")
    shown = typed("map", "b.yaml", folder=tmp_path)
    assert "PER" in shown
    assert "SECRET" not in shown


@pytest.mark.slow
def test_a_terminal_says_what_comes_next(tmp_path: Path) -> None:
    """After a check that finds nothing the map; after one that does, the rule."""
    (tmp_path / "a.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PLAIN.replace("title:", "titel:", 1), encoding="utf-8")
    assert "next: periplus map a.yaml\n" in typed("check", "a.yaml", folder=tmp_path)
    assert "next: periplus check --explain PER201\n" in typed("check", "b.yaml", folder=tmp_path)
    assert "next: open it in a browser" in typed("map", "a.yaml", folder=tmp_path)
