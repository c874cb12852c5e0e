"""Sentences that follow the numbers: they turn with the sign, and say when nothing can be told apart."""

import pandas as pd
import pytest

from helpers.chapters.common.tell import told_apart
from helpers.chapters.context.context_findings import context_finding, convergence_note
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def effect(low: float, value: float, high: float) -> pd.Series:
    return pd.Series({"low": low, "value": value, "high": high})


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.1, 2, "above"), (0, 2, "not_distinguishable"), (-2, 0, "not_distinguishable"), (-2, -0.1, "below")],
)
def test_an_interval_that_touches_zero_is_not_told_apart(low: float, high: float, expected: str) -> None:
    assert told_apart(effect(low, (low + high) / 2, high)) == expected


def test_context_terms_are_sorted_by_what_can_be_told() -> None:
    told = pd.DataFrame(
        {
            "term": ["municipality_immigrant_share", "municipality_net_in_migration", "project_wage_per_participant"],
            "value": [2.0, 0.5, -3.0],
            "low": [1.1, -0.9, -5.7],
            "high": [3.3, 1.1, -0.9],
        }
    )
    sentence = context_finding(WORDS, told)
    assert "Participants reach the goal more often with a larger share of immigrants" in sentence
    assert "less often with higher wage costs per participant in the project (−3.0" in sentence
    assert "What goes with more net in-migration" in sentence


def test_a_model_that_did_not_converge_is_named() -> None:
    rows = pd.DataFrame({"statistic": "converged", "group": ["model=individual", "model=project"], "value": [1.0, 0.0]})
    assert convergence_note(WORDS, rows).endswith("not to be used, for: Project model.")
    assert "all models converged" in convergence_note(WORDS, rows.assign(value=1.0))
