import os
import stat
from pathlib import Path

import pytest

from resultatbok.edition.errors import BuildError
from resultatbok.edition.private import private_folder


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077, 0o277, 0o777])
def test_a_folder_is_its_owner_s_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        folder = private_folder(tmp_path / "folder")
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_others_could_only_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o755)
    assert stat.S_IMODE(private_folder(tmp_path / "folder").stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_could_write_in_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(mode)
    with pytest.raises(BuildError, match="others than you could write there; remove the folder"):
        private_folder(tmp_path / "folder")


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private_folder(tmp_path / "folder")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(BuildError, match="others than you"):
        private_folder(tmp_path / "folder")


def test_a_disk_that_does_not_keep_who_may_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir(mode=0o755)
    monkeypatch.setattr(Path, "chmod", lambda self, mode: None)
    with pytest.raises(BuildError, match="its disk does not keep"):
        private_folder(tmp_path / "folder")
