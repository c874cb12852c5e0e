"""Slips made on purpose: which of them does no test see?

    python tools/mutants.py [--seed 1] [--number 40] [--list]

Draws mutants with a seed, as many from each step between a right row and what a reader sees: rows, words, charts,
pages. Each is made in a copy of the project, where the tests of its room run and then the notebooks that show what it
made; one that all of them pass is printed as alive. Linting and types do not count.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = "src/helpers/chapters"
STEPS = {
    "rows": [f"{CHAPTERS}/**/numbers*.py", f"{CHAPTERS}/common/*rows.py", f"{CHAPTERS}/common/breakdowns.py"],
    "words": [f"{CHAPTERS}/**/exhibits*.py", f"{CHAPTERS}/**/sentences*.py", f"{CHAPTERS}/**/messages.toml",
              "src/resultatbok/words/*.py", "src/resultatbok/exhibits/messages.py", f"{CHAPTERS}/common/tell.py"],
    "charts": ["src/resultatbok/charts/**/*.py", "src/resultatbok/tables/*.py"],
    "pages": ["book/*.ipynb", *(f"src/resultatbok/edition/{name}.py" for name in
              ("chapter", "contents", "exhibit_blocks", "glue", "prose", "stage", "site", "interactive"))],
}  # fmt: skip
SWAPS = dict(
    pair
    for a, b in (
        ("<", "<="), (">", ">="), ("==", "!="), ("+", "-"), ("*", "/"), ("and", "or"), ("min", "max"), ("any", "all"),
        ("idxmin", "idxmax"), ("low", "high"), ("above", "below"), ("one", "several"), ("women", "all"),
        ("male", "female"), ("jobbsjansen", "introduction_programme"), ("more", "less"), ("higher", "lower"),
        ("entry", "later"), ("value", "low"), ("left", "right"), ("more often", "less often"), ("in", "not in"),
    )
    for pair in ((a, b), (b, a))
)  # fmt: skip
STYLE = {"linewidth", "linestyle", "fontsize", "size", "alpha", "opacity", "zorder", "pad", "strokeWidth", "color"}
"""How a mark looks, which says no number, group or direction; nor do the measures at the top of a drawing's module."""
WORDS = re.compile(r"\b(more often|less often|more|less|higher|lower|above|below)\b")
GLUED = re.compile(rb"\{glue:text\}`(\w+)`")


Slip = tuple[int, int, bytes]
"""Where a slip begins and ends in its file, and what stands there then."""


class Mutant(NamedTuple):
    """A slip: `file` with the bytes from `start` to `end` replaced by `new`."""

    step: str
    file: str
    start: int
    end: int
    new: bytes

    def made(self, source: bytes) -> bytes:
        """The file with the slip in it."""
        return source[: self.start] + self.new + source[self.end :]

    def described(self, source: bytes) -> str:
        """Step, file, line, and what became what."""
        line = source.count(b"\n", 0, self.start) + 1
        before = source.rfind(b"\n", 0, self.start) + 1
        after = source.find(b"\n", self.end)
        around = source[max(before, self.start - 40) : self.start].decode(errors="ignore")
        rest = source[self.end : min(after, self.end + 40)].decode(errors="ignore")
        old = source[self.start : self.end].decode()
        return f"{self.step:6} {self.file}:{line}: {around}[{old} -> {self.new.decode()}]{rest}"


def slips(file: Path) -> Iterator[Slip]:
    """Every slip that could be made in a file."""
    source = file.read_bytes()
    if file.suffix == ".ipynb":
        keys = list(GLUED.finditer(source))
        yield from ((m.start(1), m.end(1), n[1]) for m, n in pairwise(keys) if m[1] != n[1])
    elif file.suffix == ".toml":
        text = source.decode()
        for m in WORDS.finditer(text):
            start = len(text[: m.start()].encode())
            yield start, start + len(m[0].encode()), SWAPS[m[0]].encode()
    else:
        yield from slips_of_code(source, measures="charts" not in file.parts)


