"""Each key of an exhibit or a phrase has one owner, and a declaration makes the phrases that it names."""

import importlib
from pathlib import Path

import pytest
from invented_pages import cohort
from support import GivenRows

from resultatbok.exhibits.declaration import Sentences
from resultatbok.exhibits.exhibit import Context
from resultatbok.exhibits.registry import IMPORTED, Declaration, DuplicateKey, Registry, UndeclaredKey, declared
from resultatbok.release.released import Settings
from resultatbok.words.wording import Wording


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


def test_a_key_with_two_owners_is_refused_at_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claims_twice.py").write_text(
        "from resultatbok.exhibits.declaration import Sentences, Table\n"
        'first = Table("a", print, "c", phrases={"n_projects": print})\n'
        'second = Sentences("b", {("n_projects", "d"): print})\n'
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(IMPORTED, "exhibits", {})
    monkeypatch.setattr(IMPORTED, "phrases", {})
    with pytest.raises(DuplicateKey, match=r"phrase 'n_projects': claims_twice.a and claims_twice"):
        importlib.import_module("claims_twice")


def test_a_key_with_two_owners_is_refused_before_anything_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "two_owners_of_a_phrase"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "one.py").write_text('make = Figure(key="a", phrases={"n_projects": f, "b": f})\n')
    (folder / "two.py").write_text('other = Table(key="c", phrases={("n_projects", "d"): f})\n')
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DuplicateKey, match=r"phrase 'n_projects': two_owners_of_a_phrase.one.make and .*two.other"):
        declared(folder.name)


def test_the_source_declares_what_the_imported_modules_do() -> None:
    registry = declared("helpers.chapters")
    for module in {d.module for d in (*registry.exhibits.values(), *registry.phrases.values())}:
        importlib.import_module(module)
    for kind in ("exhibits", "phrases"):
        in_source, imported = ({key: d.module for key, d in getattr(r, kind).items()} for r in (registry, IMPORTED))
        assert in_source == imported
    assert len(registry.exhibits) > 100


def test_only_what_gives_several_figures_is_asked_for_them() -> None:
    registry = declared("helpers.chapters")
    assert [found.owner for found in registry.all() if found.several] == ["survey.questions"]


def test_phrases_that_a_declaration_does_not_name_are_refused() -> None:
    makes = Sentences("x", {("one", "two"): lambda page: {"one": "1", "three": "3"}})
    with pytest.raises(UndeclaredKey, match="three: made with one"):
        makes(Context(Settings(cohort()), GivenRows({}), Wording("en")))
