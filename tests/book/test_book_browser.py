"""The pages in a browser: accessible, nothing wider than the screen, nothing asked for from elsewhere, no errors."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from whole_book import Book

pytestmark = [pytest.mark.book, pytest.mark.browser]

WIDE, NARROW = 1280, 390
# without a sandbox of its own the browser also runs as root in a container
FLAGS = ["--no-sandbox", "--disable-gpu"]


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


def names(book: Book) -> list[str]:
    return [*book.page_names, "search"]


def test_no_accessibility_rule_is_broken(book: Book, address: str, page: Page) -> None:
    broken = []
    for name in names(book):
        page.goto(f"{address}/{name}.html")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        broken += [f"{name}: {rule['id']}: {rule['nodes'][0]['html']}" for rule in found.response["violations"]]
    assert broken == []


def test_no_page_is_wider_than_the_screen(book: Book, address: str, page: Page) -> None:
    wide = []
    for name in names(book):
        page.goto(f"{address}/{name}.html")
        wide += [name] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []
    assert wide == []


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_pages_ask_for_nothing_from_elsewhere_and_raise_no_error(
    book: Book, address: str, browser: Browser, scheme: str
) -> None:
    top = address if scheme == "http" else book.site.resolve().as_uri()
    faults: list[str] = []
    page = browser.new_page()
    page.on("request", lambda r: faults.append(f"asks {r.url}") if not r.url.startswith((top, "data:")) else None)
    page.on("requestfailed", lambda r: faults.append(f"lacks {r.url}"))
    page.on("pageerror", lambda error: faults.append(f"error {error}"))
    page.on("console", lambda m: faults.append(f"console {m.text}") if m.type in ("error", "warning") else None)
    for name in names(book):
        page.goto(f"{top}/{name}.html")
        page.wait_for_load_state("networkidle")
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
    page.wait_for_function("document.querySelector('#tab-individual-model .exhibit-scroll').scrollLeft > 0")
    page.close()


def test_the_menu_opens_on_a_narrow_screen(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.goto(f"{address}/index.html")
    assert not page.locator("#pst-primary-sidebar a", has_text="1 Summary").is_visible()
    page.locator("button.primary-toggle").click()
    page.locator("#pst-primary-sidebar-modal").get_by_role("link", name="1 Summary").click()
    page.wait_for_url("**/summary.html")
    page.close()
