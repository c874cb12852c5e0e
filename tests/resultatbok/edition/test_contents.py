"""What a notebook asks for is read from its cells, without running it."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from resultatbok.edition.contents import AFTER_ALL, METADATA, read_contents
from resultatbok.exhibits.registry import Declaration, Registry


def notebook(tmp_path: Path, *cells: object, **metadata: object) -> Path:
    file = tmp_path / "page.ipynb"
    nbformat.write(new_notebook(cells=list(cells), metadata=metadata), file)
    return file


def test_shown_exhibits_and_used_phrases_are_found(tmp_path: Path) -> None:
    contents = read_contents(
        notebook(
            tmp_path,
            new_code_cell("from helpers.chapters import one, two as other\nchapter = 1"),
            new_markdown_cell("Of {glue:text}`n` and {glue:text}`else.ipynb::m:s` and {glue:text}`n`"),
            new_code_cell("chapter.show(one.first)\nchapter.show_each(other.several)"),
        )
    )
    assert contents.shown == (("helpers.chapters.one", "first"), ("helpers.chapters.two", "several"))
    assert contents.keys == ((None, "n"), ("else", "m"), (None, "n"))
    assert contents.phrases == ["n", "m"]
    assert not contents.after_all


def test_the_rows_a_page_needs_are_those_it_shows_and_those_its_prose_tells_of(tmp_path: Path) -> None:
    registry = Registry()
    first = Declaration("helpers.chapters.one", "first", "a", ("n",))
    teller = Declaration("helpers.chapters.two", "teller", "", ("m",))
    for declaration in (first, teller):
        registry.add(declaration)
    file = notebook(
        tmp_path,
        new_code_cell("from helpers.chapters import one\nchapter.show(one.first)"),
        new_markdown_cell("{glue:text}`n` {glue:text}`m` {glue:text}`nobody_s`"),
    )
    assert read_contents(file).declarations(registry) == [first, teller]


def test_a_notebook_may_come_after_all_others(tmp_path: Path) -> None:
    assert read_contents(notebook(tmp_path, **{METADATA: AFTER_ALL})).after_all


def test_a_page_of_prose_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Title\n\n{glue:text}`a.ipynb::k`\n")
    contents = read_contents(tmp_path / "page.md")
    assert (contents.shown, contents.keys) == ((), (("a", "k"),))
