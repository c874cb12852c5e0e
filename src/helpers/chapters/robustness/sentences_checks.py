"""Sentences on what the answer is put to: all choices at once, missing outcomes, differences that should be zero."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.tell import inside_sentence, quoted
from helpers.chapters.robustness.terms import ADJUSTED_P, BOUND, CHANGE, DECLARED, EFFECT, ODDS, PLACEBO
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import ByNumber, BySide, side
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.words.wording import Wording, msgid

WITHOUT: Final = "without_"
CURVE_DECLARED: Final = BySide(
    above="The main model finds that women with the same background at entry reach the goal more often in Jobbsjansen: "
    "{size} ({interval}).",
    below="The main model finds that women with the same background at entry reach the goal less often in Jobbsjansen: "
    "{size} ({interval}).",
    uncertain="The main model leaves the difference among women with the same background at entry uncertain: {size} "
    "({interval}).",
    hidden="What the main model finds among women with the same background at entry is not shown.",
)
ALL_AHEAD: Final = msgid(
    "Over all {n} combinations of choices more women reach the goal in Jobbsjansen, by {low} to {high}."
)
ALL_BEHIND: Final = msgid(
    "Over all {n} combinations of choices fewer women reach the goal in Jobbsjansen, by {low} to {high}."
)
BOTH_WAYS: Final = msgid(
    "Over all {n} combinations of choices the difference among women runs from {low} to {high}; in {ahead} of them "
    "Jobbsjansen is ahead."
)
CURVE_UNCERTAIN: Final = ByNumber(
    none="In none of them is the difference uncertain.",
    one="In one of them the difference is uncertain.",
    several="In {n} of them the difference is uncertain.",
)
CURVE_HIDDEN: Final = ByNumber(
    none="", one="One more combination is not shown.", several="{n} more combinations are not shown."
)
NOT_COUNTED: Final = BySide(
    above="For {n} women the reason for ending is not counted. Whatever became of them, more women reached the goal "
    "in Jobbsjansen: the observed difference is between {low} and {high} ({interval}).",
    below="For {n} women the reason for ending is not counted. Whatever became of them, fewer women reached the goal "
    "in Jobbsjansen: the observed difference is between {low} and {high} ({interval}).",
    uncertain="For {n} women the reason for ending is not counted. Depending on what became of them, the observed "
    "difference is between {low} and {high} ({interval}), and its direction is uncertain.",
    hidden="The limits for women whose reason for ending is not counted are not shown: they are too few.",
)
NOT_COMPLETE: Final = BySide(
    above="Even if nothing were known of the {n} women who are left out, more women would have reached the goal in "
    "Jobbsjansen: the observed difference would be between {low} and {high} ({interval}).",
    below="Even if nothing were known of the {n} women who are left out, fewer women would have reached the goal in "
    "Jobbsjansen: the observed difference would be between {low} and {high} ({interval}).",
    uncertain="If nothing were known of the {n} women who are left out, the observed difference could be anything "
    "between {low} and {high} ({interval}), and its direction would be uncertain.",
    hidden="The limits for the women who are left out are not shown.",
)
TIPS: Final = msgid(
    "The difference would be uncertain if {share} of the women left out of the introduction programme had reached the "
    "goal, {odds} times the odds of comparable women."
)
TURNS: Final = msgid(
    "The difference would turn if {share} of the women left out of the introduction programme had reached the goal, "
    "{odds} times the odds of comparable women."
)
HOLDS: Final = msgid(
    "The direction would be the same even if {share} of the women left out of the introduction programme had reached "
    "the goal, {odds} times the odds of comparable women."
)
PLACEBOS: Final = ByNumber(
    none="None of the {all} differences that should be zero has an interval that excludes zero; by chance about "
    "{expected} would.",
    one="One of the {all} differences that should be zero has an interval that excludes zero; by chance about "
    "{expected} would.",
    several="{n} of the {all} differences that should be zero have an interval that excludes zero; by chance about "
    "{expected} would.",
)
REMAINING: Final = ByNumber(
    none="With the false discovery rate controlled, none remains.",
    one="With the false discovery rate controlled, one remains: {largest}.",
    several="With the false discovery rate controlled, {n} remain. The largest is {largest}.",
)
INVENTED: Final = msgid("The registers are invented, so this shows the method and says nothing of the real schemes.")


def option_label(words: Wording, key: str, option: str) -> str:
    """What an option of a choice is called."""
    if option.startswith(WITHOUT) and key == "adjusted":
        block = inside_sentence(words.label(option.removeprefix(WITHOUT)))
        return words.text("Main model without {block}", block=block)
    return words.label(f"{key}={option}")


def curve_declared(page: Page) -> str:
    """What the declared specification finds."""
    if page.rows.empty:
        return page.words.text("The main model cannot be fitted to so few women.")
    return _with_size(page.words, CURVE_DECLARED, lookup(page.rows, group=DECLARED))


def _with_size(words: Wording, messages: BySide, row: pd.Series) -> str:
    written = words.signed_points if side(row) == "uncertain" else words.points
    size = written(row["value"] if side(row) == "uncertain" else abs(row["value"]))
    return messages.text(words, row, size=size, interval=words.interval(row["low"], row["high"], "points"))


def curve_range(page: Page) -> str:
    """How many specifications there are, between which values they lie, and on which side of zero."""
    words, shown = page.words, page.rows[~page.rows["suppressed"]]
    if shown.empty:
        return words.text("No combination of choices is shown.")
    if len(shown) == 1:
        return words.text("Only one combination of choices is shown.")
    ahead, low, high = int((shown["value"] > 0).sum()), shown["value"].min(), shown["value"].max()
    message = ALL_AHEAD if ahead == len(shown) else BOTH_WAYS if ahead else ALL_BEHIND
    low, high = (-high, -low) if message is ALL_BEHIND else (low, high)
    given = {"low": words.in_points(low), "high": words.points(high), "ahead": words.count(ahead)}
    found = words.text(message, n=words.count(len(shown)), **given)
    return " ".join(filter(None, [found, CURVE_HIDDEN.text(words, len(page.rows) - len(shown))]))


def curve_uncertain(page: Page) -> str:
    """In how many specifications the interval holds zero."""
    words, shown = page.words, page.rows[~page.rows["suppressed"]]
    uncertain = int(((shown["low"] <= 0) & (shown["high"] >= 0)).sum())
    if shown.empty:
        return words.text("Whether the difference is uncertain in any of them is not shown.")
    if len(shown) == 1:
        return words.text("There is no other to compare it with.")
    if uncertain == len(shown):
        return words.text("In all of them the difference is uncertain.")
    return CURVE_UNCERTAIN.text(words, uncertain)


def curve_moves(page: Page) -> str:
    """Which option changes the estimate most, and which way."""
    words, shown = page.words, page.rows[~page.rows["suppressed"] & (page.rows["statistic"] == CHANGE)]
    if shown.empty:
        return words.text("Which choice matters most is not shown.")
    most = _largest(shown)
    ((key, option),) = group_keys(most["group"]).items()
    values = {"option": quoted(words, option_label(words, key, option)), "change": words.points(abs(most["value"]))}
    if most["value"] > 0:
        return words.text(
            "The choice that matters most is {option}. The difference is then {change} higher on average.", **values
        )
    return words.text(
        "The choice that matters most is {option}. The difference is then {change} lower on average.", **values
    )


def bounds_finding(page: Page) -> str:
    """Between which values the observed difference lies, whatever became of those whose outcome is not known."""
    words, rows = page.words, page.rows
    parts = []
    for unseen, messages in {"outcome_not_counted": NOT_COUNTED, "not_complete": NOT_COMPLETE}.items():
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
    return " ".join(parts) or words.text("Every woman who left has all that is needed.")


def tipping_finding(page: Page) -> str:
    """How unlike comparable women those left out would have to be for the answer to change, and how they fared."""
    words, effects = page.words, page.rows[page.rows["statistic"] == EFFECT]
    if effects.empty or effects["suppressed"].any():
        return words.text("What the answer would be if the women who are left out were different is not shown.")
    sides = {odds: side(lookup(effects, group=_shifted(odds))) for odds in ODDS}
    if sides["1"] == "uncertain":
        return words.text("If the women who are left out are like comparable women, the difference is uncertain.")
    attained = page.rows[page.rows["statistic"] == "share"]["value"].dropna()
    fared = words.text("In fact {share} of them did.", share=words.percent(attained.iloc[0])) if len(attained) else ""
    other = sorted((o for o in ODDS if sides[o] != sides["1"]), key=lambda o: abs(ODDS.index(o) - ODDS.index("1")))
    nearest, uncertain = other[0] if other else ODDS[-1], bool(other) and sides[other[0]] == "uncertain"
    message = TIPS if uncertain else TURNS if other else HOLDS
    share = words.percent(lookup(page.rows, statistic="probability", group=_shifted(nearest))["value"])
    return f"{words.text(message, share=share, odds=nearest)} {fared}".strip()


def _shifted(odds: str) -> str:
    return group_of(gender="female", odds=odds)


def placebo_finding(page: Page) -> str:
    """How many of the differences that should be zero are not, and how many chance would give."""
    words, found = page.words, page.rows[page.rows["statistic"] == PLACEBO]
    shown = found[~found["suppressed"]]
    if shown.empty:
        return words.text("No difference that should be zero is shown.")
    level = page.cohort.analysis.confidence_level
    differ = int(((shown["low"] > 0) | (shown["high"] < 0)).sum())
    expected = words.number(len(shown) * (1 - level), 1)
    adjusted = page.rows[(page.rows["statistic"] == ADJUSTED_P) & (page.rows["value"] < 1 - level)]
    kept = shown.merge(adjusted[["group", "term"]], on=["group", "term"])
    largest = _with_interval(words, _largest(kept)) if len(kept) else ""
    if len(shown) == 1:
        return words.text(
            "Only one difference that should be zero is shown: {found}.", found=_with_interval(words, shown.iloc[0])
        )
    parts = [
        PLACEBOS.text(words, differ, all=words.count(len(shown)), expected=expected),
        REMAINING.text(words, len(kept), largest=largest) if differ else "",
        words.text(INVENTED) if page.cohort.synthetic else "",
    ]
    return " ".join(filter(None, parts))


def _largest(rows: pd.DataFrame) -> pd.Series:
    """The row with the largest value, whichever its sign."""
    return rows.sort_values("value", key=abs, kind="stable").iloc[-1]


def _with_interval(words: Wording, row: pd.Series) -> str:
    """A difference by its name, with its interval."""
    interval = words.interval(row["low"], row["high"], "points")
    return f"{quoted(words, words.label(row['term']))}, {words.signed_points(row['value'])} ({interval})"
