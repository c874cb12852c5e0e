"""Who takes part: ages, men, spread and common durations."""

import pandas as pd
import pytest

from helpers.chapters.descriptives.background import age_gap_row, men_finding, men_row
from helpers.chapters.descriptives.spread import PEAKS_APART, peak_rows, peaks
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def test_the_age_gap_is_jobbsjansens_mean_less_the_other() -> None:
    means = pd.DataFrame(
        {
            "term": ["age", "age", "duration_months"],
            "scheme": ["introduction", "jobbsjansen", "jobbsjansen"],
            "value": [33.0, 37.0, 15.0],
            "n": [900, 80, 80],
            "std_error": [0.3, 0.4, 1.0],
        }
    )
    row = age_gap_row(means).iloc[0]
    assert (row["value"], row["n"], row["statistic"]) == (4.0, 80, "difference")
    assert row["std_error"] == pytest.approx(0.5)


def test_only_the_men_of_the_year_in_jobbsjansen_count() -> None:
    people = pd.DataFrame(
        {
            "scheme": ["jobbsjansen", "jobbsjansen", "introduction", "jobbsjansen"],
            "gender": ["male", "female", "male", "male"],
            "end_year": [2020, 2020, 2020, 2019],
        }
    )
    assert men_row(people, 2020)["value"].item() == 1


@pytest.mark.parametrize(
    ("value", "suppressed", "words"),
    [(0, False, "No men left"), (7, False, "7 of those"), (float("nan"), True, "is not shown")],
)
def test_the_sentence_about_men_follows_the_number(value: float, suppressed: bool, words: str) -> None:
    assert words in men_finding(WORDS, pd.Series({"value": value, "suppressed": suppressed}), 2020)


def test_the_second_peak_lies_far_enough_from_the_first() -> None:
    near, far = 24.0 + PEAKS_APART - 1, 24.0 + PEAKS_APART
    months = pd.Series([24.0] * 9 + [near] * 8 + [far] * 3)
    assert peaks(months) == [24.0, far]


def test_peaks_are_named_from_the_shorter_to_the_longer() -> None:
    rows = peak_rows(pd.Series([36.0] * 5 + [24.0] * 3), "introduction").set_index("group")["value"]
    assert (rows[""], rows["peak=first"], rows["peak=second"]) == (36, 24, 36)


def test_one_common_duration_is_one_peak() -> None:
    assert peaks(pd.Series([12.0, 12.0, 13.0])) == [12.0]
