"""The whole way from a project to a published book, with a tiny project."""

from io import StringIO
from pathlib import Path

import nbformat
import pytest
from tiny_project import FIRST, notebook

from helpers.report import REPORT
from resultatbok.edition.build import Order, build
from resultatbok.edition.errors import BuildError
from resultatbok.edition.progress import Progress
from resultatbok.edition.publish import Shelf

pytestmark = pytest.mark.book

ORDER = Order(REPORT, Path("cohorts/tiny.yml"))


def build_here(order: Order = ORDER) -> str:
    stream = StringIO()
    build(order, Progress(stream))
    return stream.getvalue()


def replace_first(root: Path, cells: list[tuple[str, str]]) -> None:
    nbformat.write(notebook(cells), root / "book" / "first.ipynb")


def content(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_the_published_folder_holds_site_pdf_results_and_notebooks(tiny_book: Path) -> None:
    assert sorted(f.name for f in tiny_book.iterdir()) == [".stamp", "notebooks", "results", "site"]
    for file in (
        "site/index.html",
        "site/en/index.html",
        "site/en/first.html",
        "site/report-en.pdf",
        "results/ledger.csv",
        "results/release.json",
        "site/en/data/counts.csv",
        "notebooks/second.ipynb",
    ):
        assert (tiny_book / file).is_file(), file


def test_nothing_published_names_a_folder_of_this_machine(tiny_book: Path) -> None:
    root = str(tiny_book.parents[1]).encode()
    assert [name for name, data in content(tiny_book.resolve()).items() if root in data] == []


def test_two_builds_of_the_same_inputs_are_the_same_bytes(project: Path, tiny_book: Path) -> None:
    lines = build_here()
    assert content((project / "build" / "tiny").resolve()) == content(tiny_book.resolve())
    assert "[2/2] " in lines
    assert "Published build/tiny" in lines


@pytest.fixture
def good_book(project: Path) -> Path:
    """A book published before, as a mark that a failed build must not touch."""
    with Shelf(project, "tiny").new_edition() as folder:
        (folder / "mark").write_text("good")
    return project / "build" / "tiny" / "mark"


def test_a_sphinx_warning_fails_the_build_and_names_chapter_and_cell(project: Path, good_book: Path) -> None:
    replace_first(project, [*FIRST, ("markdown", "See {numref}`fig-of-nothing`.")])
    with pytest.raises(BuildError) as error:
        build_here()
    assert len(error.value.problems) == 1
    assert error.value.problems[0].startswith(
        "first: cell 10 (See {numref}`fig-of-nothing`.): WARNING: undefined label"
    )
    assert good_book.read_text() == "good"


def test_a_missing_glue_key_fails_the_build_before_any_page_is_made(project: Path, good_book: Path) -> None:
    replace_first(project, [*FIRST, ("markdown", "There are {glue:text}`nothing`.")])
    with pytest.raises(BuildError) as error:
        build_here()
    assert error.value.problems == ["first: cell 10: glue key 'nothing' is used, but no exhibit makes it"]
    assert good_book.read_text() == "good"
    assert not list((project / "build").rglob("index.html"))


def test_a_failing_cell_fails_the_build(project: Path, good_book: Path) -> None:
    replace_first(project, [*FIRST, ("code", "1 / 0")])
    with pytest.raises(BuildError, match=r"first: cell 10 \(1 / 0\): ZeroDivisionError"):
        build_here()
    assert good_book.read_text() == "good"


def test_a_book_in_norwegian_needs_every_paragraph_in_norwegian(project: Path, good_book: Path) -> None:
    with pytest.raises(BuildError) as error:
        build_here(Order(REPORT, Path("cohorts/tiny.yml"), languages=("nb",)))
    assert any("first: cell 1: no translation of the paragraph" in problem for problem in error.value.problems)
    assert good_book.read_text() == "good"


def test_the_cohort_file_may_be_named_from_below_the_root(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "cohorts")
    replace_first(
        project, [*FIRST, ("code", "assert cohort == 'cohorts/tiny.yml', cohort"), ("markdown", "{glue:text}`stop`")]
    )
    with pytest.raises(BuildError, match="glue key 'stop'"):
        build_here(Order(REPORT, Path("tiny.yml")))
