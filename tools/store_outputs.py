"""Run the chapters on the default cohort and store the text that nbval compares with.

Only cells tagged `nbval-check-output` keep an output, and it must be printed text: everything else is stripped, so that
the notebooks in the repository hold no drawings and change only where a checked number changes.

    python tools/store_outputs.py [CHAPTER ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
CHECKED = "nbval-check-output"
TIMEOUT = 600  # seconds per cell


def store(notebook: Path) -> None:
    """Run one notebook in the project's root and keep its checked outputs only."""
    content = nbformat.read(notebook, as_version=4)
    NotebookClient(content, timeout=TIMEOUT, resources={"metadata": {"path": str(ROOT)}}).execute()
    for cell in content.cells:
        if cell.cell_type != "code":
            continue
        checked = CHECKED in cell.metadata.get("tags", [])
        cell.execution_count = 1 if checked else None  # nbval takes a cell without a number for one that never ran
        cell.metadata.pop("execution", None)
        cell.outputs = [o for o in cell.outputs if checked and o.output_type == "stream" and o.name == "stdout"]
    content.metadata.language_info = {"name": "python"}
    notebook.write_text(nbformat.writes(content).rstrip("\n") + "\n", encoding="utf-8")


def main(names: list[str]) -> None:
    """Store the outputs of the named chapters, or of all."""
    notebooks = sorted((ROOT / "book").glob("*.ipynb"))
    for notebook in notebooks:
        if not names or notebook.stem in names:
            store(notebook)
            print(notebook.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
