"""The true rows of each exhibit, made in a pool of processes and kept under a key of all they depend on."""

from __future__ import annotations

import ast
import hashlib
import json
import multiprocessing
import os
import re
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

import pandas as pd

from resultatbok.edition.cache import CACHE_FOLDER, coding_fingerprint, forget_unused
from resultatbok.edition.closure import PAGE_ONLY, closure, function_hash, function_modules, source_hash
from resultatbok.edition.fingerprint import libraries
from resultatbok.edition.private import private_folder
from resultatbok.exhibits.exhibit import Context
from resultatbok.exhibits.registry import Declaration
from resultatbok.project import project_root
from resultatbok.release.rows import NUMBERS, TRUE_COLUMNS, normalise
from resultatbok.report import Report, StudyData
from resultatbok.settings import EditionSettings
from resultatbok.source import module_file
from resultatbok.words.wording import Wording

STORE: Final = "build/.numbers"
TIMES: Final = "times.json"
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
NOT_IN_NUMBERS: Final = {"title", "languages", "contents", "disclosure"}
"""Settings of a cohort that no true number depends on."""


class NumbersError(Exception):
    """Numbers could not be made; `problems` names each exhibit and why."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class LanguageInNumbers(RuntimeError):  # noqa: N818 - says what happened
    """A numbers function asked for words."""


@dataclass(frozen=True)
class Made:
    """The true rows of what one declaration makes.

    Attributes:
        rows: Complete ledger rows by exhibit; none where no numbers are needed.
        seconds: Processor seconds they took when they were made.
    """

    rows: dict[str, pd.DataFrame]
    seconds: float


def make_numbers(
    report: Report,
    study: StudyData,
    declarations: Sequence[Declaration],
    jobs: int,
    results: Path | None = None,
    after: str = "",
    context: BaseContext | None = None,
) -> tuple[dict[Declaration, Made], list[Declaration]]:
    """The true rows of declarations, made where they are not kept from before.

    Args:
        report: The report they are of.
        study: The data of the cohort.
        declarations: What to make.
        jobs: Processes that work at once.
        results: Folder with the released rows of other exhibits, for numbers that are about them.
        after: What those released rows are; part of the key.
        context: How processes are started; new programs if not given.

    Returns:
        The rows, and which of them had to be made.

    Raises:
        NumbersError: Names each exhibit whose numbers failed.
    """
    store = _Store(project_root() / STORE)
    keys = {declaration: numbers_key(declaration, report, study, after) for declaration in declarations}
    missing = [declaration for declaration in declarations if not store.has(keys[declaration])]
    if missing:
        _make_in_pool(report, study, missing, keys, jobs, results, store, context)
    made = {declaration: store.read(keys[declaration]) for declaration in declarations}
    forget_unused(store.folder)
    if (cache := project_root() / CACHE_FOLDER).is_dir():
        forget_unused(cache)
    return made, missing


def kept_rows(report: Report, declaration: Declaration, study: StudyData) -> dict[str, pd.DataFrame]:
    """The true rows of what one declaration makes, by exhibit, made in this process where they are not kept."""
    store, key = _Store(project_root() / STORE), numbers_key(declaration, report, study)
    if not store.has(key):
        before = time.process_time()
        rows = true_rows(declaration, study)
        store.write(key, Made(rows, round(time.process_time() - before, 3)))
    return store.read(key).rows


def numbers_key(declaration: Declaration, report: Report, study: StudyData, after: str = "") -> str:
    """A hash of what numbers depend on: tables, settings, coding, libraries, and the source their function imports.

    What the function is handed it need not import; so the data count, by the content of their tables and the source
    beside what reads them, and those fits that it asks a study for.
    """
    module, function = declaration.numbers or (declaration.module, "")
    without = (*PAGE_ONLY, report.study, report.data)
    parts = [
        module,
        declaration.name,
        study.content_fingerprint,
        study.cohort.model_dump_json(exclude=NOT_IN_NUMBERS),
        coding_fingerprint(project_root()),
        libraries(),
        function_hash(module, function, without) if function else source_hash(module, without),
        source_hash(report.study, (*PAGE_ONLY, *_all_fits(report.study), report.data)),
        *(source_hash(fit, (*PAGE_ONLY, report.data)) for fit in sorted(fits_of(module, report.study, function))),
        after,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


@cache
def fits_of(module: str, study: str, function: str = "") -> frozenset[str]:
    """The modules of the fits that a module or function, or a module that it imports, takes from a study.

    Args:
        module: The full name of the module.
        study: That of the study's module.
        function: The function, if not all of the module is meant.
    """
    text, modules = function_modules(module, function) if function else ("", frozenset({module}))
    needed = frozenset(name for start in modules for name in closure(start, (*PAGE_ONLY, study)))
    files = [file for name in sorted(needed) if (file := module_file(name))]
    text += "\n".join(file.read_text(encoding="utf-8") for file in files)
    return frozenset(fit for name, fits in _fits(study).items() if re.search(rf"\.{name}\b", text) for fit in fits)


def _all_fits(study: str) -> list[str]:
    return sorted(frozenset().union(*_fits(study).values()))


@cache
def _fits(study: str) -> dict[str, frozenset[str]]:
    """By each name of the study's class, the modules whose functions it calls, or calls by another name."""
    file = module_file(study)
    tree = ast.parse(file.read_text(encoding="utf-8") if file else "")
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if module_file(f"{node.module}.{alias.name}")
    }
    functions = [f for node in tree.body if isinstance(node, ast.ClassDef) for f in node.body]
    called = {node.name: list(_called(node)) for node in functions if isinstance(node, ast.FunctionDef)}

    def found(name: str) -> frozenset[str]:
        own = {modules[base] for base, _ in called[name] if base in modules}
        others = [found(attribute) for base, attribute in called[name] if base == "self" and attribute in called]
        return frozenset(own).union(*others)

    return {name: found(name) for name in called}


