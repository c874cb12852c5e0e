"""Exhibits of the descriptive chapter: who the participants are and how many reach the goal, scheme by scheme."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.exhibits.breakdowns import (
    SCHEMES,
    attainment_rows,
    composition_rows,
    gap_row,
    mean_rows,
    measure_rows,
    with_labels,
)
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.tell import (
    intervals_note,
    labelled,
    percent_phrases,
    points_phrases,
    scheme_group,
    shares_chart,
    shares_list,
)
from helpers.presentation.charts.bars import paired_bars
from helpers.presentation.charts.lines import trend
from helpers.presentation.charts.stacked import stacked_shares
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import group_keys, lookup
from helpers.presentation.tables import Column, Table, hidden_note
from helpers.presentation.wording import Wording
from helpers.specification import MEASURES

COMPOSITION = ("gender", "education", "norwegian", "absence", "origin")
MEANS = ("age", "years_in_norway", "duration_months")


def attainment_by_scheme(desk: Desk) -> Exhibit:
    """Goal attainment by scheme, for all and by gender, with the gap between the schemes."""
    people, level = _people(desk)
    women = people[people["gender"] == "female"]
    rows = desk.ledger.record(
        "attainment_by_scheme",
        pd.concat(
            [
                attainment_rows(people, None, level=level),
                attainment_rows(people, "gender", level=level),
                gap_row(people, level=level),
                gap_row(women, "gender=female", level=level),
            ]
        ),
    )
    words, shares = desk.wording, rows[rows["statistic"] == "share"]
    keys = {
        "attainment_jobbsjansen": scheme_group("jobbsjansen"),
        "attainment_introduction": scheme_group("introduction"),
        "attainment_women_jobbsjansen": scheme_group("jobbsjansen", gender="female"),
        "attainment_women_introduction": scheme_group("introduction", gender="female"),
        "attainment_men_introduction": scheme_group("introduction", gender="male"),
    }
    gaps = {
        "gap": {"statistic": "difference_pp", "group": ""},
        "gap_women": {"statistic": "difference_pp", "group": "gender=female"},
    }
    return Exhibit(
        key="attainment_by_scheme",
        rows=rows,
        caption=words.text("Goal attainment by scheme, all participants and by gender.") + " " + intervals_note(desk),
        svg=shares_chart(desk, shares, words.text("Share of participants who reached the goal")),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, shares)),
        phrases=percent_phrases(words, shares, keys) | points_phrases(words, rows, gaps),
    )


def attainment_by_education(desk: Desk) -> Exhibit:
    """Goal attainment by level of education and scheme."""
    words = desk.wording
    return _attainment_by(
        desk,
        "education",
        words.text("Goal attainment by level of education and scheme."),
        {
            "attainment_little_education_jobbsjansen": scheme_group("jobbsjansen", education="little_or_none"),
            "attainment_little_education_introduction": scheme_group("introduction", education="little_or_none"),
            "attainment_good_education_jobbsjansen": scheme_group("jobbsjansen", education="good_general"),
            "attainment_good_education_introduction": scheme_group("introduction", education="good_general"),
        },
    )


def attainment_by_norwegian(desk: Desk) -> Exhibit:
    """Goal attainment by level of Norwegian at the end and scheme."""
    words = desk.wording
    return _attainment_by(
        desk,
        "norwegian",
        words.text("Goal attainment by level of Norwegian at the end of the programme and scheme."),
        {
            "attainment_a1_jobbsjansen": scheme_group("jobbsjansen", norwegian="a1"),
            "attainment_a1_introduction": scheme_group("introduction", norwegian="a1"),
            "attainment_b2_jobbsjansen": scheme_group("jobbsjansen", norwegian="b2"),
            "attainment_b2_introduction": scheme_group("introduction", norwegian="b2"),
        },
    )


def attainment_by_year(desk: Desk) -> Exhibit:
    """Goal attainment by year of leaving and scheme."""
    people, level = _people(desk)
    words = desk.wording
    rows = desk.ledger.record("attainment_by_year", attainment_rows(people, "year", level=level))
    told = labelled(words, rows).assign(year=[int(group_keys(g)["year"]) for g in rows["group"]])
    figure = trend(
        told,
        x="year",
        value="value",
        low="low",
        high="high",
        series="scheme",
        series_label="scheme_label",
        x_label=words.text("Year of leaving the programme"),
        y_label=words.text("Share of participants who reached the goal"),
        format=words.percent,
    )
    return Exhibit(
        key="attainment_by_year",
        rows=rows,
        caption=words.text("Goal attainment by year of leaving and scheme.") + " " + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, rows)),
    )


def education_composition(desk: Desk) -> Exhibit:
    """Levels of education among each scheme's participants."""
    return _composition_chart(
        desk, "education", desk.wording.text("Participants by level of education, within each scheme.")
    )


