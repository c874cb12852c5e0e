import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from resultatbok.edition.errors import BuildError
from resultatbok.edition.publish import Shelf


def publish(shelf: Shelf, words: str) -> None:
    with shelf.new_edition() as folder:
        (folder / "book.txt").write_text(words)


def test_an_edition_is_seen_when_it_is_finished_only(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    with shelf.new_edition() as folder:
        (folder / "book.txt").write_text("one")
        assert not shelf.link.exists()
    assert (tmp_path / "build" / "a" / "book.txt").read_text() == "one"


def test_a_failed_build_leaves_the_last_good_book(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    publish(shelf, "one")
    with pytest.raises(ZeroDivisionError), shelf.new_edition() as folder:
        (folder / "book.txt").write_text("two")
        raise ZeroDivisionError
    assert (shelf.link / "book.txt").read_text() == "one"
    assert [folder.name for folder in shelf.all()] == ["a-1"]


def test_only_the_last_good_edition_is_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    for words in ("one", "two", "three"):
        publish(shelf, words)
    assert [folder.name for folder in shelf.all()] == ["a-3"]
    assert (shelf.link / "book.txt").read_text() == "three"


def test_remains_of_earlier_builds_are_removed_at_the_next_start(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    publish(shelf, "one")
    (shelf.editions / "a-7").mkdir()
    (shelf.editions / "a-b-8").mkdir()  # another cohort's
    publish(shelf, "two")
    assert sorted(f.name for f in shelf.editions.iterdir() if f.is_dir()) == ["a-8", "a-b-8"]


def test_the_link_survives_a_moved_project(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "here", "a")
    publish(shelf, "one")
    (tmp_path / "here").rename(tmp_path / "there")
    assert (tmp_path / "there" / "build" / "a" / "book.txt").read_text() == "one"


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    with shelf.new_edition():
        with pytest.raises(BuildError, match="another build of a is running"), shelf.new_edition():
            pass
        publish(Shelf(tmp_path, "b"), "another cohort is free")


def test_a_folder_of_the_user_s_own_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "build" / "a").mkdir(parents=True)
    with pytest.raises(BuildError, match="move it away"):
        publish(Shelf(tmp_path, "a"), "one")


def _build_for_ever(root: Path) -> None:
    with Shelf(root, "a").new_edition() as folder:
        (folder / "started").touch()
        time.sleep(60)


def test_a_killed_build_leaves_the_last_good_book_and_no_lock(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "a")
    publish(shelf, "one")
    process = multiprocessing.get_context("spawn").Process(target=_build_for_ever, args=(tmp_path,))
    process.start()
    deadline = time.monotonic() + 30
    while not (shelf.editions / "a-2" / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert (shelf.link / "book.txt").read_text() == "one"
    publish(shelf, "three")
    assert (shelf.link / "book.txt").read_text() == "three"
    assert len(shelf.all()) == 1
