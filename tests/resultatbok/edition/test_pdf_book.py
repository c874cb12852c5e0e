"""The PDF as a reader and a screen reader get it, from a tiny project."""

from pathlib import Path

import pytest
from pypdf import PdfReader


@pytest.fixture(scope="module")
def pdf(tiny_book: Path) -> PdfReader:
    return PdfReader(tiny_book / "site" / "report-en.pdf")


def text(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def test_it_is_tagged_and_names_language_and_title(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] in ("en", "en-GB")
    assert pdf.metadata is not None and pdf.metadata.title == "Do small things matter?"


def test_it_claims_the_standards_for_accessibility_and_archives(tiny_book: Path) -> None:
    data = (tiny_book / "site" / "report-en.pdf").read_bytes()
    assert b"pdfuaid:part" in data
    assert b"pdfaid:part" in data


def test_the_cover_has_title_cohort_and_the_notice_on_synthetic_data(pdf: PdfReader) -> None:
    cover = " ".join(pdf.pages[0].extract_text().split())
    for words in ("Do small things matter?", "A tiny book 2018", "Cohort: tiny", "computed from synthetic data"):
        assert words in cover


def test_contents_give_chapters_with_numbers_and_pages(pdf: PdfReader) -> None:
    contents = pdf.pages[1].extract_text()
    assert "Contents" in contents
    assert "1 First chapter" in " ".join(contents.split())
    assert "1.1" in contents
    assert len(pdf.pages[1].get("/Annots", [])) == 4


def test_bookmarks_follow_the_chapters(pdf: PdfReader) -> None:
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert [title.split(" ", 1)[-1] for title in titles if "chapter" in title] == ["First chapter", "Second chapter"]


def test_figures_and_tables_have_sphinx_s_numbers(pdf: PdfReader) -> None:
    words = " ".join(text(pdf).split())
    for caption in (
        "Figure 1.1 Share: who attained the goal",
        "Table 1.1 Counts by group",
        "Figure 2.1 Another drawing",
    ):
        assert caption in words


def test_prose_has_the_glued_numbers_and_neither_code_nor_links_to_data(pdf: PdfReader) -> None:
    words = text(pdf).replace("\u00a0", " ")
    assert "The share is 73 %, or 0.10 exactly." in words
    for unwanted in ("Show the code", "import json", "CSV", "checked: 0.42", "Link to"):
        assert unwanted not in words


def test_a_long_table_repeats_its_header(pdf: PdfReader) -> None:
    pages = [page.extract_text() for page in pdf.pages]
    assert len([page for page in pages if "Column 8" in page]) == 2


def test_pages_after_the_first_of_a_chapter_have_a_running_header(pdf: PdfReader) -> None:
    page = next(p.extract_text() for p in pdf.pages if "Row 79" in p.extract_text())
    assert page.startswith("First chapter")
    assert "A tiny book 2018" in page
