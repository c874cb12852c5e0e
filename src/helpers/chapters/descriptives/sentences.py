"""Sentences of the descriptive chapter: they turn with the numbers, and say when one is not shown."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import interval_of, size_of
from helpers.chapters.descriptives.terms import MIDDLE
from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.rows import group_of, lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

NOT_COUNTED: Final = {
    "introduction": MESSAGES.by_number("not_counted.introduction"),
    "jobbsjansen": MESSAGES.by_number("not_counted.jobbsjansen"),
}
"""Where all whose outcome does not count were in one scheme."""


def gap_finding(page: Page) -> str:
    """Which scheme's participants reach the goal more often."""
    gap = lookup(page.rows, statistic="difference", group="")
    return MESSAGES.by_side("gap").text(
        page.words, gap, size=size_of(page.words, gap), interval=interval_of(page.words, gap)
    )


def groups_finding(page: Page) -> str:
    """In how many groups each scheme lies ahead by more than chance explains."""
    words, rows = page.words, page.rows
    sides = [side(gap) for _, gap in rows[~rows["group"].isin(["", MIDDLE])].iterrows()]
    ahead, behind, neither = (sides.count(name) for name in ("above", "below", "uncertain"))
    counts = {"ahead": words.count(ahead), "behind": words.count(behind), "neither": words.count(neither)}
    return MESSAGES.by_number("groups").text(words, ahead + behind + neither, **counts)


def men_finding(page: Page) -> str:
    """How many men left Jobbsjansen in the last year; a small number is said not to be shown."""
    words, year = page.words, page.cohort.years.last
    men = lookup(page.rows, statistic="count", group=group_of(gender="male", year=year))
    if men["suppressed"]:
        return words.text(MESSAGES["men_finding"], year=year)
    return MESSAGES.by_number("men").text(words, men["value"], year=year)


def denominator_finding(page: Page) -> str:
    """What the choice of denominator means."""
    words, rows = page.words, page.rows
    counts = rows[rows["term"] == "outcome_not_counted"].set_index("scheme")["value"]
    if counts.isna().any():
        return words.text(MESSAGES["denominator_finding.hidden"])
    where = [scheme for scheme in SCHEMES if counts[scheme]]
    if not where:
        return words.text(MESSAGES["denominator_finding.none"])
    if len(where) == 1:
        return NOT_COUNTED[where[0]].text(words, counts.sum())
    return words.text(
        MESSAGES["denominator_finding.both"],
        n=words.count(counts.sum()),
        **{scheme: words.count(counts[scheme]) for scheme in SCHEMES},
    )


def cost_finding(page: Page) -> str:
    """Whose median wage costs per participant are higher."""
    words, rows = page.words, page.rows
    found = rows[rows["statistic"] == "relative_difference"]
    if found["suppressed"].any():
        return words.text(MESSAGES["cost_finding.hidden"])
    if found.empty or found["value"].isna().any():
        return words.text(MESSAGES["cost_finding.not_known"])
    relative = float(found["value"].iloc[0])
    size = words.percent(abs(relative))
    if relative >= 0:
        return words.text(MESSAGES["cost_finding.higher"], size=size)
    return words.text(MESSAGES["cost_finding.lower"], size=size)


def number(words: Wording, row: pd.Series, decimals: int = 0) -> str:
    """A number inside a sentence."""
    return words.text("(number not shown)") if row["suppressed"] else words.number(row["value"], decimals)


def means(page: Page) -> dict[str, str]:
    """The mean age and time in Norway of each scheme's participants, in years."""
    of_means = page.rows[page.rows["statistic"] == "mean"]
    return {
        f"{name}_{scheme}": number(page.words, lookup(of_means, term=term, scheme=scheme), decimals)
        for name, term, decimals in (("years_in_norway", "years_in_norway", 1), ("mean_age", "age", 0))
        for scheme in SCHEMES
    }


def common_durations(page: Page) -> dict[str, str]:
    """The peaks of each scheme's durations in months, as a list: `24 and 36`."""
    modes = page.rows[page.rows["group"].str.startswith("peak=")]
    return {
        f"common_durations_{scheme}": page.words.list(
            list(dict.fromkeys(number(page.words, r) for _, r in part.iterrows()))
        )
        for scheme, part in modes.groupby("scheme", sort=False)
    }


def municipalities_by_year(page: Page) -> str:
    """How many municipalities count in each year, as a list."""
    counts = page.rows[page.rows["term"] == "municipalities"]
    return page.words.list([f"{number(page.words, r)} ({page.words.label(r['group'])})" for _, r in counts.iterrows()])


def municipalities_with_both(page: Page) -> str:
    """How many municipalities a year have leavers from both schemes."""
    return number(page.words, lookup(page.rows, term="municipalities_with_both_schemes"))
