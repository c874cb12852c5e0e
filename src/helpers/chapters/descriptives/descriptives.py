"""Exhibits of the descriptive chapter: how many reach the goal, by scheme and by one characteristic at a time."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import attainment_rows, gap_row
from helpers.chapters.common.grouping import grouped_people
from helpers.chapters.common.tell import (
    intervals_note,
    labelled,
    percent_phrases,
    points_phrases,
    scheme_group,
    shares_chart,
    shares_list,
    told_apart,
)
from helpers.chapters.descriptives.within_scheme import absence_rows, longest_rows
from resultatbok.charts.lines import trend
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, lookup
from resultatbok.words.wording import Wording

BY_BACKGROUND = ("age", "absence", "years_in_norway_quantile", "duration_quantile")
"""The breakdowns that stand in one figure."""


@exhibit(
    "attainment_by_scheme",
    phrases="attainment_jobbsjansen attainment_introduction attainment_women_jobbsjansen "
    "attainment_women_introduction attainment_men_introduction gap gap_interval gap_women gap_women_interval "
    "gap_finding",
)
def attainment_by_scheme(desk: Desk) -> Exhibit:
    """Goal attainment by scheme, for all and by gender, with the gap between the schemes."""

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        women = people[people["gender"] == "female"]
        return pd.concat(
            [
                attainment_rows(people, None, level=level),
                attainment_rows(people, "gender", level=level),
                gap_row(people, level=level),
                gap_row(women, "gender=female", level=level),
            ]
        )

    rows = desk.rows("attainment_by_scheme", numbers)
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
        phrases=percent_phrases(words, shares, keys)
        | points_phrases(words, rows, gaps)
        | {"gap_finding": gap_finding(words, lookup(rows, statistic="difference_pp", group=""))},
    )


def gap_finding(words: Wording, gap: pd.Series) -> str:
    """Which scheme's participants reach the goal more often, as a sentence that follows the numbers."""
    values = {
        "size": words.points(abs(gap["value"]) / 100),
        "interval": words.interval(gap["low"] / 100, gap["high"] / 100, "points"),
    }
    messages = {
        "above": words.text("The difference is {size} in Jobbsjansen's favour ({interval}).", **values),
        "below": words.text("The difference is {size} in the introduction programme's favour ({interval}).", **values),
        "not_distinguishable": words.text(
            "The difference cannot be told apart from zero ({interval} percentage points).", **values
        ),
    }
    return messages[told_apart(gap)]


@exhibit("attainment_by_year")
def attainment_by_year(desk: Desk) -> Exhibit:
    """Goal attainment by year of leaving and scheme."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        return attainment_rows(people, "year", level=level)

    rows = desk.rows("attainment_by_year", numbers)
    told = labelled(words, rows).assign(year=[int(group_keys(g)["year"]) for g in rows["group"]])
    figure = trend(
        told,
        x="year",
        intervals=True,
        series="scheme",
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


@exhibit(
    "attainment_by_education",
    phrases="attainment_little_education_jobbsjansen attainment_little_education_introduction "
    "attainment_good_education_jobbsjansen attainment_good_education_introduction",
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


@exhibit(
    "attainment_by_norwegian",
    phrases="attainment_a1_jobbsjansen attainment_a1_introduction attainment_b2_jobbsjansen attainment_b2_introduction",
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


@exhibit("attainment_by_origin")
def attainment_by_origin(desk: Desk) -> Exhibit:
    """Goal attainment by country background and scheme."""
    return _attainment_by(
        desk, "origin", desk.wording.text("Goal attainment by country background and scheme."), keys={}
    )


@exhibit(
    "attainment_by_background",
    phrases="attainment_low_absence_jobbsjansen attainment_low_absence_introduction "
    "attainment_high_absence_jobbsjansen attainment_high_absence_introduction "
    "attainment_longest_fifth_jobbsjansen attainment_longest_fifth_introduction "
    "attainment_aged_20_29_jobbsjansen attainment_aged_20_29_introduction attainment_aged_40_59_jobbsjansen "
    "attainment_aged_40_59_introduction absence_gap_jobbsjansen absence_gap_jobbsjansen_interval "
    "absence_gap_introduction absence_gap_introduction_interval",
)
def attainment_by_background(desk: Desk) -> Exhibit:
    """Goal attainment by age, absence, years in Norway and duration, by scheme."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        shares = [attainment_rows(people, breakdown, level=level) for breakdown in BY_BACKGROUND]
        within = [absence_rows(people, level=level), longest_rows(people, level=level)]
        return pd.concat([*shares, *within])

    rows = desk.rows("attainment_by_background", numbers)
    shown = rows[rows["statistic"] == "share"]
    headings = [words.label(next(iter(group_keys(group)))) for group in shown["group"]]
    shares_of = {
        "low_absence": {"absence": "low"},
        "high_absence": {"absence": "high"},
        "longest_fifth": {"duration_quantile": "5"},
        "aged_20_29": {"age": "20..29"},
        "aged_40_59": {"age": "40..59"},
    }
    keys = {
        f"attainment_{name}_{scheme}": scheme_group(scheme, **group)
        for name, group in shares_of.items()
        for scheme in ("jobbsjansen", "introduction")
    }
    gaps = {
        f"absence_gap_{scheme}": {"statistic": "difference_pp", **scheme_group(scheme, absence="low_minus_high")}
        for scheme in ("jobbsjansen", "introduction")
    }
    return Exhibit(
        key="attainment_by_background",
        rows=rows,
        caption=words.text(
            "Goal attainment by age, absence, years in Norway and duration. The quarters and fifths are cut within "
            "each scheme, from the shortest to the longest."
        )
        + " "
        + intervals_note(desk),
        svg=shares_chart(desk, shown, words.text("Share of participants who reached the goal"), headings),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, shown)),
        phrases=percent_phrases(words, shown, keys) | points_phrases(words, rows, gaps),
    )


def _attainment_by(desk: Desk, breakdown: str, caption: str, keys: dict[str, dict[str, str]]) -> Exhibit:
    words = desk.wording
    key = f"attainment_by_{breakdown}"

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        return attainment_rows(people, breakdown, level=level)

    rows = desk.rows(key, numbers)
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption + " " + intervals_note(desk),
        svg=shares_chart(desk, rows, words.text("Share of participants who reached the goal")),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, rows)),
        phrases=percent_phrases(words, rows, keys),
    )
