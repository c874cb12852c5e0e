"""The built book on a server, and a browser to look at it with."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from support import made_once
from whole_book import Book

from resultatbok.edition.serve import server


@pytest.fixture(scope="session")
def printed(book: Book, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page of the PDF, line breaks as spaces."""

    def read(folder: Path) -> None:
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(book.pdf).pages]
        (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")

    return json.loads((made_once(tmp_path_factory, "printed", read) / "pages.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def address(book: Book) -> Iterator[str]:
    """Where the book is served."""
    with server(book.folder, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/site/en"
        running.shutdown()
