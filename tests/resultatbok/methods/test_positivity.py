"""Who is outside the overlap and by what: planted differences are found, shares are counted."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.linear_model import OLS
from treatment_data import generate

from resultatbok.methods.errors import ModelError
from resultatbok.methods.positivity import outside_profile, treatment_partial_r2

BLOCKS = {"person": ["age", "school"], "place": ["town"]}


def test_partial_r2_is_that_of_two_regressions() -> None:
    people = generate(2000, 5)
    found = treatment_partial_r2(people.treated, people.covariates, BLOCKS)
    whole = OLS(people.treated, people.covariates.assign(one=1.0)).fit()
    short = OLS(people.treated, people.covariates[["town"]].assign(one=1.0)).fit()
    assert found.loc["person", "partial_r2"] == pytest.approx(1 - whole.ssr / short.ssr)
    assert found.loc["place", "alone"] == pytest.approx(short.rsquared)
    assert found.index.to_list() == ["person", "place"]


def test_a_block_of_unknown_columns_is_refused() -> None:
    people = generate(100, 5)
    with pytest.raises(ModelError, match="no covariate 'years'"):
        treatment_partial_r2(people.treated, people.covariates, {"time": ["years"]})


def test_what_sets_those_outside_apart_comes_first() -> None:
    rng = np.random.default_rng(1)
    covariates = pd.DataFrame({"noise": rng.normal(size=400), "years": rng.normal(size=400)})
    treated = pd.Series(np.arange(400) % 2)
    found = outside_profile(covariates, treated, covariates["years"] < 0.5)
    assert found.index[0] == "years"
    outside = covariates[(treated == 1) & (covariates["years"] >= 0.5)]
    assert found.loc["years", "outside"] == pytest.approx(outside["years"].mean())
    assert found.loc["noise", "untreated"] == pytest.approx(covariates["noise"][treated == 0].mean())
    assert found.loc["years", "difference"] > 1.5


def test_where_all_are_inside_there_is_nothing_to_compare() -> None:
    covariates = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0]})
    with pytest.raises(ModelError, match="all inside the overlap"):
        outside_profile(covariates, pd.Series([0, 1, 0, 1]), pd.Series([True] * 4))
