"""Each key of an exhibit or a phrase has one owner, and its declaration says what the function makes."""

import importlib
from pathlib import Path

import pytest

from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import (
    IMPORTED,
    Declaration,
    DuplicateKey,
    Registry,
    UndeclaredKey,
    declared,
    exhibit,
    sentences,
)
from resultatbok.tables.table import Column, Table


def table(key: str, **phrases: str) -> Exhibit:
    return Exhibit(key, rows=None, caption="c", table=Table([Column("a")], [["1"]]), phrases=phrases)


@pytest.mark.parametrize(
    "second",
    [
        Declaration("m", "other", "same"),
        Declaration("m", "other", "new", ("told",)),
        Declaration("m", "f2", "", ("told",)),
    ],
)
def test_a_key_with_two_owners_is_refused(second: Declaration) -> None:
    registry = Registry()
    registry.add(Declaration("m", "first", "same", ("told",)))
    with pytest.raises(DuplicateKey, match=r"two owners of the (exhibit|phrase) '(same|told)': m.first and m"):
        registry.add(second)


def test_a_key_with_two_owners_is_refused_at_import() -> None:
    @exhibit("made_by_this_test", phrases="told_by_this_test")
    def first(desk: Desk) -> Exhibit:
        return table("made_by_this_test")

    try:
        with pytest.raises(DuplicateKey, match="told_by_this_test"):

            @sentences("told_by_this_test")
            def second(desk: Desk) -> dict[str, str]:
                return {}
    finally:
        del IMPORTED.exhibits["made_by_this_test"], IMPORTED.phrases["told_by_this_test"]


def test_a_key_with_two_owners_is_refused_before_anything_is_imported(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('@exhibit("a", phrases="n_projects b")\ndef make(desk): ...\n')
    (tmp_path / "two.py").write_text('@exhibit("c", phrases="n_projects")\ndef make(desk): ...\n')
    with pytest.raises(DuplicateKey, match=r"phrase 'n_projects': one.make and two.make"):
        declared("", tmp_path)


def test_the_source_declares_what_the_imported_modules_do() -> None:
    registry = declared("helpers.chapters")
    for module in {d.module for d in (*registry.exhibits.values(), *registry.phrases.values())}:
        importlib.import_module(module)
    for kind in ("exhibits", "phrases"):
        in_source, imported = ({key: d.module for key, d in getattr(r, kind).items()} for r in (registry, IMPORTED))
        assert in_source == imported
    assert len(registry.exhibits) > 100


@pytest.mark.parametrize("made", [table("else"), table("declared_here", undeclared="x")])
def test_a_function_that_makes_what_it_does_not_declare_is_refused(made: Exhibit) -> None:
    @exhibit("declared_here", phrases="one two")
    def make(desk: Desk) -> Exhibit:
        return made

    try:
        with pytest.raises(UndeclaredKey):
            make(None)
    finally:
        del IMPORTED.exhibits["declared_here"], IMPORTED.phrases["one"], IMPORTED.phrases["two"]
