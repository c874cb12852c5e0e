"""What a notebook may hold. Who may import whom is held by import-linter (`make lint`)."""

import ast
import json
import re
from pathlib import Path

import pytest

from helpers.cohort.variables import model_measures, variables

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
LONGEST_CELL = 10


def cells(notebook: Path, kind: str) -> list[dict]:
    return [c for c in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_defines_nothing_and_its_cells_are_short(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        lines = [line for line in "".join(cell["source"]).splitlines() if line.strip()]
        assert len(lines) <= LONGEST_CELL
        assert not [line for line in lines if re.match(r"\s*(def|class|lambda)\b", line)]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_percentage_is_typed_into_the_prose(notebook: Path) -> None:
    prose = " ".join("".join(c["source"]) for c in cells(notebook, "markdown"))
    assert re.findall(r"(?<![\w:`./-])\d+(?:[.,]\d+)?\s?(?:%|per cent|percent)", prose) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_has_the_three_parameters(notebook: Path) -> None:
    first = cells(notebook, "code")[0]
    assert "parameters" in first["metadata"].get("tags", [])
    names = {t.id for n in ast.parse("".join(first["source"])).body for t in getattr(n, "targets", [])}
    assert names == {"cohort", "languages", "results"}


def test_the_engine_knows_no_word_of_this_report() -> None:
    names = {v.name for v in variables() if "_" in v.name} | set(model_measures())
    words = names - {"participant_id", "end_year"} | {"jobbsjansen", "introduction_programme"}
    found = {
        str(file.relative_to(ROOT)): sorted(word for word in words if word in text)
        for file in (ROOT / "src" / "resultatbok").rglob("*.py")
        if any(word in (text := file.read_text(encoding="utf-8").lower()) for word in words)
    }
    assert found == {}


PAGE_HALVES = [
    file
    for file in sorted((ROOT / "src" / "helpers" / "chapters").rglob("*.py"))
    if file.stem.startswith(("exhibits", "sentences"))
]


@pytest.mark.parametrize("file", PAGE_HALVES, ids=lambda f: f"{f.parent.name}.{f.stem}")
def test_a_page_half_takes_nothing_from_numbers_but_what_it_declares(file: Path) -> None:
    """The key of a page's outputs leaves the modules of numbers out, so nothing else may come from them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers.chapters.")
        for alias in node.names
        if alias.name.startswith("numbers") or (node.module or "").split(".")[-1].startswith("numbers")
    }
    declared = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "numbers"
        for part in ast.walk(node.value)
    }
    used = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in names and id(n) not in declared]
    assert [f"line {node.lineno}" for node in used] == []