def _called(node: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield part.value.id, part.attr


def true_rows(declaration: Declaration, study: StudyData, results: Path | None = None) -> dict[str, pd.DataFrame]:
    """Make the true rows of what a declaration makes, by exhibit; nothing is worded or drawn.

    Raises:
        LanguageInNumbers: A numbers function asked for words.
    """
    source = _OnlyNumbers()
    context = Context(study, source, _Silent("en"), results)
    for make in declaration.makers(context):
        with suppress(_RowsMade):
            make(context)
    return source.rows


class _RowsMade(BaseException):
    """The numbers are made; ends an exhibit function before anything is worded or drawn."""


class _OnlyNumbers:
    """Makes the rows of exhibits and ends their functions there."""

    def __init__(self) -> None:
        self.rows: dict[str, pd.DataFrame] = {}

    def rows_of(self, exhibit: str, numbers: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Keep the true rows; never returns."""
        _Silent.silent = True
        try:
            self.rows[exhibit] = normalise(exhibit, numbers())
        finally:
            _Silent.silent = False
        raise _RowsMade


class _Silent(Wording):
    """Words that are refused while numbers are made."""

    silent = False

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - what Wording has
        if _Silent.silent and not name.startswith("__"):
            raise LanguageInNumbers(f"a numbers function asked the wording for {name!r}")
        return super().__getattribute__(name)


def _make_in_pool(
    report: Report,
    study: StudyData,
    missing: Collection[Declaration],
    keys: dict[Declaration, str],
    jobs: int,
    results: Path | None,
    store: _Store,
    context: BaseContext | None,
) -> None:
    groups: dict[str, list[tuple[Declaration, str]]] = defaultdict(list)
    for declaration in missing:
        # functions of one module share fits, so they stay in one process
        groups[declaration.module].append((declaration, keys[declaration]))
    times = store.times()
    order = sorted(groups.values(), key=lambda group: -sum(times.get(d.owner, 1.0) for d, _ in group))
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read when a worker loads numpy; its idle threads would spin
    problems: list[str] = []
    started = context or multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(order)), started, _prepare, (report, study.cohort, results)) as pool:
        for faults, seconds in pool.map(_make_group, order):
            problems += faults
            times |= seconds
    store.keep_times(times)
    if problems:
        raise NumbersError(sorted(problems))


_worker: tuple[StudyData, Path | None]


def _prepare(report: Report, cohort: EditionSettings, results: Path | None) -> None:
    global _worker
    warnings.simplefilter("ignore")  # about small groups, for those who read the models
    _worker = report.open_study(cohort), results


def _make_group(group: Sequence[tuple[Declaration, str]]) -> tuple[list[str], dict[str, float]]:
    study, results = _worker
    store, problems, times = _Store(project_root() / STORE), [], {}
    for declaration, key in group:
        before = time.process_time()
        try:
            rows = true_rows(declaration, study, results)
        except Exception as error:
            problems.append(f"{declaration.owner}: {type(error).__name__}: {error}")
        else:
            times[declaration.owner] = round(time.process_time() - before, 3)
            store.write(key, Made(rows, times[declaration.owner]))
    return problems, times


class _Store:
    """True rows on disk, for nobody but the owner to look at."""

    def __init__(self, folder: Path) -> None:
        self.folder = private_folder(folder)

    def has(self, key: str) -> bool:
        return self._file(key).is_file()

    def read(self, key: str) -> Made:
        self._file(key).touch()
        content = json.loads(self._file(key).read_text(encoding="utf-8"))
        return Made({name: _table(lines) for name, lines in content["rows"].items()}, content["seconds"])

    def write(self, key: str, made: Made) -> None:
        lines = {name: rows.astype(object).to_numpy().tolist() for name, rows in made.rows.items()}
        self._put(self._file(key), {"seconds": made.seconds, "rows": lines})

    def times(self) -> dict[str, float]:
        """Seconds by owner when it was last made, so that the longest begin first."""
        file = self.folder / TIMES
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}

    def keep_times(self, times: dict[str, float]) -> None:
        self._put(self.folder / TIMES, dict(sorted(times.items())))

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    @staticmethod
    def _put(file: Path, content: dict[str, Any]) -> None:
        aside = file.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        aside.rename(file)  # another process sees the whole file or none


def _table(lines: list[list[Any]]) -> pd.DataFrame:
    rows = pd.DataFrame(lines, columns=list(TRUE_COLUMNS))
    types = {name: "float64" if name in NUMBERS else "str" for name in TRUE_COLUMNS}
    return rows.astype(types | {"suppressed": "bool"})
