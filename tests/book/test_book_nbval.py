"""The chapters' stored outputs: they are all there, nothing else is stored, and a wrong number is found."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from support import ROOT

from resultatbok.edition.contents import Contents, read_contents
from resultatbok.exhibits.declaration import Figure
from resultatbok.exhibits.registry import declared
from resultatbok.project import LANGUAGES

NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
REGISTRY = declared("helpers.chapters")
CHECKED = "nbval-check-output"
CHAPTER = ROOT / "book" / "method.ipynb"  # quick to run, and full of numbers


def code_cells(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def patterns(contents: Contents) -> Iterator[str]:
    """What the keys look like of all that is said: phrases, then caption and alt text of each exhibit."""
    yield from contents.phrases
    for module, name in () if contents.after_all else contents.shown:  # numbers about the last build follow that
        declaration = REGISTRY.find(module, name)
        key, made = declaration.exhibit, getattr(import_module(module), name)
        if declaration.several:
            yield rf"{key}\w+\.caption {key}\w+\.alt( {key}\w+\.caption {key}\w+\.alt)*"
        else:
            yield rf"{key}\.caption {key}\.alt" if isinstance(made, Figure) else rf"{key}\.caption( {key}\.alt)?"


def is_checked(cell: dict) -> bool:
    return CHECKED in cell["metadata"].get("tags", [])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_phrase_caption_and_alt_text_is_stored_in_both_languages_and_compared(notebook: Path) -> None:
    (checked,) = [cell for cell in code_cells(notebook) if is_checked(cell)]
    assert "".join(checked["source"]) == "chapter.check()"
    stored = "".join("".join(output["text"]) for output in checked["outputs"])
    said = re.findall(r"^([\w.]+) \((\w+)\): ", stored, re.MULTILINE)
    keys = list(dict.fromkeys(key for key, _ in said))
    assert said == [(key, language) for key in keys for language in LANGUAGES]
    assert re.fullmatch(" ".join(patterns(read_contents(notebook))), " ".join(keys))
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
    stored = "n_all_both (en): 29,774"
    assert text.count(stored) == 1
    notebook.parent.mkdir(exist_ok=True)
    notebook.write_text(text.replace(stored, "n_all_both (en): 29,775") if wrong else text, encoding="utf-8")
    try:
        ran = run_nbval(notebook)
    finally:
        notebook.unlink()
    assert ran.returncode == code, ran.stdout
    assert ("29,775" in ran.stdout) == wrong
