"""What the multilevel models say, as sentences that follow the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from helpers.chapters.common.tell import told_apart
from helpers.chapters.context.context_models import LEVELS
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

PROSE_LABELS: Final = {
    "municipality_immigrant_share": "context=immigrant_share",
    "municipality_net_in_migration": "context=net_in_migration",
    "municipality_labour_market": "context=labour_market",
    "project_wage_per_participant": "context=wage_per_participant",
}
"""What the context variables are called inside a sentence."""


def context_finding(words: Wording, told: pd.DataFrame) -> str:
    """Which of the context variables go with reaching the goal more or less often, as sentences.

    Args:
        words: The reader's language.
        told: Average marginal effects in percentage points: `term`, `value`, `low`, `high`.
    """
    names: dict[str, list[str]] = {}
    for _, entry in told.iterrows():
        found, name = told_apart(entry), words.label(PROSE_LABELS[entry["term"]])
        sized = name if found == "not_distinguishable" else _sized(words, name, entry["value"])
        names.setdefault(found, []).append(sized)
    sentences = []
    if above := names.get("above"):
        sentences.append(words.text("Participants reach the goal more often with {terms}.", terms=words.list(above)))
    if below := names.get("below"):
        sentences.append(words.text("Participants reach the goal less often with {terms}.", terms=words.list(below)))
    if neither := names.get("not_distinguishable"):
        sentences.append(
            words.text("What goes with {terms} cannot be told apart from zero.", terms=words.list(neither))
        )
    return " ".join(sentences)


def _sized(words: Wording, name: str, points: float) -> str:
    return words.text("{name} ({size} per standard deviation)", name=name, size=words.signed_points(points / 100, 1))


def full_finding(words: Wording, rows: pd.DataFrame) -> str:
    """What the full model says of the scheme, as a sentence that follows the numbers."""
    effect = lookup(rows, statistic="average_marginal_effect", group="model=full")
    values = {
        "size": words.points(abs(effect["value"]) / 100),
        "interval": words.interval(effect["low"] / 100, effect["high"] / 100, "points"),
    }
    messages = {
        "above": words.text(
            "With characteristics, measures and municipal statistics held equal, Jobbsjansen lies {size} ahead "
            "({interval}).",
            **values,
        ),
        "below": words.text(
            "With characteristics, measures and municipal statistics held equal, Jobbsjansen lies {size} behind "
            "({interval}).",
            **values,
        ),
        "not_distinguishable": words.text(
            "With characteristics, measures and municipal statistics held equal, the schemes cannot be told apart "
            "({interval} percentage points).",
            **values,
        ),
    }
    return messages[told_apart(effect)]


def convergence_note(words: Wording, rows: pd.DataFrame) -> str:
    """Whether the search for each model's estimates ended where it should, as a sentence."""
    failed = rows[(rows["statistic"] == "converged") & (rows["value"] != 1)]
    if failed.empty:
        return words.text("The estimation of all models converged.")
    names = words.list([words.label(group) for group in failed["group"]])
    return words.text(
        "The estimation did not converge, and the numbers are not to be used, for: {models}.", models=names
    )


def level_note(words: Wording, full: Mapping[str, pd.Series], p_values: Mapping[str, float], significant: float) -> str:
    """What the full model says of its two levels, and what it means when one of them is at zero.

    Args:
        words: The reader's language.
        full: The intraclass correlation of each level of the full model.
        p_values: Of the test that each level, beside the other, adds nothing.
        significant: A p-value below this tells variation from chance.
    """
    at_zero = [level for level in LEVELS if full[level]["value"] == 0]
    if not at_zero:
        return _certain_levels(words, [level for level in LEVELS if p_values[level] < significant])
    if len(at_zero) == len(LEVELS):
        return words.text(
            "The model finds no variation at either level beyond what chance gives. Its estimates are then those of a "
            "model without levels."
        )
    texts = {
        "municipality": words.text(
            "The estimate of the variation between municipalities is exactly zero: once projects may differ, the data "
            "show nothing more that projects in the same municipality have in common. The fit is then called "
            "singular. It is no error, and the other estimates can be used; but zero is the lowest value there is, "
            "not a proof that municipalities do not matter."
        ),
        "project": words.text(
            "The estimate of the variation between projects within a municipality is exactly zero: once municipalities "
            "may differ, the data show nothing more that sets its projects apart. The fit is then called singular. It "
            "is no error, and the other estimates can be used; but zero is the lowest value there is, not a proof that "
            "projects do not matter."
        ),
    }
    return texts[at_zero[0]]


def _certain_levels(words: Wording, certain: list[str]) -> str:
    """Which of two levels, both with some variation, vary by more than chance gives."""
    if len(certain) == len(LEVELS):
        return words.text("The model finds variation at both levels, more than chance gives.")
    if not certain:
        return words.text(
            "The model estimates some variation at both levels, but with the other level in the model either may be "
            "chance."
        )
    return {
        "municipality": words.text(
            "The model finds variation between municipalities, more than chance gives; that between the projects of a "
            "municipality may be chance."
        ),
        "project": words.text(
            "The model finds variation between projects, more than chance gives; that between municipalities may be "
            "chance."
        ),
    }[certain[0]]
