"""The reference of commands, from the program itself: `docs/commands.md`.

`make commands` writes it; what `--help` says and what the page says come from the same place.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import typer

from periplus import cli
from periplus.environment import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click import Command, Parameter

_HEAD = """\
# Commands

Every command with every option, as the program itself tells them: `periplus COMMAND --help`
says the same. How they choose a format, what a ROUTE is and what an exit code means stands in the
[reference](reference.md). `make commands` writes this page.

"""


def document() -> str:
    """Return the page."""
    found = list(commands())
    index = "".join(f"- [`{name}`](#{_anchor(name)}): {_first(made)}\n" for name, made in found)
    parts = "".join(_section(name, made) for name, made in found)
    return f"{_HEAD}{index}{parts}{_variables()}"


def commands() -> Iterator[tuple[str, Command]]:
    """Yield every command by what is typed, in the order of `periplus --help`."""
    program = _program()
    yield "periplus", program
    yield from _within(program, "periplus")


def _program(*names: str) -> Any:  # noqa: ANN401 - typer's own copy of click has no public types
    return typer.main.get_command(cli.command_line(*names))


def _within(group: Any, before: str) -> Iterator[tuple[str, Command]]:  # noqa: ANN401 - the same
    for name, command in group.commands.items():
        if _is_group(command):
            yield from _within(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def _is_group(command: Command) -> bool:
    return hasattr(command, "commands")


def _section(name: str, command: Command) -> str:
    taken = [_Taken.of(parameter, command) for parameter in _parameters(command)]
    arguments = [each.typed for each in taken if each.is_argument]
    following = ["COMMAND"] if _is_group(command) else arguments
    usage = " ".join([name, "[OPTIONS]", *following])
    said = _escaped(_unwrapped(command.help or ""))
    return (
        f"\n## `{name}`\n\n```text\n{usage}\n```\n\n{said}\n\n{_examples(command)}{_table(taken)}"
    )


def _examples(command: Command) -> str:
    """Return how a command is typed, as the end of its help shows it."""
    lines = (command.epilog or "").splitlines()
    typed = "".join(f"$ {line.strip()}\n" for line in lines if line.startswith("  "))
    return f"```console\n{typed}```\n\n" if typed else ""


def _parameters(command: Command) -> list[Parameter]:
    """Return what a command takes, `--help` last."""
    parent = _program("cases").make_context("periplus", ["cases"])
    return command.get_params(command.make_context("", [], parent=parent, resilient_parsing=True))


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a command takes: how it is typed, and what it says."""

    is_argument: bool
    typed: str
    said: str

    @classmethod
    def of(cls, parameter: Parameter, command: Command) -> _Taken:
        said = getattr(parameter, "help", None) or ""
        value = parameter.metavar or _choices(parameter, command) or (parameter.name or "").upper()
        if parameter.param_type_name == "argument":
            return cls(is_argument=True, typed=_argument(value, parameter), said=said)
        names = ", ".join(sorted(parameter.opts, key=len))
        typed = names if getattr(parameter, "is_flag", False) else f"{names} {value}"
        return cls(is_argument=False, typed=typed, said=said + _default(parameter))


def _argument(value: str, parameter: Parameter) -> str:
    """Write an argument as a usage has it; in brackets if it may be left out."""
    name = value.strip("[]").removesuffix("...") + ("..." if parameter.nargs < 0 else "")
    return name if parameter.required else f"[{name}]"


def _choices(parameter: Parameter, command: Command) -> str:
    """Return what may be chosen, as the annotation of the command has it."""
    hints = get_type_hints(inspect.unwrap(command.callback)) if command.callback else {}
    asked = hints.get(parameter.name or "")
    for kind in (asked, *get_args(asked)):
        if get_origin(kind) is Literal:
            return "|".join(map(str, get_args(kind)))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return "|".join(str(choice.value) for choice in kind)
    return ""


def _default(parameter: Parameter) -> str:
    """Say what goes without saying, where `--help` says it."""
    value = getattr(parameter.default, "value", parameter.default)
    if not getattr(parameter, "show_default", False) or isinstance(value, bool):
        return ""
    return f" Unless given: {value}." if value and isinstance(value, (str, int, float)) else ""


def _table(rows: list[_Taken]) -> str:
    body = "".join(f"| `{_cell(each.typed)}` | {_cell(_escaped(each.said))} |\n" for each in rows)
    return f"| typed | says |\n| --- | --- |\n{body}"


def _variables() -> str:
    rows = "".join(f"| `{name}` | {said} |\n" for name, said in VARIABLES.items())
    head = "\n## Environment variables\n\nNo other is asked.\n\n"
    return f"{head}| variable | says |\n| --- | --- |\n{rows}"


def _first(command: Command) -> str:
    return _escaped(_unwrapped(command.help or "").split("\n")[0]).rstrip(".")


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _escaped(text: str) -> str:
    """Keep what Markdown would take as its own: a star, an underscore, an angle bracket."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([*_<>\[\]])", r"\\\1", part) for part in parts
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


if __name__ == "__main__":
    print(document(), end="")
