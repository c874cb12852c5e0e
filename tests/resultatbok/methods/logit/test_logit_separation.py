import numpy as np
import pandas as pd

from resultatbok.methods.logit import estimable_columns, fit_logit


def data(n: int = 200) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(1)
    design = pd.DataFrame({"a": rng.integers(0, 2, n), "b": rng.normal(size=n)}).astype(float)
    outcome = pd.Series((rng.random(n) < 0.4 + 0.2 * design["a"]) * 1.0)
    return design, outcome


def test_ordinary_columns_are_all_kept() -> None:
    design, outcome = data()
    assert estimable_columns(design, outcome) == ["a", "b"]


def test_what_has_no_finite_coefficient_is_left_out() -> None:
    design, outcome = data()
    rare = pd.Series(0.0, index=design.index)
    rare[outcome[outcome == 1].index[:5]] = 1.0
    faulty = design.assign(constant=1.0, twice=2 * design["b"] + 1, rare=rare)
    kept = estimable_columns(faulty, outcome)
    assert kept == ["a", "b"]
    assert fit_logit(outcome, faulty[kept]).converged


def test_earlier_columns_have_the_first_claim() -> None:
    design, outcome = data()
    assert estimable_columns(design[["b", "a"]].assign(same=design["b"]), outcome) == ["b", "a"]
