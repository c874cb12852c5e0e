"""The answer of the summary: it turns with the numbers, and says when nothing can be told."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.summary.sentences import main_finding

LEAD, NO_LEAD, HIDDEN = interval(0.14, 0.17, 0.2), interval(-0.02, 0.01, 0.04), {}
LEFT, SMALL, ZERO = interval(0.05, 0.1, 0.14), interval(0.003, 0.082, 0.16), interval(-0.03, 0.01, 0.05)
ALL, UP_TO_ALL, BEHIND = interval(0.15, 0.18, 0.21), interval(-0.03, 0.07, 0.17), interval(-0.09, -0.06, -0.03)
VARIANTS = {
    "part of the lead is left": (LEAD, LEFT, LEFT, LEFT),
    "the limits keep a decimal near zero": (LEAD, SMALL, SMALL, SMALL),
    "nothing certain is left": (LEAD, ZERO, ZERO, ZERO),
    "all of the lead may be left": (LEAD, ALL, UP_TO_ALL, UP_TO_ALL),
    "anything may be left": (LEAD, UP_TO_ALL, LEFT, LEFT),
    "behind": (LEAD, BEHIND, BEHIND, BEHIND),
    "no lead": (NO_LEAD, LEFT, LEFT, LEFT),
    "a lead of the other scheme": (BEHIND, LEFT, LEFT, LEFT),
    "what is left is hidden": (LEAD, HIDDEN, HIDDEN, HIDDEN),
    "hidden": (HIDDEN, HIDDEN, HIDDEN, HIDDEN),
}


def rows(raw: dict, adjusted: dict, women: dict, full: dict) -> list[dict[str, Any]]:
    effect = {"statistic": "average_marginal_effect", "term": "scheme"}
    return [
        {"statistic": "difference", **raw},
        {**effect, "group": "model=individual", **adjusted},
        {**effect, "group": "model=individual", "sample": "women", **women},
        {**effect, "group": "model=full", **full},
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_answer_follows_the_numbers(variant: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert main_finding(page(language, *rows(*VARIANTS[variant]))) == snapshot
