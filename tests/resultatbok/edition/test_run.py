from io import StringIO
from pathlib import Path

import nbformat
import pytest
from tiny_project import PARAMETERS, notebook

from resultatbok.edition.errors import BuildError
from resultatbok.edition.progress import Progress
from resultatbok.edition.run import check_parameters, page_key, page_title, run_chapters
from resultatbok.edition.toc import Page
from resultatbok.exhibits.registry import Registry
from resultatbok.words.wording import MESSAGES

VALUES = {"cohort": "c.yml", "languages": "nb", "results": "r"}


def page(root: Path, name: str, *cells: tuple[str, str], **metadata: object) -> Page:
    file = root / f"{name}.ipynb"
    made = notebook(list(cells))
    made.metadata.update(metadata)
    nbformat.write(made, file)
    return Page(name, file)


def run(root: Path, *chapters: Page, key: str = "1") -> str:
    stream = StringIO()
    keys = dict.fromkeys(chapters, key)
    target = root / "out" / "notebooks"
    run_chapters(
        keys, VALUES, registry=Registry(), modules=(), root=root, target=target, jobs=2, progress=Progress(stream)
    )
    return stream.getvalue()


def test_chapters_run_in_the_project_s_root_with_the_parameters(tmp_path: Path) -> None:
    chapter = page(
        tmp_path,
        "one",
        ("markdown", "# Chapter one"),
        ("parameters", PARAMETERS),
        ("code", "import os\nprint(cohort, languages, os.getcwd(), os.environ['OMP_NUM_THREADS'])"),
    )
    lines = run(tmp_path, chapter)
    assert lines.startswith("[1/1] Chapter one … ")
    cells = nbformat.read(tmp_path / "out" / "notebooks" / "one.ipynb", as_version=4).cells
    assert cells[3].outputs[0].text == "c.yml nb . 1\n"
    assert sorted(f.name for f in (tmp_path / "out" / "notebooks").iterdir()) == [".one.key", "one.ipynb"]


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
        "other: unknown parameter languages, results; the cell tagged `parameters` declares cohort",
        "none: unknown parameter cohort, languages, results; the cell tagged `parameters` declares nothing",
    ]


@pytest.mark.parametrize(("languages", "other"), [("en nb", True), ("nb", True), ("en", False)])
def test_another_translation_runs_the_notebooks_that_speak_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str, other: bool
) -> None:
    (tmp_path / "_toc.yml").touch()
    (tmp_path / "cohorts").mkdir()
    monkeypatch.chdir(tmp_path)
    chapter = page(tmp_path, "one", ("parameters", PARAMETERS))
    file = tmp_path / MESSAGES / "nb.po"
    file.parent.mkdir(parents=True)
    keys = []
    for text in ("Ku", "Kyr"):
        file.write_text(f'msgid "Cow"\nmsgstr "{text}"\n', encoding="utf-8")
        parameters = VALUES | {"languages": languages}
        keys.append(page_key(chapter, Registry(), {"exhibits": {}, "tables": ""}, parameters, ""))
    assert (keys[0] != keys[1]) == other


def test_the_title_is_the_first_heading(tmp_path: Path) -> None:
    assert page_title(page(tmp_path, "one", ("markdown", "(a)=\n# The title\n\ntext")).source) == "The title"
    assert page_title(page(tmp_path, "two", ("code", "# no title")).source) == "two"
    (tmp_path / "three.md").write_text("# A page\n")
    assert page_title(tmp_path / "three.md") == "A page"


def test_a_chapter_is_run_again_only_when_its_key_is_another(tmp_path: Path) -> None:
    chapter = page(tmp_path, "one", ("parameters", PARAMETERS), ("code", "1 + 1"))
    assert [run(tmp_path, chapter, key=key).count("[1/1]") for key in ("1", "1", "2")] == [1, 0, 1]


def test_a_chapter_that_failed_is_run_again(tmp_path: Path) -> None:
    failing = page(tmp_path, "one", ("parameters", PARAMETERS), ("code", "1 / 0"))
    for _ in range(2):
        with pytest.raises(BuildError, match="ZeroDivisionError"):
            run(tmp_path, failing)
