"""Which municipality-years count, and what is said of the projects' costs."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.descriptives.municipal_data import cost_finding, large_municipality_years
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def leavers(**numbers: int) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"scheme": name.split("_")[0], "municipality": name.split("_")[1], "end_year": [2018] * n})
        for name, n in numbers.items()
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize(("number", "counted"), [(9, 0), (10, 1), (11, 1)])
def test_a_municipality_counts_from_the_limit_on(number: int, counted: int) -> None:
    assert len(large_municipality_years(leavers(introduction_6001=number), 10)) == counted


def test_both_schemes_count_towards_the_limit_and_each_has_a_line() -> None:
    found = large_municipality_years(leavers(introduction_6001=7, jobbsjansen_6001=3, introduction_6002=9), 10)
    assert sorted(found["scheme"]) == ["introduction", "jobbsjansen"]
    assert set(found["municipality"]) == {"6001"}


@pytest.mark.parametrize(("relative", "words"), [(0.085, "9% higher"), (-0.2, "20% lower"), (np.nan, "not known")])
def test_the_sentence_on_costs_turns_with_the_sign(relative: float, words: str) -> None:
    rows = pd.DataFrame({"statistic": ["relative_difference"], "value": [relative]})
    assert words in cost_finding(WORDS, rows)
