"""Choosing municipalities to visit: who is comparable, and whether there are enough."""

import pandas as pd
import pytest

from helpers.chapters.individual.case_selection import (
    EACH,
    candidate_municipalities,
    case_selection,
    cases_finding,
    in_the_middle,
)
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def test_the_middle_half_holds_both_quartiles() -> None:
    assert in_the_middle(pd.Series([1.0, 2, 3, 4, 5])).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(("worse", "words"), [(EACH, "enough to visit 2"), (EACH - 1, "too few to visit 2")])
def test_there_must_be_enough_of_both_kinds(worse: int, words: str) -> None:
    assert words in cases_finding(WORDS, EACH, worse)
    assert words in cases_finding(WORDS, worse, EACH)


def test_candidates_run_both_schemes(small_study: Study) -> None:
    runs = small_study.complete.groupby("municipality", observed=True)["scheme"].nunique()
    candidates = candidate_municipalities(small_study)
    assert len(candidates) > 0
    assert (runs.loc[candidates.index] == 2).all()


def test_each_step_keeps_no_more_than_the_one_before(desk: Desk) -> None:
    exhibit = case_selection(desk)
    assert exhibit.table is not None
    counts = [[int(cell) for cell in cells[1:]] for cells in exhibit.table.rows]
    assert all(line == sorted(line, reverse=True) for line in counts)
    assert sum(line[0] for line in counts) == len(candidate_municipalities(desk.study))
