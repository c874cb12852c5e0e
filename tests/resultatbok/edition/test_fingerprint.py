"""Hashes over files: they follow content and names, and nothing else."""

import sysconfig
from pathlib import Path

import pytest

from resultatbok.edition.fingerprint import fingerprint, libraries


def test_a_file_and_a_folder_have_fingerprints_that_follow_their_content(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("1")
    before_file, before_folder = fingerprint([file]), fingerprint([tmp_path])
    file.write_text("2")
    assert fingerprint([file]) != before_file
    assert fingerprint([tmp_path]) != before_folder


def test_the_same_files_in_another_place_have_the_same_fingerprint(tmp_path: Path) -> None:
    for place in ("here", "there"):
        folder = tmp_path / place / "data"
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("1")
    assert fingerprint([tmp_path / "here" / "data"]) == fingerprint([tmp_path / "there" / "data"])


def test_files_that_tools_make_and_other_endings_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    before = fingerprint([tmp_path], (".py",))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.py").write_text("2")
    (tmp_path / "notes.txt").write_text("3")
    assert fingerprint([tmp_path], (".py",)) == before


def test_a_missing_file_counts_as_empty(tmp_path: Path) -> None:
    assert fingerprint([tmp_path / "none"]) == fingerprint([])


def test_a_new_version_of_any_library_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    seen = []
    for version in ("2.0", "2.1"):
        (tmp_path / f"numpy-{version}.dist-info").mkdir()
        seen.append(libraries.__wrapped__())
    assert seen[0] != seen[1]
