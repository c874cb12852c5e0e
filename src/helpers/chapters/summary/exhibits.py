"""Exhibits of the summary: the difference between the schemes among women, observed and with the same background."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.kinds import differences, values_alt
from helpers.chapters.common.phrases import with_interval
from helpers.chapters.common.tell import with_intervals
from helpers.chapters.summary import numbers, sentences
from helpers.chapters.summary.terms import LATER
from resultatbok.exhibits.declaration import Figure, Page
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


scheme_effects = Figure(
    key="scheme_effects",
    numbers=numbers.scheme_effects,
    chart=differences(
        ladder,
        msgid("Jobbsjansen minus the introduction programme, percentage points"),
        group="heading",
        value_header=msgid("Points (interval)"),
    ),
    caption=with_intervals(MESSAGES["scheme_effects.caption"]),
    alt=values_alt(MESSAGES["scheme_effects.alt"], ladder),
    phrases={"main_finding": sentences.main_finding, "report_finding": sentences.report_finding},
)
