"""Exhibits of who takes part in Jobbsjansen: how many there were, and who they were when they began."""

from __future__ import annotations

from typing import Final

import pandas as pd
from babel import Locale

from helpers.chapters.common.evaluation_pages import (
    bars_alt,
    bars_chart,
    most_common,
    number,
    parts_alt,
    parts_chart,
    pivoted,
)
from helpers.chapters.common.kinds import named_by
from helpers.chapters.common.phrases import share
from helpers.chapters.common.rounding import with_rounding
from helpers.chapters.common.samples import PART_A
from helpers.chapters.common.tell import with_intervals
from helpers.chapters.participants import numbers
from helpers.chapters.participants.terms import HIGHER_COMPLETED, MIDDLE_AGE, OTHER, TOGETHER
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)


def groups_by_part(page: Page) -> pd.DataFrame:
    """Shares that make up a whole, a bar for each part."""
    rows = page.rows[~page.rows["group"].isin([MIDDLE_AGE, HIGHER_COMPLETED])]
    return rows.assign(bar=rows["sample"].map(page.words.label), category=rows["group"].map(page.words.label))


incomes: Final = named_by("group")


def countries(page: Page) -> pd.DataFrame:
    """Shares of each of the most common countries."""
    found = page.rows["group"].map(group_keys)
    rows = page.rows[[keys.keys() == {"country"} and keys["country"] != OTHER for keys in found]]
    return rows.assign(label=[country_name(page.words, group_keys(group)["country"]) for group in rows["group"]])


def country_name(words: Wording, iso: str) -> str:
    """A country's name in the reader's language, from its two-letter code."""
    return str(Locale.parse(words.language).territories.get(iso, iso))


evaluation_participants = Table(
    key="evaluation_participants",
    numbers=numbers.evaluation_participants,
    table=pivoted("count", "count", {"group": msgid("Year")}, total=msgid("All years")),
    phrases={"n_participants_a": number(Wording.count, group="", sample=PART_A)},
)
evaluation_ages = Figure(
    key="evaluation_ages",
    numbers=numbers.evaluation_ages,
    chart=bars_chart(groups_by_part),
    alt=bars_alt(groups_by_part),
    phrases={"share_middle_age_a": share(group=MIDDLE_AGE, sample=PART_A)},
)
evaluation_background = Table(
    key="evaluation_background",
    numbers=numbers.evaluation_background,
    table=pivoted("share", "percent", {"term": msgid("What"), "group": msgid("Group")}),
    phrases={
        "share_women_a": share(group="gender=women", sample=PART_A, term="participant_share"),
        "residence_a": number(Wording.years, hidden=MESSAGES["time_hidden"], term="years_of_residence", sample=PART_A),
        "duration_a": number(Wording.months, hidden=MESSAGES["time_hidden"], term="duration_months", sample=PART_A),
    },
)
evaluation_countries = Figure(
    key="evaluation_countries",
    numbers=numbers.evaluation_countries,
    chart=parts_chart(countries),
    caption=with_rounding(MESSAGES["evaluation_countries.caption"]),
    alt=parts_alt(countries),
    phrases={
        "share_top_countries": share(group=TOGETHER),
        "n_top_countries": lambda page: page.words.count(len(countries(page))),
    },
)
evaluation_schooling = Figure(
    key="evaluation_schooling",
    numbers=numbers.evaluation_schooling,
    chart=bars_chart(groups_by_part),
    alt=bars_alt(groups_by_part),
    phrases={
        "share_no_school_a": share(group="education_level=none_or_informal_only", sample=PART_A),
        "share_higher_a": share(group="education_level=higher_begun_or_completed", sample=PART_A),
    },
)
evaluation_income = Figure(
    key="evaluation_income",
    numbers=numbers.evaluation_income,
    chart=parts_chart(incomes),
    caption=with_intervals(MESSAGES["evaluation_income.caption"]),
    alt=parts_alt(incomes),
    phrases={("income_most_a", "share_income_most_a"): most_common(incomes, "income_most_a", "share_income_most_a")},
)
