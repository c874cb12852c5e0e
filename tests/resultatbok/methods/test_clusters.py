"""CR2 and its degrees of freedom, as clubSandwich has them, and what no other implementation is needed for."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit, wald_test

FOLDER = Path(__file__).parents[2] / "reference/clusters"
DATA = pd.read_csv(FOLDER / "data.csv")
EXPECTED = pd.read_csv(FOLDER / "expected.csv", skipinitialspace=True).set_index(["model", "term"])
TERMS = ["constant", "x1", "x2", "x3"]


def linear(columns: list[str]) -> tuple[np.ndarray, np.ndarray]:
    X = np.column_stack([np.ones(len(DATA)), DATA[columns]])
    return X, DATA["y"].to_numpy() - X @ np.linalg.lstsq(X, DATA["y"].to_numpy(), rcond=None)[0]


def test_a_linear_regression_has_the_errors_and_freedom_of_clubsandwich() -> None:
    errors = ClusterErrors.of(*linear(["x1", "x2", "x3"]), DATA["cluster"])
    expected = EXPECTED.loc["linear"].loc[TERMS]
    assert np.sqrt(np.diag(errors.cov)) == pytest.approx(expected["std_error"].to_numpy(), rel=1e-9)
    assert [errors.freedom(c) for c in np.eye(4)] == pytest.approx(expected["freedom"].to_list(), rel=1e-9)


@pytest.mark.parametrize(("model", "tolerance"), [("logit_last_step", 1e-8), ("logit_glm", 1.5e-3)])
def test_a_logistic_regression_has_them_too(model: str, tolerance: float) -> None:
    """For a glm clubSandwich takes another root of the same matrix, and ends within a thousandth of an error."""
    fit = fit_logit(DATA["y"], DATA[["x1", "x2", "x3"]], groups=DATA["cluster"])
    expected = EXPECTED.loc[model]
    for name in ("std_error", "freedom"):
        assert fit.terms[name].to_numpy() == pytest.approx(expected.loc[TERMS, name].to_numpy(), rel=tolerance)
    assert fit.terms["p_value"].to_numpy() == pytest.approx(
        expected.loc[TERMS, "p_value"].to_numpy(), rel=4 * tolerance
    )
    joint = wald_test(fit, ["x1", "x2", "x3"])
    assert joint.p_value == pytest.approx(expected["p_value"]["joint"], rel=4 * tolerance)


def test_a_mean_of_equal_clusters_has_one_degree_less_than_clusters() -> None:
    groups = pd.Series(np.repeat(np.arange(9), 4))
    y = np.random.default_rng(1).normal(size=36)
    errors = ClusterErrors.of(np.ones((36, 1)), y - y.mean(), groups)
    means = pd.Series(y).groupby(groups).mean()
    assert errors.freedom([1.0]) == pytest.approx(8)
    assert errors.cov[0, 0] == pytest.approx(means.var() / 9)


def test_the_order_of_rows_does_not_matter() -> None:
    X, residuals = linear(["x1", "x3"])
    order = np.random.default_rng(2).permutation(len(X))
    first = ClusterErrors.of(X, residuals, DATA["cluster"])
    second = ClusterErrors.of(X[order], residuals[order], DATA["cluster"].iloc[order])
    assert second.cov == pytest.approx(first.cov)
    assert second.freedom([0, 1, 1]) == pytest.approx(first.freedom([0, 1, 1]))


def test_few_treated_clusters_have_little_freedom_however_many_the_others_are() -> None:
    treated, others = 5, 400
    groups = pd.Series(np.repeat(np.arange(treated + others), 10))
    z = (groups < treated).to_numpy() * 1.0
    X = np.column_stack([np.ones(len(z)), z])
    errors = ClusterErrors.of(X, np.zeros(len(z)), groups)
    assert treated - 1 < errors.freedom([0, 1]) < treated - 0.8


def test_what_one_cluster_alone_decides_has_no_freedom() -> None:
    groups = pd.Series(np.repeat(np.arange(6), 5))
    only = (groups == 0).to_numpy() * 1.0
    errors = ClusterErrors.of(np.column_stack([np.ones(30), only]), np.repeat([0.0, 1, -1, 2, -1, -1], 5), groups)
    assert np.isnan(errors.freedom([1, 1]))
    assert np.isnan(errors.freedom([0, 1]))
    assert errors.freedom([1, 0]) == pytest.approx(4)
    assert np.isnan(errors.test([0.3], [[0, 1]])[1])


def test_more_terms_than_clusters_can_carry_are_refused() -> None:
    """Before, the statistic was 1e16 and noise was significant."""
    rng = np.random.default_rng(3)
    groups = pd.Series(np.repeat(np.arange(5), 40), name="project")
    design = pd.DataFrame(rng.normal(size=(200, 6)), columns=list("abcdef"))
    fit = fit_logit(pd.Series(rng.integers(0, 2, 200) * 1.0), design, groups=groups)
    with pytest.raises(ModelError, match="5 terms cannot be tested together with errors that rest on 5 clusters"):
        wald_test(fit, list("abcde"))
    assert 0 < wald_test(fit, ["a", "b"]).p_value < 1


def test_a_row_without_cluster_is_refused() -> None:
    with pytest.raises(ModelError, match="1 rows have no 'cluster'"):
        ClusterErrors.of(*linear(["x1"]), DATA["cluster"].where(DATA.index > 0))


def test_a_joint_test_holds_its_size_where_few_clusters_are_treated() -> None:
    """Six treated clusters of forty, the effect in each of three groups of rows."""
    rng = np.random.default_rng(7)
    groups = pd.Series(np.repeat(np.arange(40), 15))
    kinds = np.eye(3)[np.tile(np.arange(3), 200)]
    z = (groups < 6).to_numpy() * 1.0
    X = np.column_stack([kinds, kinds * z[:, None]])
    p_values = []
    for _ in range(400):
        y = rng.normal(size=(40, 3))[groups.to_numpy(), np.tile(np.arange(3), 200)] + rng.normal(size=len(X))
        b = np.linalg.lstsq(X, y, rcond=None)[0]
        errors = ClusterErrors.of(X, y - X @ b, groups)
        p_values.append(errors.test(b[3:], np.eye(6)[3:])[1])
    assert 0.015 < np.mean(np.array(p_values) < 0.05) < 0.085
