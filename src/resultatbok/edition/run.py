"""Run the chapters' notebooks, several at once, and stop the build if one fails."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from pathlib import Path
from typing import Any, cast

import nbformat
from papermill import inspect_notebook

from resultatbok.edition.closure import closure, source_hash
from resultatbok.edition.contents import read_contents
from resultatbok.edition.errors import BuildError
from resultatbok.edition.fingerprint import libraries
from resultatbok.edition.kernels import fork_context
from resultatbok.edition.progress import Progress
from resultatbok.edition.scrub import scrub
from resultatbok.edition.toc import Page
from resultatbok.edition.worker import Outcome, Task, prepare_worker, run_task
from resultatbok.exhibits.messages import messages_file
from resultatbok.exhibits.registry import Registry
from resultatbok.project import Language
from resultatbok.words.wording import catalogue_files

KERNEL_LOG = "kernels.log"
ENGINE = "1"
"""Version of how a notebook is run; another one runs all of them again."""


def page_key(
    page: Page, registry: Registry, index: Mapping[str, Any], parameters: Mapping[str, str], about: str
) -> str:
    """A hash of what a notebook's outputs depend on: its code, the phrases it hands over, and what these are made of.

    Args:
        page: The notebook.
        registry: Who makes what.
        index: What the release folder says of itself.
        parameters: Those of the notebook.
        about: The cohort's settings.
    """
    asked = read_contents(page.source)
    declarations = asked.declarations(registry)
    owners = {declaration.owner for declaration in declarations}
    exhibits = index["exhibits"]
    rows = [e["sha256"] for e in exhibits.values() if asked.after_all or e["made_by"] in owners]
    apart = {found.numbers[0] for found in registry.all() if found.numbers}  # a page gets their rows and nothing else
    without = tuple(sorted(apart))
    sources = sorted({source_hash(declaration.module, without) for declaration in declarations})
    languages = cast("list[Language]", parameters["languages"].split())
    modules = {module for declaration in declarations for module in closure(declaration.module, without)}
    said = {file for module in modules if (file := messages_file(module)).is_file()}
    files = [*(file for language in languages for file in catalogue_files(language)), *sorted(said)]
    words = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    given = {name: value for name, value in parameters.items() if name != "results"}
    parts = [ENGINE, libraries(), asked.code, asked.phrases, rows, sources, words, given, about, index["tables"]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def run_chapters(
    keys: Mapping[Page, str],
    parameters: dict[str, str],
    *,
    registry: Registry,
    modules: Collection[str],
    root: Path,
    target: Path,
    jobs: int,
    progress: Progress,
) -> list[str]:
    """Run the chapters whose outputs are not those of their key, all with the same parameters.

    Args:
        keys: The pages that are notebooks, each with the hash of what its outputs depend on.
        parameters: Values for each notebook's parameters cell.
        registry: Who makes what.
        modules: What notebooks import beside the exhibits.
        root: The project's root, where the notebooks run.
        target: Folder for the executed notebooks, free of absolute paths.
        jobs: How many run at once.
        progress: Where finished chapters are reported.

    Returns:
        The names of those that were run.

    Raises:
        BuildError: A notebook has no such parameter, or a cell failed; every fault is named.
    """
    check_parameters(list(keys), parameters)
    target.mkdir(parents=True, exist_ok=True)
    stamps = {page: target / f".{page.name}.key" for page in keys}
    chapters = [page for page, key in keys.items() if not _holds(stamps[page], key)]
    tasks = [Task(c.name, c.source, target / f"{c.name}.ipynb", parameters, root) for c in chapters]
    modules = {*modules, *(d.module for p in chapters for d in read_contents(p.source).declarations(registry))}
    numbers, problems = count(1), []
    for outcome in _run_all(tasks, jobs, target / KERNEL_LOG, modules):
        progress.counted(next(numbers), len(tasks), _title(outcome, chapters), outcome.seconds)
        problems += [outcome.problem] if outcome.problem else []
    if problems:
        progress.say(f"What was run lies in {target.relative_to(root)}")
        raise BuildError(sorted(problems))
    (target / KERNEL_LOG).unlink(missing_ok=True)
    for task in tasks:
        notebook = nbformat.read(task.target, as_version=4)
        folders = {root: ".", Path(parameters["results"]): "release"}
        nbformat.write(scrub(notebook, folders), task.target)
    for page in chapters:
        stamps[page].write_text(keys[page], encoding="utf-8")
    return [page.name for page in chapters]


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


def check_parameters(chapters: Sequence[Page], parameters: dict[str, str]) -> None:
    """Refuse parameters that a notebook does not declare, which papermill would only warn about.

    Raises:
        BuildError: Names each chapter and the parameters its cell tagged `parameters` lacks.
    """
    problems = []
    for chapter in chapters:
        declared = inspect_notebook(str(chapter.source))
        if unknown := sorted(set(parameters) - set(declared)):
            problems.append(
                f"{chapter.name}: unknown parameter {', '.join(unknown)}; the cell tagged `parameters` "
                f"declares {', '.join(declared) or 'nothing'}"
            )
    if problems:
        raise BuildError(problems)


def _run_all(tasks: Sequence[Task], jobs: int, log: Path, modules: Collection[str]) -> Iterator[Outcome]:
    """Yield outcomes as the chapters finish."""
    if not tasks:
        return
    with ProcessPoolExecutor(min(jobs, len(tasks)), fork_context(modules), prepare_worker, (log,)) as pool:
        futures: dict[Future[Outcome], Task] = {pool.submit(run_task, task): task for task in tasks}
        try:
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    yield Outcome(futures[future].chapter, 0.0, f"{futures[future].chapter}: its process was killed")
        except BaseException:  # stopped from outside: do not begin the chapters that wait
            pool.shutdown(cancel_futures=True)
            raise


def _title(outcome: Outcome, chapters: Sequence[Page]) -> str:
    source = next(c.source for c in chapters if c.name == outcome.chapter)
    text = page_title(source)
    return f"{text} FAILED" if outcome.problem else text


def page_title(source: Path) -> str:
    """The first heading of a notebook or Markdown page, or its name when it has none."""
    if source.suffix == ".ipynb":
        cells = nbformat.read(source, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    else:
        text = source.read_text(encoding="utf-8")
    heading = next((line for line in text.splitlines() if line.startswith("# ")), f"# {source.stem}")
    return heading.removeprefix("# ").strip()
