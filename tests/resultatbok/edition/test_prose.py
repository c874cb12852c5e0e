from collections import Counter
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from resultatbok.edition.catalogue import PoCatalogue
from resultatbok.edition.prose import book_paragraphs, kept, untranslated_paragraphs, update_translations

LONG = "The level of Norwegian is the one at the end of the programme, from the lowest to the highest."


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of a notebook and a Markdown page, without translations."""
    (tmp_path / "_toc.yml").write_text("root: book/index\nchapters:\n  - file: book/notes\n", encoding="utf-8")
    (tmp_path / "book").mkdir()
    cells = [
        new_markdown_cell(f"(start)=\n# Start\n\n{LONG}"),
        new_code_cell("print('not prose')"),
        new_markdown_cell("$$\nx = y\n$$"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "book" / "index.ipynb")
    (tmp_path / "book" / "notes.md").write_text(f"# Notes\n\n{LONG}\n", encoding="utf-8")
    return tmp_path


def translations(book: Path) -> Path:
    return book / "book" / "translations" / "nb.po"


def fill_in(book: Path, translated: str) -> None:
    """Write a translation where the first empty one stands for the long paragraph."""
    text = translations(book).read_text(encoding="utf-8")
    place = text.index('msgstr ""', text.index(LONG))
    translations(book).write_text(f'{text[:place]}msgstr "{translated}"{text[place + 9 :]}', encoding="utf-8")


def test_paragraphs_come_in_the_order_of_the_book_each_once(book: Path) -> None:
    assert book_paragraphs(book) == {"(start)=\n# Start": "index", LONG: "index", "# Notes": "notes"}


def test_new_paragraphs_are_written_with_their_page_and_an_empty_translation(book: Path) -> None:
    assert update_translations("nb", book) == ["(start)=\n# Start", LONG, "# Notes"]
    written = translations(book).read_text(encoding="utf-8")
    assert f'#: book/index\nmsgid "{LONG}"\nmsgstr ""' in written
    assert '#: book/notes\nmsgid "# Notes"\nmsgstr ""' in written


def test_updating_keeps_a_translation_and_changes_nothing_the_second_time(book: Path) -> None:
    update_translations("nb", book)
    fill_in(book, "Norsknivået er nivået på slutten.")
    assert LONG not in update_translations("nb", book)
    first = translations(book).read_text(encoding="utf-8")
    update_translations("nb", book)
    assert translations(book).read_text(encoding="utf-8") == first
    assert PoCatalogue.read(translations(book)).get(LONG) == "Norsknivået er nivået på slutten."


def test_a_changed_paragraph_keeps_its_old_translation_as_fuzzy_which_does_not_count(book: Path) -> None:
    update_translations("nb", book)
    fill_in(book, "Norsknivået er nivået på slutten.")
    changed = LONG.replace("highest", "top")
    index, notes = book / "book" / "index.ipynb", book / "book" / "notes.md"
    for file in (index, notes):
        file.write_text(file.read_text(encoding="utf-8").replace(LONG, changed), encoding="utf-8")
    assert changed in update_translations("nb", book)
    written = translations(book).read_text(encoding="utf-8")
    assert "#, fuzzy" in written
    assert "Norsknivået er nivået på slutten." in written
    assert LONG not in PoCatalogue.read(translations(book)).messages


def test_a_paragraph_that_left_the_book_leaves_the_catalogue(book: Path) -> None:
    update_translations("nb", book)
    (book / "book" / "notes.md").write_text("Something else altogether\n", encoding="utf-8")
    update_translations("nb", book)
    assert "# Notes" not in translations(book).read_text(encoding="utf-8")


def test_without_a_catalogue_everything_is_untranslated(book: Path) -> None:
    assert untranslated_paragraphs("nb", book) == list(book_paragraphs(book))


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("See {numref}`fig-a`.", "Se {numref}`figur %s <fig-a>`."),
        ("See [the summary](chapter-summary).", "Se [sammendraget](chapter-summary)."),
        ("See [](chapter-summary).", "Se [](chapter-summary)."),
        ("{glue:text}`n` of them", "av dem er {glue:text}`n`"),
        ("where $x_i$ is", "der $x_i$ er"),
        ("(a)=\n# Title", "(a)=\n# Tittel"),
        (":::{note} Title\n:class: answer\nText\n:::", ":::{note} Tittel\n:class: answer\nTekst\n:::"),
    ],
)
def test_a_translation_with_the_same_roles_and_targets_keeps_what_it_must(source: str, translation: str) -> None:
    assert kept(source) == kept(translation) != Counter()


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("See {numref}`fig-a`.", "Se {numref}`figur %s <fig-b>`."),
        ("See [](chapter-summary).", "Se [](chapter-method)."),
        ("{glue:text}`n` of {glue:text}`n`", "{glue:text}`n`"),
        ("where $x_i$ is", "der $x_j$ er"),
        ("(a)=\n# Title", "# Tittel"),
        (":::{note} Title\n:class: answer\n:::", ":::{note} Tittel\n:class: svar\n:::"),
    ],
)
def test_a_translation_with_another_target_does_not(source: str, translation: str) -> None:
    assert kept(source) != kept(translation)
