"""What tests of several parts share: a small cohort of synthetic registers, its study, and a whole book."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage
from support import ROOT, made_once, write_cohort

if TYPE_CHECKING:  # what is dear to load is loaded by the fixture that needs it: pytest-xdist's own process has none
    from whole_book import Book

    from helpers.study.study import Study
    from resultatbok.exhibits.exhibit import Context

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SMALL_SCALE = 0.2
SMALL_SEED = 11
MARKED = {"book": {"book", "tiny_book"}, "registers": {"small_cohort", "no_effect_study"}}
"""Fixtures whose tests have a mark: they build a book, or draw the registers of a small cohort."""
REGISTERS = {ROOT / "tests" / "synthesis", ROOT / "tests" / "helpers" / "registers"}
"""Folders whose tests draw or read registers."""
MEASURED = {ROOT / "tests" / name for name in ("helpers/chapters", "resultatbok/exhibits", "resultatbok/words")}
"""Folders whose tests must run what readers see; `pyproject.toml` has the limit."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need, and put the dear modules first, so that all processes are done at the same time.

    The first builds the book and looks at it in a browser. By the time the slow ones are done the book is there.
    """
    first = {item.path for item in items if item.get_closest_marker("browser")}
    then = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("book")}
    items.sort(key=lambda item: (item.path not in first, item.path not in then))
    for item in items:
        if REGISTERS & set(item.path.parents):
            item.add_marker("registers")
        for mark, fixtures in MARKED.items():
            if fixtures & set(item.fixturenames):
                item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage in the tests of what is measured only: it makes Python code half as slow again."""
    coverage = None if MEASURED & {item.path, *item.path.parents} else Coverage.current()
    if coverage:
        coverage.stop()
    try:
        return (yield)
    finally:
        if coverage:
            coverage.start()


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run from the project's root, whatever folder pytest was started in."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def small_cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cohort file of a fifth of the default size."""
    from synthesis import synthesise

    def make(folder: Path) -> None:
        synthesise(folder / "registers", seed=SMALL_SEED, scale=SMALL_SCALE)
        write_cohort(folder / "small.yml", folder / "registers", name="small")

    return made_once(tmp_path_factory, "small-cohort", make) / "small.yml"


@pytest.fixture(scope="session")
def small_study(small_cohort: Path) -> Study:
    """The study of the small cohort."""
    from helpers.study.study import Study

    return Study.open(small_cohort)


@pytest.fixture(scope="session")
def no_effect_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of a small cohort in which Jobbsjansen's participants attain as in the introduction programme."""
    from helpers.study.study import Study
    from synthesis import synthesise
    from synthesis.parameters import load_parameters

    def make(folder: Path) -> None:
        parameters = load_parameters({"outcome": {"balanced": False, "scheme_effect": 0.0}})
        synthesise(folder / "registers", seed=SMALL_SEED, scale=SMALL_SCALE, parameters=parameters)
        write_cohort(folder / "no-effect.yml", folder / "registers", name="no-effect")

    return Study.open(made_once(tmp_path_factory, "no-effect", make) / "no-effect.yml")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A whole book of another small cohort, built once for all tests that look at it."""
    from whole_book import Book, small_project

    from helpers.report import REPORT
    from resultatbok.edition.build import Order, build
    from resultatbok.edition.progress import Progress
    from resultatbok.edition.toc import pages

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(small_project(folder / "project"))
            build(Order(REPORT, Path("cohorts/small.yml")), Progress(StringIO()))

    root = made_once(tmp_path_factory, "book", make) / "project"
    return Book(root, [page.name for page in pages(root / "_toc.yml")])


@pytest.fixture(scope="session")
def chromium() -> str:
    """The installed browser; without one these tests fail in CI and are skipped elsewhere."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser found (looked for {', '.join(BROWSERS)}); install Chromium to run these tests"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def context(small_study: Study) -> Context:
    """A context with an empty ledger on the small cohort."""
    from resultatbok.exhibits.exhibit import Context
    from resultatbok.release.ledger import Ledger
    from resultatbok.settings import DisclosurePolicy
    from resultatbok.words.wording import Wording

    return Context(small_study, Ledger(DisclosurePolicy()), Wording("en"))
