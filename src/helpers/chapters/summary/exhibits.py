"""Exhibits of the summary: the difference between the schemes among women, observed and with the same background."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import with_interval
from helpers.chapters.common.tell import named_values, or_not_shown, with_intervals
from helpers.chapters.summary import numbers, sentences
from helpers.chapters.summary.terms import LATER
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page
from resultatbok.exhibits.messages import Messages
from resultatbok.words.wording import msgid

MESSAGES: Final = Messages(__name__)

LADDER: Final = {
    "gender=female": (MESSAGES["unfair"], msgid("Observed")),
    "target=treated": (MESSAGES["fair"], msgid("Same background at entry")),
    "target=comparable": (MESSAGES["fair"], msgid("… those with comparable women in the other scheme")),
    "target=same_municipality": (MESSAGES["fair"], msgid("… in municipalities with both schemes")),
    "target=within_municipality": (MESSAGES["fair"], msgid("… and in the same municipality")),
    LATER: (MESSAGES["removes"], msgid("Same background and programme")),
}
"""The rows of the ladder from the top: the group in the ledger, and the heading and label that say what is compared."""


def ladder(page: Page) -> pd.DataFrame:
    """The differences among women with their headings, labels and printed numbers."""
    words, rows = page.words, page.rows[page.rows["group"].isin(list(LADDER))]
    return rows.assign(
        heading=[words.text(LADDER[group][0]) for group in rows["group"]],
        label=[words.text(LADDER[group][1]) for group in rows["group"]],
        text=[with_interval(words, row) for _, row in rows.iterrows()],
    )


def effects_chart(page: Page) -> Drawing:
    """The differences with their intervals, one below the other."""
    words = page.words
    return interval_plot(
        ladder(page),
        group="heading",
        value_text="text",
        value_header=words.text("Points (interval)"),
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.in_points,
        reference=0.0,
        reference_label=words.text("No difference"),
    )


def effects_alt(page: Page) -> str:
    """The differences in words."""
    rows, words = ladder(page), page.words
    listed = named_values(rows["label"], [or_not_shown(words, text) for text in rows["text"]])
    return words.text(MESSAGES["scheme_effects.alt"], values=listed)


scheme_effects = Figure(
    key="scheme_effects",
    numbers=numbers.scheme_effects,
    chart=effects_chart,
    caption=with_intervals(MESSAGES["scheme_effects.caption"]),
    alt=effects_alt,
    phrases={"main_finding": sentences.main_finding, "report_finding": sentences.report_finding},
)
