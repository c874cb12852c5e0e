"""The cache: remembers between calls, and forgets when code or data change."""

import multiprocessing
import time
from pathlib import Path

import pytest

from resultatbok.edition import cache
from resultatbok.edition.cache import cached, coding_fingerprint, forget_unused
from resultatbok.edition.errors import BuildError


def test_the_coding_fingerprint_follows_the_coding_tables(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "coding"
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("1")
    before = coding_fingerprint(tmp_path)
    coding_fingerprint.cache_clear()
    (folder / "x.csv").write_text("2")
    assert coding_fingerprint(tmp_path) != before


def test_a_label_makes_no_number_again_and_a_variable_does(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "coding"
    folder.mkdir(parents=True)
    found = []
    for name in ("variables.csv", "labels.csv", "variables.csv"):
        (folder / name).write_text(f"{len(found)}")
        coding_fingerprint.cache_clear()
        found.append(coding_fingerprint(tmp_path))
    assert found[0] == found[1] != found[2]


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


@pytest.mark.parametrize(("days", "kept"), [(29.9, {"a", "b.json"}), (30.1, set())])
def test_what_was_not_used_for_thirty_days_is_forgotten(tmp_path: Path, days: float, kept: set[str]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "result").write_text("1")
    (tmp_path / "b.json").write_text("2")
    forget_unused(tmp_path, time.time() + days * 24 * 3600)
    assert {entry.name for entry in tmp_path.iterdir()} == kept


def test_another_version_of_a_library_makes_results_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "CACHE_FOLDER", str(tmp_path / "cache"))
    for versions in ("numpy-1", "numpy-2", "numpy-1"):
        monkeypatch.setattr(cache, "libraries", lambda versions=versions: versions)
        assert cached(fit_once)(1, str(tmp_path / "calls")) == 1
    assert (tmp_path / "calls").read_text() == "xx"


def test_no_result_is_unpickled_where_others_could_have_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "CACHE_FOLDER", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    with pytest.raises(BuildError, match="others than you could write there"):
        cached(fit_once)(1, str(tmp_path / "calls"))
    assert not (tmp_path / "calls").exists()


def fit_once(number: int, log: str) -> int:
    with Path(log).open("a") as file:
        file.write("x")
    time.sleep(0.5)
    return number


def ask(number: int, log: str, folder: str) -> int:
    cache.CACHE_FOLDER = folder
    return cached(fit_once)(number, log)


def test_two_processes_that_want_the_same_result_make_it_once(tmp_path: Path) -> None:
    wanted = [(1, str(tmp_path / "calls"), str(tmp_path / "cache"))] * 2
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.starmap(ask, wanted) == [1, 1]
    assert (tmp_path / "calls").read_text() == "x"
