"""Sentences on packages follow the numbers, on both sides of where they turn."""

import pandas as pd
import pytest

from helpers.chapters.evaluation.package_projects import dominated_finding
from helpers.chapters.evaluation.survey import shown_as
from resultatbok.words.wording import Wording

WORDS = Wording("en")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-2.0, -0.1, "fewer"), (-2.0, 0.0, "cannot"), (0.0, 2.0, "cannot"), (0.1, 2.0, "more")],
)
def test_dominated_projects_have_fewer_or_more_measures_when_the_interval_leaves_zero(
    low: float, high: float, expected: str
) -> None:
    told = dominated_finding(WORDS, pd.DataFrame([{"value": (low + high) / 2, "low": low, "high": high}]))
    assert expected in told
    assert ("more or fewer" in told) == (expected == "cannot")


@pytest.mark.parametrize(("fewest", "expected"), [(49, "numbers of projects"), (50, "as percentages")])
def test_a_survey_of_fewer_than_the_limit_is_told_in_numbers(fewest: int, expected: str) -> None:
    assert expected in shown_as(WORDS, fewest, 50).replace("not as percentages", "")
