"""The study: complete cases, limits on units, and fits that belong together."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support import write_cohort

from helpers.study.specification import OUTCOME, REQUIRED
from helpers.study.study import Study


def test_complete_cases_lack_nothing_and_no_other_is_dropped(small_study: Study) -> None:
    known = small_study.participants[list(REQUIRED)].notna().all(axis=1)
    assert small_study.complete[list(REQUIRED)].notna().all(axis=None)
    assert len(small_study.complete) == known.sum()


def test_contributions_sum_to_zero_over_participants(small_study: Study) -> None:
    """The model has a constant and the scheme, so residuals sum to zero in each scheme."""
    residuals = small_study.complete[OUTCOME] - small_study.individual_model.fitted
    sums = residuals.groupby(small_study.complete["scheme"], observed=True).sum()
    np.testing.assert_allclose(sums, 0, atol=1e-6)


def test_only_projects_that_are_large_enough_get_a_contribution(small_study: Study) -> None:
    sizes = small_study.complete["project"].value_counts()
    limit = small_study.cohort.analysis.project_min_participants
    assert set(small_study.contributions.index) == set(sizes.index[sizes >= limit])
    assert (sizes > limit).any()
    assert (sizes < limit).any()


def test_all_leavers_count_towards_the_limit_of_a_municipality_year(small_study: Study) -> None:
    unit = ["municipality", "end_year"]
    leavers = small_study.participants.groupby(unit).size()
    used = small_study.municipality_model.participants.groupby(unit).size()
    assert leavers.reindex(used.index).min() >= small_study.cohort.analysis.multilevel_min_participants
    assert used.min() < small_study.cohort.analysis.multilevel_min_participants


def test_context_is_standardised_over_the_rows_of_the_model(small_study: Study) -> None:
    design = small_study.municipality_model.design
    for term in ("age_centred", "municipality_immigrant_share", "municipality_net_in_migration"):
        assert design[term].mean() == pytest.approx(0, abs=1e-9)
        assert design[term].std() == pytest.approx(1)


def test_rows_without_wage_costs_are_not_in_the_project_model(small_study: Study) -> None:
    fit = small_study.project_model
    assert fit.participants["wage_costs_per_participant_1000_nok"].notna().all()
    assert len(fit.design) == len(fit.participants) == fit.results.nobs


def test_a_cohort_of_two_years_has_the_leavers_of_those_years_only(small_cohort: Path, tmp_path: Path) -> None:
    file = write_cohort(
        tmp_path / "two.yml", small_cohort.parent / "registers", name="two", years={"first": 2018, "last": 2019}
    )
    study, whole = Study.open(file), Study.open(small_cohort)
    expected = whole.participants[whole.participants["end_year"].between(2018, 2019)]
    assert len(study.participants) == len(expected) < len(whole.participants)
    assert set(study.participants["end_year"]) == {2018, 2019}


def test_packages_are_given_to_every_jobbsjansen_participant(small_study: Study) -> None:
    people = small_study.participants
    leavers = people.loc[people["scheme"] == "jobbsjansen", "participant_id"]
    assert set(small_study.packages.labels.index) == set(leavers)
    assert isinstance(small_study.packages.profiles, pd.DataFrame)


def test_the_full_model_has_every_term_and_every_complete_case(small_study: Study) -> None:
    fit = small_study.full_model
    assert set(small_study.individual_design.columns) < set(fit.design.columns)
    assert fit.results.nobs == len(small_study.complete)
    assert list(fit.results.group_sd.index) == ["municipality", "project"]
    assert fit.results.converged
