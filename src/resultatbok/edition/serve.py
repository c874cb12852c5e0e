"""Show a built book on this machine only."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from resultatbok.edition.errors import BuildError

FIRST_PAGE = "/site/index.html"
LOCAL_ADDRESS = "127.0.0.1"  # register data stay on this machine


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Lead from the top to the book's first page."""
        if self.path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", FIRST_PAGE)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Let a rebuilt book show at the next reload."""
        self.send_header("Cache-Control", "no-store")
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