def norwegian_composition(desk: Desk) -> Exhibit:
    """Levels of Norwegian at the end among each scheme's participants."""
    return _composition_chart(
        desk,
        "norwegian",
        desk.wording.text("Participants by level of Norwegian at the end of the programme, within each scheme."),
    )


def composition(desk: Desk) -> Exhibit:
    """Who the participants of each scheme are: shares and means in one table."""
    people, level = _people(desk)
    parts = [composition_rows(people, breakdown, level=level) for breakdown in COMPOSITION]
    rows = desk.ledger.record("composition", pd.concat([*parts, mean_rows(people, MEANS, level=level)]))
    words = desk.wording
    shares, means = rows[rows["statistic"] == "share"], rows[rows["statistic"] == "mean"]
    keys = {
        "women_jobbsjansen": scheme_group("jobbsjansen", gender="female"),
        "women_introduction": scheme_group("introduction", gender="female"),
        "good_education_jobbsjansen": scheme_group("jobbsjansen", education="good_general"),
        "good_education_introduction": scheme_group("introduction", education="good_general"),
        "high_absence_jobbsjansen": scheme_group("jobbsjansen", absence="high"),
        "high_absence_introduction": scheme_group("introduction", absence="high"),
    }
    years = {s: lookup(means, term="years_in_norway", scheme=s)["value"] for s in SCHEMES}
    return Exhibit(
        key="composition",
        rows=rows,
        caption=words.text(
            "The participants of each scheme: shares in groups, and means. Participants with all information known."
        ),
        table=_composition_table(words, shares, means),
        phrases=percent_phrases(words, shares, keys)
        | {f"years_in_norway_{scheme}": words.number(value, 1) for scheme, value in years.items()},
    )


def measures(desk: Desk) -> Exhibit:
    """How many of each scheme's participants had each measure."""
    people, level = _people(desk)
    rows = desk.ledger.record("measures", measure_rows(people, MEASURES, level=level))
    words = desk.wording
    told = labelled(words, rows)
    figure = paired_bars(
        told,
        label="label",
        series="scheme",
        series_label="scheme_label",
        x_label=words.text("Share of participants who had the measure"),
        format=words.percent,
    )
    keys = {
        "work_practice_jobbsjansen": scheme_group("jobbsjansen", measure="ordinary_work_practice"),
        "work_practice_introduction": scheme_group("introduction", measure="ordinary_work_practice"),
    }
    return Exhibit(
        key="measures",
        rows=rows,
        caption=words.text("Measures: share of each scheme's participants who had them."),
        svg=to_svg(figure),
        alt=words.text("Share who had each measure. {values}.", values=shares_list(words, rows)),
        phrases=percent_phrases(words, rows, keys),
    )


def _people(desk: Desk) -> tuple[pd.DataFrame, float]:
    """The complete cases with their categories, and the confidence level."""
    return with_labels(desk.study.complete), desk.study.cohort.analysis.confidence_level


def _attainment_by(desk: Desk, breakdown: str, caption: str, keys: dict[str, dict[str, str]]) -> Exhibit:
    people, level = _people(desk)
    words = desk.wording
    key = f"attainment_by_{breakdown}"
    rows = desk.ledger.record(key, attainment_rows(people, breakdown, level=level))
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption + " " + intervals_note(desk),
        svg=shares_chart(desk, rows, words.text("Share of participants who reached the goal")),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, rows)),
        phrases=percent_phrases(words, rows, keys),
    )


def _composition_chart(desk: Desk, breakdown: str, caption: str) -> Exhibit:
    people, level = _people(desk)
    words = desk.wording
    key = f"composition_{breakdown}"
    rows = desk.ledger.record(key, composition_rows(people, breakdown, level=level))
    figure = stacked_shares(
        labelled(words, rows),
        bar="scheme_label",
        part="label",
        value="value",
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
