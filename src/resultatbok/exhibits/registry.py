"""Which exhibits and phrases the book has, and which declaration makes each.

A key has one owner in the whole book. That a second one claims it is refused when its module is imported, and by
`declared`, which reads the declarations from the source without importing anything, before a build begins.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from resultatbok.source import module_file

if TYPE_CHECKING:
    from resultatbok.exhibits.exhibit import Context

DECLARED: Final = ("Figure", "Figures", "Table", "Sentences")
DECLARATIONS: Final = "exhibits"
"""The module of a chapter that declares its exhibits."""


class DuplicateKey(ValueError):  # noqa: N818 - says what happened
    """An exhibit or a phrase is declared twice."""


class UndeclaredKey(ValueError):  # noqa: N818 - says what happened
    """A function makes a phrase that its declaration does not name."""


@dataclass(frozen=True)
class Declaration:
    """What one declaration makes.

    Attributes:
        module: The module it stands in.
        name: Its name there.
        exhibit: Key of its exhibit; empty when it makes phrases only; what all keys begin with, when it makes several.
        phrases: Keys of its phrases.
        several: Whether it gives several exhibits, as many as the data have.
        numbers: Module and name of the function that makes its rows.
        about_released: Whether its rows are about the released ones of others.
    """

    module: str
    name: str
    exhibit: str = ""
    phrases: tuple[str, ...] = ()
    several: bool = False
    numbers: tuple[str, str] | None = None
    about_released: bool = False

    @property
    def owner(self) -> str:
        """The declaration as messages name it: its chapter, its module unless that holds all of them, its name."""
        parts = [part for part in self.module.split(".")[-2:] if part != DECLARATIONS]
        return ".".join([*parts, self.name])

    def makers(self, context: Context) -> list[Callable[[Context], Any]]:
        """What makes its exhibits or phrases."""
        declared = getattr(importlib.import_module(self.module), self.name)
        return list(declared(context)) if self.several else [declared]


@dataclass
class Registry:
    """Declarations, by what they make."""

    exhibits: dict[str, Declaration] = field(default_factory=dict)
    phrases: dict[str, Declaration] = field(default_factory=dict)

    def add(self, declaration: Declaration) -> None:
        """Take up a declaration.

        Raises:
            DuplicateKey: Another declaration makes the same exhibit or phrase.
        """
        if declaration.exhibit:
            _claim(self.exhibits, "exhibit", declaration.exhibit, declaration)
        for key in declaration.phrases:
            _claim(self.phrases, "phrase", key, declaration)

    def all(self) -> tuple[Declaration, ...]:
        """Every declaration, once for each of its keys."""
        return (*self.exhibits.values(), *self.phrases.values())

    def find(self, module: str, name: str) -> Declaration | None:
        """The declaration of that name."""
        return next((d for d in self.all() if (d.module, d.name) == (module, name)), None)


IMPORTED: Final = Registry()
"""What the modules imported so far declare."""


@cache
def declared(package: str) -> Registry:
    """The declarations of all modules of a package, read from their source.

    Raises:
        DuplicateKey: A key is declared twice.
    """
    registry = Registry()
    folder = cast("Path", module_file(package)).parent
    for file in sorted(folder.rglob("*.py")):
        for declaration in _in_source(file, ".".join([package, *file.relative_to(folder).with_suffix("").parts])):
            registry.add(declaration)
    return registry


def claim(key: str, phrases: Mapping[str | tuple[str, ...], object]) -> None:
    """Take up an exhibit that is declared while its module is imported, and refuse a key that has an owner."""
    frame = sys._getframe(3)  # the declaration, and its two constructors, lie between
    if frame.f_code.co_name == "<module>":
        IMPORTED.add(Declaration(frame.f_globals["__name__"], key, key, tuple(_flat(phrases))))


def _flat(keys: Iterable[str | tuple[str, ...]]) -> Iterator[str]:
    for key in keys:
        yield from (key,) if isinstance(key, str) else key


def _in_source(file: Path, module: str) -> Iterator[Declaration]:
    source = file.read_text(encoding="utf-8")
    if not any(f"{name}(" in source for name in DECLARED):
        return
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            called, target = node.value.func, node.targets[0]
            if isinstance(called, ast.Name) and called.id in DECLARED and isinstance(target, ast.Name):
                yield _assigned(node.value, module, target.id, called.id, imported)


def _assigned(call: ast.Call, module: str, name: str, kind: str, imported: Mapping[str, str]) -> Declaration:
    """`name = Figure(key=..., numbers=numbers.f, phrases={...})`."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    phrases = given.get("phrases")
    keys = [ast.literal_eval(key) for key in phrases.keys if key] if isinstance(phrases, ast.Dict) else []
    numbers = given.get("numbers")
    made_by = None
    if isinstance(numbers, ast.Attribute) and isinstance(numbers.value, ast.Name):
        made_by = (imported[numbers.value.id], numbers.attr)
    key = "" if kind == "Sentences" else str(ast.literal_eval(given["key"]))
    about_released = "about_released" in given and bool(ast.literal_eval(given["about_released"]))
    return Declaration(module, name, key, tuple(_flat(keys)), kind == "Figures", made_by, about_released)


def _claim(owners: dict[str, Declaration], kind: str, key: str, declaration: Declaration) -> None:
    first = owners.setdefault(key, declaration)
    if (first.module, first.name) != (declaration.module, declaration.name):
        raise DuplicateKey(f"two owners of the {kind} {key!r}: {first.owner} and {declaration.owner}")
