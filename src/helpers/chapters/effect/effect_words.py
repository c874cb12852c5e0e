"""Sentences about the programme's effect that follow the numbers: how many methods tell the schemes apart."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import told_apart
from helpers.study.fits.programme_effect.estimates import METHODS
from resultatbok.words.wording import Wording


def effect_finding(words: Wording, effects: pd.DataFrame, which: str) -> str:
    """What the methods together say of one sample with one set of covariates.

    Args:
        words: The reader's language.
        effects: One row per method, in percentage points: `value`, `low`, `high`.
        which: `entry` (women, held equal what was known at entry), `all` (women, all variables) or `both_genders`.
    """
    if effects.empty:
        return words.text("No method gives an estimate for this comparison.")
    classes = [told_apart(effect) for _, effect in effects.iterrows()]
    counts = {name: classes.count(name) for name in ("above", "below", "not_distinguishable")}
    return f"{_whom(words, which)} {_verdict(words, effects, counts)}"


def methods_left_out(words: Wording, told: pd.DataFrame) -> str:
    """For a caption: that some methods give no estimate somewhere, if so."""
    complete = told.groupby(["sample", "covariates"]).size()
    if len(complete) and (complete == len(METHODS)).all():
        return ""
    return " " + words.text("A method without a mark had too few participants who could have been in either scheme.")


def _whom(words: Wording, which: str) -> str:
    messages = {
        "entry": words.text("Among women who were alike in what is known of them when they entered:"),
        "all": words.text("With what came later held equal too, measures, duration, absence and Norwegian at the end:"),
        "both_genders": words.text("Among women and men who were alike when they entered:"),
    }
    return messages[which]


def _verdict(words: Wording, effects: pd.DataFrame, counts: dict[str, int]) -> str:
    n, low, high = len(effects), effects["value"].min() / 100, effects["value"].max() / 100
    span = words.interval(low, high, "points")
    if counts["above"] and counts["below"]:
        return words.text(
            "the methods contradict each other. {above} of {n} find that more reach the goal in Jobbsjansen, {below} "
            "that fewer do.",
            above=words.count(counts["above"]),
            below=words.count(counts["below"]),
            n=words.count(n),
        )
    if counts["above"]:
        return _one_way(words, counts["above"], n, span, up=True)
    if counts["below"]:
        return _one_way(words, counts["below"], n, span, up=False)
    return words.text(
        "none of the {n} methods can tell the schemes apart. Their estimates run from {span} percentage points, and "
        "every interval includes zero.",
        n=words.count(n),
        span=span,
    )


def _one_way(words: Wording, told: int, n: int, span: str, *, up: bool) -> str:
    """All or some methods tell the schemes apart, in the same direction."""
    if told == n and up:
        return words.text(
            "all {n} methods find that more reach the goal in Jobbsjansen. Their estimates run from {span} percentage "
            "points.",
            n=words.count(n),
            span=span,
        )
    if told == n:
        return words.text(
            "all {n} methods find that fewer reach the goal in Jobbsjansen. Their estimates run from {span} percentage "
            "points.",
            n=words.count(n),
            span=span,
        )
    message = (
        words.text(
            "more reach the goal in Jobbsjansen by {told} of {n} methods; the rest cannot tell the schemes "
            "apart. The estimates run from {span} percentage points.",
            told=words.count(told),
            n=words.count(n),
            span=span,
        ),
        words.text(
            "fewer reach the goal in Jobbsjansen by {told} of {n} methods; the rest cannot tell the schemes "
            "apart. The estimates run from {span} percentage points.",
            told=words.count(told),
            n=words.count(n),
            span=span,
        ),
    )
    return message[0] if up else message[1]
