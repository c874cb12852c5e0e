"""Shares by group, as the ledger wants them."""

import pandas as pd
import pytest

from helpers.chapters.common.breakdowns import (
    attainment_rows,
    composition_rows,
    gap_row,
    mean_rows,
    measure_rows,
    with_labels,
)

PEOPLE = with_labels(
    pd.DataFrame(
        {
            "scheme": pd.Categorical(["jobbsjansen"] * 4 + ["introduction"] * 6),
            "goal_attained": [1, 1, 1, 0, 1, 1, 0, 0, 0, None],
            "male": [0, 0, 0, 0, 1, 1, 1, 0, 0, 0],
            "absence_high": [0, 0, 0, 1, 1, 1, 1, 1, 0, 0],
            "age": [30.0, 40, 50, 40, 20, 30, 40, 30, 30, 30],
            "measure_amo_course": [1, 0, 0, 0, 1, 1, 0, 0, 0, 1],
            "project": list("aabbccddee"),
        }
    ).astype({"goal_attained": float, "male": float, "absence_high": float})
)


def value(rows: pd.DataFrame, **keys: str) -> float:
    for name, key in keys.items():
        rows = rows[rows[name] == key]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def test_attainment_leaves_out_those_whose_outcome_is_unknown() -> None:
    rows = attainment_rows(PEOPLE, None, level=0.95)
    assert value(rows, scheme="jobbsjansen") == pytest.approx(3 / 4)
    assert value(rows, scheme="introduction") == pytest.approx(2 / 5)


def test_attainment_by_gender_has_the_published_group_keys() -> None:
    rows = attainment_rows(PEOPLE, "gender", level=0.95)
    assert value(rows, scheme="introduction", group="gender=male") == pytest.approx(2 / 3)
    assert value(rows, scheme="introduction", group="gender=female") == 0


def test_a_schemes_composition_adds_to_one() -> None:
    rows = composition_rows(PEOPLE, "absence", level=0.95)
    assert rows.groupby("scheme")["value"].sum().tolist() == [1, 1]
    assert value(rows, scheme="jobbsjansen", group="absence=high") == 1 / 4


def test_means_and_measures_by_scheme() -> None:
    assert value(mean_rows(PEOPLE, ["age"], level=0.95), scheme="jobbsjansen", term="age") == 40
    rows = measure_rows(PEOPLE, ["measure_amo_course"], level=0.95)
    assert value(rows, scheme="introduction", group="measure=amo_course") == pytest.approx(1 / 2)


def test_the_gap_is_jobbsjansen_minus_introduction() -> None:
    gap = gap_row(PEOPLE, "gender=female", level=0.95).iloc[0]
    assert gap["value"] == pytest.approx(3 / 4 - 2 / 5)
    assert gap["low"] < gap["value"] < gap["high"]
    assert (gap["n"], gap["group"]) == (4, "gender=female")
