"""The developer's book."""

import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

ROOMS = ("resultatbok/methods", "resultatbok/words", "helpers/study", "helpers/chapter", "synthesis")
NOT_PUBLIC = ("helpers/chapters", "helpers/registers")


@pytest.mark.slow
def test_it_is_made_without_a_warning_and_has_the_public_rooms(tmp_path: Path) -> None:
    doctrees = tmp_path / "doctrees"  # the pages themselves are not written
    options = ["-W", "--keep-going", "-q", "-b", "dummy", "-d", str(doctrees)]
    command = [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), str(tmp_path / "out")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (doctrees / "decisions" / "0001-ledger.doctree").is_file()
    assert all((doctrees / "api" / room / "index.doctree").is_file() for room in ROOMS)
    assert not any((doctrees / "api" / room).exists() for room in NOT_PUBLIC)
