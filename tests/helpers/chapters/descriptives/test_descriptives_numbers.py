"""Who reaches the goal: shares, differences inside a scheme and between the schemes, denominators, measures."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.common.breakdowns import either_rows, gap_rows, with_labels
from helpers.chapters.descriptives.numbers import (
    absence_rows,
    attainment_by_measure,
    attainment_by_scheme,
    denominators,
    everyone,
    longest_rows,
    mean_gap,
    measure_combinations,
    transitions,
)
from helpers.study.study import Study
from resultatbok.release.rows import lookup, normalise


def people(scheme: str, attained: list[int], **columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame({"scheme": scheme, "goal_attained": [float(a) for a in attained], **columns})
    frame["project"] = [f"{scheme} {i % 2}" for i in range(len(frame))]
    return frame.assign(male=0.0, absence_high=0.0) if "male" not in columns else frame


BOTH = pd.concat(
    [
        people(
            "introduction", [1, 0, 0, 0, 1, 1], duration_quantile=list("115555"), absence=["low"] * 3 + ["high"] * 3
        ),
        people("jobbsjansen", [1, 1, 1, 0], duration_quantile=list("1155"), absence=["low", "low", "low", "high"]),
    ],
    ignore_index=True,
)


def value(rows: pd.DataFrame, **keys: str) -> float:
    for name, key in keys.items():
        rows = rows[rows[name] == key]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def test_low_less_high_absence_in_each_scheme() -> None:
    rows = absence_rows(BOTH, level=0.95)
    assert value(rows, scheme="introduction") == pytest.approx(1 / 3 - 2 / 3)
    assert value(rows, scheme="jobbsjansen") == pytest.approx(1)
    assert set(rows["group"]) == {"absence=low_minus_high"}


def test_the_longest_fifth_is_compared_with_the_whole_scheme() -> None:
    rows = longest_rows(BOTH, level=0.95)
    assert value(rows, scheme="introduction") == pytest.approx(2 / 4 - 3 / 6)
    assert value(rows, scheme="jobbsjansen") == pytest.approx(1 / 2 - 3 / 4)


def test_a_scheme_that_is_all_longest_has_no_difference_from_itself() -> None:
    assert longest_rows(BOTH[BOTH["duration_quantile"] == "5"], level=0.95).empty


def test_categories_taken_together_add_their_shares() -> None:
    frame = with_labels(people("introduction", [1, 0, 0, 1], origin=["a", "b", "c", None]))
    assert value(either_rows(frame, "origin", ("a", "b"), "a|b"), group="origin=a|b") == pytest.approx(2 / 3)


def test_a_group_that_one_scheme_lacks_has_no_gap() -> None:
    frame = BOTH.assign(education=["x", "x", "y", "y", "y", "y", "x", "x", "x", "x"])
    assert gap_rows(frame, "education", level=0.95)["group"].tolist() == ["education=x"]


def test_the_mean_gap_weighs_levels_alike_and_lets_projects_be_alike(small_study: Study) -> None:
    people = with_labels(small_study.complete)
    rows = gap_rows(people, "norwegian", level=0.95).set_index("group")
    levels = ["a2", "b1"]
    mean, gaps = mean_gap(people, levels, level=0.95).iloc[0], rows.loc[[f"norwegian={name}" for name in levels]]
    assert (mean["value"], mean["n"]) == (pytest.approx(gaps["value"].mean()), gaps["n"].min())
    apart = np.sqrt((gaps["std_error"] ** 2).sum()) / 2
    assert apart < mean["std_error"] < gaps["std_error"].max()
    assert mean_gap(people, [], level=0.95).empty


def test_the_school_measures_are_counted_as_the_data_have_them(small_study: Study) -> None:
    people = small_study.complete
    primary, secondary = people["measure_primary_school_subjects"] == 1, people["measure_upper_secondary_subjects"] == 1
    rows = normalise("made", measure_combinations(small_study))
    both = lookup(rows, statistic="count", group="measure=primary_school_subjects&upper_secondary_subjects")
    assert both["value"] == (primary & secondary).sum()
    overlap = lookup(rows, term="has_both_given_any")
    assert overlap["value"] == pytest.approx((primary & secondary).sum() / (primary | secondary).sum())


def test_work_practice_is_a_share_of_those_with_little_schooling(small_study: Study) -> None:
    people = small_study.complete
    little = people[(people["education"] == "little_or_none") & (people["scheme"] == "introduction")]
    group = "measure=ordinary_work_practice;education=little_or_none"
    found = lookup(normalise("made", measure_combinations(small_study)), scheme="introduction", group=group)
    assert found["value"] == pytest.approx(little["measure_ordinary_work_practice"].mean())
    assert found["n"] == len(little)


def test_attainment_by_measure_counts_only_those_who_had_it(small_study: Study) -> None:
    people: pd.DataFrame = small_study.complete
    had = people[(people["measure_ordinary_work"] == 1) & (people["scheme"] == "introduction")]
    found = lookup(
        normalise("made", attainment_by_measure(small_study)), scheme="introduction", group="measure=ordinary_work"
    )
    assert (found["value"], found["n"]) == (pytest.approx(had["goal_attained"].mean()), len(had))


def test_among_everyone_an_outcome_that_does_not_count_is_not_attained() -> None:
    leavers = everyone(pd.DataFrame({"goal_attained": [1.0, 0.0, np.nan], "transition": ["work", "other", None]}))
    assert leavers["goal_attained"].tolist() == [1, 0, 0]
    assert leavers["transition_to_work"].tolist() == [1, 0, 0]


def test_more_in_the_denominator_makes_the_share_no_larger(small_study: Study) -> None:
    rows = normalise("made", denominators(small_study))
    shares = rows[rows["statistic"] == "share"].pivot_table(index=["scheme", "group"], columns="sample", values="value")
    assert (shares["external"] <= shares["all_gross"]).all()
    known = small_study.participants.dropna(subset=["goal_attained"])
    all_introduction = (small_study.participants["scheme"] == "introduction").sum()
    counted = known[known["scheme"] == "introduction"]
    found = lookup(rows, scheme="introduction", group="", sample="external")
    assert found["value"] == counted["goal_attained"].sum() / all_introduction


def test_work_and_education_add_up_to_the_goal(small_study: Study) -> None:
    rows = normalise("made", transitions(small_study))
    shares = rows[rows["statistic"] == "share"].pivot_table(index=["scheme", "group"], columns="term", values="value")
    parts = shares["transition_to_work"] + shares["transition_to_education"]
    assert np.allclose(parts, shares["goal_attainment"], atol=0.02)  # a few attain with neither registered


def test_the_gap_is_jobbsjansens_share_less_the_other_for_all_and_for_women(small_study: Study) -> None:
    rows = normalise("attainment_by_scheme", attainment_by_scheme(small_study))
    for group in ("", "gender=female"):
        own, other = (
            lookup(rows, statistic="share", scheme=scheme, group=group)["value"]
            for scheme in ("jobbsjansen", "introduction")
        )
        gap = lookup(rows, statistic="difference", group=group)
        assert gap["value"] == pytest.approx(own - other)
        assert gap["low"] < gap["value"] < gap["high"]
