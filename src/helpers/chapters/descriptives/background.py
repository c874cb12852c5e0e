"""Who the participants of each scheme are: shares in groups, means and spread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import composition_rows, either_rows, mean_rows
from helpers.chapters.common.grouping import grouped_people
from helpers.chapters.common.tell import labelled, percent_phrases, scheme_group, shares_list
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.bars import paired_bars
from resultatbok.charts.stacked import stacked_shares
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

COMPOSITION: Final = ("gender", "age", "education", "norwegian", "absence", "origin")
IN_ONE_FIGURE: Final = ("gender", "age", "absence", "origin")
"""The characteristics without a figure of their own."""
MEANS: Final = ("age", "years_in_norway", "duration_months")
TOGETHER: Final = (
    ("norwegian", ("b1", "b2"), "b1_or_higher"),
    ("origin", ("west_asia", "sub_saharan_africa"), "west_asia|sub_saharan_africa"),
    ("origin", ("north_africa", "sub_saharan_africa", "stateless"), "north_africa|sub_saharan_africa|stateless"),
)
"""Categories that the 2022 report takes together, and what the ledger calls them."""


@exhibit(
    "composition",
    phrases="women_introduction women_jobbsjansen good_education_introduction good_education_jobbsjansen "
    "little_education_introduction little_education_jobbsjansen high_absence_introduction "
    "high_absence_jobbsjansen b1_or_higher_introduction b1_or_higher_jobbsjansen two_origins_introduction "
    "two_origins_jobbsjansen years_in_norway_introduction years_in_norway_jobbsjansen mean_age_introduction "
    "mean_age_jobbsjansen",
)
def composition(desk: Desk) -> Exhibit:
    """Who the participants of each scheme are: shares and means in one table."""

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        means = mean_rows(people, MEANS, level=level)
        parts = [composition_rows(people, breakdown, level=level) for breakdown in COMPOSITION]
        together = [either_rows(people, *categories) for categories in TOGETHER]
        return pd.concat([*parts, *together, means, age_gap_row(means)])

    rows = desk.rows("composition", numbers)
    words = desk.wording
    shares, means = rows[rows["statistic"] == "share"], rows[rows["statistic"] == "mean"]
    named = {
        "women": {"gender": "female"},
        "good_education": {"education": "good_general"},
        "little_education": {"education": "little_or_none"},
        "high_absence": {"absence": "high"},
        "b1_or_higher": {"norwegian": "b1_or_higher"},
        "two_origins": {"origin": "west_asia|sub_saharan_africa"},
    }
    keys = {f"{name}_{s}": scheme_group(s, **group) for name, group in named.items() for s in SCHEMES}
    return Exhibit(
        key="composition",
        rows=rows,
        caption=words.text(
            "The participants of each scheme: shares in groups, and means. Participants with all information known."
        ),
        table=_composition_table(words, shares, means),
        phrases=percent_phrases(words, shares, keys) | _mean_phrases(words, means),
    )


def age_gap_row(means: pd.DataFrame) -> pd.DataFrame:
    """The mean age in Jobbsjansen minus that in the introduction programme, as a ledger row."""
    age = means[means["term"] == "age"]
    introduction, jobbsjansen = (float(lookup(age, scheme=scheme)["value"]) for scheme in SCHEMES)
    return pd.DataFrame(
        [
            row(
                "difference",
                jobbsjansen - introduction,
                term="age",
                n=age["n"].min(),
                std_error=float((age["std_error"] ** 2).sum() ** 0.5),
                unit="years",
            )
        ]
    )


@exhibit("composition_education")
def education_composition(desk: Desk) -> Exhibit:
    """Levels of education among each scheme's participants."""
    return _composition_chart(
        desk, "education", desk.wording.text("Participants by level of education, within each scheme.")
    )


@exhibit("composition_norwegian")
def norwegian_composition(desk: Desk) -> Exhibit:
    """Levels of Norwegian at the end among each scheme's participants."""
    return _composition_chart(
        desk,
        "norwegian",
        desk.wording.text("Participants by level of Norwegian at the end of the programme, within each scheme."),
    )


