"""The chapters' stored outputs: they are all there, nothing else is stored, and a wrong number is found."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from resultatbok.edition.contents import read_contents

NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
CHECKED = "nbval-check-output"
CHAPTER = ROOT / "book" / "method.ipynb"  # quick to run, and full of numbers


def code_cells(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def is_checked(cell: dict) -> bool:
    return CHECKED in cell["metadata"].get("tags", [])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_phrase_that_the_prose_uses_is_stored_and_compared(notebook: Path) -> None:
    (checked,) = [cell for cell in code_cells(notebook) if is_checked(cell)]
    assert "".join(checked["source"]) == "chapter.check_phrases()"
    stored = "".join("".join(output["text"]) for output in checked["outputs"])
    keys = re.findall(r"^(\w+): ", stored, re.MULTILINE)
    assert keys == read_contents(notebook).phrases
    if keys:
        assert checked["execution_count"]
        assert [output["output_type"] for output in checked["outputs"]] == ["stream"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_nothing_else_is_stored(notebook: Path) -> None:
    assert not [cell for cell in code_cells(notebook) if not is_checked(cell) and cell["outputs"]]


def run_nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-q", str(notebook)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(("wrong", "code"), [(False, 0), (True, 1)])
def test_nbval_finds_a_wrong_number_and_only_that(tmp_path: Path, wrong: bool, code: int) -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    notebook = ROOT / "build" / f"nbval-{tmp_path.name}.ipynb"
    stored = "n_all_both: 29,774"
    assert text.count(stored) == 1
    notebook.parent.mkdir(exist_ok=True)
    notebook.write_text(text.replace(stored, "n_all_both: 29,775") if wrong else text, encoding="utf-8")
    try:
        ran = run_nbval(notebook)
    finally:
        notebook.unlink()
    assert ran.returncode == code, ran.stdout
    assert ("29,775" in ran.stdout) == wrong
