"""The pages of a whole book, as files."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
from bs4 import BeautifulSoup
from whole_book import Book

ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
LOADING_SCRIPT = re.compile(r"""(?:fetch|import|importScripts|open)\(\s*['"`]((?:https?:)?//[^'"`]+)""")


def html_pages(book: Book) -> Iterator[tuple[Path, BeautifulSoup]]:
    for file in sorted(book.site.glob("**/*.html")):
        if "_static" not in file.parts:
            yield file, BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def test_every_page_of_the_toc_is_there(book: Book) -> None:
    made = {file.stem for file, _ in html_pages(book)}
    assert set(book.page_names) | {"search"} == made


def test_every_page_leads_to_its_twin_in_the_other_language(book: Book) -> None:
    norwegian = book.site.parent / "nb"
    for file, html in html_pages(book):
        switch = html.select_one("a.book-language")
        alternate = html.select_one('link[rel="alternate"][hreflang="nb"]')
        assert switch is not None and alternate is not None, file.name
        assert switch["hreflang"] == "nb" and switch.text.strip() == "På norsk"
        assert switch["href"] == alternate["href"]
        twin = (file.parent / str(switch["href"])).resolve()
        assert twin == (norwegian / file.relative_to(book.site)).resolve()
        back = BeautifulSoup(twin.read_text(encoding="utf-8"), "html.parser").select_one("a.book-language")
        assert back is not None and (twin.parent / str(back["href"])).resolve() == file.resolve()


def test_the_first_page_leads_to_every_language(book: Book) -> None:
    page = BeautifulSoup((book.site.parent / "index.html").read_text(encoding="utf-8"), "html.parser")
    links = {str(link["hreflang"]): str(link["href"]) for link in page.select("a[href]")}
    assert links == {"en": "en/index.html", "nb": "nb/index.html"}
    assert all((book.site.parent / link).is_file() for link in links.values())
    script = page.select_one("script")
    assert script is not None
    assert "navigator.languages" in (book.site.parent / str(script["src"])).read_text(encoding="utf-8")


def test_internal_links_lead_somewhere(book: Book) -> None:
    ids = {file.resolve(): {tag["id"] for tag in html.find_all(id=True)} for file, html in html_pages(book)}
    broken = []
    for file, html in html_pages(book):
        for link in html.select("a[href]"):
            parts = urlsplit(str(link["href"]))
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file.resolve()
            if not target.is_file() or (parts.fragment and target in ids and parts.fragment not in ids[target]):
                broken.append(f"{file.name}: {link['href']}")
    assert broken == []


def test_every_picture_says_what_it_shows(book: Book) -> None:
    without = [
        f"{file.name}: {image.get('src')}"
        for file, html in html_pages(book)
        for image in html.select("article img")
        if len(str(image.get("alt", "")).strip()) < 20
    ]
    assert without == []


def test_alt_texts_hold_numbers_that_are_in_the_data(book: Book) -> None:
    drawn = 'figure.exhibit-figure:not([id*="causal-diagram"]) img'  # what is thought, which has no numbers
    figures = [figure for _, html in html_pages(book) for figure in html.select(drawn)]
    assert len(figures) >= 8
    assert all(re.search(r"\d", str(image["alt"])) for image in figures)


def test_pages_styles_and_scripts_ask_for_nothing_from_elsewhere(book: Book) -> None:
    asked = []
    for file, html in html_pages(book):
        tags = html.select("[src], link[href], object[data], [poster], use[href]")
        urls = [str(tag.get("src") or tag.get("href") or tag.get("data") or tag.get("poster")) for tag in tags]
        urls += [url for style in html.find_all("style") for pair in STYLE_URL.findall(style.text) for url in pair]
        asked += [f"{file.name}: {url}" for url in urls if ELSEWHERE.match(url)]
    for file in book.site.rglob("*.css"):
        urls = [url for pair in STYLE_URL.findall(file.read_text(encoding="utf-8")) for url in pair]
        asked += [f"{file.name}: {url}" for url in urls if ELSEWHERE.match(url)]
    for file in book.site.rglob("*.js"):
        asked += [f"{file.name}: {url}" for url in LOADING_SCRIPT.findall(file.read_text(encoding="utf-8"))]
    assert asked == []


def test_every_exhibit_has_number_caption_and_its_data(book: Book) -> None:
    shown = [figure for _, html in html_pages(book) for figure in html.select("figure.exhibit")]
    assert len(shown) >= 20
    for figure in shown:
        caption = figure.select_one("figcaption")
        link = figure.select_one(".exhibit-data a")
        assert caption is not None and re.match(r"(Figure|Table) \d+\.\d+ \S", caption.text), figure.get("id")
        assert link is not None
        lines = (book.site / str(link["href"])).read_text(encoding="utf-8").splitlines()
        assert len(lines) > 1, link["href"]


def test_figures_and_tables_are_numbered_without_gaps(book: Book) -> None:
    for file, html in html_pages(book):
        numbers = [tag.text.split() for tag in html.select("figure.exhibit .caption-number")]
        for word in ("Figure", "Table"):
            found = [int(number.split(".")[1]) for kind, number in numbers if kind == word]
            assert found == list(range(1, len(found) + 1)), file.name


def test_the_data_under_an_exhibit_are_rows_of_the_ledger(book: Book) -> None:
    ledger = book.ledger
    keys = ["exhibit", "statistic", "scheme", "group", "term", "sample"]
    known = set(map(tuple, ledger[keys].astype(str).to_numpy()))
    import pandas as pd

    for file in sorted((book.site / "data").glob("*.csv")):
        rows = pd.read_csv(file, keep_default_na=False, dtype=str)
        if not set(keys) <= set(rows.columns):
            continue  # the appendix shows coding tables and sources as they are
        assert set(map(tuple, rows[keys].to_numpy())) <= known, file.name


def test_every_page_says_that_the_data_are_synthetic(book: Book) -> None:
    for file, html in html_pages(book):
        banner = html.select_one("aside.bd-header-announcement")
        assert banner is not None and "Synthetic data" in banner.text, file.name


def test_published_notebooks_name_no_folder_of_the_machine(book: Book) -> None:
    root = str(book.folder.parents[1])
    for file in sorted((book.folder / "notebooks").glob("*.ipynb")):
        text = file.read_text(encoding="utf-8")
        assert root not in text and str(Path.home()) not in text, file.name
        assert nbformat.read(file, as_version=4).cells


def test_no_page_shows_a_placeholder_or_an_unresolved_role(book: Book) -> None:
    for file, html in html_pages(book):
        article = html.select_one("article")
        text = "" if article is None else article.text
        for fault in ("{glue", "{numref", "nan%", "None", "NaN", "TODO", "??"):
            assert fault not in text, f"{file.name}: {fault}"