def slips_of_code(source: bytes, *, measures: bool) -> Iterator[Slip]:
    """Those of code: operators, numbers, conditions, names of groups and statistics, words of direction.

    Args:
        source: The code.
        measures: Whether constants at the top of the module are changed too.
    """
    starts = [0, *(m.end() for m in re.finditer(rb"\n", source))]

    def at(node: ast.AST, *, end: bool = False) -> int:
        line, column = (node.end_lineno, node.end_col_offset) if end else (node.lineno, node.col_offset)
        return starts[line - 1] + column

    def between(left: ast.AST, right: ast.AST) -> Iterator[Slip]:
        start, stop = at(left, end=True), at(right)
        for m in re.finditer(rb"not in|in|and|or|[<>=!]=|[<>+*/-]", source[start:stop]):
            if new := SWAPS.get(m[0].decode()):
                yield start + m.start(), start + m.end(), new.encode()

    def visit(node: ast.AST) -> Iterator[Slip]:
        looks = isinstance(node, ast.keyword) and node.arg in STYLE
        if looks or isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.Assert):
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, int | float) and not isinstance(node.value, bool):
                yield at(node), at(node, end=True), repr(node.value + 1).encode()
            elif isinstance(node.value, str) and node.value in SWAPS and len(node.value) > 2:
                yield at(node), at(node, end=True), f'"{SWAPS[node.value]}"'.encode()
            elif isinstance(node.value, str):
                old = source[at(node) : at(node, end=True)].decode()
                if said := WORDS.search(old):
                    new = old[: said.start()] + SWAPS[said[0]] + old[said.end() :]
                    yield at(node), at(node, end=True), new.encode()
        elif isinstance(node, ast.Compare):
            yield from between(node.left, node.comparators[0])
        elif isinstance(node, ast.BinOp):
            yield from between(node.left, node.right)
        elif isinstance(node, ast.BoolOp):
            yield from between(*node.values[:2])
        elif isinstance(node, ast.If | ast.IfExp):
            old = source[at(node.test) : at(node.test, end=True)]
            yield at(node.test), at(node.test, end=True), b"not (" + old + b")"
        elif isinstance(node, ast.Name) and node.id in ("min", "max", "any", "all"):
            yield at(node), at(node, end=True), SWAPS[node.id].encode()
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases"):
                continue
            for child in value if isinstance(value, list) else [value]:
                is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)  # a docstring
                if isinstance(child, ast.AST) and not is_text:
                    yield from visit(child)

    for statement in ast.parse(source).body:
        if measures or not isinstance(statement, ast.AnnAssign):
            yield from visit(statement)


def drawn(seed: int, number: int) -> list[Mutant]:
    """As many of each step, of a file with the chance of its slips."""
    random_ = random.Random(seed)
    mutants = []
    for k, (step, patterns) in enumerate(STEPS.items()):
        files = sorted({file for pattern in patterns for file in ROOT.glob(pattern)})
        found = [Mutant(step, str(file.relative_to(ROOT)), *slip) for file in files for slip in slips(file)]
        mutants += random_.sample(found, number * (k + 1) // len(STEPS) - number * k // len(STEPS))
    return mutants


def suites(mutant: Mutant) -> Iterator[list[str]]:
    """Arguments of pytest, the nearest tests first."""
    path = Path(mutant.file)
    quick, nbval = ["-m", "not browser and not slow"], ["--nbval-lax", "--nbval-cell-timeout=300"]
    books = [str(file.relative_to(ROOT)) for file in sorted((ROOT / "book").glob("*.ipynb"))]
    if path.suffix == ".ipynb":
        yield ["tests/book/test_book_nbval.py", "-k", path.stem]
        yield [*quick, "tests/book/test_book_pages.py", "tests/book/test_book_numbers.py"]
        return
    room = Path("tests", *path.parts[1:-1])
    if (ROOT / room).exists():
        yield [*quick, str(room)]
    if mutant.file.startswith(CHAPTERS):
        package = ".".join(path.parts[1:-1])
        yield [*quick, *(str(file.relative_to(ROOT)) for file in (ROOT / "tests/helpers/chapters").glob("*.py"))]
        yield [*nbval, *([book for book in books if package in (ROOT / book).read_text(encoding="utf-8")] or books)]
    else:
        yield [*quick, "tests/helpers/chapters", "tests/engine"]
        yield [*nbval, "book/effect.ipynb", "book/descriptives.ipynb", "book/contribution.ipynb"]
        yield [*quick, "tests/book"]


def killed_by(mutant: Mutant, copy: Path) -> str:
    """The first test that fails with the slip in the copy; nothing if none does."""
    file = copy / mutant.file
    source = file.read_bytes()
    file.write_bytes(mutant.made(source))
    environment = os.environ | {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        for arguments in suites(mutant):
            command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments]
            run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
            if run.returncode not in (0, 5):  # 5: no test was chosen
                failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
                return failed[0][:110] if failed else "pytest could not run"
    finally:
        file.write_bytes(source)
    return ""


def main() -> None:
    """Print each mutant and the test that saw it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=40)
    parser.add_argument("--list", action="store_true", help="print the mutants only")
    given = parser.parse_args()
    mutants = drawn(given.seed, given.number)
    described = [mutant.described((ROOT / mutant.file).read_bytes()) for mutant in mutants]
    if given.list:
        print(*described, sep="\n")
        return
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ROOT.name
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "build", "__pycache__"))
        for mutant, description in zip(mutants, described, strict=True):
            begun = time.monotonic()
            test = killed_by(mutant, copy)
            killed += bool(test)
            verdict = f"killed in {time.monotonic() - begun:.0f} s by {test}" if test else "ALIVE"
            print(f"{description}\n       {verdict}", flush=True)
    print(f"{killed} of {len(mutants)} killed, seed {given.seed}")


if __name__ == "__main__":
    main()
