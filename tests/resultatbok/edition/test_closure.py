"""What a module's results depend on: what it imports, directly or not, and nothing else."""

import functools
from pathlib import Path

import pytest

from resultatbok import source as source_module
from resultatbok.edition import closure as closure_module
from resultatbok.edition.closure import closure, source_hash


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of four modules: a uses b, b uses c inside a function, d is used for its types only."""
    files = {
        "__init__.py": "",
        "a.py": "from typing import TYPE_CHECKING\nfrom helpers.part import b\nif TYPE_CHECKING:\n    import helpers.d",
        "d.py": "",
        "part/__init__.py": "import helpers.e\n",
        "part/b.py": "def f():\n    from helpers.part.c import x\n",
        "part/c.py": "x = 1\n",
        "e.py": "",
    }
    for name, text in files.items():
        (tmp_path / "helpers" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "helpers" / name).write_text(text)
    monkeypatch.setattr(source_module, "package_folder", {"helpers": tmp_path / "helpers"}.get)
    forget()
    yield tmp_path / "helpers"
    forget()


def forget() -> None:
    for function in vars(closure_module).values():
        if isinstance(function, functools._lru_cache_wrapper):
            function.cache_clear()


def test_the_packages_that_run_first_and_imports_inside_functions_count(source: Path) -> None:
    named = {"helpers", "helpers.a", "helpers.part", "helpers.part.b", "helpers.part.c", "helpers.e"}
    assert closure("helpers.a") == named


@pytest.mark.parametrize(("file", "changes"), [("part/c.py", True), ("e.py", True), ("d.py", False)])
def test_the_hash_follows_what_is_imported(source: Path, file: str, changes: bool) -> None:
    before = source_hash("helpers.a")
    (source / file).write_text("x = 2\n")
    forget()
    assert (source_hash("helpers.a") != before) is changes


def test_what_is_left_out_takes_what_only_it_needs_along(source: Path) -> None:
    assert "helpers.part.c" not in closure("helpers.a", ("helpers.part.b",))


def test_a_descriptive_exhibit_does_not_hang_on_models() -> None:
    assert "resultatbok.methods.matching" not in closure("helpers.chapters.descriptives.numbers")
    assert "resultatbok.methods.matching" in closure("helpers.chapters.effect.numbers")
