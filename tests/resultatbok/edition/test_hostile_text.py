"""Text that would run, or break a page or the PDF, wherever an input's text can land: it is shown letter for letter."""

import csv
import io
import json
import re
import threading
from io import StringIO
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hostile import HOSTILE
from playwright.sync_api import ConsoleMessage, sync_playwright
from pypdf import PdfReader
from support import made_once
from tiny_project import CHART, COHORT, FIRST, PARAMETERS, make_project, prepare

from helpers.report import REPORT
from resultatbok.charts.interactive.frame import in_lines
from resultatbok.edition.build import Order, build
from resultatbok.edition.progress import Progress
from resultatbok.edition.serve import server

SHOW = """
import json
from pathlib import Path
import pandas as pd
import matplotlib.pyplot as plt
from IPython.display import display
from resultatbok.charts.theme import chart_style, to_svg
from resultatbok.edition.chapter import _mime_bundle, PHRASES_MIME
from resultatbok.exhibits.exhibit import Exhibit
from resultatbok.tables.table import Column, Table

texts = json.loads(Path("book/hostile.json").read_text())
together = " ".join(texts)
rows = pd.DataFrame({"term": texts, "value": [0.5] * len(texts)})
with chart_style():
    fig = plt.figure()
    for place, text in enumerate(texts):
        fig.text(0, place / len(texts), text)
chart = json.loads(Path("book/chart.json").read_text())
heads, cells = [Column(text) for text in (together, *texts[:2])], [[text] * 3 for text in texts]
drawn = Exhibit("drawn", rows, together, svg=to_svg(fig), alt=together, interactive=chart)
told = Exhibit("told", rows, together, table=Table(heads, cells, group_rows={1: together}, note=together))
for exhibit in (drawn, told):
    display(_mime_bundle({"en": exhibit}), raw=True)
print(together)
display({PHRASES_MIME: {"said": {"en": together}}}, raw=True)
"""
CHARTED = CHART | {
    "title": [line for text in HOSTILE for line in in_lines(text)],
    "data": {"values": [{"group": text, "value": 0.1 * n} for n, text in enumerate(HOSTILE, 1)]},
    "params": [
        {"name": "least", "value": "a", "bind": {"input": "select", "options": ["a", *HOSTILE], "name": HOSTILE[0]}}
    ],
    "transform": [{"filter": "least === 'a' || datum.group === least"}],
}
PAGE = [
    ("markdown", "(page-second)=\n# Second chapter\n\nThey say {glue:text}`said`. See {numref}`fig-drawn`."),
    ("parameters", PARAMETERS),
    ("code", SHOW),
]
TOGETHER = " ".join(HOSTILE)
TITLE = " ".join(HOSTILE[:-1])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a project whose texts are all hostile."""

    def make(folder: Path) -> None:
        root = make_project(folder / "project", FIRST, PAGE)
        cohort = yaml.safe_load(COHORT)
        cohort["title"] = {"en": TITLE.replace("{", "{{").replace("}", "}}")}
        (root / "cohorts" / "tiny.yml").write_text(yaml.safe_dump(cohort))
        (root / "book" / "hostile.json").write_text(json.dumps(HOSTILE))
        (root / "book" / "chart.json").write_text(json.dumps(CHARTED))
        with pytest.MonkeyPatch.context() as patch:
            prepare(patch)
            patch.chdir(root)
            build(Order(REPORT, Path("cohorts/tiny.yml")), Progress(StringIO()))

    return made_once(tmp_path_factory, "hostile", make) / "project" / "build" / "tiny"


@pytest.fixture(scope="module")
def page(published: Path) -> BeautifulSoup:
    return soup(published / "site/en/second.html")


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def squeezed(text: str) -> str:
    """Text with single spaces, and without the typography of prose: quotation marks and dashes."""
    return re.sub("-{2,3}|[–—]", "–", re.sub("[\"'“”‘’]", "'", " ".join(text.split())))


def found(page: BeautifulSoup, selector: str) -> Tag:
    tag = page.select_one(selector)
    assert tag is not None, selector
    return tag


def test_no_page_has_a_script_or_a_handler_that_is_not_the_site_s(published: Path) -> None:
    for file in (published / "site").rglob("*.html"):
        if "_static" in file.parts:
            continue
        tags = soup(file).find_all(True)
        scripts = [tag for tag in tags if tag.name == "script"]
        assert all(
            tag.get("src", "").split("?")[0].endswith(".js") or tag["type"] == "application/json" for tag in scripts
        )
        assert not [tag.get("src") for tag in scripts if ":" in tag.get("src", "")]
        assert not [f"{tag.name} {name}" for tag in tags for name in tag.attrs if name.startswith("on")]
        assert not [tag for tag in tags if str(tag.get("href", "")).lstrip().startswith(("javascript:", "data:"))]
        assert {str(tag.get("src")) for tag in tags if tag.name == "img"} <= {"_static/logo.svg", *images(file.parent)}


def images(site: Path) -> set[str]:
    return {f"_images/{file.name}" for file in (site / "_images").glob("*.svg")}


def test_texts_stand_letter_for_letter_in_pages(page: BeautifulSoup, published: Path) -> None:
    together = squeezed(TOGETHER)
    for label in ("fig-drawn", "tab-told"):
        assert squeezed(found(page, f"#{label} .caption-text").get_text()) == together
        assert squeezed(str(found(page, f"#{label} .exhibit-scroll")["aria-label"])) == together
    assert squeezed(str(found(page, "#fig-drawn img")["alt"])) == together
    assert [squeezed(td.get_text()) for td in page.select("#tab-told tbody tr td:first-of-type")] == [
        squeezed(text) for text in HOSTILE
    ]
    assert squeezed(found(page, "#tab-told .table-note").get_text()) == together
    assert together in squeezed(found(page, "article section p").get_text())
    for name in ("index", "second", "search"):
        assert squeezed(found(soup(published / f"site/en/{name}.html"), ".book-title span").get_text()) == squeezed(
            TITLE
        )
    assert squeezed(TITLE) in squeezed(found(soup(published / "site/en/search.html"), "title").get_text())
    assert squeezed(found(soup(published / "site/index.html"), "h1").get_text()) == squeezed(TITLE)


def test_no_cell_of_a_download_is_a_formula(published: Path) -> None:
    for file in (published / "site/en/data").glob("*.csv"):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
        assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    told = (published / "site/en/data/told.csv").read_text(encoding="utf-8")
    assert "'=cmd|" in told


def test_the_pdf_shows_the_texts(published: Path) -> None:
    text = squeezed(" ".join(p.extract_text() for p in PdfReader(published / "site/report-en.pdf").pages))
    for part in ("window.hit = 1", "#import", "#panic", "=cmd|", "{glue:text}", "\\input{x}"):
        assert part in text, part


@pytest.mark.browser
def test_nothing_runs_in_a_browser_and_nothing_breaks_the_content_policy(published: Path, chromium: str) -> None:
    told: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            told.append(message.text)

    with sync_playwright() as playwright, server(published, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.on("console", listen)
        tab.on("pageerror", lambda error: told.append(str(error)))
        tab.on("dialog", lambda dialog: told.append(dialog.message))
        names = ("index.html", "en/second.html", "en/search.html")
        tops = (f"http://localhost:{running.server_port}/site", (published / "site").resolve().as_uri())
        for address in (*(f"{top}/{name}" for top in tops for name in names), f"{tops[0]}/{names[2]}?q=script"):
            tab.goto(address)
            tab.wait_for_load_state("networkidle")
            if "second" in address:
                tab.wait_for_selector(".is-interactive .exhibit-chart svg")
                tab.locator(".exhibit-choices select").select_option(index=1)
                tab.locator(".exhibit-chart svg .mark-rect path").first.hover()
                tab.wait_for_selector("#vg-tooltip-element.visible")
            if "q=" in address:
                tab.wait_for_selector("#search-results li a")
            assert tab.evaluate("window.hit") is None
            assert told == [], address
            tab.evaluate(
                "document.body.append(Object.assign(document.createElement('script'), {text: 'window.hit = 9'}))"
            )
            assert tab.evaluate("window.hit") is None
            assert told and all("Content Security Policy" in text for text in told)  # the header's and the page's own
            told.clear()
        running.shutdown()
        browser.close()
