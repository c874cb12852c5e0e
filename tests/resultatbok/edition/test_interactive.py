"""Interactive charts on the page: the drawing comes first, the scripts come only where they are needed."""

import json
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader
from tiny_project import CHART

from resultatbok.edition.interactive import SCRIPTS, library, write_scripts


def page(book: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((book / "site" / "en" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def scripts(html: BeautifulSoup) -> list[str]:
    names = [str(tag["src"]).partition("?")[0].rpartition("/")[2] for tag in html.select("script[src]")]
    return [name for name in names if name in SCRIPTS]


def test_only_pages_with_an_interactive_chart_load_its_scripts(tiny_book: Path) -> None:
    assert scripts(page(tiny_book, "second")) == list(SCRIPTS)
    assert scripts(page(tiny_book, "first")) == []
    assert scripts(page(tiny_book, "index")) == []


def test_without_scripts_the_page_shows_the_drawing(tiny_book: Path) -> None:
    figure = page(tiny_book, "second").find(id="fig-again")
    assert isinstance(figure, Tag) and figure.img is not None
    assert figure.img["alt"] == "Two bars again"
    place = figure.select_one(".exhibit-live")
    assert place is not None and place.has_attr("hidden")


def test_the_specification_is_in_the_page_as_inert_text(tiny_book: Path) -> None:
    place = page(tiny_book, "second").select_one("#fig-again .exhibit-live script")
    assert place is not None and place["type"] == "application/json"
    assert "<" not in place.text
    assert json.loads(place.text) == CHART


def test_the_pdf_has_the_drawing_only(tiny_book: Path) -> None:
    single = next((tiny_book / "site").glob("*.pdf"))
    printed = " ".join(p.extract_text() for p in PdfReader(single).pages)
    assert "Another drawing" in printed
    assert "datum.value" not in printed


def test_the_library_is_the_same_text_each_time_and_keeps_its_names_to_itself() -> None:
    text = library()
    assert text == library()
    assert text.startswith("(() => {") and text.rstrip().endswith("})();")
    assert "window.vegaEmbed" in text


def test_a_book_without_interactive_charts_has_no_scripts_for_them(tmp_path: Path) -> None:
    (tmp_path / "staged" / "assets").mkdir(parents=True)
    (tmp_path / "static").mkdir()
    write_scripts(tmp_path / "staged", tmp_path / "static")
    assert not list((tmp_path / "static").iterdir())
