"""Restricted cubic splines against Hmisc's, and at their limits."""

import numpy as np
import pandas as pd
import pytest
from support import ROOT

from resultatbok.methods.errors import ModelError
from resultatbok.methods.splines import spline_columns, spline_knots

REFERENCE = ROOT / "tests" / "reference" / "splines"


@pytest.mark.parametrize("n_knots", [3, 4, 5])
def test_knots_and_columns_are_those_of_hmisc(n_knots: int) -> None:
    basis = pd.read_csv(REFERENCE / f"basis_{n_knots}.csv")
    knots = spline_knots(basis["x"], n_knots)
    assert knots == pytest.approx(pd.read_csv(REFERENCE / f"knots_{n_knots}.csv")["knot"].to_list(), rel=1e-12)
    columns = spline_columns(basis["x"], knots)
    assert columns.columns.to_list() == ["x", "x'", "x''", "x'''"][: n_knots - 1]
    np.testing.assert_allclose(columns, basis, rtol=1e-10, atol=1e-10)


def test_the_curve_is_straight_beyond_the_outer_knots() -> None:
    knots = (20.0, 30.0, 50.0)
    beyond = spline_columns(pd.Series([60.0, 70.0, 80.0], name="age"), knots)
    below = spline_columns(pd.Series([5.0, 10.0, 15.0], name="age"), knots)
    for columns in (beyond, below):
        np.testing.assert_allclose(np.diff(columns["age'"], n=2), 0, atol=1e-9)


def test_missing_values_do_not_move_the_knots() -> None:
    x = pd.Series(np.arange(100.0))
    assert spline_knots(pd.concat([x, pd.Series([np.nan] * 50)])) == spline_knots(x)


def test_heaped_values_are_refused() -> None:
    with pytest.raises(ModelError, match="'children' are so heaped"):
        spline_knots(pd.Series([0.0] * 90 + [1.0] * 10, name="children"), 3)


def test_another_number_of_knots_is_refused() -> None:
    with pytest.raises(ModelError, match="expected one of"):
        spline_knots(pd.Series(np.arange(9.0)), 6)
