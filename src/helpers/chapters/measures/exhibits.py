"""Exhibits of what the participants are given: measures of each type, the most used, Norwegian at start and end."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

from helpers.chapters.common.evaluation_pages import (
    bars_alt,
    bars_chart,
    largest,
    most_common,
    number,
    parts_alt,
    parts_chart,
    pivoted,
)
from helpers.chapters.common.phrases import share
from helpers.chapters.common.samples import PART_A
from helpers.chapters.common.tell import with_intervals
from helpers.chapters.measures import numbers
from helpers.chapters.measures.terms import A1_OR_LOWER, AT_START, B_LEVEL
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.project import Language, coding_folder
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

MOST_USED: Final = 10
"""How many measures the figure shows."""
MEASURES_FILE: Final = "single_measures.csv"


def most_used(page: Page) -> pd.DataFrame:
    """Shares of both parts with each of the measures that most of part A had."""
    shares = page.rows[page.rows["statistic"] == "share"]
    rows = shares[shares["group"].isin(largest(shares).head(MOST_USED)["group"])]
    return rows.assign(label=rows["group"].map(measure_names(page.words.language)))


@cache
def measure_names(language: Language) -> dict[str, str]:
    """What readers see the single measures called, by their groups in the ledger."""
    table = pd.read_csv(coding_folder() / MEASURES_FILE)
    return dict(zip("measure=" + table["code"], table[f"name_{language}"], strict=True))


def levels(page: Page) -> pd.DataFrame:
    """Shares at each level of Norwegian, a bar for the start and one for the end."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "share"]
    rows = rows[~rows["group"].isin([A1_OR_LOWER, B_LEVEL])]
    at_start = rows["group"].str.startswith(AT_START)
    return rows.assign(
        bar=at_start.map({True: words.text("At the start"), False: words.text("At the end")}),
        category=[words.label("norwegian=" + group.partition("=")[2]) for group in rows["group"]],
    )


evaluation_measure_types = Table(
    key="evaluation_measure_types",
    numbers=numbers.evaluation_measure_types,
    table=pivoted("mean", "number", {"group": msgid("Type of measure")}, total=msgid("All measures"), decimals=2),
    phrases={
        "mean_number_of_measures_a": number(Wording.number, decimals=1, statistic="mean", group="", sample=PART_A),
        "n_measure_participants_a": number(Wording.count, statistic="count", sample=PART_A),
    },
)
evaluation_measures = Figure(
    key="evaluation_measures",
    numbers=numbers.evaluation_measures,
    chart=parts_chart(most_used),
    caption=with_intervals(MESSAGES["evaluation_measures.caption"]),
    alt=parts_alt(most_used),
    phrases={
        ("most_used_measure", "share_most_used_measure"): most_common(
            most_used, "most_used_measure", "share_most_used_measure"
        )
    },
)
evaluation_norwegian = Figure(
    key="evaluation_norwegian",
    numbers=numbers.evaluation_norwegian,
    chart=bars_chart(levels),
    alt=bars_alt(levels),
    phrases={"share_a1_or_lower_at_start": share(group=A1_OR_LOWER)},
)
