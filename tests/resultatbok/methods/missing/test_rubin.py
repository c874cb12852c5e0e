"""Pooling against R and against statsmodels, and at its limits."""

import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.imputation.mice import MICE, MICEData
from statsmodels.regression.linear_model import OLS
from support import ROOT

from resultatbok.methods.errors import ModelError
from resultatbok.methods.missing import pool

REFERENCE = ROOT / "tests" / "reference" / "missing"


@pytest.fixture(scope="module")
def imputed_means() -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.read_csv(REFERENCE / "imputed_means.csv")
    table["imputation"] = table.groupby("term").cumcount()
    estimates, std_errors = (
        table.pivot_table(value, index="imputation", columns="term") for value in ("estimate", "std_error")
    )
    return estimates, std_errors


def test_pooled_means_are_those_of_r(imputed_means: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    expected = pd.read_csv(REFERENCE / "pooled_means.csv", index_col="term")
    pooled = pool(*imputed_means, complete_df=30)
    pd.testing.assert_frame_equal(pooled.loc[expected.index, expected.columns], expected, rtol=1e-9)


def test_pooled_regression_is_that_of_statsmodels() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=200)
    data = pd.DataFrame({"x": np.where(rng.random(200) < 0.3, np.nan, x), "y": x + rng.normal(size=200)})
    study = MICE("y ~ x", OLS, MICEData(data, rng=np.random.default_rng(6)))
    combined = study.fit(n_burnin=3, n_imputations=8)
    fits = study.results_list
    pooled = pool(pd.DataFrame([f.params for f in fits]), pd.DataFrame([f.bse for f in fits]))
    np.testing.assert_allclose(pooled["value"], combined.params)
    np.testing.assert_allclose(pooled["std_error"], combined.bse)


def test_without_missing_values_nothing_is_lost() -> None:
    same = pd.DataFrame({"effect": [0.5, 0.5, 0.5]})
    pooled = pool(same, same / 10, complete_df=100).loc["effect"]
    assert pooled["std_error"] == pytest.approx(0.05)
    assert pooled["df"] == pytest.approx(101 / 103 * 100)
    assert pool(same, same / 10)["missing_information"].item() == 0


def test_degrees_of_freedom_stay_below_those_of_the_complete_data(
    imputed_means: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    assert (pool(*imputed_means, complete_df=30)["df"] < 30).all()
    assert (pool(*imputed_means)["df"] > 30).all()


@pytest.mark.parametrize("rows", [0, 1])
def test_one_imputation_cannot_be_pooled(rows: int) -> None:
    table = pd.DataFrame({"effect": [1.0] * rows})
    with pytest.raises(ModelError, match="at least 2 imputations"):
        pool(table, table)


def test_two_imputations_can() -> None:
    table = pd.DataFrame({"effect": [1.0, 2.0]})
    pooled = pool(table, table * 0 + 1).loc["effect"]
    assert pooled["std_error"] == pytest.approx(math.sqrt(1 + 1.5 * 0.5))


def test_each_term_may_have_a_freedom_of_its_own(imputed_means: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    terms = imputed_means[0].columns
    freedom = pd.Series([5.0, 50.0, 500.0][: len(terms)], index=terms)
    pooled = pool(*imputed_means, complete_df=freedom)
    for term in terms:
        one = pool(imputed_means[0][[term]], imputed_means[1][[term]], complete_df=freedom[term])
        assert pooled.loc[term, "df"] == pytest.approx(one.loc[term, "df"])
