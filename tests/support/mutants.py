"""How many faults do the tests notice? `make mutants` makes some, one at a time, and counts.

A mutant is the package with one operator, number, condition or decorator changed by cosmic-ray.
Those that a seed picks, at most one at each place of the code, are tested in copies of the
checkout, which itself is only read: by the tests of the room that was changed, and by those of
ethics. A mutant dies if one of them fails, or does not end. The same seed picks the same ones.

What no test can see is no mutant: unions within annotations, imports for typing, `is` for `==`,
whether a function remembers its answers, the arguments of decorators (`frozen`, `maxsize`).
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_Thing = TypeVar("_Thing")
_Found = TypeVar("_Found")

ROOT = Path(__file__).parents[2]
PACKAGE = Path("geo", "periplus")
ROOMS = ("route", "law", "tracing", "checking", "scene")
#: What the tests of the rooms read.
NEEDED = ("geo", "layers", "maps", "docs", "tests", "pyproject.toml")
#: The tests that meet every mutant which those of its own room let live.
ETHICS = "ethics"
#: A mutant that takes so many times as long as the code without a fault does not end.
PATIENCE = 4


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    ENDLESS = "did not end"
    SURVIVED = "survived"
    LOST = "was lost, for something else ended its tests"


@dataclass(frozen=True, slots=True)
class Mutant:
    """The package with one thing changed.

    Attributes
    ----------
    path
        Of the file that is changed, from the root of the checkout.
    line, column
        Where it is changed, the line from 1.
    operator, occurrence
        The name of the change, and which of the places where it can be made in this file.
    original
        The text of the file as it is.
    """

    path: Path
    line: int
    column: int
    operator: str
    occurrence: int
    original: str

    def __str__(self) -> str:
        """Say where it is changed, and how."""
        return f"{self.path}:{self.line}: {self.operator.removeprefix('core/')}"

    @property
    def room(self) -> str:
        """The folder of the package that it is in."""
        return self.path.relative_to(PACKAGE).parts[0]

    def code(self) -> str:
        """Return the changed text of the file."""
        operator = get_operator(self.operator)()
        changed: str = mutate_code(self.original, operator, self.occurrence)
        return changed


# --- which mutants there are ----------------------------------------------------------------


def all_mutants() -> Iterator[Mutant]:
    """Go through every change of every file of the rooms."""
    operators = {name: get_operator(name) for name in operator_names()}
    plain = {name: operator() for name, operator in operators.items() if not operator.arguments()}
    for room in ROOMS:
        for file in sorted((ROOT / PACKAGE / room).rglob("*.py")):
            path, text = file.relative_to(ROOT), file.read_text(encoding="utf-8")
            nodes = list(ast_nodes(get_ast(text)))
            for name, operator in plain.items():
                places = (at for node in nodes for at, _ in operator.mutation_positions(node))
                for occurrence, (line, column) in enumerate(places):
                    yield Mutant(path, line, column, name, occurrence, text)


def picked(mutants: Iterable[Mutant], seed: int, size: int) -> list[Mutant]:
    """Pick mutants by a seed, at most one at each place, in the order of the code."""

    def lot(*drawn: object) -> str:
        return sha256(repr((seed, *drawn)).encode()).hexdigest()

    def lot_within(mutant: Mutant) -> str:
        return lot(str(mutant), mutant.column, mutant.occurrence)

    at_place = defaultdict(list)
    for mutant in mutants:
        at_place[mutant.path.as_posix(), mutant.line, mutant.column].append(mutant)
    places = sorted(at_place, key=lot)
    drawn = (min(at_place[place], key=lot_within) for place in places)
    chosen = islice(filter(can_be_seen, drawn), size)
    return sorted(chosen, key=lambda mutant: (ROOMS.index(mutant.room), mutant.path, mutant.line))


def can_be_seen(mutant: Mutant) -> bool:
    """Whether it is a program, and another one than before as far as a test can tell."""
    try:
        changed = _seen(mutant.code())
    except SyntaxError:
        return False
    return changed != _seen(mutant.original)


def _seen(code: str) -> str:
    """Write down what a test can see of a program."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        _cover(node)
    return ast.dump(tree)


def _cover(node: ast.AST) -> None:
    """Take out of a part of a program what no test can see."""
    match node:
        case ast.If() if "TYPE_CHECKING" in ast.unparse(node.test):
            node.test, node.body = ast.Constant(value=False), []
        case ast.Compare():
            node.ops = [_ALIKE.get(type(operator), type(operator))() for operator in node.ops]
        case ast.arg():
            node.annotation = None
        case ast.AnnAssign():  # a model reads it: only its unions are no operators
            for operation in ast.walk(node.annotation):
                if isinstance(operation, ast.BinOp):
                    operation.op = ast.BitOr()
        case ast.FunctionDef():
            node.returns = None
            node.decorator_list = _decorators(node)
        case ast.ClassDef():
            node.decorator_list = _decorators(node)


#: Which of the two is asked makes no difference to words, numbers and `None`, but for luck.
_ALIKE: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Is: ast.Eq, ast.IsNot: ast.NotEq}


def _decorators(node: ast.FunctionDef | ast.ClassDef) -> list[ast.expr]:
    """Return the decorators without their arguments, and without those that only remember."""
    bare = [made.func if isinstance(made, ast.Call) else made for made in node.decorator_list]
    return [made for made in bare if ast.unparse(made) not in ("cache", "lru_cache")]


