"""Jobbsjansen's individual reporting becomes the participants' table and the single measures."""

import math

import pandas as pd
import pytest
from deliveries import Delivery

from helpers.cohort.settings import CodingChoices
from helpers.registers import load, load_coding
from helpers.registers.jobbsjansen import harmonise_jobbsjansen, read_jobbsjansen
from helpers.registers.problems import Problems

GRADE, JUDGEMENT = "Norsknivaa_samlet_avslutning_karakter", "Norsknivaa_vurdering_avslutning"


def first(delivery: Delivery, **cells: object) -> pd.Series:
    """The harmonised first participant, with cells of the reporting changed."""
    for column, content in cells.items():
        delivery.jobbsjansen.loc[0, column] = content
    coding, problems = load_coding(delivery.coding), Problems()
    report = read_jobbsjansen(delivery.write_jobbsjansen(), coding, 2021, problems)
    assert report is not None and list(problems) == []
    chosen = report.read["end_year"].notna().to_numpy()
    return harmonise_jobbsjansen(report, chosen, coding, delivery.cohort, problems).iloc[0]


def test_a_participant_is_harmonised(delivery: Delivery) -> None:
    row = first(delivery)
    assert row[["participant_id", "municipality", "project", "project_name"]].tolist() == [
        *("J00001", "6001", "jobbsjansen:6001", "Jobb på Askholmen")
    ]
    assert row[["male", "age", "years_in_norway", "duration_months", "absence_high"]].tolist() == [0, 36, 9, 12, 0]
    assert row[["goal_attained", "transition", "education", "origin"]].tolist() == [
        *(1, "work", "good_general", "south_asia")
    ]
    assert row[["measure_norwegian_training", "measure_other_work", "measure_amo_course"]].tolist() == [1, 1, 0]


@pytest.mark.parametrize(("detailed", "level"), [(1, 1), (2, 1), (9, 1), (3, 2), (5, 2), (10, 2), (6, 3), (8, 3)])
def test_detailed_education_is_grouped_in_three(detailed: int, level: int, delivery: Delivery) -> None:
    assert first(delivery, v2_9=float(detailed))["education_level"] == level


@pytest.mark.parametrize(("category", "high"), [(1, 0), (2, 1), (5, 1)])
def test_absence_categories_from_ten_percent_are_high(category: int, high: int, delivery: Delivery) -> None:
    assert first(delivery, v5_1=float(category))["absence_high"] == high


@pytest.mark.parametrize(
    ("grade", "judged", "five", "four"),
    [
        (3.5, 1.0, 3.5, 2.5),
        (None, 2.0, 2.0, 1.0),
        (None, 1.0, 1.0, None),
        (1.5, 4.0, 1.5, None),  # below A1 on the scale of four: the grade is not replaced by the judgement
        (None, None, None, None),
    ],
)
def test_norwegian_is_the_grade_or_else_the_judgement(
    grade: float | None, judged: float | None, five: float | None, four: float | None, delivery: Delivery
) -> None:
    level = first(delivery, **{GRADE: grade, JUDGEMENT: judged})["norwegian_level"]
    assert (None if math.isnan(level) else level) == five
    delivery.coding = CodingChoices(norwegian_scale="four_levels")
    level = first(delivery)["norwegian_level"]
    assert (None if math.isnan(level) else level) == four


@pytest.mark.parametrize(
    ("attained", "status", "transition"),
    [(1.0, 2.0, "education"), (1.0, 3.0, "other"), (1.0, None, "other"), (0.0, 1.0, "other"), (None, 1.0, None)],
)
def test_the_end_status_counts_where_the_goal_was_attained(
    attained: float | None, status: float | None, transition: str | None, delivery: Delivery
) -> None:
    found = first(delivery, Måloppnåelse_dik=attained, v6_1=status)["transition"]
    assert (None if pd.isna(found) else found) == transition


def test_attainment_without_work_or_education_is_noted(delivery: Delivery) -> None:
    delivery.jobbsjansen.loc[0, "v6_1"] = 3.0
    assert load(delivery.write()).notes == (
        "jobbsjansen.sav: 1 attained the goal with an end status (v6_1) of neither work nor education.",
    )


def test_no_origin_is_missing_and_stateless_is_an_origin(delivery: Delivery) -> None:
    assert pd.isna(first(delivery, Sør_Asia=0.0)["origin"])
    assert first(delivery, Statsløs=1.0)["origin"] == "stateless"


def test_a_project_without_a_name_is_called_by_its_municipality(delivery: Delivery) -> None:
    assert first(delivery, v1_2="")["project_name"] == "jobbsjansen:6001"


def test_single_measures_are_zero_or_one_by_participant(delivery: Delivery) -> None:
    delivery.jobbsjansen.loc[1, "v3_4_3"] = 1.0
    delivery.jobbsjansen.loc[2, "v3_1_1"] = None
    single = load(delivery.write()).single_measures
    assert single.index.tolist() == ["J00001", "J00002", "J00003"]
    assert single["v3_4_3"].tolist() == [0, 1, 0]
    assert single["v3_1_1"].tolist() == [1, 1, 0]
    assert set(single.dtypes.astype(str)) == {"int8"} and single.shape[1] == 44


def test_labels_in_other_words_are_accepted_with_a_note(delivery: Delivery) -> None:
    delivery.labels["v5_1"] = {1: "under 10 prosent fravær", 2: "10–19 %"}
    (note,) = load(delivery.write()).notes
    assert "v5_1: labels in other words" in note
    assert "1 = 'under 10 prosent fravær' ('Under 10 %')" in note
    assert "10–19" not in note
