"""The commands in their groups: where each lives, what it does in a line, and how it is typed.

It loads nothing, so that `periplus --help` answers at once. A line has room at 80 columns.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command.

    Attributes
    ----------
    module, attribute
        The module beside this one, and what the command is called there.
    line
        What it does, for the list of all commands.
    examples
        How it is typed, the commonest first.
    """

    module: str
    attribute: str
    line: str
    examples: tuple[str, ...]

    @property
    def epilog(self) -> str:
        """The examples as the end of its help, whose lines stay as they are."""
        return "\n".join(["\b", "Examples:", *(f"  {typed}" for typed in self.examples)])


GROUPS: dict[str, dict[str, Command]] = {
    "Write": {
        "new": Command(
            *("starting", "new"),
            "Start a case: empty, from a file of yours, or from a shipped case.",
            (
                "periplus new my-case",
                "periplus new my-case --from stops.csv",
                "periplus new my-case --from the-deserter",
                "periplus new sheet.xlsx",
            ),
        ),
        "places": Command(
            *("checking", "places"),
            "Look up towns and airports, or fill in the positions of a route.",
            ("periplus places Lviv", "periplus places --fill my-case"),
        ),
        "format": Command(
            *("formatting", "format_"),
            "Bring a route file to the form of now; print it short or long.",
            ("periplus format my-case", "periplus format --short my-case"),
        ),
        "cases": Command(
            *("routes", "cases"), "List the cases that ship with Periplus.", ("periplus cases",)
        ),
        "schema": Command(
            *("checking", "schema"),
            "Print the JSON Schema of route files, for your editor.",
            ("periplus schema -o route.schema.json",),
        ),
    },
    "Check": {
        "check": Command(
            *("checking", "check"),
            "Find every fault of a route, with its line and the way out.",
            (
                "periplus check my-case",
                "periplus check --strict --sources copies my-case",
                "periplus check --explain PER603",
            ),
        ),
        "doctor": Command(
            *("doctor", "doctor"),
            "Say what is installed and works, and what a bug report needs.",
            ("periplus doctor",),
        ),
    },
    "Draw": {
        "map": Command(
            *("routes", "map_"),
            "Draw a route as a page that needs no other file.",
            (
                "periplus map my-case",
                "periplus map my-case --watch",
                "periplus map stops.csv -o stops.html",
                "periplus map my-case --lang ru -o my-case.ru.html",
            ),
        ),
        "image": Command(
            *("imaging", "image"),
            "Draw a route as a still picture: SVG, PNG or PDF.",
            ("periplus image my-case -o my-case.png", "periplus image my-case --preset slide"),
        ),
        "embed": Command(
            *("embedding", "embed"),
            "Print what to paste into an article to embed a page.",
            ("periplus embed my-case.html --url https://example.org/my-case.html",),
        ),
        "show": Command(
            *("routes", "show"),
            "Print a route as words, each statement with its evidence.",
            ("periplus show my-case", "periplus show my-case --evidence -o evidence.csv"),
        ),
    },
    "Export": {
        "export": Command(
            *("exporting", "export"),
            "Write a route for QGIS, Google Earth and others, or as a sheet.",
            (
                "periplus export my-case -o my-case.gpkg",
                "periplus export my-case -o my-case.xlsx",
                "periplus export --explain --format kml",
            ),
        ),
    },
    "Law": {
        "trace": Command(
            *("tracing", "trace"),
            "Say under whose law each part of a route lies.",
            ("periplus trace my-case", "periplus trace my-case -o slices.csv"),
        ),
        "standing": Command(
            *("law", "standing"),
            "Say what the facts tell of a state: its level, why, who says so.",
            (
                "periplus standing KAZ --towards RUS",
                "periplus standing --all --towards RUS -o standings.csv",
            ),
        ),
        "layers": Command(
            *("law", "layers"),
            "List, export and compare the shipped layers.",
            (
                "periplus layers list",
                "periplus layers export jurisdictions --towards RUS -o standings.gpkg",
                "periplus layers diff 2023-01-01 2024-01-01 --towards RUS",
            ),
        ),
    },
    "Tables": {
        "tag": Command(
            *("tagging", "tag"),
            "Tag millions of points and lines with the law that they lie in.",
            ("periplus tag points.csv -o tagged.csv --on 2024-05-01 --towards RUS",),
        ),
    },
}

#: Every command by its name, in the order of `periplus --help`.
COMMANDS = {name: command for group in GROUPS.values() for name, command in group.items()}
