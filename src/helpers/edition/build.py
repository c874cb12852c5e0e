"""A whole build: check the input, run the chapters, stage them, make the site and the PDF, publish."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from helpers.cohort import Cohort, Language, cohort_file, project_root
from helpers.edition.catalogue import catalogue_for
from helpers.edition.errors import BuildError
from helpers.edition.needs import check_needs
from helpers.edition.pdf import build_pdf
from helpers.edition.progress import Progress
from helpers.edition.provenance import provenance
from helpers.edition.publish import Shelf
from helpers.edition.results import DATA, ROWS, merge_ledgers
from helpers.edition.run import run_chapters, runs_after_all
from helpers.edition.site import BookSettings, Folders, build_site
from helpers.edition.stage import stage
from helpers.edition.toc import Page, pages, read_toc
from helpers.edition.words import WORDS, title_in
from helpers.presentation.ledger import LedgerError, read
from helpers.presentation.vault import NumberKey, Vault, differs
from helpers.study import Study

WORK = ".work"
STATIC = "book/_static"


@dataclass(frozen=True)
class Order:
    """What is to be built.

    Attributes:
        cohort_file: The cohort file.
        language: The book's language.
        jobs: How many notebooks run at once.
    """

    cohort_file: Path
    language: Language = "en"
    jobs: int = 2


def build(order: Order, progress: Progress) -> Path:
    """Build and publish an edition.

    Returns:
        The published folder, `build/<cohort>`.

    Raises:
        helpers.cohort.CohortError: The cohort file cannot be used.
        helpers.registers.InputRefused: The delivered files have faults.
        BuildError: The build failed; the last good edition stays.
    """
    root = project_root()
    study = Study.open(order.cohort_file)
    cohort = study.cohort
    check_input(study, progress)
    check_needs([page for page in pages(root / cohort.contents) if page.is_notebook], cohort)
    shelf = Shelf(root, cohort.name)
    with shelf.new_edition() as edition:
        _run(order, study, root, edition, progress)
        _make_pages(order, cohort, root, edition, progress)
        shutil.rmtree(edition / WORK)
    progress.say(f"Published {shelf.link.relative_to(root)} after {progress.elapsed:.0f} s")
    return shelf.link


def check_input(study: Study, progress: Progress) -> None:
    """Read the delivered files, so that faults in them show before anything is made.

    Raises:
        helpers.registers.InputRefused: Names every fault.
    """
    with progress.step("Input checked"):
        notes = study.registers.notes
    for note in notes:
        progress.say(f"  Note: {note}")


def _run(order: Order, study: Study, root: Path, edition: Path, progress: Progress) -> None:
    """Run the chapters; those that showed what the whole book must hide, once more with the list of it."""
    rows = edition / "results" / ROWS
    chapters = [page for page in pages(root / study.cohort.contents) if page.is_notebook]
    run = partial(
        run_chapters,
        parameters=_parameters(order, root, rows),
        root=root,
        target=edition / "notebooks",
        jobs=order.jobs,
        progress=progress,
    )
    run(chapters)
    hidden = hidden_numbers(study, rows)
    if again := to_run_again(chapters, rows, hidden):
        progress.say("Disclosure control over the whole book hides other numbers: some chapters run again")
        run(again)
    merge_ledgers(edition / "results")


def hidden_numbers(study: Study, rows: Path) -> frozenset[NumberKey]:
    """The numbers that disclosure control over all chapters hides.

    Args:
        study: Whose chapters have run.
        rows: The folder with what each chapter showed.

    Raises:
        BuildError: A chapter's true numbers are not there to be looked at, or they cannot be protected.
    """
    vault = Vault(study.private_folder)
    missing = {file.stem for file in rows.glob("*.json")} - vault.chapters()
    if missing:
        names = ", ".join(sorted(missing))
        raise BuildError([f"disclosure control lacks the numbers of {names}: was code changed meanwhile? Build again"])
    try:
        return vault.decide(study.cohort.disclosure)
    except LedgerError as error:
        raise BuildError([f"disclosure control: {error}"]) from error


def to_run_again(chapters: Sequence[Page], rows: Path, hidden: frozenset[NumberKey]) -> list[Page]:
    """The chapters that showed what must be hidden, and with them those that need the rows of all others."""
    differing = {chapter.name for chapter in chapters if _differs(rows / f"{chapter.name}.json", hidden)}
    return [c for c in chapters if differing and (c.name in differing or runs_after_all(c))]


def _differs(file: Path, hidden: frozenset[NumberKey]) -> bool:
    return file.is_file() and differs(read(file), hidden)


def _parameters(order: Order, root: Path, rows: Path) -> dict[str, str]:
    file = cohort_file(order.cohort_file).resolve()
    return {
        "cohort": file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file),
        "language": order.language,
        "results": str(rows),
    }


def _make_pages(order: Order, cohort: Cohort, root: Path, edition: Path, progress: Progress) -> None:
    work = edition / WORK
    data = edition / "results" / DATA
    contents = root / cohort.contents
    catalogue = catalogue_for(order.language, root)
    with progress.step("Pages staged"):
        stage(pages(contents), edition / "notebooks", work / "source", data, read_toc(contents), catalogue)
    pdf = f"report-{order.language}.pdf"
    book = BookSettings(
        title=title_in(cohort, order.language),
        cohort=cohort.name,
        synthetic=cohort.synthetic,
        words=WORDS[order.language],
        provenance=str(provenance(cohort, cohort_file(order.cohort_file), root)),
        pdf=f"../pdf/{pdf}",
    )
    folders = Folders(root / "_config.yml", work / "source", data, root / STATIC, work)
    with progress.step("Site and PDF built"), _two_processes() as pool:
        made: list[Future[Any]] = [
            pool.submit(build_site, book, folders, edition / "site"),
            pool.submit(build_pdf, book, folders, edition / "pdf" / pdf),
        ]
        faults = [error for future in made if (error := future.exception())]
        problems = [p for error in faults for p in _problems(error)]
    if problems:
        raise BuildError(list(dict.fromkeys(problems)))  # both runs of Sphinx warn of the same faults


def _two_processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


def _problems(error: BaseException) -> list[str]:
    return error.problems if isinstance(error, BuildError) else [f"{type(error).__name__}: {error}"]
