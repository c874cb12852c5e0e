"""Show a built book on this machine only."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from resultatbok.edition.content_policy import SERVED
from resultatbok.edition.errors import BuildError

FIRST_PAGE = "/site/index.html"
LOCAL_ADDRESS = "127.0.0.1"  # register data stay on this machine
HOSTS = frozenset({"localhost", LOCAL_ADDRESS})
"""What a reader's browser calls this machine; a page elsewhere whose name leads here calls it by that name."""
HEADERS = {
    "Cache-Control": "no-store",  # a rebuilt book shows at the next reload
    "Content-Security-Policy": SERVED,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves the files of a book to readers on this machine, without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self) -> Any:  # noqa: ANN401 - an open file, or None when all is said
        """Lead from the top to the first page; refuse other names of this machine, and all that is no file."""
        name, _, port = self.headers.get("Host", "").partition(":")
        if name not in HOSTS or (port or "80") != str(self.connection.getsockname()[1]):
            return self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        if self.path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", FIRST_PAGE)
            self.end_headers()
            return None
        with suppress(OSError, ValueError):  # what no disk can have
            if Path(self.translate_path(self.path)).is_file():
                return super().send_head()
        return self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Add what every answer has."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()


def server(book: Path, port: int) -> ThreadingHTTPServer:
    """A server for a built book; its first page is `/site/index.html`.

    Args:
        book: The published folder, `build/<cohort>`; a rebuilt book is served as soon as it is published.
        port: The port on this machine; 0 for any free one.

    Raises:
        BuildError: There is no built book, or the port is taken.
    """
    if not (book / "site" / "index.html").is_file():
        raise BuildError([f"{book} holds no book; build it first with `resultatbok build`"])
    try:
        return ThreadingHTTPServer((LOCAL_ADDRESS, port), partial(_QuietHandler, directory=str(book)))
    except OSError as error:
        raise BuildError([f"port {port}: {error.strerror}; choose another with --port"]) from error
