"""A whole book from a small cohort, built once for all tests that look at it."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from helpers.edition.build import Order, build
from helpers.edition.progress import Progress
from helpers.edition.toc import pages
from helpers.synthetic import synthesise

REPOSITORY = Path(__file__).parents[2]
SMALL_SCALE = 0.3
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COHORT = """\
name: small
title: { en: "Do the participants or the projects make the difference? A small cohort 2018–2019" }
synthetic: true
years: { first: 2018, last: 2019 }
analysis: # so few persons from these parts of the world are in a small cohort that no coefficient can be estimated
  merged_origins: { north_america: europe, latin_america_caribbean: europe, stateless: west_asia }
sources:
  nir: data/small/nir.csv.gz
  jobbsjansen: data/small/jobbsjansen.sav
  municipalities: data/small/municipalities.csv
  municipal_statistics: data/small/municipal_statistics
  kostra: data/small/kostra_275.json
  accounts: data/small/jobbsjansen_accounts.xlsx
"""


@dataclass(frozen=True)
class Book:
    """A published book.

    Attributes:
        folder: `build/<cohort>`.
        page_names: Its pages in order.
    """

    folder: Path
    page_names: list[str]

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def pdf(self) -> Path:
        return self.folder / "pdf" / "report-en.pdf"

    @property
    def ledger(self) -> pd.DataFrame:
        return pd.read_csv(self.folder / "results" / "ledger.csv", keep_default_na=False, na_values={"value": [""]})


def small_project(root: Path) -> Path:
    """The project's pages and settings with a small cohort of two years."""
    root.mkdir()
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(REPOSITORY / name, root)
    shutil.copytree(REPOSITORY / "book", root / "book", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("coding", "published"):
        shutil.copytree(REPOSITORY / "data" / name, root / "data" / name)
    (root / "cohorts").mkdir()
    (root / "cohorts" / "small.yml").write_text(COHORT, encoding="utf-8")
    synthesise(root / "data" / "small", scale=SMALL_SCALE, seed=7, years=(2018, 2019))
    return root


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book of a small cohort."""
    root = small_project(tmp_path_factory.mktemp("book") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        folder = build(Order(Path("cohorts/small.yml")), Progress(StringIO()))
    return Book(folder, [page.name for page in pages(root)])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(book: Book) -> Iterator[str]:
    """Where the book is served."""
    handler = functools.partial(_Quiet, directory=str(book.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site"
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
