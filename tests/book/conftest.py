"""The built book on a server, and a browser to look at it with."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader
from support import made_once
from whole_book import Book


@pytest.fixture(scope="session")
def printed(book: Book, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page of the PDF, line breaks as spaces."""

    def read(folder: Path) -> None:
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(book.pdf).pages]
        (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")

    return json.loads((made_once(tmp_path_factory, "printed", read) / "pages.json").read_text(encoding="utf-8"))


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
