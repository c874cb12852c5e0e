import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from resultatbok.edition.errors import BuildError
from resultatbok.edition.serve import server


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("Hello")
    return tmp_path


def test_the_book_is_served_on_this_machine_only(book: Path) -> None:
    with server(book, 0) as running:
        assert running.server_address[0] == "127.0.0.1"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{running.server_port}/site/index.html") as answer:
            assert answer.read() == b"Hello"
        with urllib.request.urlopen(f"http://127.0.0.1:{running.server_port}/") as answer:
            assert answer.url.endswith("/site/index.html")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{running.server_port}/none.html")
        running.shutdown()


def test_without_a_book_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="build it first"):
        server(tmp_path, 0)


def test_a_port_that_is_taken_is_named(book: Path) -> None:
    with server(book, 0) as running, pytest.raises(BuildError, match=f"port {running.server_port}"):
        server(book, running.server_port)