@exhibit("composition_background", phrases="men_finding")
def background_composition(desk: Desk) -> Exhibit:
    """Gender, age, absence and country background of each scheme's participants."""
    words = desk.wording
    last = desk.study.cohort.years.last

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        parts = [composition_rows(people, breakdown, level=level) for breakdown in IN_ONE_FIGURE]
        return pd.concat([*parts, men_row(people, last)])

    rows = desk.rows("composition_background", numbers)
    shares = rows[rows["statistic"] == "share"]
    headings = [words.label(next(iter(group_keys(group)))) for group in shares["group"]]
    figure = paired_bars(
        labelled(words, shares).assign(heading=headings),
        series="scheme",
        group="heading",
        x_label=words.text("Share of the scheme's participants"),
        format=words.percent,
    )
    return Exhibit(
        key="composition_background",
        rows=rows,
        caption=words.text("Participants by gender, age, absence and country background, within each scheme."),
        svg=to_svg(figure),
        alt=words.text("Share of the participants. {values}.", values=shares_list(words, shares)),
        phrases={"men_finding": men_finding(words, lookup(rows, statistic="count"), last)},
    )


def men_row(participants: pd.DataFrame, year: int) -> pd.DataFrame:
    """How many men left Jobbsjansen in one year, as a ledger row.

    Args:
        participants: Participants with `with_labels`.
        year: The year of leaving.
    """
    chosen = (participants["scheme"] == "jobbsjansen") & (participants["gender"] == "male")
    count = int((chosen & (participants["end_year"] == year)).sum())
    group = group_of(gender="male", year=year)
    return pd.DataFrame([row("count", count, scheme="jobbsjansen", group=group, term="participants")])


def men_finding(words: Wording, men: pd.Series, year: int) -> str:
    """How many men left Jobbsjansen in the last year, as a sentence; a small number is said not to be shown."""
    if men["suppressed"]:
        return words.text("How many of those who left Jobbsjansen in {year} were men is not shown.", year=year)
    if men["value"] == 0:
        return words.text("No men left Jobbsjansen in {year}.", year=year)
    return words.plural(
        "{n} of those who left Jobbsjansen in {year} was a man.",
        "{n} of those who left Jobbsjansen in {year} were men.",
        men["value"],
        year=year,
    )


def _composition_chart(desk: Desk, breakdown: str, caption: str) -> Exhibit:
    words = desk.wording
    key = f"composition_{breakdown}"

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        return composition_rows(people, breakdown, level=level)

    rows = desk.rows(key, numbers)
    figure = stacked_shares(
        labelled(words, rows),
        bar="scheme_label",
        part="label",
        x_label=words.text("Share of the scheme's participants"),
        format=words.percent,
    )
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption,
        svg=to_svg(figure),
        alt=words.text("Share of the participants. {values}.", values=shares_list(words, rows)),
    )


def _mean_phrases(words: Wording, means: pd.DataFrame) -> dict[str, str]:
    return {
        f"{name}_{scheme}": words.number(lookup(means, term=term, scheme=scheme)["value"], decimals)
        for name, term, decimals in (("years_in_norway", "years_in_norway", 1), ("mean_age", "age", 0))
        for scheme in SCHEMES
    }


def _composition_table(words: Wording, shares: pd.DataFrame, means: pd.DataFrame) -> Table:
    """One block of lines per characteristic, then the means; one column per scheme."""
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for breakdown in COMPOSITION:
        headings[len(lines)] = words.label(breakdown)
        block = shares[shares["group"].str.startswith(f"{breakdown}=")]
        lines += _lines(block, "group", words.label, words.percent)
    headings[len(lines)] = words.text("Means")
    lines += _lines(means, "term", words.label, lambda value: words.number(value, 1))
    columns = [
        Column(words.text("Characteristic"), numeric=False),
        *(Column(words.label(s)) for s in SCHEMES),
    ]
    note = hidden_note(pd.concat([shares, means]), words)
    return Table(columns, lines, group_rows=headings, note=note)


def _lines(rows: pd.DataFrame, key: str, label: Callable[[str], str], write: Callable[[float], str]) -> list[list[str]]:
    """One line per value of `key`, one cell per scheme."""
    return [
        [label(str(value)), *(write(lookup(part, scheme=scheme)["value"]) for scheme in SCHEMES)]
        for value, part in rows.groupby(key, sort=False)
    ]
