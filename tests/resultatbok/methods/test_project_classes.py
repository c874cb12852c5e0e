import pandas as pd
import pytest

from resultatbok.methods.errors import ModelError
from resultatbok.methods.project_classes import (
    class_by_exact_limits,
    class_by_funnel,
    class_by_interval,
    class_by_probability,
    class_by_size,
)

NEITHER = "not_distinguishable"


def values(*numbers: float) -> pd.Series:
    return pd.Series(numbers, index=[f"project {i}" for i in range(len(numbers))], dtype=float)


def test_an_interval_that_touches_zero_is_neither_above_nor_below():
    classes = class_by_interval(values(0.01, 0.0, -0.2, -0.2), values(0.2, 0.2, 0.0, -0.01))
    assert classes.tolist() == ["above", NEITHER, NEITHER, "below"]
    assert classes.index[0] == "project 0"


def test_the_cutoff_itself_is_enough():
    classes = class_by_probability(values(0.9, 0.8999, 0.5, 0.1001, 0.1), 0.9)
    assert classes.tolist() == ["above", NEITHER, NEITHER, NEITHER, "below"]


@pytest.mark.parametrize("cutoff", [0.5, 1.0])
def test_a_cutoff_that_settles_nothing_is_refused(cutoff):
    with pytest.raises(ModelError, match=r"more than 0\.5 and less than 1"):
        class_by_probability(values(0.5), cutoff)


def test_exact_limits_need_a_small_p_value_and_take_the_side_of_the_contribution():
    classes = class_by_exact_limits(values(0.1, -0.1, 0.1), values(0.049, 0.049, 0.051), 0.95)
    assert classes.tolist() == ["above", "below", NEITHER]


def test_projects_that_differ_in_general_widen_the_funnel():
    contribution, error = values(0.2, -0.2), values(0.1, 0.1)
    assert class_by_funnel(contribution, error, 0.0, 0.95).tolist() == ["above", "below"]
    assert class_by_funnel(contribution, error, 0.03, 0.95).tolist() == [NEITHER, NEITHER]


def test_a_contribution_at_the_width_is_near_zero():
    assert class_by_size(values(0.031, 0.03, -0.03, -0.031), 0.03).tolist() == ["above", NEITHER, NEITHER, "below"]
