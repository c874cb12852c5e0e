"""Sentences on what the answer is put to: all choices at once, missing outcomes, differences that should be zero."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.tell import inside_sentence, quoted
from helpers.chapters.robustness.terms import ADJUSTED_P, BOUND, CHANGE, DECLARED, EFFECT, ODDS, PLACEBO
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, Messages, side
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

WITHOUT: Final = "without_"


def option_label(words: Wording, key: str, option: str) -> str:
    """What an option of a choice is called."""
    if option.startswith(WITHOUT) and key == "adjusted":
        block = inside_sentence(words.label(option.removeprefix(WITHOUT)))
        return words.text("Main model without {block}", block=block)
    return words.label(f"{key}={option}")


def curve_declared(page: Page) -> str:
    """What the declared specification finds."""
    if page.rows.empty:
        return page.words.text(MESSAGES["too_few_women"])
    return _with_size(page.words, MESSAGES.by_side("curve_declared"), lookup(page.rows, group=DECLARED))


def _with_size(words: Wording, messages: BySide, row: pd.Series) -> str:
    written = words.signed_points if side(row) == "uncertain" else words.points
    size = written(row["value"] if side(row) == "uncertain" else abs(row["value"]))
    return messages.text(words, row, size=size, interval=words.interval(row["low"], row["high"], "points"))


def curve_range(page: Page) -> str:
    """How many specifications there are, between which values they lie, and on which side of zero."""
    words, shown = page.words, page.rows[~page.rows["suppressed"]]
    if shown.empty:
        return words.text(MESSAGES["curve_range.none"])
    if len(shown) == 1:
        return words.text(MESSAGES["curve_range.one"])
    ahead, low, high = int((shown["value"] > 0).sum()), shown["value"].min(), shown["value"].max()
    message = MESSAGES[
        "curve_range.all_ahead"
        if ahead == len(shown)
        else "curve_range.both_ways"
        if ahead
        else "curve_range.all_behind"
    ]
    low, high = (-high, -low) if message == MESSAGES["curve_range.all_behind"] else (low, high)
    given = {"low": words.in_points(low), "high": words.points(high), "ahead": words.count(ahead)}
    found = words.text(message, n=words.count(len(shown)), **given)
    return " ".join(filter(None, [found, MESSAGES.by_number("curve_hidden").text(words, len(page.rows) - len(shown))]))


def curve_uncertain(page: Page) -> str:
    """In how many specifications the interval holds zero."""
    words, shown = page.words, page.rows[~page.rows["suppressed"]]
    uncertain = int(((shown["low"] <= 0) & (shown["high"] >= 0)).sum())
    if shown.empty:
        return words.text(MESSAGES["curve_uncertain.hidden"])
    if len(shown) == 1:
        return words.text(MESSAGES["curve_uncertain.no_other"])
    if uncertain == len(shown):
        return words.text(MESSAGES["curve_uncertain.all"])
    return MESSAGES.by_number("curve_unsure").text(words, uncertain)


def curve_moves(page: Page) -> str:
    """Which option changes the estimate most, and which way."""
    words, shown = page.words, page.rows[~page.rows["suppressed"] & (page.rows["statistic"] == CHANGE)]
    if shown.empty:
        return words.text(MESSAGES["curve_moves.hidden"])
    most = _largest(shown)
    ((key, option),) = group_keys(most["group"]).items()
    values = {"option": quoted(words, option_label(words, key, option)), "change": words.points(abs(most["value"]))}
    if most["value"] > 0:
        return words.text(MESSAGES["curve_moves.higher"], **values)
    return words.text(MESSAGES["curve_moves.lower"], **values)


def bounds_finding(page: Page) -> str:
    """Between which values the observed difference lies, whatever became of those whose outcome is not known."""
    words, rows = page.words, page.rows
    parts = []
    for unseen, messages in {
        "outcome_not_counted": MESSAGES.by_side("not_counted"),
        "not_complete": MESSAGES.by_side("not_complete"),
    }.items():
        own = rows[(rows["statistic"] == BOUND) & (rows["group"] == group_of(unseen=unseen, method="manski"))]
        if own.empty:
            continue
        lower, upper = lookup(own, term="lower"), lookup(own, term="upper")
        text = messages.text(
            words,
            lower,
            n=words.count(lower["n"]),
            low=words.in_points(lower["value"], 1),
            high=words.points(upper["value"], 1),
            interval=words.interval(lower["low"], lower["high"], "points"),
        )
        parts.append(text)
    return " ".join(parts) or words.text(MESSAGES["all_complete"])


def tipping_finding(page: Page) -> str:
    """How unlike comparable women those left out would have to be for the answer to change, and how they fared."""
    words, effects = page.words, page.rows[page.rows["statistic"] == EFFECT]
    if effects.empty or effects["suppressed"].any():
        return words.text(MESSAGES["tipping_finding.hidden"])
    sides = {odds: side(lookup(effects, group=_shifted(odds))) for odds in ODDS}
    if sides["1"] == "uncertain":
        return words.text(MESSAGES["tipping_finding.already"])
    attained = page.rows[page.rows["statistic"] == "share"]["value"].dropna()
    fared = (
        words.text(MESSAGES["tipping_finding.observed"], share=words.percent(attained.iloc[0])) if len(attained) else ""
    )
    other = sorted((o for o in ODDS if sides[o] != sides["1"]), key=lambda o: abs(ODDS.index(o) - ODDS.index("1")))
    nearest, uncertain = other[0] if other else ODDS[-1], bool(other) and sides[other[0]] == "uncertain"
    message = MESSAGES[
        "tipping_finding.tips" if uncertain else "tipping_finding.turns" if other else "tipping_finding.holds"
    ]
    share = words.percent(lookup(page.rows, statistic="probability", group=_shifted(nearest))["value"])
    return f"{words.text(message, share=share, odds=nearest)} {fared}".strip()


def _shifted(odds: str) -> str:
    return group_of(gender="female", odds=odds)


def placebo_finding(page: Page) -> str:
    """How many of the differences that should be zero are not, and how many chance would give."""
    words, found = page.words, page.rows[page.rows["statistic"] == PLACEBO]
    shown = found[~found["suppressed"]]
    if shown.empty:
        return words.text(MESSAGES["placebo_finding.none"])
    level = page.cohort.analysis.confidence_level
    differ = int(((shown["low"] > 0) | (shown["high"] < 0)).sum())
    expected = words.number(len(shown) * (1 - level), 1)
    adjusted = page.rows[(page.rows["statistic"] == ADJUSTED_P) & (page.rows["value"] < 1 - level)]
    kept = shown.merge(adjusted[["group", "term"]], on=["group", "term"])
    largest = _with_interval(words, _largest(kept)) if len(kept) else ""
    if len(shown) == 1:
        return words.text(MESSAGES["placebo_finding.one"], found=_with_interval(words, shown.iloc[0]))
    parts = [
        MESSAGES.by_number("placebos").text(words, differ, all=words.count(len(shown)), expected=expected),
        MESSAGES.by_number("remaining").text(words, len(kept), largest=largest) if differ else "",
        words.text(MESSAGES["invented"]) if page.cohort.synthetic else "",
    ]
    return " ".join(filter(None, parts))


def _largest(rows: pd.DataFrame) -> pd.Series:
    """The row with the largest value, whichever its sign."""
    return rows.sort_values("value", key=abs, kind="stable").iloc[-1]


def _with_interval(words: Wording, row: pd.Series) -> str:
    """A difference by its name, with its interval."""
    interval = words.interval(row["low"], row["high"], "points")
    return f"{quoted(words, words.label(row['term']))}, {words.signed_points(row['value'])} ({interval})"
