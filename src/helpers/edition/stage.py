"""Executed notebooks and pages, made ready for Sphinx: exhibits as numbered blocks, prose in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import yaml

from helpers.edition.catalogue import Catalogue, translate
from helpers.edition.errors import BuildError
from helpers.edition.exhibit_blocks import EXHIBIT_MIME, ExhibitError, ExhibitOutput, read_exhibit
from helpers.edition.glue import glue_output, glued, is_glue, missing_keys, with_formats
from helpers.edition.scrub import INJECTED
from helpers.edition.toc import Page, staged_toc

HIDDEN_TAGS = frozenset({"parameters", INJECTED, "remove-cell", "nbval-check-output"})
CELL_NUMBER = "resultatbok_cell"


@dataclass
class _Staging:
    """What is collected while the pages are staged."""

    catalogue: Catalogue
    keys: dict[str, set[str]]
    problems: list[str] = field(default_factory=list)
    exhibits: dict[str, ExhibitOutput] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def stage(
    pages: Sequence[Page], executed: Path, staged: Path, data: Path, toc: dict[str, Any], catalogue: Catalogue
) -> list[ExhibitOutput]:
    """Write the Sphinx source of the book.

    Args:
        pages: All pages in order.
        executed: Folder with the executed notebooks.
        staged: Folder to write to.
        data: Folder for the exhibits' CSV files.
        toc: The table of contents as read from `_toc.yml`.
        catalogue: The reader's language.

    Returns:
        The exhibits in the order of the book.

    Raises:
        BuildError: A glue key is missing, an exhibit is unfit or shown twice, or a paragraph has no translation.
    """
    notebooks = {p.name: nbformat.read(executed / f"{p.name}.ipynb", 4) for p in pages if p.is_notebook}
    work = _Staging(catalogue, {name: set(glued(notebook)) for name, notebook in notebooks.items()})
    for page in pages:
        target = staged / f"{page.name}{page.source.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        if page.is_notebook:
            nbformat.write(_staged_notebook(page.name, notebooks[page.name], work), target)
        else:
            text = _staged_prose(page.name, page.name, page.source.read_text(encoding="utf-8"), work)
            target.write_text(text + "\n", encoding="utf-8")
    if work.problems:
        raise BuildError(work.problems)
    for exhibit in work.exhibits.values():
        exhibit.write(staged, data)
    (staged / "_toc.yml").write_text(yaml.safe_dump(staged_toc(toc), sort_keys=False), encoding="utf-8")
    return list(work.exhibits.values())


def source_cells(notebook: nbformat.NotebookNode) -> Iterator[tuple[int, nbformat.NotebookNode]]:
    """The cells of an executed notebook with their numbers in the chapter's own notebook, from 1."""
    number = 0
    for cell in notebook.cells:
        if INJECTED not in cell.metadata.get("tags", []):
            number += 1
            yield number, cell


def _staged_notebook(chapter: str, notebook: nbformat.NotebookNode, work: _Staging) -> nbformat.NotebookNode:
    """Prose, exhibits and folded code; glued text is gathered in one hidden cell at the start."""
    cells = [_glue_cell(glued(notebook))]
    code: list[str] = []  # code that showed nothing yet is folded in with the next that does
    for number, cell in source_cells(notebook):
        place = f"{chapter}: cell {number}"
        if cell.cell_type == "markdown":
            cells.append(_markdown(_staged_prose(chapter, place, cell.source, work), number))
        elif cell.cell_type == "code" and not HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            code.append(cell.source)
            blocks = list(_blocks(place, cell, work))
            outputs = [output for output in cell.outputs if _is_ordinary(output)]
            cells += [_markdown(block, number) for block in blocks]
            if blocks or outputs:
                cells.append(_code("\n\n".join(code), outputs, number))
                code = []
    metadata = {"language_info": {"name": "python"}}
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _staged_prose(chapter: str, place: str, markdown: str, work: _Staging) -> str:
    work.problems += [f"{place}: {problem}" for problem in missing_keys(chapter, markdown, work.keys)]
    text, untranslated = translate(markdown, work.catalogue)
    work.problems += [f"{place}: no translation of the paragraph {_shortened(p)!r}" for p in untranslated]
    return with_formats(text)


def _blocks(place: str, cell: nbformat.NotebookNode, work: _Staging) -> Iterator[str]:
    """The directive of each exhibit that a cell displayed."""
    for output in cell.outputs:
        try:
            exhibit = read_exhibit(output)
        except ExhibitError as error:
            work.problems.append(f"{place}: {error}")
            continue
        if exhibit is None:
            continue
        if exhibit.key in work.exhibits:
            work.problems.append(f"{place}: exhibit {exhibit.key} was already shown in {work.places[exhibit.key]}")
            continue
        work.exhibits[exhibit.key] = exhibit
        work.places[exhibit.key] = place
        yield exhibit.block()


def _is_ordinary(output: nbformat.NotebookNode) -> bool:
    """Whether an output is shown as it is: neither an exhibit nor glued text nor a warning on stderr."""
    if output.output_type == "stream":
        return bool(output.name == "stdout")
    return not is_glue(output) and EXHIBIT_MIME not in output.get("data", {})


def _glue_cell(texts: dict[str, str]) -> nbformat.NotebookNode:
    outputs = [glue_output(key, text) for key, text in texts.items()]
    return nbformat.v4.new_code_cell("", outputs=outputs, metadata={"tags": ["remove-cell"]})


def _markdown(source: str, number: int) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source, metadata={CELL_NUMBER: number})


def _code(source: str, outputs: Iterable[nbformat.NotebookNode], number: int) -> nbformat.NotebookNode:
    metadata = {"tags": ["hide-input"], CELL_NUMBER: number}
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def _shortened(paragraph: str) -> str:
    line = " ".join(paragraph.split())
    return line if len(line) <= 70 else line[:69] + "…"
