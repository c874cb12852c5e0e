"""What the multilevel models and the comparisons within municipalities say, as sentences that follow the numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import A_SHARE, interval_of, size_of
from helpers.chapters.context.terms import LEVELS
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, Messages, Side, side
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

AT_ZERO: Final = {
    LEVELS: MESSAGES["at_zero.both"],
    ("municipality",): MESSAGES["at_zero.municipality"],
    ("project",): MESSAGES["at_zero.project"],
}
"""By the levels of the full model whose variation is estimated at zero."""
BEYOND_CHANCE: Final = {
    LEVELS: MESSAGES["beyond_chance.both"],
    ("municipality",): MESSAGES["beyond_chance.municipality"],
    ("project",): MESSAGES["beyond_chance.project"],
    (): MESSAGES["beyond_chance.neither"],
}
"""By the levels of the full model that vary by more than chance gives, where both vary."""


def context_finding(page: Page) -> str:
    """Which of the context variables go with reaching the goal more or less often, as sentences.

    A variable is told of as the full model has it, or the only model that has it.
    """
    words = page.words
    effects = page.rows[page.rows["statistic"] == "average_marginal_effect"].drop_duplicates("term")
    found: dict[Side, list[pd.Series]] = {"above": [], "below": [], "uncertain": [], "hidden": []}
    for _, effect in effects.iterrows():
        found[side(effect)].append(effect)
    return " ".join(
        MESSAGES.by_side("context").text(
            words, alike[0], terms=words.list([context_name(words, effect) for effect in alike])
        )
        for alike in found.values()
        if alike
    )


def context_name(words: Wording, effect: pd.Series) -> str:
    """What a context variable is called inside a sentence, with the size of what goes with it if that is certain."""
    name = words.label("context=" + effect["term"].partition("_")[2])
    if side(effect) in ("uncertain", "hidden"):
        return name
    size = words.signed_points(effect["value"], 1)
    return words.text("{name} ({size} per standard deviation)", name=name, size=size)


def difference_finding(messages: BySide, statistic: str, group: str) -> Callable[[Page], str]:
    """The message that fits a difference in points; one that could not be computed counts as hidden."""

    def text(page: Page) -> str:
        rows = page.rows[(page.rows["statistic"] == statistic) & (page.rows["group"] == group)]
        if rows.empty:
            return page.words.text(messages.hidden)
        row = rows.iloc[0]
        return messages.text(page.words, row, size=size_of(page.words, row), interval=interval_of(page.words, row))

    return text


def beside_share(place: str) -> Callable[[Page], str]:
    """Goal attainment of introduction programmes in municipalities with or without Jobbsjansen, if there are such."""

    def text(page: Page) -> str:
        shares = page.rows.loc[page.rows["group"] == f"jobbsjansen_in_municipality={place}", "value"].dropna()
        return page.words.text(A_SHARE) if shares.empty else page.words.percent(shares.iloc[0])

    return text


def convergence(page: Page) -> str:
    """Whether the search for each model's estimates ended where it should, as a sentence."""
    words, found = page.words, page.rows[page.rows["statistic"] == "converged"]
    failed = found[found["value"] == 0]
    if not failed.empty:
        return words.text(
            MESSAGES["convergence.failed"], models=words.list([words.label(group) for group in failed["group"]])
        )
    if found["suppressed"].any():
        return words.text(MESSAGES["convergence.hidden"])
    return words.text(MESSAGES["convergence.converged"])


def level_finding(page: Page) -> str:
    """What the full model says of its two levels, and what it means when one of them is at zero."""
    words, significant = page.words, 1 - page.cohort.analysis.confidence_level
    shares = {level: lookup(page.rows, group=f"model=full;level={level}") for level in LEVELS}
    tests = {level: lookup(page.rows, group=f"model=full;level={level};test=variation") for level in LEVELS}
    if any(row["suppressed"] for row in (*shares.values(), *tests.values())):
        return words.text(MESSAGES["level_finding"])
    if at_zero := tuple(level for level in LEVELS if shares[level]["value"] == 0):
        return words.text(AT_ZERO[at_zero])
    return words.text(BEYOND_CHANCE[tuple(level for level in LEVELS if tests[level]["value"] < significant)])


def participant_share(page: Page) -> str:
    """What is left to participants of the variation that the full model leaves unexplained."""
    shares = [lookup(page.rows, group=f"model=full;level={level}")["value"] for level in LEVELS]
    left = 1 - sum(shares)
    return page.words.text(A_SHARE) if pd.isna(left) else page.words.percent(left, 1)


def icc_interval(model: str) -> Callable[[Page], str]:
    """The interval of a reduced model's share between units; a share at its boundary has none."""

    def text(page: Page) -> str:
        row = lookup(page.rows, statistic="icc", group=f"model={model}")
        if pd.isna(row["low"]) or pd.isna(row["high"]):
            return page.words.text("no interval")
        return page.words.interval(row["low"], row["high"], "percent", 1)

    return text
