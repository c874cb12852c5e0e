"""Bad input is refused or warned of, by name."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.mixed_logit import ModelError, ModelWarning, mixed_logit, mixed_logit_arrays

GROUPS = ["municipality", "project"]


def refuse(data, message, formula="attained ~ male + age", groups=GROUPS, **options):
    with pytest.raises(ModelError, match=message):
        mixed_logit(formula, data, groups, **options)


def test_an_outcome_that_is_not_0_or_1_is_refused(simulate):
    data = simulate()
    refuse(
        data.assign(attained=data["attained"] + 1), r"outcome attained has \d+ values that are not 0 or 1, such as 2"
    )
    refuse(data.assign(attained=data["attained"].map({0: "N", 1: "Y"})), "outcome attained .* expected 0 and 1")


def test_an_outcome_without_variation_is_refused(simulate):
    refuse(simulate().assign(attained=1), "outcome attained is 1 in every row")


def test_a_condition_or_a_truth_value_is_an_outcome(simulate):
    data = simulate().assign(letter=lambda d: d["attained"].map({0: "N", 1: "Y"}), truth=lambda d: d["attained"] == 1)
    reference = mixed_logit("attained ~ male", data, GROUPS).llf
    assert mixed_logit('letter == "Y" ~ male', data, GROUPS).llf == reference
    assert mixed_logit("truth ~ male", data, GROUPS).llf == reference


def test_missing_values_are_counted_by_column(simulate):
    data = simulate()
    data.loc[[3, 5], "age"] = np.nan
    data.loc[7, "origin"] = None
    refuse(data, r"missing values in age \(2 rows\), origin \(1 rows\)", formula="attained ~ age + origin")
    refuse(
        data.assign(attained=data["attained"].where(data.index > 0)),
        "outcome attained: missing in 1 rows",
        "attained ~ male",
    )
    refuse(
        data.assign(project=data["project"].where(data.index > 1)),
        r"missing values in project \(2 rows\)",
        "attained ~ male",
    )


def test_missing_values_in_columns_that_are_not_used_do_not_matter(simulate):
    data = simulate().assign(unused=np.nan)
    assert mixed_logit("attained ~ male", data, GROUPS).converged


def test_a_formula_that_cannot_be_used_is_refused(simulate):
    refuse(simulate(), "no column height", formula="attained ~ height")
    refuse(simulate(), "cannot be used", formula="attained ~ male +")
    refuse(simulate(), "has no outcome", formula="male + age")
    refuse(simulate(), "cannot be computed", formula="success ~ male")
    refuse(simulate(), "no column county", groups=["county"])


@pytest.mark.parametrize("groups", [[], ["municipality", "municipality"], ["a", "b", "c"]])
def test_a_wrong_number_of_group_columns_is_refused(simulate, groups):
    refuse(simulate(), "expected one column, or two", groups=groups)


def test_a_constant_column_is_named(simulate):
    refuse(simulate().assign(scheme=1.0), r"a constant column: scheme \(always 1\)", formula="attained ~ male + scheme")
    empty = simulate().assign(
        origin=lambda d: pd.Categorical(d["origin"], categories=["asia", "africa", "europe", "america"])
    )
    refuse(empty, r"a constant column: origin\[T.america\] \(always 0\)", formula="attained ~ origin")


def test_one_constant_column_may_stand_for_the_constant(simulate):
    data = simulate().assign(one=1.0)
    fit = mixed_logit_arrays(data["attained"], data[["one", "male"]], data[GROUPS], constant=False)
    assert fit.llf == pytest.approx(mixed_logit("attained ~ male", data, GROUPS).llf, abs=1e-8)


def test_a_collinear_column_is_named_with_those_it_depends_on(simulate):
    data = simulate().assign(female=lambda d: 1 - d["male"])
    refuse(data, "column female is a combination of male; leave one", formula="attained ~ age + male + female")
    data = data.assign(total=lambda d: 2 * d["age"] - 3 * d["male"])
    refuse(data, "column total is a combination of age, male", formula="attained ~ age + origin + male + total")


def test_a_nearly_collinear_column_is_accepted(simulate):
    data = simulate().assign(nearly=lambda d: d["age"] + 0.001 * np.arange(len(d)) % 7)
    assert mixed_logit("attained ~ age + nearly", data, GROUPS).converged


@pytest.mark.parametrize("value", [0, 1])
def test_a_column_that_separates_the_outcome_is_named(simulate, value):
    data = simulate()
    rare = ((data["attained"] == value) & (data.index % 9 == 0)).astype(int)
    refuse(data.assign(rare=rare), "column rare separates the outcome", formula="attained ~ male + rare")


def test_one_row_that_breaks_the_separation_is_enough(simulate):
    data = simulate()
    rare = ((data["attained"] == 1) & (data.index % 9 == 0)).astype(int)
    rare[data.index[data["attained"] == 0][0]] = 1
    assert mixed_logit("attained ~ male + rare", data.assign(rare=rare), GROUPS).converged


def test_separation_by_a_combination_of_columns_is_named(simulate):
    random = np.random.default_rng(8)
    data = simulate().assign(score=lambda d: random.normal(size=len(d)), other=lambda d: random.normal(size=len(d)))
    data["attained"] = (data["score"] + data["other"] > 0).astype(int)
    refuse(data, "outcome is separated: a combination of .*score", formula="attained ~ male + score + other")


def test_infinite_values_are_named(simulate):
    data = simulate()
    data.loc[3, "age"] = np.inf
    refuse(data, "infinite or missing values: age")


def test_too_few_rows_are_refused(simulate):
    few = simulate().iloc[:4].assign(municipality=["a", "a", "b", "b"], attained=[0, 1, 0, 1])
    refuse(few, "4 rows are too few for 4 coefficients", "attained ~ age + I(age**2) + I(age**3)", ["municipality"])


def test_groups_with_one_row_are_warned_of(simulate):
    data = simulate()
    data.loc[0, "municipality"] = "Lonely"
    with pytest.warns(ModelWarning, match=r"municipality: 1 of 16 groups have one row \(Lonely\)"):
        mixed_logit("attained ~ male", data, ["municipality"])


def test_only_some_of_many_groups_with_one_row_are_shown(simulate):
    data = simulate()
    data.loc[:9, "municipality"] = [f"L{i}" for i in range(10)]
    with pytest.warns(ModelWarning, match=r"10 of 25 groups have one row \(L0, L1, L2, L3, L4, …\)"):
        mixed_logit("attained ~ male", data, ["municipality"])


def test_groups_that_cannot_have_effects_are_refused(simulate):
    data = simulate()
    refuse(data.assign(project="all"), "every group of municipality has one group of project")
    refuse(data.assign(municipality="one"), "municipality has one group only")
    refuse(data.assign(project=data.index), "every group of project has one row")


def test_an_outcome_that_varies_only_between_groups_is_refused(simulate):
    data = simulate().assign(attained=lambda d: (d["municipality"] < "M07").astype(int))
    refuse(data, "does not vary within any group of municipality", groups=["municipality"])


def test_weights_and_offset_are_checked(simulate):
    data = simulate().assign(w=1.0, o=0.0)
    refuse(data.assign(w=data["w"].where(data.index > 0, -1)), "weights: 1 rows .* row 0 has -1", weights="w")
    refuse(
        data.assign(w=data["w"].where(data["municipality"] > "M00", 0)), "weights: all rows of 1 groups", weights="w"
    )
    refuse(data.assign(o=np.inf), "offset: 600 rows are not a number", offset="o")
    refuse(data.assign(o=np.nan), r"missing values in o \(600 rows\)", offset="o")
    refuse(data, r"offset has shape \(3,\)", offset=np.zeros(3))
    refuse(data, "weights and the data have different rows", weights=data["w"].iloc[::-1])
    refuse(data, "no column x", weights="x")


def test_a_ready_design_must_have_the_outcomes_rows(simulate):
    data = simulate()
    with pytest.raises(ModelError, match="design and outcome have different rows"):
        mixed_logit_arrays(data["attained"], data[["male"]].iloc[1:], data[GROUPS])
    with pytest.raises(ModelError, match="groups and outcome have different rows"):
        mixed_logit_arrays(data["attained"], data[["male"]], data[GROUPS].iloc[::-1])


def test_a_ready_design_must_be_numbers_with_names(simulate):
    data = simulate()
    with pytest.raises(ModelError, match=r"column origin is .* expected numbers"):
        mixed_logit_arrays(data["attained"], data[["origin"]], data[GROUPS])
    with pytest.raises(ModelError, match="no text as name"):
        mixed_logit_arrays(data["attained"], data[["male"]].set_axis([1], axis=1), data[GROUPS])
