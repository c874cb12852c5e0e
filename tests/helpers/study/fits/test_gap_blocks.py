"""The parts of the decomposition: covariates of the main model, what came after entry and the context, each once."""

import numpy as np
import pandas as pd
import pytest

from helpers.study.fits.gap_blocks import STAGES, UNKNOWN, gap_blocks
from helpers.study.fits.gap_fits import _fit
from helpers.study.fits.programme_effect.data import COVARIATES, covariate_blocks
from helpers.study.specification import MUNICIPAL, RESOURCES
from helpers.study.study import Study
from resultatbok.methods.decomposition import bootstrap_gap


@pytest.mark.parametrize("covariates", COVARIATES)
def test_every_covariate_of_the_effect_is_in_one_part_and_every_part_in_one_stage(
    small_study: Study, covariates: str
) -> None:
    parts = gap_blocks(small_study, small_study.complete, covariates)
    placed = [column for columns in parts.values() for column in columns]
    assert len(placed) == len(set(placed))
    held = pd.concat(covariate_blocks(small_study.complete, small_study.cohort.analysis, covariates).values(), axis=1)
    context = {*MUNICIPAL, RESOURCES, *UNKNOWN} if covariates == "all" else set()
    known = set(held.columns[held.min() < held.max()])
    assert known <= set(placed) <= known | context
    stages = [part for members in STAGES.values() for part in members]
    assert list(parts) == [part for part in stages if part in parts]
    assert set(parts) <= set(STAGES["entry"]) or covariates == "all"


def test_a_curve_is_the_same_curve_with_columns_that_are_not_copies(small_study: Study) -> None:
    ours = gap_blocks(small_study, small_study.complete, "entry")["age_and_residence"]
    main = covariate_blocks(small_study.complete, small_study.cohort.analysis, "entry")
    for block in ("age", "years_in_norway"):
        theirs, own = main[block].to_numpy(), ours[list(main[block])].to_numpy()
        constant = np.ones((len(own), 1))
        assert np.corrcoef(own, rowvar=False) == pytest.approx(np.eye(own.shape[1]), abs=1e-9)
        assert own.std(axis=0) == pytest.approx(1)
        design = np.hstack([constant, theirs])
        assert design @ np.linalg.lstsq(design, own, rcond=None)[0] == pytest.approx(own, abs=1e-8)


def test_the_prior_moves_no_part_of_the_pooled_model(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpers.study.fits.gap_fits.REPLICATES", 2)
    monkeypatch.setattr("helpers.study.fits.gap_fits._bootstrap", bootstrap_gap)
    weak = _fit(small_study, "women", "all").parts.loc["pooled"]
    monkeypatch.setattr("helpers.study.fits.gap_fits.PRIOR_SD", 50.0)
    none = _fit(small_study, "women", "all").parts.loc["pooled"]
    assert weak.to_numpy() == pytest.approx(none.to_numpy(), abs=0.004)


def test_women_alone_have_no_part_of_gender(small_study: Study) -> None:
    women = small_study.complete.query("male == 0").reset_index(drop=True)
    assert "gender" not in gap_blocks(small_study, women, "all")


def test_unknown_wage_costs_have_the_mean_and_an_indicator(small_study: Study) -> None:
    people = small_study.complete
    costs = small_study.registers.project_years.set_index(["project", "year"])["wage_costs_per_participant_1000_nok"]
    found = np.array(
        [costs.get((p, y), np.nan) for p, y in zip(people["project"], people["end_year"], strict=True)], dtype=float
    )
    context = gap_blocks(small_study, people, "all")["context"]
    unknown = np.isnan(found)
    assert 0 < unknown.sum() < len(people)
    assert (context["resources_unknown"].to_numpy() == unknown).all()
    assert (context.loc[unknown, RESOURCES] == 0).all()
    assert context.loc[~unknown, RESOURCES].mean() == pytest.approx(0, abs=1e-9)
    assert np.corrcoef(context.loc[~unknown, RESOURCES], found[~unknown])[0, 1] == pytest.approx(1)
