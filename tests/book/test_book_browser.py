"""The pages in a browser: accessible, nothing wider than the screen, nothing asked for from elsewhere, no errors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from whole_book import Book

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 390
# without a sandbox of its own the browser also runs as root in a container
FLAGS = ["--no-sandbox", "--disable-gpu"]
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}  # what passes is counted, and not handed over node by node


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(params=[WIDE, NARROW])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": request.param, "height": 900})
    yield opened
    opened.close()


def visit(page: Page, address: str) -> None:
    """Open a page and wait until its interactive charts, if it has any, are drawn."""
    page.goto(address)
    page.wait_for_selector("figure:not(.is-interactive) .exhibit-live", state="detached")


def names(book: Book) -> list[str]:
    return [*book.page_names, "search"]


@dataclass(frozen=True)
class Look:
    """What was seen of one page: what is wrong with what it asks for, whether it is too wide, rules that it breaks."""

    faults: list[str]
    too_wide: bool
    broken: list[str]


def asked(page: Page, address: str, allowed: str) -> list[str]:
    """Load a page: what it asks for from elsewhere or does not get, and the errors it raises."""
    faults: list[str] = []
    listeners: dict[str, Callable[[Any], object]] = {
        "request": lambda r: faults.append(f"asks {r.url}") if not r.url.startswith((allowed, "data:")) else None,
        "requestfailed": lambda r: faults.append(f"lacks {r.url}"),
        "pageerror": lambda error: faults.append(f"error {error}"),
        "console": lambda m: faults.append(f"console {m.text}") if m.type in ("error", "warning") else None,
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    visit(page, address)
    page.wait_for_load_state("networkidle")
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    return faults


def look(page: Page, address: str, allowed: str) -> Look:
    """Load a page and look at it, with all that can be opened open for the rules of accessibility."""
    faults = asked(page, address, allowed)
    too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
    return Look(faults, too_wide, [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found])


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def looks(book: Book, address: str, browser: Browser, request: pytest.FixtureRequest) -> dict[str, Look]:
    """A look at each page of the served book, on a wide and on a narrow screen."""
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    seen = {name: look(page, f"{address}/{name}.html", address) for name in names(book)}
    page.close()
    return seen


def test_no_accessibility_rule_is_broken(looks: dict[str, Look]) -> None:
    assert [f"{name}: {rule}" for name, seen in looks.items() for rule in seen.broken] == []


def test_no_page_is_wider_than_the_screen(looks: dict[str, Look]) -> None:
    assert [name for name, seen in looks.items() if seen.too_wide] == []


def test_served_pages_ask_for_nothing_from_elsewhere_and_raise_no_error(looks: dict[str, Look]) -> None:
    assert [f"{name}: {fault}" for name, seen in looks.items() for fault in seen.faults] == []


def test_pages_on_disk_ask_for_nothing_from_elsewhere_and_raise_no_error(book: Book, browser: Browser) -> None:
    top = book.site.resolve().as_uri()
    page = browser.new_page()
    faults = [f"{name}: {fault}" for name in names(book) for fault in asked(page, f"{top}/{name}.html", top)]
    page.close()
    assert faults == []


def test_search_finds_a_chapter(book: Book, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{book.site.resolve().as_uri()}/search.html?q=odds")
    page.wait_for_selector("#search-results li a")
    found = [a.get_attribute("href") or "" for a in page.query_selector_all("#search-results a")]
    assert any("individual.html" in address for address in found)
    page.close()


def test_wide_tables_scroll_in_their_frame_on_a_narrow_screen(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.goto(f"{address}/individual.html")
    frame = page.locator("#tab-individual-model .exhibit-scroll")
    assert frame.evaluate("e => e.scrollWidth > e.clientWidth")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # a condition to wait for would be evaluated, which the page's policy forbids
    assert frame.evaluate("e => e.scrollLeft") > 0
    page.close()


def test_the_menu_opens_on_a_narrow_screen(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.goto(f"{address}/index.html")
    assert not page.locator("#pst-primary-sidebar a", has_text="1 Summary").is_visible()
    page.locator("button.primary-toggle").click()
    page.locator("#pst-primary-sidebar-modal").get_by_role("link", name="1 Summary").click()
    page.wait_for_url("**/summary.html")
    page.close()


INTERACTIVE = {"contribution": "#fig-contribution-scatter", "effect": "#fig-programme-effect"}


def interactive(book: Book) -> dict[str, str]:
    """The pages of this book that have an interactive chart, each with its figure."""
    return {name: figure for name, figure in INTERACTIVE.items() if name in book.page_names}


def marks(page: Page, figure: str) -> Locator:
    """The points of an interactive chart."""
    return page.locator(f"{figure} .exhibit-chart .mark-symbol.role-mark path")


def test_an_interactive_chart_takes_the_drawing_s_place_and_fits_the_screen(
    book: Book, address: str, page: Page
) -> None:
    assert interactive(book)
    for name, figure in interactive(book).items():
        page.goto(f"{address}/{name}.html")
        page.wait_for_selector(f"{figure}.is-interactive")
        parts = [page.locator(f"{figure} {part}") for part in (".exhibit-chart svg", ".exhibit-chart")]
        widths = [(part.bounding_box() or {"width": 0})["width"] for part in parts]
        assert 0 < widths[0] <= widths[1] + 1, name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        frame = page.locator(f"{figure} .exhibit-scroll")
        assert (frame.bounding_box() or {"width": 0})["width"] <= 1  # there for assistive technology, not to be seen
        assert frame.get_attribute("tabindex") is None
        assert len(page.locator(f"{figure} img").get_attribute("alt") or "") > 20


def test_numbers_are_shown_at_the_pointer(book: Book, address: str, page: Page) -> None:
    for name, figure in interactive(book).items():
        page.goto(f"{address}/{name}.html")
        page.wait_for_selector(f"{figure}.is-interactive")
        marks(page, figure).first.hover(force=True)
        page.wait_for_selector("#vg-tooltip-element.visible")
        said = page.locator("#vg-tooltip-element").inner_text()
        assert "percentage point" in said, name
        assert "nan" not in said.lower() and "undefined" not in said


def test_a_choice_filters_what_is_shown(book: Book, address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}/contribution.html")
    figure = INTERACTIVE["contribution"]
    page.wait_for_selector(f"{figure}.is-interactive")
    projects = {}
    for scheme in ("every", "introduction", "jobbsjansen"):
        page.get_by_label("Scheme:").select_option(scheme)
        page.wait_for_timeout(200)
        projects[scheme] = marks(page, figure).count()
    page.close()
    assert projects["introduction"] > projects["jobbsjansen"] > 0
    assert projects["every"] == projects["introduction"] + projects["jobbsjansen"]


def test_without_scripts_the_drawing_is_shown(book: Book, address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, figure in interactive(book).items():
        page.goto(f"{address}/{name}.html")
        assert page.locator(f"{figure} img").is_visible()
        assert not page.locator(f"{figure} .exhibit-live").is_visible()
    context.close()
