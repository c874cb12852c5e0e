"""Executed notebooks and pages, made ready for Sphinx: exhibits as numbered blocks, prose in the reader's language.

The prose is that of the page as it stands; the outputs are those of the last run of its code. So a changed word runs
no notebook. A file whose text stays the same is not written, so that Sphinx reads only what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import yaml

from resultatbok.edition.catalogue import Catalogue, translate
from resultatbok.edition.contents import read_contents, used_keys
from resultatbok.edition.errors import BuildError
from resultatbok.edition.exhibit_blocks import EXHIBIT_MIME, ExhibitError, ExhibitOutput, read_exhibit
from resultatbok.edition.glue import PHRASES_MIME, TwoTexts, glue_output, missing_keys, phrases, with_formats
from resultatbok.edition.scrub import INJECTED
from resultatbok.edition.toc import Page, staged_toc
from resultatbok.project import Language

HIDDEN_TAGS = frozenset({"parameters", INJECTED, "remove-cell", "nbval-check-output"})
CELL_NUMBER = "resultatbok_cell"


@dataclass
class _Staging:
    """What is collected while the pages are staged."""

    catalogue: Catalogue
    language: Language
    phrases: dict[str, str]
    chapters: set[str]
    problems: list[str] = field(default_factory=list)
    exhibits: dict[str, ExhibitOutput] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def stage(
    pages: Sequence[Page],
    executed: Path,
    staged: Path,
    data: Path,
    toc: dict[str, Any],
    config: str,
    catalogue: Catalogue,
    language: Language = "en",
) -> list[ExhibitOutput]:
    """Write the Sphinx source of the book in one language.

    Args:
        pages: All pages in order.
        executed: Folder with the executed notebooks.
        staged: Folder to write to; what is no longer of the book is removed from it.
        data: Folder for the exhibits' CSV files.
        toc: The table of contents as read from `_toc.yml`.
        config: Jupyter Book's settings of the book in this language.
        catalogue: The reader's language.
        language: The same, as the executed notebooks name it.

    Returns:
        The exhibits in the order of the book.

    Raises:
        BuildError: A phrase is missing, an exhibit is unfit or shown twice, or a paragraph has no translation.
    """
    notebooks = {p.name: with_outputs(p, executed / f"{p.name}.ipynb") for p in pages if p.is_notebook}
    try:
        texts = phrases(notebooks.values(), language)
    except TwoTexts as error:
        raise BuildError([str(error)]) from error
    work = _Staging(catalogue, language, texts, set(notebooks))
    glued = keys_by_page(pages)
    files: dict[str, str] = {}
    for page in pages:
        name = f"{page.name}{page.source.suffix}"
        if page.is_notebook:
            made = _staged_notebook(page.name, notebooks[page.name], sorted(glued[page.name]), work)
            files[name] = nbformat.writes(made) + "\n"
        else:
            files[name] = _staged_prose(page.name, page.source.read_text(encoding="utf-8"), work) + "\n"
    if work.problems:
        raise BuildError(work.problems)
    for exhibit in work.exhibits.values():
        files |= exhibit.files()
    files |= {"_toc.yml": yaml.safe_dump(staged_toc(toc), sort_keys=False), "_config.yml": config}
    write_changed(staged, files)
    write_changed(data, {exhibit.csv_name: exhibit.csv_text for exhibit in work.exhibits.values()})
    return list(work.exhibits.values())


def with_outputs(page: Page, executed: Path) -> nbformat.NotebookNode:
    """A notebook as it stands, with the outputs that the last run of its code had."""
    notebook = nbformat.read(page.source, 4)
    ran = [
        cell.outputs
        for cell in nbformat.read(executed, 4).cells
        if cell.cell_type == "code" and INJECTED not in cell.metadata.get("tags", [])
    ]
    for cell, outputs in zip((c for c in notebook.cells if c.cell_type == "code"), ran, strict=True):
        cell.outputs = outputs
    return notebook


def keys_by_page(pages: Sequence[Page]) -> dict[str, set[str]]:
    """The phrases that are taken from each page, by its own prose or that of another."""
    keys: dict[str, set[str]] = {page.name: set() for page in pages}
    for page in pages:
        for source, key in read_contents(page.source).keys:
            keys.setdefault(source or page.name, set()).add(key)
    return keys


def write_changed(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder hold these texts and nothing else; a file that holds its text already is left alone."""
    for old in [file for file in folder.rglob("*") if file.is_file()]:
        if old.relative_to(folder).as_posix() not in files:
            old.unlink()
    for name, text in files.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != text.encode():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")


def _staged_notebook(
    chapter: str, notebook: nbformat.NotebookNode, keys: Sequence[str], work: _Staging
) -> nbformat.NotebookNode:
    """Prose, exhibits and folded code; the phrases are gathered in one hidden cell at the start."""
    cells = [_glue_cell({key: work.phrases[key] for key in keys if key in work.phrases})]
    code: list[str] = []  # code that showed nothing yet is folded in with the next that does
    for number, cell in enumerate(notebook.cells, start=1):
        place = f"{chapter}: cell {number}"
        if cell.cell_type == "markdown":
            cells.append(_markdown(_staged_prose(place, cell.source, work), number))
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


def _staged_prose(place: str, markdown: str, work: _Staging) -> str:
    work.problems += [f"{place}: {p}" for p in missing_keys(used_keys(markdown), work.phrases, work.chapters)]
    text, untranslated = translate(markdown, work.catalogue)
    work.problems += [f"{place}: no translation of the paragraph {_shortened(p)!r}" for p in untranslated]
    return with_formats(text)


def _blocks(place: str, cell: nbformat.NotebookNode, work: _Staging) -> Iterator[str]:
    """The directive of each exhibit that a cell displayed."""
    for output in cell.outputs:
        try:
            exhibit = read_exhibit(output, work.language)
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
    """Whether an output is shown as it is: neither an exhibit nor phrases nor a warning on stderr."""
    if output.output_type == "stream":
        return bool(output.name == "stdout")
    return not {EXHIBIT_MIME, PHRASES_MIME} & set(output.get("data", {}))


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
