"""The documents are true: their examples run, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer

import command_pages
from periplus import case, cli, compose, trace_route
from periplus.route.reading import parse_route
from periplus.views import html
from periplus.views.gis.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click import Command

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "layers/README.md", "maps/the-deserter/NOTES.md")


def documents(root: Path) -> list[Path]:
    """Return every document of the project."""
    return [*(root / name for name in DOCUMENTS), *sorted((root / "docs").glob("*.md"))]


def test_the_route_of_the_tutorial_is_a_route(root: Path) -> None:
    """Typed from the page as it stands, it makes a map."""
    tutorial = (root / "docs" / "tutorial.md").read_text(encoding="utf-8")
    route = parse_route("\n".join(re.findall(r"```yaml\n(.*?)```", tutorial, re.DOTALL)))
    scene = compose(trace_route(route))
    assert [stop.title for stop in scene.stops] == ["Almaty", "Withheld"]
    assert "We do not say which country" in html.render(scene)


def blocks(root: Path, *languages: str) -> Iterator[tuple[str, str]]:
    """Yield the examples of these languages, each with the name of its document."""
    fenced = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
    for document in documents(root):
        for language, text in fenced.findall(document.read_text(encoding="utf-8")):
            if language in languages:
                yield document.name, text


@pytest.mark.slow
def test_the_examples_in_python_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they stand, beside the files that they name."""
    shutil.copytree(case("the-deserter").parent, tmp_path / "my-case")
    shutil.copy(root / "layers" / "jurisdictions.geojson", tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = 0
    for name, text in blocks(root, "python"):
        example = compile(text, name, "exec")
        exec(example, {})  # noqa: S102 - our own text
        ran += 1
    assert ran >= 6


def test_the_commands_exist(root: Path) -> None:
    """Each command line of every document is one that the program understands."""
    program = typer.main.get_command(cli.command_line())
    known = 0
    for name, text in blocks(root, "", "console", "sh"):
        for line in re.findall(r"^(?:\$ )?periplus (.*)", text.replace("\\\n", " "), re.MULTILINE):
            words = shlex.split(re.split(r"[|>]|&&", line)[0], comments=True)
            command = program
            while isinstance(command, typer.core.TyperGroup):
                assert words, f"{name}: {line}"
                command = command.commands[words.pop(0)]
            command.make_context(name, words)
            known += 1
    assert known > 30


@cache
def commands() -> dict[str, Command]:
    """Return every command of the program by what is typed, those of `layers` too."""
    found: dict[str, Command] = {}
    waiting = dict(typer.main.get_command(cli.command_line()).commands)  # type: ignore[attr-defined]  # it is a group
    while waiting:
        name, command = waiting.popitem()
        if isinstance(command, typer.core.TyperGroup):
            waiting |= {f"{name} {inner}": made for inner, made in command.commands.items()}
        else:
            found[name] = command
    return found


def options(command: Command) -> set[str]:
    """Return the options of a command; the file of an output is written `-o`."""
    taken = {
        option
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("-")
    }
    return taken - {"--output"} if "-o" in taken else taken


def test_the_page_of_commands_is_what_the_program_tells(root: Path) -> None:
    """`make commands` renews it: each command, option and variable, and none that is no more."""
    committed = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert command_pages.document() == committed


def test_the_page_of_commands_leaves_nothing_out(root: Path) -> None:
    """Read back: the options of each section are those that the command takes."""
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    section = re.compile(r"^## `periplus (.*?)`\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
    sections = dict(section.findall(page))
    assert sections.keys() == commands().keys()
    for name, section in sections.items():
        typed = re.findall(r"^\| `(-.*?)` \|", section, re.MULTILINE)
        told = {
            option for cell in typed for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cell)
        }
        assert told - {"-h", "--help", "--output"} == options(commands()[name]), name


def rows(root: Path, name: str) -> str:
    """Return the rows of a command in the table of the reference."""
    reference = (root / "docs" / "reference.md").read_text(encoding="utf-8")
    found = re.findall(rf"^\| `periplus {name}[` ].*", reference, re.MULTILINE)
    return "\n".join(found)


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_reference_says_what_each_command_does(root: Path, name: str) -> None:
    """An option that it speaks of is one of the command."""
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rows(root, name)))
    assert rows(root, name)
    assert told <= options(commands()[name]) | {"--output"}


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_chooses_its_format_in_the_same_way(name: str) -> None:
    """By the extension of the output, by `--format`, by `--json` where JSON is one of them."""
    taken = options(commands()[name])
    known = formats(commands()[name])
    assert {"--csv", "--geojson", "--sarif", "--annotations", "--oembed"}.isdisjoint(taken)
    assert ("-o" in taken) == ("--overwrite" in taken)
    assert ("json" in known) == ("--json" in taken)
    assert bool(known) == ("--format" in taken) <= ("-o" in taken)


def test_the_reference_lists_the_formats_for_gis(root: Path) -> None:
    """Those that `export` takes, in their order."""
    known = formats(commands()["export"])
    listed = f"FORMAT is one of {', '.join(f'`{form}`' for form in known)}."
    assert listed in (root / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_pages_name_every_format_for_gis(root: Path) -> None:
    """The table of all of them, and the list of those that take any layer."""
    page = (root / "docs" / "gis.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^## Which format$(.*?)^`--format`", page, re.DOTALL | re.MULTILINE)
    rows = " ".join(re.findall(r"^\| (`\..*?) \|", table, re.MULTILINE))
    assert set(re.findall(r"`(.*?)`", rows)) == {form.extensions[0] for form in FORMATS}
    page = (root / "docs" / "jurisdictions.md").read_text(encoding="utf-8")
    (listed,) = re.findall(
        r"^The extension chooses the format: (.*?) \(", page, re.DOTALL | re.MULTILINE
    )
    of_any_layer = {form.extensions[0] for form in FORMATS if form.fields is None}
    assert set(re.findall(r"`(.*?)`", listed)) == of_any_layer


def formats(command: Command) -> list[str]:
    """Return the formats that a command lists under `--format`."""
    (told,) = [
        getattr(parameter, "help", "")
        for parameter in command.params
        if "--format" in parameter.opts
    ] or [""]
    return re.findall(r"[:,] ([a-z-]+)(?= \(|,|\.)", told)


def test_links_lead_to_files(root: Path) -> None:
    """Every relative link of every document names a file that is there."""
    broken = [
        f"{document.relative_to(root)}: {target}"
        for document in documents(root)
        for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "lorem"])
def test_no_document_is_unfinished(root: Path, word: str) -> None:
    """What is missing is said in sentences."""
    for document in documents(root):
        assert word not in document.read_text(encoding="utf-8")
