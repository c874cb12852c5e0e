import numpy as np
import pytest
from statsmodels.stats.outliers_influence import variance_inflation_factor

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import coefficient_inflation, fit_logit, variance_inflation

FACTOR = {"origin": ["origin_b", "origin_c"]}


def test_single_columns_have_the_ordinary_factor(small):
    _, design, _ = small
    X = np.column_stack([np.ones(len(design)), design])
    table = variance_inflation(design)
    expected = [variance_inflation_factor(X, j) for j in range(1, 5)]
    assert table["gvif"].tolist() == pytest.approx(expected)
    assert table["gvif_root"].tolist() == pytest.approx(np.sqrt(expected))


def test_the_generalised_factor_does_not_depend_on_the_reference_category(small):
    _, design, _ = small
    recoded = design.assign(origin_b=1 - design["origin_b"] - design["origin_c"])
    table = variance_inflation(design, FACTOR)
    assert table.index.tolist() == ["male", "age", "origin"]
    assert table["gvif"].tolist() == pytest.approx(variance_inflation(recoded, FACTOR)["gvif"].tolist())
    assert table.loc["origin", "df"] == 2
    assert table.loc["origin", "gvif_root"] == pytest.approx(table.loc["origin", "gvif"] ** 0.25)


def test_weighted_factors_are_those_of_the_coefficients_covariance(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    cov = fit.cov_params().iloc[1:, 1:].to_numpy()
    R = cov / np.outer(np.sqrt(np.diag(cov)), np.sqrt(np.diag(cov)))
    expected = np.linalg.det(R[2:, 2:]) * np.linalg.det(R[:2, :2]) / np.linalg.det(R)
    table = variance_inflation(design, FACTOR, weights=fit.fitted * (1 - fit.fitted))
    assert table.loc["origin", "gvif"] == pytest.approx(expected, rel=1e-6)


def test_a_fitted_model_gives_the_factors_of_its_weighted_columns(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    weighted = variance_inflation(design, FACTOR, weights=fit.fitted * (1 - fit.fitted))
    of_model = coefficient_inflation(fit.cov_params().iloc[1:, 1:], FACTOR)
    assert of_model["gvif"].tolist() == pytest.approx(weighted["gvif"].tolist(), rel=1e-6)
    assert of_model.index.tolist() == weighted.index.tolist()


def test_a_factor_with_an_unknown_or_shared_column_is_refused(small):
    _, design, _ = small
    with pytest.raises(ModelError, match="'origin' has a column 'origin_d'"):
        variance_inflation(design, {"origin": ["origin_b", "origin_d"]})
    with pytest.raises(ModelError, match="'age' is in the factors 'a' and 'b'"):
        variance_inflation(design, {"a": ["age"], "b": ["age", "male"]})
