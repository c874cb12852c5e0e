"""Sentences on job support: what the trial and the comparison of measures show, and what they cannot show."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import FEWEST, from_lowest
from helpers.chapters.common.phrases import interval_of
from helpers.chapters.support.terms import ANALYSES, HYPOTHETICAL, MONTHS, WANTED_POWER
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.ledger import group_of, lookup
from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

BALANCE_LEVEL: Final = 0.05
"""Share of fair lots in which the largest difference between the arms is called unusual."""


def participants_drawn(page: Page) -> str:
    """How many were drawn for either arm."""
    return counted(page.words, page.rows.loc[page.rows["term"] == "randomised", "value"].sum(skipna=False))


def specialists_answered(page: Page) -> str:
    """How many job specialists answered."""
    return counted(page.words, lookup(page.rows, statistic="count")["value"])


def counted(words: Wording, n: float) -> str:
    """A number that stands before what is counted."""
    return words.text("(number not shown)") if pd.isna(n) else words.count(n)


def largest_imbalance(page: Page) -> dict[str, str]:
    """In what the arms differ most, and by how many standard deviations."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "standardised_difference"]
    hidden = rows["suppressed"].any()
    largest = rows.sort_values("value", key=abs).iloc[-1]
    size, term = words.number(abs(largest["value"]), 2), words.label(str(largest["term"]))
    return {
        "trial_largest_imbalance": words.text("not shown") if hidden else size,
        "trial_largest_imbalance_in": words.text("not shown") if hidden else term,
    }


def balance_finding(page: Page) -> str:
    """Whether the largest difference between the arms is one that a fair lot gives.

    Each standardised difference is, by a fair lot, about normal with variance 1/n + 1/m. The largest of several
    passes the limit of Bonferroni in at most one trial of twenty.
    """
    words, rows = page.words, page.rows
    if rows["suppressed"].any():
        return words.text(MESSAGES["balance_finding.hidden"])
    differences = rows.loc[rows["statistic"] == "standardised_difference", "value"]
    sizes = rows[rows["group"] != ""].groupby("group")["n"].first()
    limit = NormalDist().inv_cdf(1 - BALANCE_LEVEL / (2 * len(differences))) * (1 / sizes).sum() ** 0.5
    if differences.abs().max() > limit:
        return words.text(MESSAGES["balance_finding.large"])
    return words.text(MESSAGES["balance_finding.usual"], n=words.count(len(differences)))


def effect_with_interval(words: Wording, effect: pd.Series) -> str:
    """An effect on a share in percentage points, as far as it is shown and as the data set limits to it."""
    if effect["suppressed"]:
        return words.text("a difference that is not shown")
    interval = interval_of(words, effect)
    limits = words.text("no limits") if interval == HIDDEN else interval
    return f"{words.signed_points(effect['value'])} ({limits})"


def three_effects(page: Page) -> dict[str, str]:
    """The effect on being in work as offered, as received, and on those who take the measure when offered."""
    names = ("trial_offered", "trial_received_effect", "trial_compliers")
    return {
        name: effect_with_interval(page.words, effect_by(page, analysis))
        for name, analysis in zip(names, ANALYSES, strict=True)
    }


def trial_finding(page: Page) -> str:
    """What the comparison that the lot protects shows, and whether the other one says something else."""
    words, offered, received = page.words, effect_by(page, "offered"), effect_by(page, "received")
    sentence = MESSAGES.by_side("offered").text(words, offered)
    if side(offered) == "uncertain" and side(received) == "above":
        return f"{sentence} " + words.text(MESSAGES["trial_finding"])
    return sentence


def effect_by(page: Page, analysis: str) -> pd.Series:
    """The effect on being in work by one analysis."""
    statistic = "complier_effect" if analysis == "compliers" else "difference"
    return lookup(page.rows, statistic=statistic, group=group_of(analysis=analysis))


def months_finding(page: Page) -> str:
    """How much longer those offered the measure were in employment."""
    words, months = (
        page.words,
        lookup(page.rows, statistic="difference", group=group_of(analysis="offered"), term=MONTHS),
    )
    return MESSAGES.by_side("months_longer").text(
        words,
        months,
        size=words.number(abs(months["value"]), 1),
        months=words.number(months["value"], 1),
        interval=words.interval(months["low"], months["high"], "number", 1),
    )


def asked_of_the_trial(page: Page) -> dict[str, str]:
    """The difference that the text asks about, and the probability of finding one that trials are planned for."""
    return {
        "trial_wanted_power": page.words.percent(WANTED_POWER),
        "trial_hypothetical": page.words.points(HYPOTHETICAL),
    }


def smallest_found(page: Page) -> str:
    """The smallest difference that a trial of this size would probably find; there may be none."""
    words, rows = page.words, page.rows
    smallest = rows[(rows["statistic"] == "smallest_detectable_difference") & (rows["group"] == group_of(times=1))]
    if smallest.empty:
        return words.text("(no difference is large enough)")
    return words.text("(size not shown)") if smallest["suppressed"].item() else words.points(smallest["value"].item())


def work_finding(page: Page) -> str:
    """How far apart the highest and the lowest share are, and whether the measures differ by more than chance."""
    words, rows = page.words, page.rows
    shares = from_lowest(rows[(rows["statistic"] == "share") & (rows["group"] != "")])
    if len(shares) < 2:
        return words.text(MESSAGES["work_finding.too_few"])
    worst, best = shares.iloc[0], shares.iloc[-1]
    values = {
        "fewest": words.count(FEWEST),
        "best": words.label(best["group"]),
        "best_share": words.percent(best["value"]),
        "worst": words.label(worst["group"]),
        "worst_share": words.percent(worst["value"]),
    }
    equal = lookup(rows, statistic="p_value")
    if equal["suppressed"]:
        return words.text(MESSAGES["work_finding.not_tested"], **values)
    if equal["value"] < 1 - page.cohort.analysis.confidence_level:
        return words.text(MESSAGES["work_finding.differ"], **values)
    return words.text(MESSAGES["work_finding.may_not_differ"], **values)


def measures_compared(page: Page) -> dict[str, str]:
    """How many measures there are, and for which of them nothing is known of their participants afterwards."""
    words, rows = page.words, page.rows
    without = rows.loc[rows["statistic"] == "nothing_known", "group"]
    with_data = ((rows["statistic"] == "share") & (rows["group"] != "")).sum()
    names = words.list([words.label(group) for group in without])
    return {
        "n_support_measures": words.plural("{n} measure", "{n} measures", with_data + len(without)),
        "support_without_data": MESSAGES.by_number("without_data").text(words, len(without), names=names),
    }


def ways_of_working(page: Page) -> dict[str, str]:
    """How many ways of working were asked about, and which of those shown go with the share in work."""
    words, shown = page.words, page.rows[~page.rows["suppressed"]]
    apart = [words.label(way["term"]) for _, way in shown.iterrows() if side(way) != "uncertain"]
    if shown.empty:
        finding = words.text(MESSAGES["ways_of_working.hidden"])
    elif apart:
        finding = words.plural(
            MESSAGES["ways_of_working.one"], MESSAGES["ways_of_working.several"], len(shown), names=words.list(apart)
        )
    else:
        finding = words.plural(MESSAGES["ways_of_working.not_the_one"], MESSAGES["ways_of_working.none"], len(shown))
    questions = words.plural("{n} question", "{n} questions", len(page.rows))
    return {"dimensions_finding": finding, "n_dimensions": questions}
