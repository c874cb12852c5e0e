"""Exhibits of the descriptive chapter: who the participants are, and the municipalities and projects they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from helpers.chapters.common.kinds import bars, in_blocks, shares_alt, values_alt
from helpers.chapters.common.phrases import shares
from helpers.chapters.common.tell import labelled
from helpers.chapters.descriptives import numbers_participants, sentences
from helpers.chapters.descriptives.exhibits import shares_of, under_headings
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.distribution import percentile_lines
from resultatbok.charts.stacked import stacked_shares
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import BOTH, group_keys, lookup
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

ONE_DECIMAL: Final = ("net_in_migration_per_1000", "wage_costs_per_participant_1000_nok")


def composition_chart(page: Page) -> Drawing:
    """How each scheme's participants divide into groups, one bar per scheme."""
    words = page.words
    return stacked_shares(
        labelled(words, page.rows),
        bar="scheme_label",
        part="label",
        x_label=words.text("Share of the scheme's participants"),
        format=words.percent,
    )


composition_alt: Final = shares_alt(MESSAGES["composition_alt"], shares_of)


def composition_table(page: Page) -> Cells:
    """One block of lines per characteristic, then the means; one column per scheme."""
    words = page.words
    shares, means = shares_of(page), page.rows[page.rows["statistic"] == "mean"]
    characteristic = shares["group"].str.partition("=")[0]
    blocks = {
        words.label(str(name)): by_scheme_lines(block, "group", words.label, words.percent)
        for name, block in shares.groupby(characteristic, sort=False)
    }
    blocks[words.text("Means")] = by_scheme_lines(means, "term", words.label, lambda value: words.number(value, 1))
    shown = replace(page, rows=pd.concat([shares, means]))
    return in_blocks(shown, [words.text("Characteristic"), *map(words.label, SCHEMES)], blocks)


def by_scheme_lines(
    rows: pd.DataFrame, key: str, label: Callable[[str], str], write: Callable[[float], str]
) -> list[list[str]]:
    """One line per value of `key`, one cell per scheme."""
    return [
        [label(str(value)), *(write(lookup(part, scheme=scheme)["value"]) for scheme in SCHEMES)]
        for value, part in rows.groupby(key, sort=False)
    ]


composition_education = Figure(
    key="composition_education",
    numbers=numbers_participants.composition_education,
    chart=composition_chart,
    alt=composition_alt,
)

composition_norwegian = Figure(
    key="composition_norwegian",
    numbers=numbers_participants.composition_norwegian,
    chart=composition_chart,
    alt=composition_alt,
)

composition_background = Figure(
    key="composition_background",
    numbers=numbers_participants.composition_background,
    chart=bars(under_headings, msgid("Share of the scheme's participants"), group="heading"),
    alt=composition_alt,
    phrases={"men_finding": sentences.men_finding},
)

composition = Table(
    key="composition",
    numbers=numbers_participants.composition,
    table=composition_table,
    phrases={
        ("women_introduction", "women_jobbsjansen"): shares(group="gender=female"),
        ("good_education_introduction", "good_education_jobbsjansen"): shares(group="education=good_general"),
        ("little_education_introduction", "little_education_jobbsjansen"): shares(group="education=little_or_none"),
        ("high_absence_introduction", "high_absence_jobbsjansen"): shares(group="absence=high"),
        ("b1_or_higher_introduction", "b1_or_higher_jobbsjansen"): shares(group="norwegian=b1_or_higher"),
        ("two_origins_introduction", "two_origins_jobbsjansen"): shares(group="origin=west_asia|sub_saharan_africa"),
        (
            "years_in_norway_introduction",
            "years_in_norway_jobbsjansen",
            "mean_age_introduction",
            "mean_age_jobbsjansen",
        ): sentences.means,
    },
)


def percentiles(page: Page) -> pd.DataFrame:
    """The percentiles with their labels and the number of each, 50 for the median."""
    rows = page.rows[page.rows["statistic"] == "percentile"]
    return labelled(page.words, rows).assign(
        label=[page.words.label(term) for term in rows["term"]],
        percentile=[float(group_keys(group)["percentile"]) for group in rows["group"]],
    )


def percentiles_chart(unit: str) -> Callable[[Page], Drawing]:
    """The spread of each characteristic, one line per scheme, in a unit."""
    return lambda page: percentile_lines(
        percentiles(page), x_label=page.words.text(unit), format=page.words.number, series="scheme"
    )


def percentiles_caption(caption: str) -> Callable[[Page], str]:
    """A caption that also says what the lines are."""

    def text(page: Page) -> str:
        lines = page.words.text(MESSAGES["percentiles_caption"])
        return f"{page.words.text(caption)} {lines}"

    return text


medians_alt: Final = values_alt(
    MESSAGES["medians_alt"],
    lambda page: percentiles(page).query("percentile == 50"),
    Wording.number,
    1,
    names=("label", "scheme_label"),
)

age_and_residence = Figure(
    key="age_and_residence",
    numbers=numbers_participants.age_and_residence,
    chart=percentiles_chart(msgid("Years")),
    caption=percentiles_caption(MESSAGES["age_and_residence.caption"]),
    alt=medians_alt,
)

duration = Figure(
    key="duration",
    numbers=numbers_participants.duration,
    chart=percentiles_chart(msgid("Months")),
    caption=percentiles_caption(MESSAGES["duration.caption"]),
    alt=medians_alt,
    phrases={("common_durations_introduction", "common_durations_jobbsjansen"): sentences.common_durations},
)


def medians_table(page: Page) -> Cells:
    """How many there are and their medians, a column per scheme."""
    words = page.words

    def cell(entry: pd.Series) -> str:
        if entry["term"].endswith(("_share", "_share_all_countries")):
            return words.percent(entry["value"])
        return words.number(entry["value"], 1 if entry["term"] in ONE_DECIMAL else 0)

    return from_rows(
        page.rows[page.rows["scheme"] != BOTH],
        words,
        index="term",
        columns="scheme",
        cell=cell,
        headers={"term": words.text("Median of")},
        labels={term: words.text(message) for term, message in MESSAGES.choices("called").items()},
    )


municipality_years = Table(
    key="municipality_years",
    numbers=numbers_participants.municipality_years,
    table=medians_table,
    caption=lambda page: page.words.text(
        MESSAGES["municipality_years.caption"], limit=page.words.count(page.cohort.analysis.multilevel_min_participants)
    ),
    phrases={
        "municipalities_by_year": sentences.municipalities_by_year,
        "municipalities_with_both": sentences.municipalities_with_both,
    },
)

project_years = Table(
    key="project_years",
    numbers=numbers_participants.project_years,
    table=medians_table,
    phrases={"cost_finding": sentences.cost_finding},
)
