"""The cache: remembers between calls, and forgets when code or data change."""

from pathlib import Path

import pytest

from helpers import cache
from helpers.cache import cached, code_fingerprint


def test_the_code_fingerprint_follows_the_coding_tables(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "coding"
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("1")
    before = code_fingerprint(tmp_path)
    code_fingerprint.cache_clear()
    (folder / "x.csv").write_text("2")
    assert code_fingerprint(tmp_path) != before


def test_a_cached_function_runs_once_per_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "CACHE_FOLDER", str(tmp_path / "cache"))
    log = tmp_path / "calls"

    @cached
    def double(x: int, log: str) -> int:
        with Path(log).open("a") as file:
            file.write("x")
        return 2 * x

    assert [double(2, str(log)), double(2, str(log)), double(3, str(log))] == [4, 4, 6]
    assert log.read_text() == "xx"
