"""Every paragraph of the book can be read in Norwegian, with the same numbers, references and links in it."""

import re
from pathlib import Path

import pytest

from resultatbok.edition.catalogue import PoCatalogue
from resultatbok.edition.prose import book_paragraphs, kept, untranslated_paragraphs
from resultatbok.project import TRANSLATIONS

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = PoCatalogue.read(ROOT / TRANSLATIONS / "nb.po").messages


def test_every_paragraph_of_every_page_has_a_norwegian_translation() -> None:
    assert untranslated_paragraphs("nb", ROOT) == []


def test_the_catalogue_holds_no_paragraph_that_left_the_book() -> None:
    assert set(MESSAGES) <= set(book_paragraphs(ROOT))


@pytest.mark.parametrize("paragraph", MESSAGES, ids=lambda text: " ".join(text.split())[:40])
def test_a_translation_keeps_roles_links_formulas_and_labels(paragraph: str) -> None:
    assert kept(MESSAGES[paragraph]) == kept(paragraph)


def test_no_percentage_is_typed_into_the_norwegian_prose() -> None:
    typed = re.compile(r"(?<![\w:`./-])\d+(?:[.,]\d+)?\s?(?:%|prosent)")
    assert [text for text in MESSAGES.values() if typed.search(text)] == []


def test_quotation_marks_are_norwegian() -> None:
    assert [text for text in MESSAGES.values() if re.search(r"[\"“”]", text)] == []
