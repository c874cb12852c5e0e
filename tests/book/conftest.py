"""A whole book from a small cohort, built once for all tests that look at it."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from whole_book import Book, small_project

from helpers.report import REPORT
from resultatbok.edition.build import Order, build
from resultatbok.edition.progress import Progress
from resultatbok.edition.toc import pages

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book of a small cohort."""
    root = small_project(tmp_path_factory.mktemp("book") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        folder = build(Order(REPORT, Path("cohorts/small.yml")), Progress(StringIO()))
    return Book(folder, [page.name for page in pages(root / "_toc.yml")])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(book: Book) -> Iterator[str]:
    """Where the book is served."""
    handler = functools.partial(_Quiet, directory=str(book.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/en"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The installed browser; without one these tests fail in CI and are skipped elsewhere."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser found (looked for {', '.join(BROWSERS)}); install Chromium to run these tests"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found
