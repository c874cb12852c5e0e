from pathlib import Path

import pytest
from tiny_project import make_project

from resultatbok.edition.errors import BuildError
from resultatbok.edition.toc import all_pages, pages, read_toc, staged_toc


def test_pages_come_in_the_order_of_the_toc(tmp_path: Path) -> None:
    found = pages(make_project(tmp_path / "p") / "_toc.yml")
    assert [(p.name, p.is_notebook) for p in found] == [("index", False), ("first", True), ("second", True)]


def test_pages_in_parts_and_sections_are_found_too(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nparts:\n- caption: A\n  chapters:\n  - file: book/first\n"
        "    sections:\n    - file: book/second\n"
    )
    assert [p.name for p in pages(root / "_toc.yml")] == ["index", "first", "second"]


def test_every_page_without_a_file_is_named(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p")
    (root / "book" / "first.ipynb").unlink()
    (root / "book" / "index.md").unlink()
    with pytest.raises(BuildError) as error:
        pages(root / "_toc.yml")
    assert [problem.split()[3] for problem in error.value.problems] == ["book/index.ipynb", "book/first.ipynb"]


def test_another_book_begins_with_a_first_page_of_its_own_that_is_called_index(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p")
    other = root / "_toc_other.yml"
    other.write_text("format: jb-book\nroot: book/first\nchapters:\n- file: book/second\n")
    assert [(p.name, p.source.stem) for p in pages(other)] == [("index", "first"), ("second", "second")]
    assert staged_toc(read_toc(other)) == {"format": "jb-book", "root": "index", "chapters": [{"file": "second"}]}
    assert [p.source.stem for p in all_pages(root)] == ["index", "first", "second"]


def test_a_missing_table_of_contents_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"_toc_other\.yml"):
        pages(tmp_path / "_toc_other.yml")


def test_a_toc_without_root_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("- file: book/first\n")
    with pytest.raises(BuildError, match="`root`"):
        read_toc(tmp_path / "_toc.yml")


def test_the_staged_toc_leaves_out_the_source_folder(tmp_path: Path) -> None:
    staged = staged_toc(read_toc(make_project(tmp_path / "p") / "_toc.yml"))
    assert staged["root"] == "index"
    assert staged["chapters"] == [{"file": "first"}, {"file": "second"}]
    assert staged["format"] == "jb-book"
