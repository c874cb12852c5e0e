"""What source a module's results can depend on: the module and all it imports, directly or not, inside the project."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).parents[2]
PAGE_ONLY: Final = ("resultatbok.charts", "resultatbok.tables", "resultatbok.words")
"""Modules that no number depends on: a numbers function gets no words (`edition.numbers`), and draws nothing."""


@cache
def closure(module: str, without: tuple[str, ...] = PAGE_ONLY) -> frozenset[str]:
    """The project's modules that a module needs, itself included.

    Args:
        module: Its full name.
        without: Modules and packages that are left out, with all that only they need.
    """
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found or any(name == w or name.startswith(f"{w}.") for w in without):
            continue
        found.add(name)
        waiting += _imports(name)
    return frozenset(found)


@cache
def source_hash(module: str, without: tuple[str, ...] = PAGE_ONLY) -> str:
    """A short hash over the source of a module's closure."""
    digest = hashlib.sha256()
    for name in sorted(closure(module, without)):
        digest.update(name.encode() + _file_hash(name))
    return digest.hexdigest()[:16]


@cache
def _file_hash(module: str) -> bytes:
    file = module_file(module)
    return hashlib.sha256(file.read_bytes()).digest() if file else b""


@cache
def module_file(module: str) -> Path | None:
    """The file of a module or package of the project, or None."""
    path = SOURCE.joinpath(*module.split("."))
    files = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


@cache
def _imports(module: str) -> frozenset[str]:
    """The modules that a module imports anywhere, inside functions too, and the packages it lies in, which run first.

    What stands under `if TYPE_CHECKING` is not run, so it does not count.
    """
    file = module_file(module)
    if file is None:
        return frozenset()
    names = {module.rsplit(".", n)[0] for n in range(1, module.count(".") + 1)}
    for node in _run(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(n for n in names if module_file(n))


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from _run(child)
