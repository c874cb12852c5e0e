from io import StringIO
from pathlib import Path

import nbformat
import pytest
from tiny_project import PARAMETERS, notebook

from helpers.edition.errors import BuildError
from helpers.edition.progress import Progress
from helpers.edition.run import AFTER_ALL, check_parameters, page_title, run_chapters, runs_after_all
from helpers.edition.toc import Page

VALUES = {"cohort": "c.yml", "language": "nb", "results": "r"}


def page(root: Path, name: str, *cells: tuple[str, str], **metadata: object) -> Page:
    file = root / f"{name}.ipynb"
    made = notebook(list(cells))
    made.metadata.update(metadata)
    nbformat.write(made, file)
    return Page(name, file)


def run(root: Path, *chapters: Page) -> str:
    stream = StringIO()
    run_chapters(chapters, VALUES, root=root, target=root / "out" / "notebooks", jobs=2, progress=Progress(stream))
    return stream.getvalue()


def test_chapters_run_in_the_project_s_root_with_the_parameters(tmp_path: Path) -> None:
    chapter = page(
        tmp_path,
        "one",
        ("markdown", "# Chapter one"),
        ("parameters", PARAMETERS),
        ("code", "import os\nprint(cohort, language, os.getcwd(), os.environ['OMP_NUM_THREADS'])"),
    )
    lines = run(tmp_path, chapter)
    assert lines.startswith("[1/1] Chapter one … ")
    cells = nbformat.read(tmp_path / "out" / "notebooks" / "one.ipynb", as_version=4).cells
    assert cells[3].outputs[0].text == "c.yml nb . 1\n"
    assert sorted(f.name for f in (tmp_path / "out" / "notebooks").iterdir()) == ["one.ipynb"]


def test_every_failing_cell_is_named_by_chapter_number_source_and_exception(tmp_path: Path) -> None:
    after = page(tmp_path, "b", ("parameters", PARAMETERS), ("markdown", "Text"), ("code", "\n# why\n1 / 0"))
    before = page(tmp_path, "a", ("code", "gone"), ("parameters", PARAMETERS))
    with pytest.raises(BuildError) as error:
        run(tmp_path, after, before)
    assert error.value.problems == [
        "a: cell 1 (gone): NameError: name 'gone' is not defined",
        "b: cell 3 (# why): ZeroDivisionError: division by zero",
    ]


def test_a_kernel_that_dies_is_a_failed_chapter(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="one: the notebook could not be run: DeadKernelError"):
        run(tmp_path, page(tmp_path, "one", ("parameters", PARAMETERS), ("code", "import os\nos._exit(3)")))


def test_a_parameter_that_a_notebook_does_not_declare_is_refused(tmp_path: Path) -> None:
    good = page(tmp_path, "good", ("parameters", PARAMETERS))
    other = page(tmp_path, "other", ("parameters", 'cohort = "x"'))
    none = page(tmp_path, "none", ("code", PARAMETERS))
    with pytest.raises(BuildError) as error:
        check_parameters([good, other, none], VALUES)
    assert error.value.problems == [
        "other: unknown parameter language, results; the cell tagged `parameters` declares cohort",
        "none: unknown parameter cohort, language, results; the cell tagged `parameters` declares nothing",
    ]


def test_the_title_is_the_first_heading(tmp_path: Path) -> None:
    assert page_title(page(tmp_path, "one", ("markdown", "(a)=\n# The title\n\ntext")).source) == "The title"
    assert page_title(page(tmp_path, "two", ("code", "# no title")).source) == "two"
    (tmp_path / "three.md").write_text("# A page\n")
    assert page_title(tmp_path / "three.md") == "A page"


def writes(name: str) -> tuple[str, str]:
    return ("code", f"from pathlib import Path\nimport time\ntime.sleep(0.2)\nPath('{name}').write_text('done')")


def test_a_chapter_that_needs_all_others_runs_when_they_are_done(tmp_path: Path) -> None:
    needs = ("code", "from pathlib import Path\nassert Path('a').exists() and Path('b').exists()")
    last = page(tmp_path, "last", ("markdown", "# Last"), ("parameters", PARAMETERS), needs, resultatbok=AFTER_ALL)
    others = [page(tmp_path, name, ("parameters", PARAMETERS), writes(name)) for name in ("a", "b")]
    lines = run(tmp_path, last, *others)
    assert lines.splitlines()[-1].startswith("[3/3] Last … ")


def test_a_chapter_that_needs_all_others_is_not_run_when_one_failed(tmp_path: Path) -> None:
    last = page(tmp_path, "last", ("parameters", PARAMETERS), writes("mark"), resultatbok=AFTER_ALL)
    failing = page(tmp_path, "failing", ("parameters", PARAMETERS), ("code", "1 / 0"))
    with pytest.raises(BuildError) as error:
        run(tmp_path, last, failing)
    assert error.value.problems == ["failing: cell 2 (1 / 0): ZeroDivisionError: division by zero"]
    assert not (tmp_path / "mark").exists()


def test_only_the_metadata_puts_a_chapter_last(tmp_path: Path) -> None:
    assert runs_after_all(page(tmp_path, "one", resultatbok={"after": "all"}))
    assert not runs_after_all(page(tmp_path, "two", resultatbok={"after": "some"}))
    assert not runs_after_all(page(tmp_path, "three"))
    (tmp_path / "text.md").write_text("# Text")
    assert not runs_after_all(Page("text", tmp_path / "text.md"))
