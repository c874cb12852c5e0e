"""A whole build in three stages, each a command of its own: numbers, release, pages.

Only what changed is made again: numbers, a notebook's run, a page and a PDF are each kept under a key of what they are
made of. That nothing changed at all is seen by `unchanged`, before anything of this is loaded.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from resultatbok.edition.catalogue import catalogue_for
from resultatbok.edition.contents import read_contents
from resultatbok.edition.errors import BuildError
from resultatbok.edition.fingerprint import fingerprint, libraries
from resultatbok.edition.kernels import fork_context
from resultatbok.edition.needs import check_needs
from resultatbok.edition.numbers import Made, NumbersError, make_numbers
from resultatbok.edition.pdf import build_pdf
from resultatbok.edition.private import private_folder
from resultatbok.edition.progress import Progress
from resultatbok.edition.provenance import provenance
from resultatbok.edition.publish import Shelf
from resultatbok.edition.release import FIRST, ReleaseError, read_index, release, release_folder
from resultatbok.edition.run import page_key, run_chapters
from resultatbok.edition.site import BookSettings, Folders, build_site, shared_settings, write_chooser
from resultatbok.edition.sphinx_build import CONFIG, staged_config
from resultatbok.edition.stage import stage
from resultatbok.edition.stamp import STAMP, inputs_stamp
from resultatbok.edition.toc import Page, pages, read_toc
from resultatbok.edition.words import WORDS
from resultatbok.exhibits.registry import Declaration, DuplicateKey, Registry, declared
from resultatbok.project import TABLES_VARIABLE, Language, coding_folder, cohort_file, project_root
from resultatbok.release.released import ROWS
from resultatbok.report import Report, StudyData
from resultatbok.settings import EditionSettings

WORK = "build/.pages"
STATIC = "book/_static"
SITE = "site"
EXECUTED = "notebooks"
FEW = 10  # exhibits that are named when they are made again


@dataclass(frozen=True)
class Order:
    """What is to be built.

    Attributes:
        report: The report it is of.
        cohort_file: The cohort file.
        languages: The book's languages; those of the cohort file if not given.
        jobs: How many processes work at once.
        release: A release folder to make pages from; that of the cohort if not given.
    """

    report: Report
    cohort_file: Path
    languages: tuple[Language, ...] = ()
    jobs: int = 2
    release: Path | None = None

    @cached_property
    def cohort(self) -> EditionSettings:
        """The cohort's settings.

        Raises:
            resultatbok.settings.CohortError: The cohort file cannot be used.
        """
        return self.report.load(self.cohort_file)

    @property
    def in_languages(self) -> tuple[Language, ...]:
        """The languages to build."""
        return self.languages or self.cohort.languages

    @property
    def release_folder(self) -> Path:
        """Where the release lies."""
        return self.release or release_folder(self.cohort)


def build(order: Order, progress: Progress) -> Path:
    """Make numbers, release them, and publish the pages made of them.

    Returns:
        The published folder, `build/<cohort>`.

    Raises:
        resultatbok.settings.CohortError: The cohort file cannot be used.
        Exception: The report's own: the delivered files have faults.
        BuildError: The build failed; the last good edition stays.
    """
    release_numbers(order, progress)
    return render(order, progress)


def make_all_numbers(order: Order, progress: Progress) -> None:
    """Make the true rows of everything the book shows, and keep them.

    Raises:
        BuildError: The numbers of an exhibit failed.
    """
    _Numbers.of(order, progress).make(only_numbers=True)


def release_numbers(order: Order, progress: Progress) -> Path:
    """Put all rows of the book through disclosure control and write the release folder.

    Returns:
        The folder.

    Raises:
        BuildError: The numbers of an exhibit failed or cannot be released.
    """
    return _Numbers.of(order, progress).make(only_numbers=False)


@dataclass(frozen=True)
class _Numbers:
    """The first two stages."""

    order: Order
    progress: Progress
    study: StudyData
    first: list[Declaration]
    after: list[Declaration]

    @classmethod
    def of(cls, order: Order, progress: Progress) -> _Numbers:
        registry, study = declarations(order.report), order.report.open_study(order.cohort)
        check_input(study, progress)
        chapters = _chapters(order.cohort)
        check_needs(chapters, order.cohort)
        asked = {page: read_contents(page.source) for page in chapters}
        every = dict.fromkeys(d for contents in asked.values() for d in contents.declarations(registry))
        after = {d for c in asked.values() if c.after_all for d in c.declarations(registry) if d.exhibit}
        return cls(order, progress, study, [d for d in every if d not in after], [d for d in every if d in after])

    def make(self, *, only_numbers: bool) -> Path:
        """Make the numbers, then release them unless only numbers are wanted; numbers about released ones come last."""
        try:
            made, key = self._made(self.first), ""
            if self.after:
                key = self._release(made, self._beside(FIRST))
                made |= self._made(self.after, self._beside(FIRST) / ROWS, key)
            if not only_numbers:
                with self.progress.step("Released"):
                    self._release(made, release_folder(self.order.cohort))
        except NumbersError as error:
            raise BuildError(error.problems) from error
        except ReleaseError as error:
            raise BuildError([str(error)]) from error
        return release_folder(self.order.cohort)

    def _made(self, wanted: list[Declaration], results: Path | None = None, after: str = "") -> dict[Declaration, Made]:
        with self.progress.step(f"Numbers of {len(wanted)} exhibits"):
            modules = {declaration.module for declaration in (*self.first, *self.after)}
            context = fork_context({self.order.report.study, *modules})
            made, again = make_numbers(self.order.report, self.study, wanted, self.order.jobs, results, after, context)
        if again:
            names = f": {', '.join(sorted(d.owner for d in again))}" if len(again) <= FEW else ""
            seconds = sum(made[declaration].seconds for declaration in again)
            self.progress.say(f"  {len(again)} made again, in {seconds:.0f} s of work{names}")
        return made

    def _release(self, made: Mapping[Declaration, Made], folder: Path) -> str:
        cohort = self.order.cohort
        return release(made, cohort, self.study.data_fingerprint, self.study.questionnaire, folder)

    def _beside(self, ending: str) -> Path:
        folder = release_folder(self.order.cohort)
        return folder.with_name(folder.name + ending)


def declarations(report: Report) -> Registry:
    """The exhibits and phrases that there are.

    Raises:
        BuildError: A key has two owners.
    """
    try:
        return declared(report.chapters)
    except DuplicateKey as error:
        raise BuildError([str(error)]) from error


def check_input(study: StudyData, progress: Progress) -> None:
    """Read the delivered files, so that faults in them show before anything is made.

    Raises:
        Exception: The report's own, which names every fault.
    """
    with progress.step("Input checked"):
        notes = study.notes
    for note in notes:
        progress.say(f"  Note: {note}")


def render(order: Order, progress: Progress) -> Path:
    """Make the pages of an edition from released rows, and publish it; no register is needed.

    Returns:
        The published folder, `build/<cohort>`.

    Raises:
        BuildError: The folder is no release, a notebook or page failed; the last good edition stays.
    """
    root, cohort = project_root(), order.cohort
    stamp = inputs_stamp(order.report.package, order.cohort_file, order.in_languages)
    work = private_folder(root / WORK) / cohort.name  # Sphinx unpickles what it kept there
    folder = order.release_folder.resolve()
    try:
        index = read_index(folder)
    except ReleaseError as error:
        raise BuildError([str(error)]) from error
    if not coding_folder().is_dir():
        os.environ[TABLES_VARIABLE] = str(folder)  # read by the exhibits' modules when a process loads them
    shelf = Shelf(root, cohort.name)
    with shelf.new_edition() as edition:
        run_notebooks(order, index, folder, root, work / EXECUTED, progress)
        with progress.step("Pages staged"):
            for language in order.in_languages:
                _stage(order, language, root, work)
        with progress.step("Site and PDF built"):
            made = _make_books(order, index, root, work, edition / SITE)
        progress.say(f"  made again: {', '.join(made) or 'nothing'}")
        shutil.copytree(work / EXECUTED, edition / EXECUTED, ignore=shutil.ignore_patterns(".*", "*.log"))
        shutil.copytree(folder, edition / "results", ignore=shutil.ignore_patterns("data"))
        (edition / STAMP).write_text(stamp, encoding="utf-8")
    progress.say(f"Published {shelf.link.relative_to(root)} after {progress.elapsed:.0f} s")
    return shelf.link


def run_notebooks(
    order: Order, index: dict[str, Any], release: Path, root: Path, target: Path, progress: Progress
) -> list[str]:
    """Run the notebooks whose outputs would be others than those of their last run.

    Returns:
        The names of those that were run.
    """
    file = cohort_file(order.cohort_file).resolve()
    parameters = {
        "cohort": file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file),
        "languages": " ".join(order.in_languages),
        "results": str(release),
    }
    registry, about = declarations(order.report), order.cohort.model_dump_json(exclude={"sources", "studies"})
    keys = {page: page_key(page, registry, index, parameters, about) for page in _chapters(order.cohort)}
    modules = {f"{order.report.package}.chapter", order.report.study}
    return run_chapters(
        keys,
        parameters,
        registry=registry,
        modules=modules,
        root=root,
        target=target,
        jobs=order.jobs,
        progress=progress,
    )


def _chapters(cohort: EditionSettings) -> list[Page]:
    return [page for page in pages(project_root() / cohort.contents) if page.is_notebook]


def _stage(order: Order, language: Language, root: Path, work: Path) -> None:
    contents = root / order.cohort.contents
    place = work / language
    stage(
        pages(contents),
        work / EXECUTED,
        place / "source",
        place / "data",
        read_toc(contents),
        staged_config(root / CONFIG, shared_settings(order.cohort.title_in(language), WORDS[language])),
        catalogue_for(language, root),
        language,
    )


def _make_books(order: Order, index: dict[str, Any], root: Path, work: Path, site: Path) -> list[str]:
    """The site and the PDF of each language, and the page that leads to them; what had to be made of these."""
    made_from = str(provenance(order.report.package, cohort_file(order.cohort_file), root, index))
    languages = order.in_languages
    books = {}
    for language in languages:
        books[language] = BookSettings(
            title=order.cohort.title_in(language),
            cohort=order.cohort.name,
            notice=order.report.notices[language] if order.cohort.synthetic else ("", ""),
            words=WORDS[language],
            provenance=made_from,
            pdf=f"../report-{language}.pdf",
            others=tuple(other for other in languages if other != language),
        )
    made = [
        f"{language} {name}" for language, book in books.items() for name, *_ in _outdated(book, root, work / language)
    ]
    to_make = {language: book for language, book in books.items() if any(name.startswith(language) for name in made)}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(order.jobs, context) as pool:
        futures: list[Future[None]] = [
            pool.submit(make_book, book, root, work / language) for language, book in to_make.items()
        ]
        faults = [error for future in futures if (error := future.exception())]
    if problems := [problem for error in faults for problem in _problems(error)]:
        raise BuildError(list(dict.fromkeys(problems)))  # every run of Sphinx warns of the same faults
    site.mkdir()
    for language in languages:
        shutil.copytree(work / language / "site", site / language)
        shutil.copy(work / language / "report.pdf", site / f"report-{language}.pdf")
    write_chooser(site / "index.html", {language: book.title for language, book in books.items()})
    return made


def make_book(book: BookSettings, root: Path, work: Path) -> None:
    """Make the site and the PDF of one language in its work folder, each unless it is made of just this already.

    Raises:
        BuildError: Sphinx warned, or Typst refused something.
    """
    for name, make, key in _outdated(book, root, work):
        stamp = work / f"{name}.key"
        stamp.unlink(missing_ok=True)
        make(book, _folders(root, work), work / name)
        stamp.write_text(key, encoding="utf-8")


def _outdated(book: BookSettings, root: Path, work: Path) -> Iterator[tuple[str, Callable[..., Any], str]]:
    """The site and the PDF, as far as they are to be made: name, what makes it, and the key of what it is made of."""
    folders = _folders(root, work)
    key = f"{fingerprint([folders.staged, folders.data, folders.static, Path(__file__).parent])} {libraries()} {book}"
    for name, make in (("site", build_site), ("report.pdf", build_pdf)):
        stamp = work / f"{name}.key"
        if not ((work / name).exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == key):
            yield name, make, key


def _folders(root: Path, work: Path) -> Folders:
    return Folders(work / "source", work / "data", root / STATIC, work)


def _problems(error: BaseException) -> list[str]:
    return error.problems if isinstance(error, BuildError) else [f"{type(error).__name__}: {error}"]
