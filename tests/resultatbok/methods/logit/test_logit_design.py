import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit


def test_a_different_index_is_refused(small):
    outcome, design, groups = small
    with pytest.raises(ModelError, match=r"the design .* different indexes"):
        fit_logit(outcome.iloc[::-1], design)
    with pytest.raises(ModelError, match=r"the groups .* different indexes"):
        fit_logit(outcome, design, groups=groups.reset_index(drop=True))


def test_missing_values_are_named_with_their_number(small):
    outcome, design, groups = small
    design.iloc[:3, 1] = np.nan
    outcome.iloc[5] = np.nan
    with pytest.raises(ModelError, match=r"missing values in age \(3\), attained \(outcome\) \(1\)"):
        fit_logit(outcome, design, groups=groups)


def test_an_outcome_with_other_values_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"'attained' holds \[2\.0\]"):
        fit_logit(outcome + outcome, design)


def test_an_outcome_that_does_not_vary_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"'attained' is 0.0 in every row"):
        fit_logit(outcome * 0, design)


def test_a_constant_column_is_named(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"'scheme' is 3 in every row"):
        fit_logit(outcome, design.assign(scheme=3))


def test_a_column_called_constant_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"'constant'; leave it out"):
        fit_logit(outcome, design.assign(constant=1))


def test_a_column_of_text_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"'sex' has type"):
        fit_logit(outcome, design.assign(sex="f"))


def test_an_infinite_value_is_refused(small):
    outcome, design, _ = small
    design.iloc[0, 1] = np.inf
    with pytest.raises(ModelError, match=r"'age' holds an infinite value"):
        fit_logit(outcome, design)


def test_a_repeated_name_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"more than one column called 'age'"):
        fit_logit(outcome, pd.concat([design, design[["age"]]], axis=1))


def test_a_collinear_column_is_named_with_what_it_repeats(small):
    outcome, design, _ = small
    origin_a = 1 - design["origin_b"] - design["origin_c"]
    with pytest.raises(ModelError, match=r"'origin_a' is an exact combination of 'origin_b', 'origin_c'"):
        fit_logit(outcome, design.assign(origin_a=origin_a))


def test_a_nearly_collinear_column_is_fitted(small):
    outcome, design, _ = small
    noise = np.random.default_rng(2).normal(scale=0.05, size=len(design))
    assert fit_logit(outcome, design.assign(age_again=design["age"] + noise)).converged


def test_more_columns_than_rows_are_refused(small):
    outcome, design, _ = small
    rows = [outcome.index[outcome == 1][0], *outcome.index[outcome == 0][:4]]
    with pytest.raises(ModelError, match=r"5 rows cannot carry 4 columns"):
        fit_logit(outcome.loc[rows], design.loc[rows])


def test_one_single_group_is_refused(small):
    outcome, design, groups = small
    with pytest.raises(ModelError, match=r"same group of 'project'"):
        fit_logit(outcome, design, groups=groups * 0)


def test_a_category_in_which_all_have_the_outcome_is_named(small):
    outcome, design, _ = small
    rare = pd.Series(0.0, index=outcome.index)
    rare[outcome.index[outcome == 1][:7]] = 1
    with pytest.raises(ModelError, match=r"'rare' \(all 7 rows where it is 1 have outcome 1\)"):
        fit_logit(outcome, design.assign(rare=rare))


def test_a_threshold_that_separates_is_named(small):
    outcome, design, _ = small
    score = outcome + np.random.default_rng(3).random(len(outcome)) * 0.9
    with pytest.raises(ModelError, match=r"'score' .* do not overlap"):
        fit_logit(outcome, design.assign(score=score))


def test_columns_that_separate_only_together_are_named():
    rng = np.random.default_rng(4)
    design = pd.DataFrame(rng.normal(size=(200, 3)), columns=["a", "b", "c"])
    outcome = (design["a"] + design["b"] > 0).astype(int).rename("y")
    with pytest.raises(ModelError, match=r"separated by .*'a', 'b'"):
        fit_logit(outcome, design)


def test_a_category_with_one_exception_is_fitted(small):
    outcome, design, _ = small
    rare = pd.Series(0.0, index=outcome.index)
    rare[outcome.index[outcome == 1][:7]] = 1
    rare[outcome.index[outcome == 0][:1]] = 1
    assert fit_logit(outcome, design.assign(rare=rare)).converged
