"""The pages as a reader gets them, from a tiny project."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag


def page(book: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((book / "site" / "en" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def exhibit(book: Path, name: str, label: str) -> Tag:
    found = page(book, name).find(id=label)
    assert isinstance(found, Tag)
    return found


def test_glued_text_stands_in_the_prose_letter_for_letter(tiny_book: Path) -> None:
    assert "The share is 73\u00a0%, or 0.10 exactly." in page(tiny_book, "first").text
    assert "the share was 73\u00a0%" in page(tiny_book, "second").text


def test_a_figure_has_number_caption_alt_text_and_data(tiny_book: Path) -> None:
    figure = exhibit(tiny_book, "first", "fig-share-by-scheme")
    assert figure.figcaption is not None and figure.img is not None and figure.a is not None
    assert figure.figcaption.text.startswith("Figure 1.1 Share: who attained the goal")
    assert figure.img["alt"] == 'Two bars, 42 and "30" %'
    link = figure.select_one(".exhibit-data a")
    assert link is not None and link["href"] == "data/share_by_scheme.csv" and link.text == "Data for this figure (CSV)"
    assert (tiny_book / "site" / "en" / "data" / "share_by_scheme.csv").read_text() == "group,value\nmen,0.42\n"


def test_a_table_scrolls_in_its_own_frame_and_has_its_note_below(tiny_book: Path) -> None:
    table = exhibit(tiny_book, "first", "tab-counts")
    frame = table.select_one(".exhibit-scroll")
    assert frame is not None and frame["tabindex"] == "0" and frame["aria-label"] == "Counts by group"
    assert table.text.strip().startswith("Table 1.1 Counts by group")
    note = table.select_one(".table-note")
    assert note is not None and note.find_parent(class_="exhibit-scroll") is None
    assert table.find("caption") is None


def test_references_say_the_number_and_lead_there(tiny_book: Path) -> None:
    link = page(tiny_book, "index").find("a", string="Figure 1.1")
    assert isinstance(link, Tag) and link["href"] == "first.html#fig-share-by-scheme"


def test_code_is_folded_and_checks_are_hidden(tiny_book: Path) -> None:
    first = page(tiny_book, "first")
    assert all(block.find_parent("details") for block in first.select("div.cell_input"))
    assert {p.text for p in first.select("details p.collapsed")} == {"Show the code"}
    assert "checked: 0.42" not in first.text
    assert "results =" not in first.text


def test_formulas_are_mathml_and_need_no_script(tiny_book: Path) -> None:
    second = page(tiny_book, "second")
    assert len(second.find_all("math")) == 2
    assert "mathjax" not in str(second.head).lower()


def test_the_banner_says_that_the_data_are_synthetic_on_every_page(tiny_book: Path) -> None:
    for name in ("index", "first", "second", "search"):
        banner = page(tiny_book, name).select_one("aside.bd-header-announcement")
        assert banner is not None and "Synthetic data" in banner.text


def test_the_footer_says_what_the_book_was_made_from(tiny_book: Path) -> None:
    footer = page(tiny_book, "first").select_one(".book-footer")
    assert footer is not None
    assert re.fullmatch(
        r"Cohort tiny\. Made from: Resultatbok [\d.]+ · data [0-9a-f]{8} · code [0-9a-f]{8}", footer.text.strip()
    )


def test_the_pdf_is_a_link_away(tiny_book: Path) -> None:
    link = page(tiny_book, "first").select_one(".book-pdf a")
    assert link is not None
    assert (tiny_book / "site" / "en" / str(link["href"])).resolve().is_file()


@pytest.mark.parametrize("name", ["index", "first", "second", "search"])
def test_pages_load_nothing_from_elsewhere(tiny_book: Path, name: str) -> None:
    html = page(tiny_book, name)
    loaded = [tag.get("src") or tag.get("href") for tag in html.select("script[src], link[href], img[src]")]
    assert [url for url in loaded if re.match(r"(?:\w+:)?//", str(url))] == []


def test_the_page_names_its_language_and_title(tiny_book: Path) -> None:
    first = page(tiny_book, "first")
    assert first.html is not None and first.html["lang"] == "en"
    assert first.title is not None and "A tiny book 2018" in first.title.text
