"""The walls of the house: who may import whom, and what a notebook may hold."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "helpers"
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
ABOVE = {"fidelity", "exhibits", "study", "chapter", "edition", "synthetic", "pipeline"}
"""What neither registers nor methods nor presentation, side by side at the bottom, may know."""
FORBIDDEN = {
    "registers": ABOVE | {"methods", "presentation"},
    "synthetic": ABOVE - {"synthetic"} | {"methods", "presentation"},
    "methods": ABOVE | {"registers", "presentation"},
    "presentation": ABOVE | {"registers", "methods"},
    "exhibits": {"edition", "synthetic", "chapter", "cli", "pipeline"},
    "pipeline": {"edition", "methods", "registers", "synthetic", "fidelity", "chapter", "cli"},
    "edition": {"exhibits", "methods", "synthetic", "fidelity"},
    "fidelity": {"edition", "chapter", "registers", "methods", "cli"},
}
LONGEST_CELL = 10


def imported_parts(file: Path) -> set[str]:
    """The parts of `helpers` that a module imports, at any depth of the file."""
    names = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("helpers.")}


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_part_imports_nothing_it_may_not_know(part: str) -> None:
    files = list((SOURCE / part).rglob("*.py"))
    assert files
    offences = {str(f.relative_to(SOURCE)): imported_parts(f) & FORBIDDEN[part] for f in files}
    assert {name: parts for name, parts in offences.items() if parts} == {}


def test_only_the_command_line_imports_the_edition() -> None:
    importers = {f.relative_to(SOURCE).parts[0] for f in SOURCE.rglob("*.py") if "edition" in imported_parts(f)}
    assert importers <= {"edition", "cli.py"}


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


def test_the_list_of_exhibit_modules_is_complete() -> None:
    folder = ROOT / "src" / "helpers" / "exhibits"
    listed = set(re.findall(r"`(\w+)`", ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""))
    assert listed == {file.stem for file in folder.glob("*.py")} - {"__init__"}
