import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from resultatbok.edition.content_policy import SERVED
from resultatbok.edition.errors import BuildError
from resultatbok.edition.serve import server


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book" / "site").mkdir(parents=True)
    (tmp_path / "book" / "site" / "index.html").write_text("Hello")
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "book"


@pytest.fixture
def port(book: Path) -> Iterator[int]:
    with server(book, 0) as running:
        assert running.server_address[0] == "127.0.0.1"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_port
        running.shutdown()


def asked(port: int, path: str, host: str = "", method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"localhost:{port}")
    connection.endheaders()
    return connection.getresponse()


def test_the_book_is_served_with_its_content_policy(port: int) -> None:
    answer = asked(port, "/site/index.html")
    assert (answer.status, answer.read()) == (200, b"Hello")
    assert answer.getheader("Content-Security-Policy") == SERVED
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert asked(port, "/site/index.html", f"127.0.0.1:{port}").status == 200
    assert asked(port, "/site/index.html", method="HEAD").read() == b""


def test_the_top_leads_to_the_first_page(port: int) -> None:
    answer = asked(port, "/")
    assert (answer.status, answer.getheader("Location")) == (302, "/site/index.html")


@pytest.mark.parametrize("path", ["/site/", "/site", "/none.html", "/../secret.txt", "/%2e%2e/secret.txt", "/."])
def test_folders_and_what_is_not_in_the_book_are_not_shown(port: int, path: str) -> None:
    assert asked(port, path).status == 404


@pytest.mark.parametrize("host", ["attacker.example", "attacker.example:{port}", "localhost:1", "localhost", ":{port}"])
@pytest.mark.parametrize("path", ["/", "/site/index.html"])
def test_a_page_elsewhere_whose_name_leads_here_gets_nothing(port: int, path: str, host: str) -> None:
    assert asked(port, path, host.format(port=port)).status == 421


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /site/%00index.html HTTP/1.1", b"404"),
        (b"GET /site/index.html%00 HTTP/1.1", b"404"),
        (b"GET /%ff%fe/\\x HTTP/1.1", b"404"),
        (b"GET /" + b"x" * 5000 + b" HTTP/1.1", b"404"),
        (b"GET http://[::1 HTTP/1.1", b"404"),
        (b"GET /a\0b HTTP/1.1", b"404"),
        (b"POST /site/index.html HTTP/1.1", b"501"),
        (b"GET / HTTP/9.9", b"505"),
        (b"GET", b"400"),
    ],
)
def test_odd_requests_are_refused_without_a_traceback(
    port: int, capfd: pytest.CaptureFixture[str], line: bytes, status: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(line + f"\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert status in answer[:500]
    assert capfd.readouterr().err == ""


def test_without_a_book_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="build it first"):
        server(tmp_path, 0)


def test_a_port_that_is_taken_is_named(book: Path) -> None:
    with server(book, 0) as running, pytest.raises(BuildError, match=f"port {running.server_port}"):
        server(book, running.server_port)
