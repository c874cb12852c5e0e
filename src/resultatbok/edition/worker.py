"""One chapter run in a worker process: papermill, a kernel of its own, and a clear account of a failure."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from resultatbok.edition.kernels import ENVIRONMENT, LOG_VARIABLE, use_forked_kernels

PARENT_CHECK_SECONDS = 1.0
START_TIMEOUT_SECONDS = 120
STDERR = 2


@dataclass(frozen=True)
class Task:
    """A notebook to run.

    Attributes:
        chapter: The chapter's name.
        source: The notebook.
        target: Where the executed notebook is written.
        parameters: Values for its parameters cell.
        folder: The working directory.
    """

    chapter: str
    source: Path
    target: Path
    parameters: dict[str, str]
    folder: Path


@dataclass(frozen=True)
class Outcome:
    """What came of a task: its duration in seconds, and the problem if it failed."""

    chapter: str
    seconds: float
    problem: str | None = None


def prepare_worker(log: Path) -> None:
    """Set up a worker process, which ends when its parent has gone.

    Args:
        log: Where kernels write what belongs to no cell, such as the interrupt that ends each of them.
    """
    os.environ.update({**ENVIRONMENT, LOG_VARIABLE: str(log)})
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), STDERR)
    use_forked_kernels()
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()


def run_task(task: Task) -> Outcome:
    """Run a notebook; a failure comes back as an outcome, not as an exception."""
    started = time.monotonic()
    try:
        problem = _execute(task)
    except Exception as error:
        problem = f"{task.chapter}: the notebook could not be run: {type(error).__name__}: {error}"
    return Outcome(task.chapter, time.monotonic() - started, problem)


def _execute(task: Task) -> str | None:
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="k-") as folder:
        os.environ["IPYTHONDIR"] = folder  # a user's start-up files and history stay out of the book
        # TCP ports race between kernels that start together, and one shared socket path clashes
        connection = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/s"}})
        try:
            papermill.execute_notebook(
                str(task.source),
                str(task.target),
                parameters=task.parameters,
                cwd=str(task.folder),
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                start_timeout=START_TIMEOUT_SECONDS,
                config=connection,
            )
        except PapermillExecutionError as error:
            return _failing_cell(task, error)
    return None


def _failing_cell(task: Task, error: Exception) -> str:
    """Name the failing cell by its number in the chapter's notebook, its first line and its exception."""
    index: int = error.cell_index  # type: ignore[attr-defined]
    injected = 1 if _has_parameters_before(task.source, index) else 0
    source: str = error.source  # type: ignore[attr-defined]
    first = next((line for line in source.splitlines() if line.strip()), "")
    name, value = error.ename, error.evalue  # type: ignore[attr-defined]
    return f"{task.chapter}: cell {index + 1 - injected} ({first.strip()}): {name}: {value}"


def _has_parameters_before(source: Path, index: int) -> bool:
    """Whether papermill's injected cell stands before the cell with this index in the executed notebook."""
    import nbformat

    cells = nbformat.read(source, as_version=4).cells
    return any("parameters" in cell.metadata.get("tags", []) for cell in cells[:index])


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(1)
