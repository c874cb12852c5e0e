"""Sentences on packages follow the numbers, on both sides of where they turn."""

import pandas as pd
import pytest

from helpers.chapters.packages.package_attainment import adjusted_finding
from helpers.chapters.packages.packages import packages_finding
from helpers.chapters.packages.packages_together import attainment_finding, rest_finding, sizes_finding
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def package(label: str, low: float, high: float, **more: object) -> dict[str, object]:
    return {"label": label, "value": (low + high) / 2, "low": low, "high": high, **more}


@pytest.mark.parametrize(
    ("differ", "expected"),
    [(True, "by more than chance accounts for: from 50% (school) to 80% (broad)"), (False, "cannot be told apart")],
)
def test_packages_differ_when_the_test_of_all_of_them_says_so(differ: bool, expected: str) -> None:
    named = pd.DataFrame([package("School", 0.4, 0.6), package("Broad", 0.7, 0.9)])
    assert expected in packages_finding(WORDS, named, differ=differ)


def test_one_package_cannot_be_compared() -> None:
    assert "not two packages" in packages_finding(WORDS, pd.DataFrame([package("School", 0.4, 0.6)]), differ=False)


def test_adjusted_packages_are_told_on_the_side_they_are_on() -> None:
    above, below, neither = package("Health", 1, 9), package("School", -9, -1), package("Broad", -5, 5)

    def told(*rows: dict[str, object]) -> str:
        return adjusted_finding(WORDS, pd.DataFrame(rows), "Strongly work-oriented")

    assert "higher" in told(above, neither) and "lower" not in told(above, neither)
    assert "lower" in told(below, neither) and "in “school”." in told(below, neither)
    assert "in “health”, and lower in “school”." in told(above, below)
    assert "no package can be told apart from the largest, “strongly work-oriented”" in told(neither)


@pytest.mark.parametrize(("low", "expected"), [(-1.0, "in 0 of 1"), (0.0, "in 0 of 1"), (0.1, "in 1 of 1")])
def test_a_scheme_lies_above_when_the_interval_leaves_zero(low: float, expected: str) -> None:
    assert expected in attainment_finding(WORDS, pd.DataFrame([{"value": 3.0, "low": low, "high": 6.0}]))


def test_no_common_package_is_said() -> None:
    assert "no package in which" in attainment_finding(WORDS, pd.DataFrame())


def test_the_schemes_differ_most_where_both_shares_are_shown() -> None:
    rows = pd.DataFrame(
        [
            {"scheme": scheme, "label": label, "group": f"shared_package={label}", "value": value, "suppressed": hidden}
            for label, values in {"School": (0.4, None), "Broad": (0.1, 0.3), "Health": (0.2, 0.1)}.items()
            for scheme, value in zip(("introduction", "jobbsjansen"), values, strict=True)
            for hidden in [value is None]
        ]
    )
    assert "differ most in broad: 30% of Jobbsjansen's" in sizes_finding(WORDS, rows)
    rest = rows[rows["label"] == "Broad"].assign(group="shared_package=rest")
    assert "no package that both" in sizes_finding(WORDS, rest)
    assert "No package fits 10% of the introduction programme's participants and 30%" in rest_finding(WORDS, rest)
    assert rest_finding(WORDS, rows) == rest_finding(WORDS, rest.assign(suppressed=True)) == ""
