"""The PDF of a whole book: structure, contents, and nothing that belongs on the screen."""

import re

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject
from whole_book import Book

INLINE = re.compile(rb"(?:^|\s)BI\s(?=[^<>()]*?\sID\s)")
FEWEST_PAGES, MOST_PAGES = 15, 120


@pytest.fixture(scope="module")
def pdf(book: Book) -> PdfReader:
    return PdfReader(book.pdf)


def structure_tags(pdf: PdfReader) -> list[str]:
    """The types of all structure elements."""
    tags, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            tags += [str(node["/S"])] if "/S" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return tags


def bitmaps(pdf: PdfReader) -> int:
    """How many images there are, as objects of their own or inside what a page or a form draws."""
    objects = (pdf.get_object(IndirectObject(number, 0, pdf)) for number in pdf.xref[0])
    streams = [found for found in objects if isinstance(found, StreamObject)]
    drawn = [s for s in streams if s.get("/Subtype") in (None, "/Form") and "/Length1" not in s]  # and no font
    inline = sum(len(INLINE.findall(s.get_data())) for s in drawn)
    return inline + sum(s.get("/Subtype") == "/Image" for s in streams)


def unbroken(text: str) -> str:
    """Text without spaces and hyphens, which differ where lines break."""
    return re.sub(r"[\s\u00ad-]", "", text)


def straight(text: str) -> str:
    """Text with plain apostrophes and single spaces."""
    return " ".join(text.replace("’", "'").split())


def test_it_has_a_book_s_length(pdf: PdfReader) -> None:
    assert FEWEST_PAGES <= len(pdf.pages) <= MOST_PAGES


def test_it_is_tagged_with_headings_figures_and_tables(pdf: PdfReader, book: Book) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    tags = structure_tags(pdf)
    exhibits = [f for name in book.page_names for f in figures(book, name)]
    assert tags.count("/Table") >= len([f for f in exhibits if f.startswith("tab-")])
    assert tags.count("/Figure") >= len([f for f in exhibits if f.startswith("fig-")])
    assert tags.count("/TH") > 0
    assert tags.count("/H1") >= len(book.page_names)
    assert "/Formula" in tags


def test_it_claims_accessibility_and_archiving(book: Book) -> None:
    data = book.pdf.read_bytes()
    assert re.search(rb"<pdfuaid:part>1<", data)
    assert re.search(rb"<pdfaid:part>2<", data) and re.search(rb"<pdfaid:conformance>A<", data)


def figures(book: Book, page: str) -> list[str]:
    html = BeautifulSoup((book.site / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    return [str(figure["id"]) for figure in html.select("figure.exhibit")]


def test_every_exhibit_of_the_pages_is_printed_with_the_same_number(book: Book, printed: list[str]) -> None:
    everything = unbroken("".join(printed))
    for name in book.page_names:
        html = BeautifulSoup((book.site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for caption in html.select("figure.exhibit figcaption"):
            number = caption.select_one(".caption-number")
            text = caption.select_one(".caption-text")
            assert number is not None and text is not None
            start = unbroken(number.text + text.text)[:40]
            assert start in everything, start


def test_contents_name_the_page_each_chapter_begins_on(pdf: PdfReader, printed: list[str]) -> None:
    chapters = [entry for entry in pdf.outline if not isinstance(entry, list)]
    contents = straight(printed[1] + printed[2])
    assert len(chapters) >= 9
    for entry in chapters[1:] if chapters[0].title == "Contents" else chapters:
        place = pdf.get_destination_page_number(entry)
        title = straight(str(entry.title))
        assert re.search(re.escape(title) + r"[ .]*" + str(place + 1) + r"\b", contents), title


def test_links_inside_the_document_lead_somewhere(pdf: PdfReader) -> None:
    named = set(pdf.named_destinations)
    links = [a.get_object() for page in pdf.pages for a in page.get("/Annots", [])]
    internal = [link for link in links if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
    assert len(internal) > 60
    for link in internal:
        target = link["/Dest"] if "/Dest" in link else link["/A"]["/D"]  # by key, pypdf follows references
        assert isinstance(target, list) or str(target) in named


def test_pages_are_numbered_and_carry_the_chapter(printed: list[str]) -> None:
    for number, text in enumerate(printed[1:], start=2):
        assert text.endswith(str(number)), f"page {number}"
    assert [text for text in printed if text.startswith("Appendix A small cohort 2018–2019")]


def test_neither_code_nor_the_screen_s_words_are_printed(printed: list[str]) -> None:
    everything = " ".join(printed)
    for unwanted in ("Show the code", "chapter.show", "import Chapter", "(CSV)", "On this page", "{glue", "nan%"):
        assert unwanted not in everything


def test_nothing_in_it_is_a_bitmap(pdf: PdfReader) -> None:
    assert bitmaps(pdf) == 0