# --- what becomes of them -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of what the tests need, in a folder of its own, which a mutant may spoil.

    Attributes
    ----------
    left_out
        The tests that are not run, because they fail without a mutant.
    """

    folder: Path
    left_out: tuple[str, ...]

    @classmethod
    def made(cls, folder: Path, left_out: tuple[str, ...]) -> Copy:
        """Copy and compile; compiled files are taken by the sum of their source, not its time."""
        for name in NEEDED:
            source, target = ROOT / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
            else:
                shutil.copy(source, target)
        copy = cls(folder, left_out)
        copy.python("-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "geo")
        copy.must_be_imported()
        return copy

    def must_be_imported(self) -> None:
        """Refuse to go on if tests would import the package from elsewhere."""
        told = "import periplus; print(periplus.__file__)"
        if self.folder not in Path(self.python("-c", told).strip()).parents:
            message = f"the tests would not test the copy in {self.folder}"
            raise SystemExit(message)

    def python(self, *arguments: str) -> str:
        """Run Python in the copy, and return what it says."""
        process = self._start(*arguments)
        told, _ = process.communicate()
        return told

    def tested(self, tests: str, patience: float | None = None) -> tuple[Outcome, str]:
        """Run a folder of tests, with patience until one fails; return what became of the code."""
        stop = () if patience is None else ("--exitfirst",)
        left_out = (f"--deselect={test}" for test in self.left_out)
        quiet = ("-m", "pytest", "--quiet", "-p", "no:cacheprovider")
        process = self._start(*quiet, *stop, *left_out, f"tests/{tests}")
        try:
            told, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own
            process.communicate()
            return Outcome.ENDLESS, ""
        return _fate(process.returncode), told

    def fate(self, mutant: Mutant, patience: Mapping[str, float]) -> Outcome:
        """Let the tests meet a mutant, and put the code back."""
        file = self.folder / mutant.path
        file.write_text(mutant.code(), encoding="utf-8")
        met = (self.tested(tests, patience[tests])[0] for tests in (mutant.room, ETHICS))
        outcome = next((fate for fate in met if fate is not Outcome.SURVIVED), Outcome.SURVIVED)
        file.write_text(mutant.original, encoding="utf-8")
        return outcome

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        own = {"PYTHONPATH": str(self.folder / "geo"), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            (sys.executable, *arguments),
            cwd=self.folder,
            env=os.environ | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def _fate(code: int) -> Outcome:
    """Read what became of the code from how its tests ended."""
    if code == -signal.SIGKILL:
        return Outcome.LOST
    return Outcome.KILLED if code else Outcome.SURVIVED


def patience_with(copy: Copy, tests: str) -> float:
    """Return how many seconds to wait for tests, which must pass as the code is."""
    begun = time.perf_counter()
    outcome, told = copy.tested(tests)
    if outcome is not Outcome.SURVIVED:
        print(told, flush=True)
        message = f"tests/{tests} fail without a mutant: mend that, or --leave-out the test"
        raise SystemExit(message)
    took = time.perf_counter() - begun
    print(f"tests/{tests} take {took:.0f} s", flush=True)
    return PATIENCE * took


@dataclass(frozen=True, slots=True)
class Workshop:
    """Copies in which several things are tested at a time."""

    idle: SimpleQueue[Copy]
    executor: ThreadPoolExecutor

    def each(
        self, work: Callable[[Copy, _Thing], _Found], things: list[_Thing]
    ) -> Iterator[_Found]:
        """Do the work for each thing, in a copy that is idle, and yield what is found in order."""
        return self.executor.map(lambda thing: self._one(work, thing), things)

    def _one(self, work: Callable[[Copy, _Thing], _Found], thing: _Thing) -> _Found:
        copy = self.idle.get()
        try:
            return work(copy, thing)
        finally:
            self.idle.put(copy)


@contextmanager
def workshop(jobs: int, left_out: tuple[str, ...]) -> Iterator[Workshop]:
    """Make copies, and remove them in the end."""
    with ExitStack() as stack:
        idle: SimpleQueue[Copy] = SimpleQueue()
        for _ in range(jobs):
            folder = stack.enter_context(TemporaryDirectory(prefix="mutant-"))
            idle.put(Copy.made(Path(folder).resolve(), left_out))
        yield Workshop(idle, stack.enter_context(ThreadPoolExecutor(jobs)))


def fates(mutants: list[Mutant], shop: Workshop) -> Iterator[tuple[Mutant, Outcome]]:
    """Test mutants, and yield what became of each, in their order."""
    tests = [ETHICS, *sorted({mutant.room for mutant in mutants})]  # the longest first
    patience = dict(zip(tests, shop.each(patience_with, tests), strict=True))
    found = shop.each(lambda copy, mutant: copy.fate(mutant, patience), mutants)
    return zip(mutants, found, strict=True)


def main() -> None:
    """Pick mutants, test them, name those that survive, and print the score."""
    parser = argparse.ArgumentParser(description="Count the faults that the tests notice.")
    parser.add_argument("--size", type=int, default=300, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="picks which ones")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--leave-out", action="append", default=[], help="a test that fails anyway")
    asked = parser.parse_args()
    mutants = picked(all_mutants(), asked.seed, asked.size)
    counted: Counter[Outcome] = Counter()
    with workshop(asked.jobs, tuple(asked.leave_out)) as shop:
        for mutant, outcome in fates(mutants, shop):
            counted[outcome] += 1
            if outcome is not Outcome.KILLED:
                print(f"{mutant} {outcome}", flush=True)
    print(score(counted))


def score(counted: Counter[Outcome]) -> str:
    """Write how many mutants the tests notice."""
    noticed = counted[Outcome.KILLED] + counted[Outcome.ENDLESS]
    met = noticed + counted[Outcome.SURVIVED]
    each = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items()))
    return f"{noticed} of {met} mutants noticed: {each}"


if __name__ == "__main__":
    main()
