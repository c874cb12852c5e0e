"""Exhibits of what the answer is put to: all choices at once, missing outcomes, differences that should be zero."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from helpers.chapters.common.kinds import in_blocks, lined
from helpers.chapters.common.tell import with_intervals
from helpers.chapters.robustness import numbers_checks, sentences_checks
from helpers.chapters.robustness.sentences_checks import option_label
from helpers.chapters.robustness.terms import (
    ADJUSTED_P,
    DECLARED,
    EFFECT,
    ODDS,
    PLACEBO,
)
from resultatbok.charts.specifications import specification_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)


def choice_headings(words: Wording) -> dict[str, str]:
    """What each choice is about."""
    return {
        "adjusted": words.text("Adjusted for"),
        "form": words.text("Regression"),
        "people": words.text("Which women"),
        "clusters": words.text("Standard errors clustered by"),
    }


def curve_chart(page: Page) -> Drawing:
    """The estimates from low to high over the choices behind each."""
    words, rows = page.words, page.rows
    keys = [group_keys(group) for group in rows["group"]]
    headings = choice_headings(words)
    labels = {choice: [option_label(words, choice, of[choice]) for of in keys] for choice in headings}
    return specification_plot(
        rows.assign(**labels, declared=rows["group"] == DECLARED),
        headings,
        marked="declared",
        marked_label=words.text("The book's main model"),
        y_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.in_points,
    )


def no_curve(page: Page) -> Cells | None:
    """A table in place of a curve of which nothing is shown."""
    if not page.rows["suppressed"].all():
        return None
    return lined(page, [sentences_checks.curve_range(page)], [])


specification_curve = Figure(
    key="specification_curve",
    numbers=numbers_checks.specification_curve,
    chart=curve_chart,
    caption=with_intervals(MESSAGES["specification_curve.caption"]),
    alt=sentences_checks.curve_range,
    phrases={
        "curve_declared": sentences_checks.curve_declared,
        "curve_range": sentences_checks.curve_range,
        "curve_uncertain": sentences_checks.curve_uncertain,
    },
    instead=no_curve,
)


def changes_table(page: Page) -> Cells:
    """A line for each option, under its choice."""
    words, headings = page.words, choice_headings(page.words)
    blocks = defaultdict(list)
    for _, row in page.rows.iterrows():
        ((choice, option),) = group_keys(row["group"]).items()
        ends = words.interval(row["low"], row["high"], "points", 1)
        cells = [option_label(words, choice, option), words.in_points(row["value"], 1), ends]
        blocks[headings[choice]].append(cells)
    heads = words.texts("Instead of the main model", "Average change, percentage points")
    return in_blocks(page, heads + words.texts("Smallest and largest change"), blocks)


choice_changes = Table(
    key="choice_changes",
    numbers=numbers_checks.choice_changes,
    table=changes_table,
    phrases={"curve_moves": sentences_checks.curve_moves},
)


def bounds_table(page: Page) -> Cells:
    """A line for each kind of limits, under whose outcome is taken as unknown."""
    words, blocks = page.words, defaultdict(list)
    for group, own in page.rows.groupby("group", sort=False):
        lower, upper = (lookup(own, term=end) for end in ("lower", "upper"))
        unseen, method = (f"{key}={value}" for key, value in group_keys(str(group)).items())
        ends = (words.in_points(end["value"], 1) for end in (lower, upper))
        interval = words.interval(lower["low"], lower["high"], "points", 1)
        blocks[words.label(unseen)].append([words.label(method), *ends, interval, words.count(lower["n"])])
    heads = words.texts("Limits", "Lowest, percentage points", "Highest, percentage points")
    heads += words.texts("Interval of the difference", "Women whose outcome is unknown")
    return in_blocks(page, heads, blocks)


bounded_effect = Table(
    key="bounded_effect",
    numbers=numbers_checks.bounded_effect,
    table=bounds_table,
    phrases={"bounds_finding": sentences_checks.bounds_finding},
)


def shifts_table(page: Page) -> Cells:
    """A line for each shift of the odds."""
    words, rows = page.words, page.rows
    lines = []
    for odds in ODDS if (rows["statistic"] == EFFECT).any() else ():
        own = rows[rows["group"] == group_of(gender="female", odds=odds)]
        effect, attained = lookup(own, statistic=EFFECT), lookup(own, statistic="probability")
        interval = words.interval(effect["low"], effect["high"], "points", 1)
        lines.append([odds, words.percent(attained["value"]), words.in_points(effect["value"], 1), interval])
    heads = words.texts("Odds, times those of comparable women", "Share that reaches the goal")
    return lined(page, heads + words.texts("Difference, percentage points", "Interval"), lines)


shifted_effect = Table(
    key="shifted_effect",
    numbers=numbers_checks.shifted_effect,
    table=shifts_table,
    phrases={"tipping_finding": sentences_checks.tipping_finding},
)


def placebo_table(page: Page) -> Cells:
    """A line for each difference, under what is compared."""
    words, blocks = page.words, defaultdict(list)
    for (group, term), own in page.rows.groupby(["group", "term"], sort=False):
        effect, *p_values = (lookup(own, statistic=name) for name in (PLACEBO, "p_value", ADJUSTED_P))
        cells = [words.in_points(effect["value"], 1), words.interval(effect["low"], effect["high"], "points", 1)]
        cells += [words.p_value(p["value"], named=False) for p in p_values]
        blocks[words.label(str(group))].append([words.label(str(term)), *cells])
    heads = words.texts("What should not differ", "Difference, percentage points", "Interval")
    return in_blocks(page, heads + words.texts("p-value", "p-value, adjusted"), blocks)


placebo_differences = Table(
    key="placebo_differences",
    numbers=numbers_checks.placebo_differences,
    table=placebo_table,
    phrases={"placebo_finding": sentences_checks.placebo_finding},
)
