"""Another report stands on the engine: its own package, settings, data, chapters and words; none of this project's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import ROOT

pytestmark = pytest.mark.book

HERE = Path(__file__).parent
PROGRAM = """
import sys
from pathlib import Path
from shops.report import REPORT
from resultatbok.edition.build import Order, build
from resultatbok.edition.progress import Progress

if __name__ == "__main__":
    build(Order(REPORT, Path("cohorts/shops.yml")), Progress())
    others = ("helpers", "synthesis")
    print("loaded of this project:", sorted(name for name in sys.modules if name.split(".")[0] in others))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Its published folder, and what the build said."""
    root = tmp_path_factory.mktemp("shops") / "project"
    shutil.copytree(HERE / "project", root)
    shutil.copy(ROOT / "_config.yml", root)
    (root / "build_it.py").write_text(PROGRAM)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT / "src")])}
    command = [sys.executable, "-W", "ignore", "build_it.py"]
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return root / "build" / "shops", ran.stdout


def test_its_pages_say_its_numbers_in_its_words(built: tuple[Path, str]) -> None:
    page = BeautifulSoup((built[0] / "site/en/sales.html").read_text(encoding="utf-8"), "html.parser")
    assert "Most customers of the corner shop bought something: 75%." in page.get_text()
    assert "Customers who bought something, by shop." in page.get_text()
    assert (built[0] / "site/report-en.pdf").read_bytes().startswith(b"%PDF")


def test_its_norwegian_pages_have_its_own_translations_and_the_engine_s(built: tuple[Path, str]) -> None:
    text = BeautifulSoup((built[0] / "site/nb/sales.html").read_text(encoding="utf-8"), "html.parser").get_text()
    assert "De fleste kundene i hjørnebutikken kjøpte noe: 75\N{NO-BREAK SPACE}%." in text
    assert "Kunder som kjøpte noe, etter butikk." in text
    days = BeautifulSoup((built[0] / "site/nb/days.html").read_text(encoding="utf-8"), "html.parser").get_text()
    assert "Tallet kan ikke offentliggjøres" in days


def test_its_small_groups_are_hidden_on_the_page_and_in_the_ledger(built: tuple[Path, str]) -> None:
    ledger = pd.read_csv(built[0] / "results/ledger.csv", keep_default_na=False)
    hidden = ledger[ledger["suppressed"].astype(str) == "True"]
    assert ("market", "day=monday") in set(zip(hidden["scheme"], hidden["group"], strict=True))
    page = BeautifulSoup((built[0] / "site/en/days.html").read_text(encoding="utf-8"), "html.parser")
    monday = next(row for row in page.find_all("tr") if "Monday" in row.get_text())
    assert "33%" not in monday.get_text() and ":" in monday.get_text()


def test_the_staged_pages_are_a_book_for_plain_jupyter_book(built: tuple[Path, str]) -> None:
    root = built[0].parents[1]
    source, program = root / "build/.pages/shops/en/source", Path(sys.executable).parent / "jupyter-book"
    command = [str(program), "build", str(source), "--path-output", str(root / "plain"), "--warningiserror"]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made, plain = (
        BeautifulSoup((folder / "sales.html").read_text(encoding="utf-8"), "html.parser").find("article").get_text()
        for folder in (built[0] / "site/en", root / "plain/_build/html")
    )
    assert made.split() == plain.split()


def test_nothing_of_this_project_is_loaded_for_it(built: tuple[Path, str]) -> None:
    assert "loaded of this project: []" in built[1]
