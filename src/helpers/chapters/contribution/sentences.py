"""Sentences of the contribution chapter: whether projects differ by more than chance, and what the quadrants mean."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from resultatbok.exhibits.declaration import Page
from resultatbok.release.rows import lookup
from resultatbok.words.wording import msgid

if TYPE_CHECKING:
    from resultatbok.charts.scatter import Corner

MEANINGS: Final[dict[Corner, str]] = {
    "top_left": msgid(
        "Participants with weaker conditions reach the goal more often than others like them. The result alone "
        "does not show it."
    ),
    "top_right": msgid("Many reach the goal, and more than these participants lead one to expect."),
    "bottom_left": msgid("Few reach the goal, and fewer than these participants lead one to expect."),
    "bottom_right": msgid("Participants with good conditions: many reach the goal, but fewer than others like them."),
}


def project_finding(page: Page) -> str:
    """Whether projects differ by more than chance, and by how much for a participant with an even chance."""
    words = page.words
    test, spread = lookup(page.rows, statistic="p_value"), lookup(page.rows, statistic="group_sd")
    if test["suppressed"] or spread["suppressed"]:
        return words.text("Whether projects differ by more than chance is not shown.")
    if test["value"] >= 1 - page.cohort.analysis.confidence_level:
        return words.text("That projects differ by more than chance cannot be told from these data.")
    return words.text(
        "Projects differ by more than chance: for a participant with an even chance, a project one standard deviation "
        "above the average is worth {size}.",
        size=words.points(1 / (1 + exp(-spread["value"])) - 0.5),
    )
