"""Bad input is refused or warned of, by name."""

import numpy as np
import pytest

from resultatbok.methods.mixed_logit import ModelError, ModelWarning, mixed_logit_arrays

GROUPS = ["municipality", "project"]


@pytest.fixture
def refuse(fit_columns):
    def asked(data, message, columns=("male", "age"), groups=GROUPS):
        with pytest.raises(ModelError, match=message):
            fit_columns(data, columns, groups)

    return asked


def test_an_outcome_that_is_not_0_or_1_is_refused(simulate, refuse):
    data = simulate()
    refuse(
        data.assign(attained=data["attained"] + 1), r"outcome attained has \d+ values that are not 0 or 1, such as 2"
    )
    refuse(data.assign(attained=data["attained"].map({0: "N", 1: "Y"})), "outcome attained .* expected 0 and 1")


def test_an_outcome_without_variation_is_refused(simulate, refuse):
    refuse(simulate().assign(attained=1), "outcome attained is 1 in every row")


def test_data_without_rows_are_refused(simulate, refuse):
    refuse(simulate().head(0), "outcome attained has no rows")


def test_missing_values_are_counted_by_column(simulate, refuse):
    data = simulate()
    data.loc[[3, 5], "age"] = np.nan
    data.loc[7, "male"] = np.nan
    refuse(data, r"missing values in age \(2 rows\), male \(1 rows\)", ["age", "male"])
    data = simulate()
    refuse(data.assign(attained=data["attained"].where(data.index > 0)), "outcome attained: missing in 1 rows")
    refuse(data.assign(project=data["project"].where(data.index > 1)), "group column project: 2 rows have no group")


def test_a_wrong_number_of_group_columns_is_refused(simulate, refuse):
    data = simulate().assign(county="one")
    for groups in ([], ["municipality", "municipality"], ["county", *GROUPS]):
        refuse(data, "expected one column, or two", groups=groups)


def test_a_constant_column_is_named(simulate, refuse):
    refuse(simulate().assign(scheme=1.0), r"a constant column: scheme \(always 1\)", ["male", "scheme"])
    empty = simulate().assign(america=0)
    refuse(empty, r"a constant column: america \(always 0\)", ["male", "america"])


def test_a_collinear_column_is_named_with_those_it_depends_on(simulate, refuse):
    data = simulate().assign(female=lambda d: 1 - d["male"])
    refuse(data, "column female is a combination of male; leave one", ["age", "male", "female"])
    data = data.assign(total=lambda d: 2 * d["age"] - 3 * d["male"])
    refuse(data, "column total is a combination of age, male", ["age", "origin", "male", "total"])


def test_a_nearly_collinear_column_is_accepted(simulate, fit_columns):
    data = simulate().assign(nearly=lambda d: d["age"] + 0.001 * np.arange(len(d)) % 7)
    assert fit_columns(data, ["age", "nearly"], GROUPS).converged


@pytest.mark.parametrize("value", [0, 1])
def test_a_column_that_separates_the_outcome_is_named(simulate, value, refuse):
    data = simulate()
    rare = ((data["attained"] == value) & (data.index % 9 == 0)).astype(int)
    refuse(data.assign(rare=rare), "column rare separates the outcome", ["male", "rare"])


def test_one_row_that_breaks_the_separation_is_enough(simulate, fit_columns):
    data = simulate()
    rare = ((data["attained"] == 1) & (data.index % 9 == 0)).astype(int)
    rare[data.index[data["attained"] == 0][0]] = 1
    assert fit_columns(data.assign(rare=rare), ["male", "rare"], GROUPS).converged


def test_separation_by_a_combination_of_columns_is_named(simulate, refuse):
    random = np.random.default_rng(8)
    data = simulate().assign(score=lambda d: random.normal(size=len(d)), other=lambda d: random.normal(size=len(d)))
    data["attained"] = (data["score"] + data["other"] > 0).astype(int)
    refuse(data, "outcome is separated: a combination of .*score", ["male", "score", "other"])


def test_infinite_values_are_named(simulate, refuse):
    data = simulate()
    data.loc[3, "age"] = np.inf
    refuse(data, "infinite or missing values: age")


def test_too_few_rows_are_refused(simulate, refuse):
    few = simulate().iloc[:4].assign(municipality=["a", "a", "b", "b"], attained=[0, 1, 0, 1], twice=[1, 4, 9, 2])
    refuse(few, "4 rows are too few for 4 coefficients", ["age", "male", "twice"], ["municipality"])


def test_groups_with_one_row_are_warned_of(simulate, fit_columns):
    data = simulate()
    data.loc[0, "municipality"] = "Lonely"
    with pytest.warns(ModelWarning, match=r"municipality: 1 of 16 groups have one row \(Lonely\)"):
        fit_columns(data, ["male"], ["municipality"])


def test_only_some_of_many_groups_with_one_row_are_shown(simulate, fit_columns):
    data = simulate()
    data.loc[:9, "municipality"] = [f"L{i}" for i in range(10)]
    with pytest.warns(ModelWarning, match=r"10 of 25 groups have one row \(L0, L1, L2, L3, L4, …\)"):
        fit_columns(data, ["male"], ["municipality"])


def test_groups_that_cannot_have_effects_are_refused(simulate, refuse):
    data = simulate()
    refuse(data.assign(project="all"), "every group of municipality has one group of project")
    refuse(data.assign(municipality="one"), "municipality has one group only")
    refuse(data.assign(project=data.index), "every group of project has one row")


def test_an_outcome_that_varies_only_between_groups_is_refused(simulate, refuse):
    data = simulate().assign(attained=lambda d: (d["municipality"] < "M07").astype(int))
    refuse(data, "does not vary within any group of municipality", groups=["municipality"])


def test_a_ready_design_must_have_the_outcomes_rows(simulate):
    data = simulate()
    with pytest.raises(ModelError, match="the design and the outcome have different indexes"):
        mixed_logit_arrays(data["attained"], data[["male"]].iloc[1:], data[GROUPS])
    with pytest.raises(ModelError, match="the groups and the outcome have different indexes"):
        mixed_logit_arrays(data["attained"], data[["male"]], data[GROUPS].iloc[::-1])


def test_a_ready_design_must_be_numbers_with_names(simulate):
    data = simulate()
    with pytest.raises(ModelError, match=r"column origin is .* expected numbers"):
        mixed_logit_arrays(data["attained"], data[["origin"]], data[GROUPS])
    with pytest.raises(ModelError, match="no text as name"):
        mixed_logit_arrays(data["attained"], data[["male"]].set_axis([1], axis=1), data[GROUPS])
