from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from resultatbok.edition.catalogue import Catalogue, PoCatalogue, SameLanguage
from resultatbok.edition.errors import BuildError
from resultatbok.edition.exhibit_blocks import EXHIBIT_MIME
from resultatbok.edition.glue import PHRASES_MIME, glue_output
from resultatbok.edition.stage import CELL_NUMBER, stage, write_changed
from resultatbok.edition.toc import Page

TOC = {"format": "jb-book", "root": "book/one"}
CONFIG = "title: One\n"


def exhibit(key: str = "share") -> nbformat.NotebookNode:
    content = {"kind": "figure", "key": key, "caption": "C", "alt": "A", "svg": "<svg/>", "csv_text": "a\n"}
    return new_output("display_data", {EXHIBIT_MIME: content, "image/svg+xml": "<svg/>"})


def text(words: str, name: str = "stdout") -> nbformat.NotebookNode:
    return new_output("stream", text=words, name=name)


def code(source: str, *outputs: nbformat.NotebookNode, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def staged(
    tmp_path: Path, *cells: nbformat.NotebookNode, catalogue: Catalogue | None = None
) -> list[nbformat.NotebookNode]:
    executed = tmp_path / "executed"
    executed.mkdir()
    nbformat.write(new_notebook(cells=list(cells)), executed / "one.ipynb")
    page = Page("one", tmp_path / "book" / "one.ipynb")
    page.source.parent.mkdir()
    own = [cell for cell in cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    nbformat.write(new_notebook(cells=own), page.source)
    stage([page], executed, tmp_path / "staged", tmp_path / "data", TOC, CONFIG, catalogue or SameLanguage())
    return nbformat.read(tmp_path / "staged" / "one.ipynb", as_version=4).cells


def shown(cells: list[nbformat.NotebookNode]) -> list[tuple[str, str]]:
    """Kind and source of each cell but the hidden one with the glued text."""
    return [(cell.cell_type, cell.source) for cell in cells[1:]]


def test_an_exhibit_stands_above_its_folded_code(tmp_path: Path) -> None:
    cells = staged(tmp_path, code("show()", exhibit()))
    assert [kind for kind, _ in shown(cells)] == ["markdown", "code"]
    assert cells[1].source.startswith('```{exhibit} figure\n:name: "fig-share"')
    assert cells[2].outputs == []
    assert cells[2].metadata["tags"] == ["hide-input"]
    assert (tmp_path / "data" / "share.csv").is_file()


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "remove-cell", "nbval-check-output"])
def test_cells_with_these_tags_are_hidden(tmp_path: Path, tag: str) -> None:
    assert shown(staged(tmp_path, code("x", text("y"), tags=(tag,)))) == []


def test_phrases_that_a_hidden_cell_hands_over_are_glued(tmp_path: Path) -> None:
    prose = new_markdown_cell("{glue:text}`key`")
    told = new_output("display_data", {PHRASES_MIME: {"key": {"en": "0.10", "nb": "0,10"}}})
    cells = staged(tmp_path, code("x", told, tags=("remove-cell",)), prose)
    assert cells[0].metadata["tags"] == ["remove-cell"]
    assert cells[0].outputs == [glue_output("key", "0.10")]


def test_code_that_shows_nothing_is_folded_in_with_the_next_that_does(tmp_path: Path) -> None:
    cells = staged(tmp_path, code("a = 1"), new_markdown_cell("Words"), code("print(a)", text("1")))
    assert shown(cells) == [("markdown", "Words"), ("code", "a = 1\n\nprint(a)")]


def test_warnings_on_stderr_are_not_shown(tmp_path: Path) -> None:
    assert shown(staged(tmp_path, code("x", text("careful", name="stderr")))) == []


def test_cells_remember_their_number_in_the_chapter(tmp_path: Path) -> None:
    cells = staged(
        tmp_path,
        new_markdown_cell("Title"),
        code("p", tags=("parameters",)),
        code("p", tags=("injected-parameters",)),
        new_markdown_cell("Text"),
    )
    assert [cell.metadata[CELL_NUMBER] for cell in cells[1:]] == [1, 3]


def test_every_fault_is_named_with_chapter_and_cell(tmp_path: Path) -> None:
    bad = exhibit("share")
    bad.data[EXHIBIT_MIME]["alt"] = ""
    with pytest.raises(BuildError) as error:
        staged(
            tmp_path,
            new_markdown_cell("{glue:text}`gone`"),
            code("x", bad),
            code("y", exhibit("b")),
            code("z", exhibit("b")),
        )
    assert error.value.problems == [
        "one: cell 1: glue key 'gone' is used, but no exhibit makes it",
        "one: cell 2: exhibit share: alt is empty",
        "one: cell 4: exhibit b was already shown in one: cell 3",
    ]


def test_nothing_is_written_for_the_reader_when_there_are_faults(tmp_path: Path) -> None:
    with pytest.raises(BuildError):
        staged(tmp_path, code("x", exhibit()), new_markdown_cell("{glue:text}`gone`"))
    assert not (tmp_path / "data").exists()


def test_prose_is_translated(tmp_path: Path) -> None:
    cells = staged(
        tmp_path, new_markdown_cell("Hello\n\nthere"), catalogue=PoCatalogue({"Hello": "Hei", "there": "der"})
    )
    assert shown(cells) == [("markdown", "Hei\n\nder")]


def test_a_paragraph_without_translation_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as error:
        staged(
            tmp_path, new_markdown_cell("Hello\n\nthere " + "and there " * 20), catalogue=PoCatalogue({"Hello": "Hei"})
        )
    assert error.value.problems[0].startswith("one: cell 1: no translation of the paragraph 'there and there")
    assert len(error.value.problems[0]) < 130


def test_the_prose_is_the_page_s_own_and_the_outputs_those_of_the_last_run(tmp_path: Path) -> None:
    cells = staged(tmp_path, new_markdown_cell("Before"), code("x", text("1")))
    page = tmp_path / "book" / "one.ipynb"
    page.write_text(page.read_text().replace("Before", "After"))
    stage(
        [Page("one", page)], tmp_path / "executed", tmp_path / "staged", tmp_path / "data", TOC, CONFIG, SameLanguage()
    )
    cells = nbformat.read(tmp_path / "staged" / "one.ipynb", as_version=4).cells
    assert shown(cells) == [("markdown", "After"), ("code", "x")]


def test_a_file_that_stays_the_same_is_not_written_and_one_that_left_is_removed(tmp_path: Path) -> None:
    write_changed(tmp_path, {"a": "1", "b/c": "2"})
    before = (tmp_path / "a").stat().st_mtime_ns
    write_changed(tmp_path, {"a": "1", "b/d": "3"})
    assert (tmp_path / "a").stat().st_mtime_ns == before
    assert sorted(f.relative_to(tmp_path).as_posix() for f in tmp_path.rglob("*") if f.is_file()) == ["a", "b/d"]
