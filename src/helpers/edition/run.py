"""Run the chapters' notebooks, several at once, and stop the build if one fails."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from pathlib import Path

import nbformat
from papermill import inspect_notebook

from helpers.edition.errors import BuildError
from helpers.edition.progress import Progress
from helpers.edition.scrub import scrub
from helpers.edition.toc import Page
from helpers.edition.worker import Outcome, Task, prepare_worker, run_task

KERNEL_LOG = "kernels.log"
METADATA = "resultatbok"
AFTER_ALL = {"after": "all"}
"""What a notebook has in its metadata, under `resultatbok`, when it needs the rows of all other chapters."""


def run_chapters(
    chapters: Sequence[Page],
    parameters: dict[str, str],
    *,
    root: Path,
    target: Path,
    jobs: int,
    progress: Progress,
) -> None:
    """Run every chapter with the same parameters; those that need the rows of all others, when these are done.

    Args:
        chapters: The pages that are notebooks.
        parameters: Values for each notebook's parameters cell.
        root: The project's root, where the notebooks run.
        target: Folder for the executed notebooks, free of absolute paths.
        jobs: How many run at once.
        progress: Where finished chapters are reported.

    Raises:
        BuildError: A notebook has no such parameter, or a cell failed; every fault is named.
    """
    check_parameters(chapters, parameters)
    target.mkdir(parents=True, exist_ok=True)
    tasks = [Task(c.name, c.source, target / f"{c.name}.ipynb", parameters, root) for c in chapters]
    last = {chapter.name for chapter in chapters if runs_after_all(chapter)}
    numbers = count(1)
    for batch in ([t for t in tasks if t.chapter not in last], [t for t in tasks if t.chapter in last]):
        problems = []
        for outcome in _run_all(batch, jobs, target / KERNEL_LOG):
            progress.counted(next(numbers), len(tasks), _title(outcome, chapters), outcome.seconds)
            problems += [outcome.problem] if outcome.problem else []
        if problems:
            progress.say(f"What was run lies in {target.relative_to(root)}")
            raise BuildError(sorted(problems))
    (target / KERNEL_LOG).unlink()
    for task in tasks:
        notebook = nbformat.read(task.target, as_version=4)
        nbformat.write(scrub(notebook, {root: ".", target.parent: "."}), task.target)


def runs_after_all(chapter: Page) -> bool:
    """Whether a chapter says in its metadata that it needs the rows of all other chapters."""
    if not chapter.is_notebook:
        return False
    return bool(nbformat.read(chapter.source, as_version=4).metadata.get(METADATA) == AFTER_ALL)


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


def _run_all(tasks: Sequence[Task], jobs: int, log: Path) -> Iterator[Outcome]:
    """Yield outcomes as the chapters finish."""
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, prepare_worker, (os.getpid(), log)) as pool:
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
