from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.logit import fit_firth, fit_logit


def two_by_two(a: int, b: int, c: int, d: int) -> tuple[pd.Series, pd.DataFrame]:
    """a with and b without the outcome among those with x = 1, c and d among those with x = 0."""
    outcome = pd.Series([1.0] * a + [0.0] * b + [1.0] * c + [0.0] * d)
    return outcome, pd.DataFrame({"x": [1.0] * (a + b) + [0.0] * (c + d)})


@pytest.mark.parametrize("cells", [(12, 5, 7, 20), (9, 0, 6, 11), (0, 8, 10, 10)])
def test_a_single_trait_is_as_if_half_a_person_were_added_to_each_cell(cells: tuple[int, int, int, int]) -> None:
    """Heinze and Schemper (2002), section 2: so it is in a 2 x 2 table, also where a cell is empty."""
    a, b, c, d = (count + 0.5 for count in cells)
    terms = fit_firth(*two_by_two(*cells)).terms
    assert terms.loc["x", "coefficient"] == pytest.approx(np.log(a * d / (b * c)), abs=1e-6)
    assert terms.loc["constant", "coefficient"] == pytest.approx(np.log(c / d), abs=1e-6)


def data(n: int) -> tuple[pd.Series, pd.DataFrame]:
    rng = np.random.default_rng(5)
    design = pd.DataFrame({"a": rng.normal(size=n), "b": rng.integers(0, 2, n).astype(float)})
    outcome = pd.Series((rng.random(n) < 1 / (1 + np.exp(0.5 - 0.6 * design["a"]))) * 1.0)
    return outcome, design


def test_with_many_events_it_is_the_ordinary_estimate() -> None:
    outcome, design = data(5000)
    firth, plain = fit_firth(outcome, design).terms, fit_logit(outcome, design).terms
    assert firth["coefficient"].to_numpy() == pytest.approx(plain["coefficient"].to_numpy(), abs=2e-3)
    assert firth["std_error"].to_numpy() == pytest.approx(plain["std_error"].to_numpy(), rel=1e-3)
    assert firth.loc["b", "p_value"] == pytest.approx(plain.loc["b", "p_value"], abs=0.01)


def test_a_trait_that_settles_the_outcome_has_a_finite_coefficient_and_a_small_p_value() -> None:
    outcome, design = data(400)
    never = pd.Series(0.0, index=design.index)
    never[outcome[outcome == 0].index[:60]] = 1.0
    fit = fit_firth(outcome, design.assign(never=never))
    assert -8 < fit.terms.loc["never", "coefficient"] < -2
    assert fit.terms.loc["never", "p_value"] < 1e-6


def test_p_values_hold_their_level() -> None:
    rng = np.random.default_rng(11)
    p_values = []
    for _ in range(100):
        x = rng.integers(0, 2, 80).astype(float)
        outcome = pd.Series((rng.random(80) < 0.15) * 1.0)
        p_values.append(fit_firth(outcome, pd.DataFrame({"x": x})).terms.loc["x", "p_value"])
    assert np.mean(np.array(p_values) < 0.05) <= 0.11


def test_p_values_intervals_and_stars_are_those_of_the_profile() -> None:
    """A trait that nobody with the outcome has: Wald's p is .04, with an interval to -0.2."""
    folder = Path(__file__).parents[3] / "reference/firth"
    data, expected = pd.read_csv(folder / "data.csv"), pd.read_csv(folder / "expected.csv", index_col="term")
    terms = fit_firth(data["y"], data[["a", "b", "never"]]).terms.loc[expected.index]
    error = terms["std_error"]
    for name in ("coefficient", "low", "high"):
        assert ((terms[name] - expected[name]) / error).abs().max() < 1e-4
    assert terms["p_value"].to_numpy() == pytest.approx(expected["p_value"].to_numpy(), rel=1e-4)
    assert terms["stars"].to_dict() == {"a": "***", "b": "", "never": "***", "constant": ""}
    assert terms.loc["never", "odds_ratio_high"] == pytest.approx(np.exp(expected.loc["never", "high"]), rel=1e-3)
    assert (np.sign(terms["low"]) == np.sign(terms["high"])).equals(terms["p_value"] < 0.05)
