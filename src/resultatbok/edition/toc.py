"""The chapters of a book and their order, read from its table of contents (usually `_toc.yml`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from resultatbok.edition.errors import BuildError

SOURCE_FOLDER = "book"
ROOT_PAGE = "index"


@dataclass(frozen=True)
class Page:
    """One page of the book.

    Attributes:
        name: Its name in addresses and messages: the path under `book/` without the ending; `index` for the first.
        source: The notebook or Markdown file.
    """

    name: str
    source: Path

    @property
    def is_notebook(self) -> bool:
        """Whether the page is run before it is shown."""
        return self.source.suffix == ".ipynb"


def read_toc(file: Path) -> dict[str, Any]:
    """The table of contents as written in its file.

    Raises:
        BuildError: There is no such file, or it is not a table of contents.
    """
    if not file.is_file():
        raise BuildError([f"{file}: no such table of contents"])
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or "root" not in content:
        raise BuildError([f"{file}: expected a mapping with the key `root`"])
    return content


def pages(file: Path) -> list[Page]:
    """All pages in reading order.

    Args:
        file: The table of contents, in the project's root folder.

    Raises:
        BuildError: A page is named for which there is no file; all such pages are listed.
    """
    first, *others = _entries(read_toc(file))
    found = [replace(_page(file.parent, first), name=ROOT_PAGE), *(_page(file.parent, entry) for entry in others)]
    if missing := [page.source for page in found if not page.source.is_file()]:
        raise BuildError([f"{file.name}: no file {SOURCE_FOLDER}/{page.stem}.ipynb or .md" for page in missing])
    return found


def all_pages(root: Path) -> list[Page]:
    """The pages of every table of contents in the project's root folder, each source once."""
    found = [page for file in sorted(root.glob("_toc*.yml")) for page in pages(file)]
    return list({page.source: page for page in found}.values())


def staged_toc(toc: dict[str, Any]) -> dict[str, Any]:
    """The table of contents for pages that lie at the top of the staged folder."""

    def moved(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any YAML value
        if isinstance(value, dict):
            return {k: moved(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [moved(v) for v in value]
        return page_name(value) if key in ("root", "file") else value

    result: dict[str, Any] = moved(toc) | {"root": ROOT_PAGE}
    return result


def page_name(entry: str) -> str:
    """The page's name for an entry of `_toc.yml`: without `book/` and the ending."""
    name = entry.removeprefix(f"{SOURCE_FOLDER}/")
    return name.removesuffix(".ipynb").removesuffix(".md")


def _page(root: Path, entry: str) -> Page:
    name = page_name(entry)
    notebook = root / SOURCE_FOLDER / f"{name}.ipynb"
    return Page(name, notebook if notebook.is_file() else notebook.with_suffix(".md"))


def _entries(node: dict[str, Any]) -> Iterator[str]:
    for key in ("root", "file"):
        if key in node:
            yield node[key]
    for key in ("parts", "chapters", "sections"):
        for child in node.get(key, []):
            yield from _entries(child)
