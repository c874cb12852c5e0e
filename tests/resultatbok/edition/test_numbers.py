"""True rows: made once, kept under what they depend on, and made again when that changes."""

import stat
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.cohort.settings import Cohort, load_cohort
from helpers.report import REPORT
from helpers.study.study import Study
from resultatbok.edition import numbers
from resultatbok.edition.numbers import Made, fits_of, kept_rows, numbers_key, true_rows
from resultatbok.exhibits import declaration
from resultatbok.exhibits.registry import declared
from resultatbok.release.rows import TRUE_COLUMNS, normalise, row

REGISTRY = declared("helpers.chapters")
FLOW = REGISTRY.exhibits["sample_flow"]


@pytest.fixture
def cohort() -> Cohort:
    return load_cohort("cohorts/synthetic-2017-2020.yml")


def study(cohort: Cohort, data: str = "d") -> SimpleNamespace:
    return SimpleNamespace(cohort=cohort, content_fingerprint=data)


def test_only_the_rows_are_made(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaration, "Exhibit", lambda **parts: pytest.fail("worded"))
    rows = true_rows(FLOW, small_study)
    assert list(rows) == ["sample_flow"]
    assert tuple(rows["sample_flow"].columns) == TRUE_COLUMNS
    assert not rows["sample_flow"]["suppressed"].any()


def test_phrases_without_rows_need_no_numbers(small_study: Study) -> None:
    assert true_rows(REGISTRY.phrases["years"], small_study) == {}


@pytest.mark.parametrize(
    ("settings", "changes"),
    [
        ({"analysis": {"confidence_level": 0.9}}, True),
        ({"title": {"en": "Another"}}, False),
        ({"languages": ("nb",)}, False),
        ({"disclosure": {"min_count": 20}}, False),
    ],
)
def test_the_key_follows_the_settings_that_numbers_read(cohort: Cohort, settings: dict, changes: bool) -> None:
    other = Cohort.model_validate(cohort.model_dump() | settings)
    assert (numbers_key(FLOW, REPORT, study(cohort)) != numbers_key(FLOW, REPORT, study(other))) is changes


def test_the_key_follows_the_data_and_the_rows_it_is_about(cohort: Cohort) -> None:
    keys = [numbers_key(FLOW, REPORT, study(cohort)), numbers_key(FLOW, REPORT, study(cohort, "e"))]
    assert len({*keys, numbers_key(FLOW, REPORT, study(cohort), "after")}) == 3


def test_another_version_of_a_library_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    data, keys = study(load_cohort("cohorts/synthetic-2017-2020.yml")), set()
    for versions in ("scipy-1.15", "scipy-1.16"):
        monkeypatch.setattr(numbers, "libraries", lambda versions=versions: versions)
        keys.add(numbers_key(FLOW, REPORT, data))
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("exhibit", "fits"),
    [
        ("sample_flow", set()),
        ("individual_model", {"individual", "multilevel"}),  # through `model_rows`
        ("packages", {"packages"}),
        ("model_comparison", {"individual", "multilevel"}),
    ],
)
def test_an_exhibit_hangs_on_the_fits_that_it_asks_for(exhibit: str, fits: set[str]) -> None:
    found = REGISTRY.exhibits[exhibit]
    module, function = found.numbers or (found.module, "")
    assert fits_of(module, REPORT.study, function) == {f"helpers.study.models.{name}" for name in fits}


def test_every_fit_of_a_study_is_made_in_a_module_of_its_own() -> None:
    assert all(numbers._fits(REPORT.study).values())


def test_kept_rows_are_made_once(small_study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "STORE", str(tmp_path / "store"))
    first = kept_rows(REPORT, FLOW, small_study)
    monkeypatch.setattr(numbers, "true_rows", lambda *arguments: pytest.fail("made again"))
    pd.testing.assert_frame_equal(kept_rows(REPORT, FLOW, small_study)["sample_flow"], first["sample_flow"])
    with pytest.raises(pytest.fail.Exception, match="made again"):
        kept_rows(REPORT, REGISTRY.exhibits["transitions"], small_study)


def test_rows_come_back_from_the_store_as_they_were(tmp_path: Path) -> None:
    rows = normalise("x", pd.DataFrame([row("coefficient", 1 / 3, n=7), row("odds_ratio", 1e-17, low=float("nan"))]))
    store = numbers._Store(tmp_path / "store")
    store.write("k", Made({"x": rows}, 1.5))
    back = store.read("k")
    pd.testing.assert_frame_equal(back.rows["x"], rows, check_dtype=False)
    assert back.rows["x"]["value"].tolist() == rows["value"].tolist()
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700
