"""Every message that a chapter's code names stands in its file, whole, and every message of the file is named."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, values_in

from helpers.report import REPORT
from resultatbok.exhibits.messages import Messages
from resultatbok.exhibits.registry import declared
from resultatbok.words.wording import BESIDE, MESSAGES_FILE, catalogue

FOLDERS = sorted(file.parent for file in (ROOT / "src" / "helpers" / "chapters").rglob(MESSAGES_FILE))


def asked(folder: Path) -> Iterator[tuple[str, str]]:
    """How the code of a chapter asks for messages (`MESSAGES["name"]`, `MESSAGES.by_side("name")`), and their names."""
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            match node:
                case ast.Subscript(value=ast.Name(id="MESSAGES"), slice=name):
                    yield from (("__getitem__", literal) for literal in literals(name))
                case ast.Call(func=ast.Attribute(value=ast.Name(id="MESSAGES"), attr=kind), args=[name]):
                    yield from ((kind, literal) for literal in literals(name))
    for declaration in declared(REPORT.chapters).exhibits.values():
        if declaration.module.split(".")[-2] == folder.name and not declaration.several:
            exhibit = getattr(import_module(declaration.module), declaration.name)
            parts = [part for part in ("caption", "alt") if getattr(exhibit, part, None) == ""]
            yield from (("__getitem__", f"{exhibit.key}.{part}") for part in parts)


def literals(name: ast.expr) -> Iterator[str]:
    if isinstance(name, ast.IfExp):
        yield from (*literals(name.body), *literals(name.orelse))
    else:
        yield ast.literal_eval(name)  # a name that is put together could not be looked for


def names(said: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, message in said.items():
        yield from names(message, f"{path}{name}.") if isinstance(message, dict) else (f"{path}{name}",)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_asked_for_is_there_and_what_is_there_is_asked_for(folder: Path) -> None:
    messages = Messages(f"{REPORT.chapters}.{folder.name}")
    named = set(asked(folder))
    for kind, name in named:
        assert getattr(messages, kind)(name), name
    tables = tuple(f"{name}." for kind, name in named if kind != "__getitem__")
    plain = {name for kind, name in named if kind == "__getitem__"}
    assert [name for name in names(messages.entries) if name not in plain and not name.startswith(tables)] == []


def pairs(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, message in said.items():
        if isinstance(message, dict):
            yield from pairs(message)
        elif f"{name}_nb" in said:
            yield message, said[f"{name}_nb"]


def test_a_message_has_one_translation_with_the_same_values_wherever_it_stands() -> None:
    found = dict(catalogue("nb"))
    for folder in FOLDERS:
        Messages(f"{REPORT.chapters}.{folder.name}")  # puts them where readers' words look
        for message, translation in pairs(tomllib.loads((folder / MESSAGES_FILE).read_text(encoding="utf-8"))):
            assert found.setdefault(message, translation) == translation
            assert values_in(message) == values_in(translation), message
            assert BESIDE["nb"][message] == translation
