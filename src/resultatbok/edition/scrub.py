"""Executed notebooks without traces of the machine they ran on, so that they may be published and repeat exactly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

KEPT_METADATA = ("kernelspec", "language_info")
INJECTED = "injected-parameters"


def scrub(notebook: nbformat.NotebookNode, folders: dict[Path, str]) -> nbformat.NotebookNode:
    """Remove run times, run identifiers, warnings and absolute paths.

    Args:
        notebook: An executed notebook; changed in place.
        folders: What to write for each absolute folder, e.g. `{root: "."}`. Longer paths are replaced first.

    Returns:
        The same notebook.
    """
    notebook.metadata = nbformat.from_dict({k: v for k, v in notebook.metadata.items() if k in KEPT_METADATA})
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells, start=1):
        _scrub_cell(cell, number, folders)
    return notebook


def _scrub_cell(cell: nbformat.NotebookNode, number: int, folders: dict[Path, str]) -> None:
    cell.id = f"cell-{number}"  # the stored ids of papermill's injected cells are random
    cell.metadata.pop("papermill", None)
    cell.metadata.pop("execution", None)
    if cell.cell_type != "code":
        return
    if INJECTED in cell.metadata.get("tags", []):
        cell.source = _without(cell.source, folders)
    # a warning shows only when a fit is made anew, so with a warm cache the bytes would differ
    kept = [output for output in cell.outputs if output.get("name") != "stderr"]
    cell.outputs = [nbformat.from_dict(_without(dict(output), folders)) for output in kept]


def _without(value: Any, folders: dict[Path, str]) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {k: _without(v, folders) for k, v in value.items()}
    if isinstance(value, list):
        return [_without(v, folders) for v in value]
    if not isinstance(value, str):
        return value
    for folder in sorted(folders, key=lambda f: len(str(f)), reverse=True):
        value = re.sub(re.escape(str(folder)) + r"(?=/|\b|$)", folders[folder], value)
    return value
