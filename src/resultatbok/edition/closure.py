"""What source a module's results can depend on: the module and all it imports, directly or not, inside the project."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Final

from resultatbok.source import module_file

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
def function_modules(module: str, function: str) -> tuple[str, frozenset[str]]:
    """What a function needs: its own source with what it refers to in its module, and the modules that these name.

    Args:
        module: The full name of its module.
        function: Its name.
    """
    file = module_file(module)
    tree = ast.parse(file.read_bytes() if file else b"")
    defined = {name: node for node in tree.body for name in _defines(node)}
    imported = {
        alias.asname or alias.name: _module_of(f"{node.module}.{alias.name}")
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    found: dict[str, str] = {}
    waiting, modules = [function], set()
    while waiting:
        name = waiting.pop()
        if name in imported:
            modules.add(imported[name])
        elif name in defined and name not in found:
            found[name] = ast.unparse(defined[name])
            waiting += [part.id for part in ast.walk(defined[name]) if isinstance(part, ast.Name)]
    if function not in found:
        raise LookupError(f"{module} has no function {function}")
    return "\n".join(text for _, text in sorted(found.items())), frozenset(modules - {""})


def function_hash(module: str, function: str, without: tuple[str, ...] = PAGE_ONLY) -> str:
    """A short hash over the source that a function needs, in its module and in the closures of those it imports."""
    source, modules = function_modules(module, function)
    parts = [source, *(source_hash(name, without) for name in sorted(modules))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _defines(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]


def _module_of(name: str) -> str:
    """The module of the project that an imported name is, or stands in; none where it is a library's."""
    return next((part for part in (name, name.rpartition(".")[0]) if module_file(part)), "")


@cache
def _file_hash(module: str) -> bytes:
    file = module_file(module)
    return hashlib.sha256(file.read_bytes()).digest() if file else b""


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
