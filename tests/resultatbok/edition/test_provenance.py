from pathlib import Path

import pytest
from tiny_project import make_project

from resultatbok.edition.fingerprint import fingerprint
from resultatbok.edition.provenance import Provenance, provenance


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_project(tmp_path / "p")
    (made / "data").mkdir()
    (made / "data" / "nir.csv.gz").write_text("one")
    monkeypatch.chdir(made)
    return made


def of(root: Path) -> Provenance:
    index = {"data": fingerprint([root / "data" / "nir.csv.gz"]), "tables": "c"}
    return provenance("helpers", root / "cohorts" / "tiny.yml", root, index)


def test_the_same_inputs_give_the_same_words(root: Path) -> None:
    assert str(of(root)) == str(of(root))


def test_other_data_change_the_data_s_fingerprint_only(root: Path) -> None:
    before = of(root)
    (root / "data" / "nir.csv.gz").write_text("two")
    after = of(root)
    assert after.data != before.data
    assert after.code == before.code


@pytest.mark.parametrize("file", ["book/index.md", "cohorts/tiny.yml", "_toc.yml"])
def test_other_pages_and_settings_change_the_code_s_fingerprint_only(root: Path, file: str) -> None:
    before = of(root)
    (root / file).write_text((root / file).read_text() + "\n# more\n")
    after = of(root)
    assert after.code != before.code
    assert after.data == before.data


def test_files_of_tools_do_not_count(root: Path) -> None:
    before = of(root)
    (root / "book" / ".ipynb_checkpoints").mkdir()
    (root / "book" / ".ipynb_checkpoints" / "first.ipynb").write_text("copy")
    (root / "book" / "__pycache__").mkdir()
    (root / "book" / "__pycache__" / "x.py").write_text("made")
    assert of(root) == before
