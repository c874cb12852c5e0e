from pathlib import Path

import pytest

from resultatbok.edition.catalogue import (
    PoCatalogue,
    SameLanguage,
    catalogue_for,
    needs_translation,
    paragraphs,
    translate,
)


def test_paragraphs_are_split_at_blank_lines() -> None:
    assert paragraphs("# Title\n\nOne\ntwo\n\n\nThree\n") == ["# Title", "One\ntwo", "Three"]


@pytest.mark.parametrize(
    "fenced",
    [
        "```{note}\nOne\n\nTwo\n```",
        ":::{note}\nOne\n\nTwo\n:::",
        "````{note}\n```\ncode\n\n```\n\nend\n````",
        "$$\nx\n\ny\n$$",
        "$$\nx\n\ny $$ (label)",
    ],
)
def test_what_stands_between_fences_stays_together(fenced: str) -> None:
    assert paragraphs(f"Before\n\n{fenced}\n\nAfter") == ["Before", fenced, "After"]


def test_a_formula_on_one_line_opens_no_fence() -> None:
    assert paragraphs("$$x = 1$$\n\nAfter") == ["$$x = 1$$", "After"]


@pytest.mark.parametrize(
    ("paragraph", "needed"),
    [("(label)=", False), ("---", False), ("$$x = y$$", False), ("42 %", False), ("Words", True), ("# Å se", True)],
)
def test_only_words_need_a_translation(paragraph: str, needed: bool) -> None:
    assert needs_translation(paragraph) is needed


def test_paragraphs_are_looked_up_and_the_missing_ones_named() -> None:
    text, missing = translate(
        "(a)=\n\nHello {glue:text}`k`\n\nBye", PoCatalogue({"Hello {glue:text}`k`": "Hei {glue:text}`k`"})
    )
    assert text == "(a)=\n\nHei {glue:text}`k`\n\nBye"
    assert missing == ["Bye"]


def test_a_label_above_a_heading_belongs_to_its_paragraph() -> None:
    assert paragraphs("(a)=\n# Title") == ["(a)=\n# Title"]


def test_english_pages_need_no_catalogue(tmp_path: Path) -> None:
    assert isinstance(catalogue_for("en", tmp_path), SameLanguage)
    assert translate("Hello\n\nthere", SameLanguage()) == ("Hello\n\nthere", [])


def test_a_po_file_is_read_without_its_fuzzy_entries(tmp_path: Path) -> None:
    folder = tmp_path / "book" / "translations"
    folder.mkdir(parents=True)
    (folder / "nb.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hello"\nmsgstr "Hei på deg"\n\n'
        '#, fuzzy\nmsgid "Bye"\nmsgstr "Ha det"\n\nmsgid "Empty"\nmsgstr ""\n',
        encoding="utf-8",
    )
    catalogue = catalogue_for("nb", tmp_path)
    assert [catalogue.get(text) for text in ("Hello", "Bye", "Empty")] == ["Hei på deg", None, None]


def test_without_a_po_file_every_paragraph_is_missing(tmp_path: Path) -> None:
    assert translate("Hello\n\nthere", catalogue_for("nb", tmp_path))[1] == ["Hello", "there"]
