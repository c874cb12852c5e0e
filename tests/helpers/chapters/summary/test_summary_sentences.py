"""The answer of the summary: it turns with the numbers, and says when nothing can be told."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.summary.sentences import main_finding, report_finding
from resultatbok.project import Language

AHEAD, BEHIND = interval(0.14, 0.17, 0.2), interval(-0.09, -0.06, -0.03)
UNCERTAIN, CLOSE, HIDDEN = interval(-0.02, 0.01, 0.04), interval(0.003, 0.082, 0.16), {}
VARIANTS = {
    "ahead, and so by every comparison": (AHEAD, CLOSE, AHEAD, AHEAD),
    "ahead, one comparison is uncertain": (AHEAD, AHEAD, UNCERTAIN, AHEAD),
    "ahead, the comparisons find the opposite": (AHEAD, AHEAD, BEHIND, BEHIND),
    "ahead, one comparison is hidden": (AHEAD, AHEAD, HIDDEN, UNCERTAIN),
    "ahead as observed, uncertain with the same background": (AHEAD, UNCERTAIN, UNCERTAIN, AHEAD),
    "ahead as observed, behind with the same background": (AHEAD, BEHIND, BEHIND, UNCERTAIN),
    "behind": (BEHIND, BEHIND, BEHIND, BEHIND),
    "no difference to explain": (UNCERTAIN, UNCERTAIN, UNCERTAIN, UNCERTAIN),
    "no difference as observed, ahead with the same background": (UNCERTAIN, AHEAD, AHEAD, UNCERTAIN),
    "the answer is hidden": (AHEAD, HIDDEN, HIDDEN, HIDDEN),
    "the answer is hidden, the comparisons are not": (AHEAD, HIDDEN, AHEAD, BEHIND),
    "hidden": (HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "no comparison could be made": (AHEAD, AHEAD),
}
TARGETS = ("treated", "comparable", "within_municipality")


def rows(observed: dict[str, float], *adjusted: dict[str, float]) -> list[dict[str, Any]]:
    """The rows read, and with other numbers those that are not."""
    effect = {"statistic": "average_effect", "term": "scheme", "sample": "women"}
    named = [effect | {"group": f"target={t}"} | numbers for t, numbers in zip(TARGETS, adjusted, strict=False)]
    other = effect | {"group": "target=same_municipality"} | interval(-0.99, -0.98, -0.97)
    return [{"statistic": "difference", "group": "gender=female", **observed}, *named, other]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_answer_follows_the_numbers(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    assert main_finding(page(language, *rows(*VARIANTS[variant]))) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("numbers", [AHEAD, BEHIND, UNCERTAIN, HIDDEN], ids=["above", "below", "uncertain", "hidden"])
def test_the_model_of_the_report_is_named(
    numbers: dict[str, float], language: Language, snapshot: SnapshotAssertion
) -> None:
    model = {"statistic": "average_marginal_effect", "group": "model=individual"} | numbers
    assert report_finding(page(language, *rows(*VARIANTS["behind"]), model)) == snapshot
