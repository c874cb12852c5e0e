"""Who counts among those who left: the two denominators."""

import numpy as np
import pandas as pd

from helpers.chapters.descriptives.transitions import denominator_finding, denominators, everyone, transitions
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def test_among_everyone_an_outcome_that_does_not_count_is_not_attained() -> None:
    leavers = everyone(pd.DataFrame({"goal_attained": [1.0, 0.0, np.nan], "transition": ["work", "other", None]}))
    assert leavers["goal_attained"].tolist() == [1, 0, 0]
    assert leavers["transition_to_work"].tolist() == [1, 0, 0]


def test_more_in_the_denominator_makes_the_share_no_larger(desk: Desk) -> None:
    rows = denominators(desk).rows
    shares = rows[rows["statistic"] == "share"].pivot_table(index=["scheme", "group"], columns="sample", values="value")
    assert (shares["external"] <= shares["all_gross"]).all()
    known = desk.study.participants.dropna(subset=["goal_attained"])
    all_introduction = (desk.study.participants["scheme"] == "introduction").sum()
    counted = known[known["scheme"] == "introduction"]
    found = lookup(rows, scheme="introduction", group="", sample="external")
    assert found["value"] == counted["goal_attained"].sum() / all_introduction


def test_work_and_education_add_up_to_the_goal(desk: Desk) -> None:
    rows = transitions(desk).rows
    shares = rows[rows["statistic"] == "share"].pivot_table(index=["scheme", "group"], columns="term", values="value")
    parts = shares["transition_to_work"] + shares["transition_to_education"]
    assert np.allclose(parts, shares["goal_attainment"], atol=0.02)  # a few attain with neither registered


def test_the_sentence_says_when_the_denominators_are_the_same() -> None:
    rows = pd.DataFrame(
        {"term": "outcome_not_counted", "scheme": ["introduction", "jobbsjansen"], "value": [70.0, 4.0]}
    )
    assert "of 74 leavers does not count, 70 of them in the introduction" in denominator_finding(WORDS, rows)
    for value, where in (([70.0, 0.0], "in the introduction programme."), ([0.0, 4.0], "in Jobbsjansen.")):
        assert denominator_finding(WORDS, rows.assign(value=value)).endswith(f"all of them {where}")
    assert "the two denominators are the same" in denominator_finding(WORDS, rows.assign(value=0.0))
