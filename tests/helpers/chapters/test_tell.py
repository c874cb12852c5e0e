"""How rows are told in prose: numbers in words, hidden numbers as hidden."""

import pandas as pd
import pytest
from invented_pages import cohort, page

from helpers.chapters.common import tell
from helpers.chapters.common.phrases import points, share
from helpers.chapters.common.tell import (
    coverage_note,
    inside_sentence,
    measured_coverage,
    named_values,
    scheme_group,
    shares_list,
)
from resultatbok.exhibits.declaration import Page
from resultatbok.release.ledger import Ledger, row
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")


@pytest.fixture
def rows() -> pd.DataFrame:
    """One share and one difference that rest on many, and one of each that rest on four."""
    return Ledger(DisclosurePolicy(min_count=5)).record(
        "x",
        pd.DataFrame(
            [
                row("share", 0.728, scheme="jobbsjansen", group="norwegian=b1", term="goal_attainment", n=500),
                row("share", 0.25, scheme="jobbsjansen", group="norwegian=a1", term="goal_attainment", n=4),
                row("difference", 0.168, group="gender=male", term="age", n=500, low=0.142, high=0.193),
                row("difference", 0.168, group="gender=female", term="age", n=4, low=0.142, high=0.193),
            ]
        ),
    )


def test_a_share_is_told_as_a_percentage_and_a_hidden_one_as_hidden(rows: pd.DataFrame) -> None:
    found = [
        share(**scheme_group("jobbsjansen", norwegian=level))(Page(rows, WORDS, cohort())) for level in ("b1", "a1")
    ]
    assert found == ["73%", "a share that is not shown"]


def test_a_difference_is_told_in_points_with_its_interval_and_a_hidden_one_as_hidden(rows: pd.DataFrame) -> None:
    men, women = (points("gap", statistic="difference", group=f"gender={g}") for g in ("male", "female"))
    shown = Page(rows, WORDS, cohort())
    assert men(shown) == {"gap": "17 percentage points", "gap_interval": "14 to 19"}
    assert women(shown) == {"gap": "a difference that is not shown", "gap_interval": "not shown"}


def test_alt_text_says_that_a_hidden_share_is_hidden(rows: pd.DataFrame) -> None:
    assert shares_list(WORDS, rows.head(2)) == "B1: Jobbsjansen 73%; A1: Jobbsjansen not shown"


@pytest.mark.parametrize(
    ("name", "inside"), [("A1", "A1"), ("Under A1", "under A1"), ("AMO course", "AMO course"), ("Women", "women")]
)
def test_levels_and_abbreviations_keep_their_capital_inside_a_sentence(name: str, inside: str) -> None:
    assert inside_sentence(name) == inside


def test_names_and_numbers_in_words() -> None:
    assert named_values(["Women", "Men"], ["42%", "63%"]) == "Women: 42%; Men: 63%"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "In simulations, the intervals of the ten best ranks hold the truth in 98% of cases, not in 95%."),
        (
            "nb",
            "I simuleringer dekker intervallene for de ti beste plassene sannheten i 98\u00a0% av tilfellene, "
            "ikke i 95\u00a0%.",
        ),
    ],
)
def test_a_coverage_that_is_not_the_promised_one_is_said(
    monkeypatch: pytest.MonkeyPatch, language: str, expected: str
) -> None:
    monkeypatch.setattr(tell, "measured_coverage", lambda: {"ten_best_ranks": 0.984})
    assert coverage_note(page(language, {"statistic": "rank", "value": 1.0}), "ten_best_ranks") == expected
    assert coverage_note(page(language, {"statistic": "rank", "value": 1.0}), "another") == ""


def test_intervals_with_a_measured_coverage_have_a_name_in_both_languages() -> None:
    for name, coverage in measured_coverage().items():
        assert 0 < coverage < 1
        assert all(Wording(language).label(f"interval={name}") != name for language in ("en", "nb"))
