"""Exhibits of what became of the participants: why they left, results by year, and the 2019 evaluation's model."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common import kinds
from helpers.chapters.common.evaluation_pages import number, parts_alt, parts_chart, pivoted, term_label
from helpers.chapters.common.kinds import lined, values_alt
from helpers.chapters.common.tell import intervals_note, with_intervals, with_level
from helpers.chapters.results import numbers, sentences
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.ledger import group_keys, group_of
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)


def reasons(page: Page) -> pd.DataFrame:
    """Shares of each main reason for leaving."""
    rows = page.rows[page.rows["statistic"] == "share"]
    found = [group_keys(group)["main_exit_reason"] for group in rows["group"]]
    return rows.assign(label=[page.words.label(group_of(main_exit_reason=reason)) for reason in found])


def exits_caption(page: Page) -> str:
    """What the figure shows, and what its lines are."""
    year = str(page.cohort.years.last)
    return f"{page.words.text(MESSAGES['evaluation_exits.caption'], year=year)} {intervals_note(page)}"


def results_caption(page: Page) -> str:
    """What the table shows, and of how many."""
    words = page.words
    caption = words.text(MESSAGES["evaluation_results.caption"])
    return f"{caption} {words.text(MESSAGES['evaluation_results.sizes'], sizes=sentences.sizes(page))}"


def odds_ratios(page: Page) -> pd.DataFrame:
    """Odds ratios of the model's terms."""
    rows = page.rows[page.rows["statistic"] == "odds_ratio"]
    return rows.assign(label=[term_label(page.words, term) for term in rows["term"]], heading="")


def effects_table(page: Page) -> Cells:
    """The effect of each term with its interval."""
    words = page.words
    lines = [
        [
            term_label(words, row["term"]),
            words.in_points(row["value"], 1),
            words.interval(row["low"], row["high"], "points", 1),
        ]
        for _, row in page.rows.iterrows()
    ]
    return lined(page, words.texts("Variable", "Percentage points", "Interval"), lines)


def tested_table(page: Page) -> Cells:
    """The p-value of each variable that was left out."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "p_value"]
    lines = [[term_label(words, row["term"]), words.p_value(row["value"], named=False)] for _, row in rows.iterrows()]
    return lined(page, words.texts("Variable", "p-value"), lines)


def effects_apart(page: Page) -> str:
    """How many of the effects can be told apart from zero."""
    return page.words.count(sum(side(row) in ("above", "below") for _, row in page.rows.iterrows()))


evaluation_exits = Figure(
    key="evaluation_exits",
    numbers=numbers.evaluation_exits,
    chart=parts_chart(reasons),
    caption=exits_caption,
    alt=parts_alt(reasons),
    phrases={"exit_year": lambda page: str(page.cohort.years.last)},
)
evaluation_results = Table(
    key="evaluation_results",
    numbers=numbers.evaluation_results,
    table=pivoted("share", "percent", {"sample": msgid("Part"), "term": msgid("Result")}, columns="group"),
    caption=results_caption,
    phrases={"evaluation_goal": sentences.attainment, "evaluation_change": sentences.change},
)
evaluation_effects = Table(
    key="evaluation_effects",
    numbers=numbers.evaluation_effects,
    table=effects_table,
    caption=with_level(MESSAGES["evaluation_effects.caption"]),
    phrases={
        "n_effects_apart": effects_apart,
        "n_effects": lambda page: page.words.count(len(page.rows)),
    },
)
evaluation_odds = Figure(
    key="evaluation_odds",
    numbers=numbers.evaluation_odds,
    chart=kinds.odds_ratios(odds_ratios),
    caption=with_intervals(MESSAGES["evaluation_odds.caption"]),
    alt=values_alt(MESSAGES["evaluation_odds.alt"], odds_ratios, Wording.coefficient),
    phrases={
        "n_regression": number(Wording.count, statistic="count", term="observations"),
        "n_regression_left": number(Wording.count, statistic="count", term="leavers"),
        "n_regression_projects": number(Wording.count, statistic="count", term="clusters"),
        "left_out_finding": sentences.left_out,
    },
)
evaluation_tested = Table(
    key="evaluation_tested",
    numbers=numbers.evaluation_tested,
    table=tested_table,
    phrases={
        "tested_finding": sentences.tested,
        "search_note": sentences.search_note,
        "selected_terms": sentences.selected,
    },
)
