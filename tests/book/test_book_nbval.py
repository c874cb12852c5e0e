"""The chapters' stored outputs: there are enough of them, nothing else is stored, and a wrong number is found."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
CHECKED = "nbval-check-output"
FEWEST = 3  # checked cells per chapter
CHAPTER = ROOT / "book" / "method.ipynb"  # quick to run, and full of numbers


def code_cells(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def is_checked(cell: dict) -> bool:
    return CHECKED in cell["metadata"].get("tags", [])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_chapter_has_enough_checked_cells_with_stored_text(notebook: Path) -> None:
    checked = [cell for cell in code_cells(notebook) if is_checked(cell)]
    assert len(checked) >= FEWEST
    for cell in checked:
        assert cell["execution_count"]
        assert [output["output_type"] for output in cell["outputs"]] == ["stream"]
        assert "".join(cell["outputs"][0]["text"]).strip()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_nothing_else_is_stored(notebook: Path) -> None:
    assert not [cell for cell in code_cells(notebook) if not is_checked(cell) and cell["outputs"]]


def run_nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-q", str(notebook)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("wrong", "code"), [(False, 0), (True, 1)])
def test_nbval_finds_a_wrong_number_and_only_that(tmp_path: Path, wrong: bool, code: int) -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    notebook = ROOT / "build" / f"nbval-{tmp_path.name}.ipynb"
    stored = "n_all_introduction: 28,214"
    assert text.count(stored) == 1
    notebook.parent.mkdir(exist_ok=True)
    notebook.write_text(text.replace(stored, "n_all_introduction: 28,215") if wrong else text, encoding="utf-8")
    try:
        ran = run_nbval(notebook)
    finally:
        notebook.unlink()
    assert ran.returncode == code, ran.stdout
    assert ("28,215" in ran.stdout) == wrong
