"""The chapters of the book and their order, read from `_toc.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers.edition.errors import BuildError

SOURCE_FOLDER = "book"


@dataclass(frozen=True)
class Page:
    """One page of the book.

    Attributes:
        name: Its name in addresses and messages: the path under `book/` without the ending.
        source: The notebook or Markdown file.
    """

    name: str
    source: Path

    @property
    def is_notebook(self) -> bool:
        """Whether the page is run before it is shown."""
        return self.source.suffix == ".ipynb"


def read_toc(root: Path) -> dict[str, Any]:
    """The table of contents as written in `_toc.yml`."""
    content = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    if not isinstance(content, dict) or "root" not in content:
        raise BuildError([f"{root / '_toc.yml'}: expected a mapping with the key `root`"])
    return content


def pages(root: Path) -> list[Page]:
    """All pages in reading order.

    Args:
        root: The project's root folder.

    Raises:
        BuildError: A page is named for which there is no file; all such pages are listed.
    """
    found = [_page(root, entry) for entry in _entries(read_toc(root))]
    missing = [p.name for p in found if not p.source.is_file()]
    if missing:
        raise BuildError([f"_toc.yml: no file {SOURCE_FOLDER}/{name}.ipynb or .md" for name in missing])
    return found


def staged_toc(toc: dict[str, Any]) -> dict[str, Any]:
    """The table of contents for pages that lie at the top of the staged folder."""

    def moved(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any YAML value
        if isinstance(value, dict):
            return {k: moved(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [moved(v) for v in value]
        return page_name(value) if key in ("root", "file") else value

    result: dict[str, Any] = moved(toc)
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
