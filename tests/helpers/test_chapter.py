"""What a notebook calls: exhibits and phrases from released rows in every language, or made by hand."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support import ROOT

from helpers.chapter import Chapter
from helpers.chapters.descriptives.exhibits import attainment_by_scheme
from helpers.chapters.method import exhibits
from helpers.report import REPORT
from helpers.study.study import Study
from resultatbok.edition import chapter as chapter_module
from resultatbok.edition import numbers
from resultatbok.edition.chapter import EXHIBIT_MIME, PHRASES_MIME
from resultatbok.edition.contents import read_contents
from resultatbok.edition.numbers import Made, true_rows
from resultatbok.edition.release import release
from resultatbok.exhibits.registry import Declaration, declared
from resultatbok.project import TABLES_VARIABLE
from resultatbok.release.rows import normalise, row

CONTENTS = read_contents(ROOT / "book" / "method.ipynb")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is displayed."""
    found: list[Any] = []
    monkeypatch.setattr(chapter_module, "display", lambda thing, **options: found.append(thing))
    return found


@pytest.fixture
def released(small_study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release folder with what the chapter needs."""
    monkeypatch.setenv(TABLES_VARIABLE, "")  # set by the chapter; forgotten after the test
    made = {d: Made(true_rows(d, small_study), 0.0) for d in CONTENTS.declarations(declared("helpers.chapters"))}
    release(made, small_study.cohort, "data", None, tmp_path / "release")
    return tmp_path / "release"


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What was printed, by key and language."""
    return dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())


def test_in_a_build_exhibits_and_phrases_come_in_every_language(
    small_cohort: Path, released: Path, shown: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = Chapter.open("method", str(small_cohort), "en nb", str(released))
    chapter.show(exhibits.sample_flow)
    chapter.check()
    chapter.read()
    exhibit, phrases = shown
    words = exhibit[EXHIBIT_MIME]["languages"]
    assert list(words) == ["en", "nb"] and words["en"]["caption"] != words["nb"]["caption"]
    assert list(phrases[PHRASES_MIME]) == CONTENTS.phrases
    assert all(set(texts) == {"en", "nb"} for texts in phrases[PHRASES_MIME].values())
    assert capsys.readouterr().out == ""


def test_by_hand_a_chapter_makes_its_numbers_and_shows_its_prose_with_them(
    small_cohort: Path, shown: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = Chapter.open("method", str(small_cohort))
    chapter.check()
    assert shown == []  # nbval would compare it
    chapter.read()
    told = printed(capsys)
    prose = "\n".join(markdown.data for markdown in shown)
    assert "{glue:" not in prose
    assert f"Of {told['n_all_both (en)']} leavers" in prose


def test_by_hand_everything_said_is_printed_in_each_language_of_the_cohort(
    small_cohort: Path, shown: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = Chapter.open("method", str(small_cohort))
    chapter.show(exhibits.sample_flow)
    chapter.show(attainment_by_scheme)
    chapter.check()
    told = printed(capsys)
    keys = [*CONTENTS.phrases, "sample_flow.caption", "attainment_by_scheme.caption", "attainment_by_scheme.alt"]
    assert list(told) == [f"{key} ({language})" for key in keys for language in ("en", "nb")]
    words = shown[-1][EXHIBIT_MIME]["languages"]
    assert list(words) == ["en"]
    assert told["attainment_by_scheme.alt (en)"] == words["en"]["alt"]
    assert told["attainment_by_scheme.alt (nb)"] == attainment_by_scheme(chapter.others["nb"]).alt != words["en"]["alt"]


def test_by_hand_what_is_said_of_the_book_built_last_is_named_and_not_compared(
    small_cohort: Path, shown: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    Chapter.open("fidelity", str(small_cohort)).check()
    told = printed(capsys)
    keys = ("fidelity_brief", "fidelity_targets", "findings_brief")
    assert list(told) == [f"{key} ({language})" for key in keys for language in ("en", "nb")]
    assert set(told.values()) == {"(follows the book that was built last)"}


def test_by_hand_numbers_are_those_that_were_kept_and_what_is_about_released_ones_is_made_anew(
    small_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = chapter_module._OnDemand(REPORT, small_study)
    asked: list[str] = []

    def kept(report: object, declaration: Declaration, study: Study) -> dict[str, pd.DataFrame]:
        asked.append(declaration.exhibit)
        return {declaration.exhibit: normalise(declaration.exhibit, pd.DataFrame([row("count", 7_000)]))}

    monkeypatch.setattr(numbers, "kept_rows", kept)
    for name in ("sample_flow", "fidelity_misses"):
        source.rows_of(name, lambda: pd.DataFrame([row("count", 5_000)]))
    assert asked == ["sample_flow"]
    assert [source.rows[name]["value"].item() for name in source.rows] == [7_000, 5_000]
