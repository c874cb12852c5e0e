"""Comparisons within units: what units have in common cancels; errors as another implementation has them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from linearmodels.panel import PanelOLS
from treatment_data import generate

from resultatbok.methods.errors import ModelError
from resultatbok.methods.within import within_difference


def test_estimate_and_clustered_error_agree_with_linearmodels() -> None:
    people = generate(600, 41, cluster_sd=0.5)
    table = people.covariates.assign(y=people.outcome, treated=people.treated, person=np.arange(600))
    table["unit"] = people.clusters
    table = table.set_index(["unit", "person"])
    model = PanelOLS(table["y"], table[["treated", "age", "school", "town"]], entity_effects=True)
    other = model.fit(cov_type="clustered", cluster_entity=True, group_debias=True, debiased=False)
    found = within_difference(
        people.outcome, people.treated, people.covariates, people.clusters, groups=people.clusters
    ).difference
    assert found.value == pytest.approx(other.params["treated"], abs=1e-10)
    assert found.std_error == pytest.approx(other.std_errors["treated"], rel=0.1)  # CR1 there, CR2 here


def test_error_and_freedom_are_those_of_clubsandwich() -> None:
    folder = Path(__file__).parents[2] / "reference/clusters"
    data = pd.read_csv(folder / "data.csv")
    treated = (data["x1"] > 0.2).astype(float)
    expected = pd.read_csv(folder / "expected.csv", skipinitialspace=True).set_index(["model", "term"])
    expected = expected.loc[("within", "treated")]
    found = within_difference(data["y"], treated, data[["x2"]], data["cluster"]).difference
    assert (found.value, found.std_error, found.freedom) == pytest.approx(
        tuple(expected[["value", "std_error", "freedom"]]), rel=1e-8
    )


def test_one_treated_and_one_untreated_project_in_each_unit_need_errors_by_unit() -> None:
    """With projects as clusters the error was 0.7 of the true spread (de Chaisemartin and Ramirez-Cuellar 2024)."""
    rng = np.random.default_rng(43)
    unit = pd.Series(np.repeat(np.arange(31), 40), name="municipality")
    treated = pd.Series(np.tile(np.repeat([0.0, 1.0], 20), 31))
    project = pd.Series(2 * unit + treated.astype(int))
    values, errors, covered = [], {"unit": [], "project": []}, []
    for _ in range(300):
        share = 0.5 + 0.1 * rng.normal(size=62)[project]
        y = pd.Series((rng.random(len(unit)) < share) * 1.0)
        none = pd.DataFrame(index=y.index)
        own = within_difference(y, treated, none, unit).difference
        errors["unit"].append(own.std_error)
        errors["project"].append(within_difference(y, treated, none, unit, groups=project).difference.std_error)
        values.append(own.value)
        covered.append(own.low < 0 < own.high)
        assert own.freedom == pytest.approx(30)
    spread = np.std(values, ddof=1)
    assert np.mean(errors["unit"]) == pytest.approx(spread, rel=0.1)
    assert np.mean(errors["project"]) < 0.8 * spread
    assert np.mean(covered) == pytest.approx(0.95, abs=0.035)


def test_rows_in_another_order_and_units_with_gaps_are_refused() -> None:
    people = generate(200, 44)
    data = (people.outcome, people.treated, people.covariates)
    with pytest.raises(ModelError, match="the unit and the outcome have different indexes"):
        within_difference(*data, people.clusters.sample(frac=1, random_state=1))
    with pytest.raises(ModelError, match=r"missing values in the unit \(1\)"):
        within_difference(*data, people.clusters.where(people.clusters.index > 0))


def test_what_a_unit_has_in_common_cancels() -> None:
    rng = np.random.default_rng(42)
    unit = pd.Series(np.repeat(np.arange(50), 80), name="unit")
    good = (unit % 2).astype(float)
    treated = pd.Series(rng.binomial(1, 0.2 + 0.5 * good) * 1.0)
    outcome = pd.Series(rng.binomial(1, 0.2 + 0.4 * good + 0.1 * treated) * 1.0)
    X = pd.DataFrame({"x": rng.normal(size=len(unit))})
    found = within_difference(outcome, treated, X, unit).difference
    assert abs(found.value - 0.1) < 3 * found.std_error
    assert outcome[treated == 1].mean() - outcome[treated == 0].mean() > 0.25


def test_units_with_one_treatment_do_not_count() -> None:
    unit = pd.Series([1, 1, 1, 2, 2, 2, 3, 3], name="unit")
    treated = pd.Series([1.0, 0, 1, 1, 0, 0, 1, 1])
    outcome = pd.Series([1.0, 0, 1, 1, 1, 0, 0, 0])
    X = pd.DataFrame({"x": [0.1, 0.5, 0.3, 0.9, 0.4, 0.2, 0.0, 1.0]})
    found = within_difference(outcome, treated, X, unit)
    assert (found.n, found.n_treated) == (6, 3)
    assert found.weights.tolist() == [1] * 6 + [0, 0]


def test_no_unit_with_both_is_refused() -> None:
    unit, treated = pd.Series([1, 1, 2, 2], name="unit"), pd.Series([1.0, 1, 0, 0])
    with pytest.raises(ModelError, match="no unit has both"):
        within_difference(pd.Series([1.0, 0, 1, 0]), treated, pd.DataFrame({"x": [1.0, 2, 3, 4]}), unit)


def test_without_covariates_it_is_the_weighted_difference_of_the_units() -> None:
    unit = pd.Series(["a"] * 4 + ["b"] * 4, name="unit")
    treated = pd.Series([1, 1, 0, 0] * 2, dtype=float)
    outcome = pd.Series([1, 1, 1, 0, 0, 1, 0, 0], dtype=float)
    estimate = within_difference(outcome, treated, pd.DataFrame(index=unit.index), unit)
    assert estimate.difference.value == pytest.approx((0.5 + 0.5) / 2)
