"""What the multilevel models and the comparisons within municipalities say, as sentences that follow the numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import interval_of, size_of
from helpers.chapters.context.terms import LEVELS
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, Side, side
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording, msgid

CONTEXT: Final = BySide(
    above="Participants reach the goal more often with {terms}.",
    below="Participants reach the goal less often with {terms}.",
    uncertain="What goes with {terms} cannot be told apart from zero.",
    hidden="What goes with {terms} is not shown.",
)
FULL: Final = BySide(
    above="With characteristics, measures and municipal statistics held equal, Jobbsjansen lies {size} ahead "
    "({interval}).",
    below="With characteristics, measures and municipal statistics held equal, Jobbsjansen lies {size} behind "
    "({interval}).",
    uncertain="With characteristics, measures and municipal statistics held equal, the schemes cannot be told apart "
    "({interval} percentage points).",
    hidden="What the full model says of the schemes is not shown.",
)
WITHIN: Final = BySide(
    above="Within the same municipality, and with characteristics and measures held equal, Jobbsjansen's "
    "participants reach the goal more often: {size} ({interval}).",
    below="Within the same municipality, and with characteristics and measures held equal, Jobbsjansen's "
    "participants reach the goal less often: {size} ({interval}).",
    uncertain="Within the same municipality, and with characteristics and measures held equal, the two schemes cannot "
    "be told apart ({interval} percentage points).",
    hidden="There are too few municipalities with both schemes to compare within them.",
)
BESIDE: Final = BySide(
    above="Introduction programmes do better where the municipality also has Jobbsjansen: {size} with participants, "
    "measures and context held equal ({interval}).",
    below="Introduction programmes do worse where the municipality also has Jobbsjansen: {size} with participants, "
    "measures and context held equal ({interval}).",
    uncertain="With participants, measures and context held equal, introduction programmes in municipalities with "
    "Jobbsjansen cannot be told apart from the others ({interval} percentage points).",
    hidden="With what else differs held equal, there are too few to compare.",
)
AT_ZERO: Final = {
    LEVELS: msgid(
        "The model finds no variation at either level beyond what chance gives. Its estimates are then those of a "
        "model without levels."
    ),
    ("municipality",): msgid(
        "The estimate of the variation between municipalities is exactly zero: once projects may differ, the data "
        "show nothing more that projects in the same municipality have in common. The fit is then called "
        "singular. It is no error, and the other estimates can be used; but zero is the lowest value there is, "
        "not a proof that municipalities do not matter."
    ),
    ("project",): msgid(
        "The estimate of the variation between projects within a municipality is exactly zero: once municipalities "
        "may differ, the data show nothing more that sets its projects apart. The fit is then called singular. It "
        "is no error, and the other estimates can be used; but zero is the lowest value there is, not a proof that "
        "projects do not matter."
    ),
}
"""By the levels of the full model whose variation is estimated at zero."""
BEYOND_CHANCE: Final = {
    LEVELS: msgid("The model finds variation at both levels, more than chance gives."),
    ("municipality",): msgid(
        "The model finds variation between municipalities, more than chance gives; that between the projects of a "
        "municipality may be chance."
    ),
    ("project",): msgid(
        "The model finds variation between projects, more than chance gives; that between municipalities may be chance."
    ),
    (): msgid(
        "The model estimates some variation at both levels, but with the other level in the model either may be chance."
    ),
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
        CONTEXT.text(words, alike[0], terms=words.list([context_name(words, effect) for effect in alike]))
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
        return page.words.text("a share that is not shown") if shares.empty else page.words.percent(shares.iloc[0])

    return text


def convergence(page: Page) -> str:
    """Whether the search for each model's estimates ended where it should, as a sentence."""
    words, found = page.words, page.rows[page.rows["statistic"] == "converged"]
    failed = found[found["value"] == 0]
    if not failed.empty:
        return words.text(
            "The estimation did not converge, and the numbers are not to be used, for: {models}.",
            models=words.list([words.label(group) for group in failed["group"]]),
        )
    if found["suppressed"].any():
        return words.text("Whether the estimation of all models converged is not shown.")
    return words.text("The estimation of all models converged.")


def level_finding(page: Page) -> str:
    """What the full model says of its two levels, and what it means when one of them is at zero."""
    words, significant = page.words, 1 - page.cohort.analysis.confidence_level
    shares = {level: lookup(page.rows, group=f"model=full;level={level}") for level in LEVELS}
    tests = {level: lookup(page.rows, group=f"model=full;level={level};test=variation") for level in LEVELS}
    if any(row["suppressed"] for row in (*shares.values(), *tests.values())):
        return words.text("What the full model says of its two levels is not shown.")
    if at_zero := tuple(level for level in LEVELS if shares[level]["value"] == 0):
        return words.text(AT_ZERO[at_zero])
    return words.text(BEYOND_CHANCE[tuple(level for level in LEVELS if tests[level]["value"] < significant)])


def participant_share(page: Page) -> str:
    """What is left to participants of the variation that the full model leaves unexplained."""
    shares = [lookup(page.rows, group=f"model=full;level={level}")["value"] for level in LEVELS]
    left = 1 - sum(shares)
    return page.words.text("a share that is not shown") if pd.isna(left) else page.words.percent(left, 1)


def icc_interval(model: str) -> Callable[[Page], str]:
    """The interval of a reduced model's share between units; a share at its boundary has none."""

    def text(page: Page) -> str:
        row = lookup(page.rows, statistic="icc", group=f"model={model}")
        if pd.isna(row["low"]) or pd.isna(row["high"]):
            return page.words.text("no interval")
        return page.words.interval(row["low"], row["high"], "percent", 1)

    return text
