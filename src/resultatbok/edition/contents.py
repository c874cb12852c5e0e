"""What a notebook asks for: the exhibits it shows, and the phrases its prose uses. Nothing is run or imported."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from resultatbok.exhibits.registry import Declaration, Registry

METADATA: Final = "resultatbok"
AFTER_ALL: Final = {"after": "all"}
"""What a notebook has in its metadata, under `resultatbok`, when its numbers are about the released ones of others."""

_SHOWS: Final = ("show", "show_each")
_ROLE: Final = re.compile(r"\{glue(?::[a-z]*)?\}`([^`]+)`")
_DIRECTIVE: Final = re.compile(r"^[`:]{3,}\{glue(?::[a-z]*)?\}[ \t]*(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Contents:
    """What one notebook asks for.

    Attributes:
        shown: Module and name of each function whose exhibit it shows, in order.
        keys: The phrases its prose uses, each with the page it is taken from, or None.
        code: Its code cells.
        after_all: Whether its exhibits' numbers are about the released numbers of all others.
    """

    shown: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str | None, str], ...]
    code: tuple[str, ...]
    after_all: bool

    @property
    def phrases(self) -> list[str]:
        """The phrases its prose uses, each once, in order."""
        return list(dict.fromkeys(key for _, key in self.keys))

    def declarations(self, registry: Registry) -> list[Declaration]:
        """Everything whose rows the page needs, each once: its exhibits, and the owners of its phrases.

        A phrase that nobody declares is left to staging, which names the cell.
        """
        shown = [found for module, name in self.shown if (found := registry.find(module, name))]
        owners = [registry.phrases[key] for key in self.phrases if key in registry.phrases]
        return list(dict.fromkeys([*shown, *owners]))


def read_contents(page: Path) -> Contents:
    """What a notebook or Markdown page asks for."""
    if page.suffix != ".ipynb":
        return Contents((), tuple(used_keys(page.read_text(encoding="utf-8"))), (), False)
    notebook = json.loads(page.read_text(encoding="utf-8"))
    code = tuple(_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
    keys = tuple(key for text in prose(page) for key in used_keys(text))
    after_all = notebook["metadata"].get(METADATA) == AFTER_ALL
    return Contents(tuple(_shown(code)), keys, code, after_all)


def prose(notebook: Path) -> list[str]:
    """The text of a notebook's prose cells."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [_source(cell) for cell in cells if cell["cell_type"] == "markdown"]


def used_keys(markdown: str) -> Iterator[tuple[str | None, str]]:
    """The keys that prose uses, each with the other page it comes from or None for the same page."""
    for reference in (*_ROLE.findall(markdown), *_DIRECTIVE.findall(markdown)):
        page, _, rest = reference.rpartition("::")
        key = rest.rpartition(":")[0] or rest  # a format such as `:s` may follow
        yield PurePosixPath(page).with_suffix("").as_posix() if page else None, key


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _shown(code: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Module and name of each function handed to `chapter.show` or `chapter.show_each`."""
    modules: dict[str, str] = {}
    for source in code:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module:
                modules |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SHOWS:
                for given in node.args:
                    if isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name):
                        yield modules.get(given.value.id, given.value.id), given.attr
