"""Exhibits of the descriptive chapter: how many of which groups reach the goal, and who had which measures."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common.kinds import (
    bars,
    differences,
    having,
    lined,
    named_by,
    pivoted,
    proportions,
    shares_alt,
    values_alt,
)
from helpers.chapters.common.phrases import points, share, shares
from helpers.chapters.common.tell import group_label, labelled, with_intervals
from helpers.chapters.descriptives import numbers, sentences
from helpers.chapters.descriptives.terms import COUNTED, EVERYONE, MIDDLE, NO_NORWEGIAN, PRACTICE_OF_LITTLE
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.lines import trend
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import BOTH, group_keys, lookup
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

INTRODUCTION, JOBBSJANSEN = SCHEMES


shares_of: Final = having("share")


def headings(words: Wording, rows: pd.DataFrame) -> list[str]:
    """The characteristic that each row's group is of; none for all participants."""
    return [words.label(next(iter(group_keys(group)))) if group else "" for group in rows["group"]]


def under_headings(page: Page) -> pd.DataFrame:
    """The shares by group, each under the characteristic that its group is of."""
    rows = by_group(page)
    return rows.assign(heading=headings(page.words, rows))


by_group: Final = named_by("group", "share")
attainment: Final = partial(proportions, x_label=msgid("Share of participants who reached the goal"), series="scheme")
"""Draws goal attainment by group, one dot per scheme."""


def year_chart(page: Page) -> Drawing:
    """Goal attainment by year, one line per scheme."""
    words, rows = page.words, page.rows
    return trend(
        labelled(words, rows).assign(year=[int(group_keys(group)["year"]) for group in rows["group"]]),
        x="year",
        intervals=True,
        series="scheme",
        x_label=words.text("Year of leaving the programme"),
        y_label=words.text("Share of participants who reached the goal"),
        format=words.percent,
    )


attainment_chart: Final = attainment(by_group)
attainment_alt: Final = shares_alt(MESSAGES["attainment_alt"], shares_of)
attainment_by_scheme = Figure(
    key="attainment_by_scheme",
    numbers=numbers.attainment_by_scheme,
    chart=attainment_chart,
    caption=with_intervals(MESSAGES["attainment_by_scheme.caption"]),
    alt=attainment_alt,
    phrases={
        ("attainment_introduction", "attainment_jobbsjansen"): shares(group=""),
        ("attainment_women_introduction", "attainment_women_jobbsjansen"): shares(group="gender=female"),
        "attainment_men_introduction": share(scheme=INTRODUCTION, group="gender=male"),
        ("gap", "gap_interval"): points("gap", statistic="difference", group=""),
        ("gap_women", "gap_women_interval"): points("gap_women", statistic="difference", group="gender=female"),
        "gap_finding": sentences.gap_finding,
    },
)

attainment_by_year = Figure(
    key="attainment_by_year",
    numbers=numbers.attainment_by_year,
    chart=year_chart,
    caption=with_intervals(MESSAGES["attainment_by_year.caption"]),
    alt=attainment_alt,
)

attainment_by_education = Figure(
    key="attainment_by_education",
    numbers=numbers.attainment_by_education,
    chart=attainment_chart,
    caption=with_intervals(MESSAGES["attainment_by_education.caption"]),
    alt=attainment_alt,
    phrases={
        ("attainment_little_education_introduction", "attainment_little_education_jobbsjansen"): shares(
            group="education=little_or_none"
        ),
        ("attainment_good_education_introduction", "attainment_good_education_jobbsjansen"): shares(
            group="education=good_general"
        ),
    },
)

attainment_by_norwegian = Figure(
    key="attainment_by_norwegian",
    numbers=numbers.attainment_by_norwegian,
    chart=attainment_chart,
    caption=with_intervals(MESSAGES["attainment_by_norwegian.caption"]),
    alt=attainment_alt,
    phrases={
        ("attainment_a1_introduction", "attainment_a1_jobbsjansen"): shares(group="norwegian=a1"),
        ("attainment_b2_introduction", "attainment_b2_jobbsjansen"): shares(group="norwegian=b2"),
    },
)

attainment_by_origin = Figure(
    key="attainment_by_origin",
    numbers=numbers.attainment_by_origin,
    chart=attainment_chart,
    caption=with_intervals(MESSAGES["attainment_by_origin.caption"]),
    alt=attainment_alt,
)

attainment_by_background = Figure(
    key="attainment_by_background",
    numbers=numbers.attainment_by_background,
    chart=attainment(under_headings, group="heading"),
    caption=with_intervals(MESSAGES["attainment_by_background.caption"]),
    alt=attainment_alt,
    phrases={
        ("attainment_low_absence_introduction", "attainment_low_absence_jobbsjansen"): shares(group="absence=low"),
        ("attainment_high_absence_introduction", "attainment_high_absence_jobbsjansen"): shares(group="absence=high"),
        ("attainment_longest_fifth_introduction", "attainment_longest_fifth_jobbsjansen"): shares(
            statistic="share", group="duration_quantile=5"
        ),
        ("attainment_aged_20_29_introduction", "attainment_aged_20_29_jobbsjansen"): shares(group="age=20..29"),
        ("attainment_aged_40_59_introduction", "attainment_aged_40_59_jobbsjansen"): shares(group="age=40..59"),
        ("absence_gap_jobbsjansen", "absence_gap_jobbsjansen_interval"): points(
            "absence_gap_jobbsjansen", scheme=JOBBSJANSEN, group="absence=low_minus_high"
        ),
        ("absence_gap_introduction", "absence_gap_introduction_interval"): points(
            "absence_gap_introduction", scheme=INTRODUCTION, group="absence=low_minus_high"
        ),
    },
)


def by_scheme(page: Page) -> pd.DataFrame:
    """The shares in the order of the schemes."""
    return shares_of(page).sort_values("scheme", key=lambda names: names.map(SCHEMES.index), kind="stable")


transitions = Table(
    key="transitions",
    numbers=numbers.transitions,
    table=pivoted(
        by_scheme,
        "percent",
        {"scheme": "", "term": msgid("Left to")},
        "year",
        labels={"goal_attainment": msgid("Work or education")},
    ),
    phrases={
        ("gap_everyone", "gap_everyone_interval"): points("gap_everyone", statistic="difference", group=""),
    },
)

denominators = Table(
    key="denominators",
    numbers=numbers.denominators,
    table=pivoted(
        by_scheme,
        "percent",
        {"year": ""},
        ["scheme", "sample"],
        1,
        {EVERYONE: msgid("everyone who left"), COUNTED: msgid("those whose outcome counts")},
    ),
    phrases={
        ("attainment_everyone_introduction", "attainment_everyone_jobbsjansen"): shares(
            statistic="share", group="", sample=EVERYONE
        ),
        ("attainment_counted_introduction", "attainment_counted_jobbsjansen"): shares(
            statistic="share", group="", sample=COUNTED
        ),
        "denominator_finding": sentences.denominator_finding,
    },
)


def gaps_of(page: Page) -> pd.DataFrame:
    """The gap for all and in each group, labelled; without the mean over several groups."""
    rows = page.rows[page.rows["group"] != MIDDLE]
    labels = [group_label(page.words, group) for group in rows["group"]]
    return rows.assign(label=labels, heading=headings(page.words, rows))


attainment_gaps = Figure(
    key="attainment_gaps",
    numbers=numbers.attainment_gaps,
    chart=differences(
        gaps_of, msgid("Jobbsjansen minus the introduction programme, percentage points"), group="heading"
    ),
    caption=with_intervals(MESSAGES["attainment_gaps.caption"]),
    alt=values_alt(MESSAGES["attainment_gaps.alt"], gaps_of, Wording.points),
    phrases={
        ("gap_middle", "gap_middle_interval"): points("gap_middle", group=MIDDLE),
        "groups_finding": sentences.groups_finding,
    },
)


def combinations_table(page: Page) -> Cells:
    """Some measures: shares by scheme, and counts for both schemes together."""
    words, rows = page.words, page.rows
    by_label = {
        words.text(MESSAGES["combinations_table"]): PRACTICE_OF_LITTLE,
        words.text("No Norwegian language training"): NO_NORWEGIAN,
    }
    lines = [
        [label, *(words.percent(lookup(rows, scheme=scheme, group=group)["value"]) for scheme in SCHEMES), ""]
        for label, group in by_label.items()
    ]
    counts = rows[rows["statistic"] == "count"]
    lines += [[words.label(g), "", "", words.count(v)] for g, v in zip(counts["group"], counts["value"], strict=True)]
    return lined(page, [words.text("Participants with"), *map(words.label, (*SCHEMES, BOTH))], lines)


measures = Figure(
    key="measures",
    numbers=numbers.measures,
    chart=bars(by_group, msgid("Share of participants who had the measure")),
    alt=shares_alt(MESSAGES["measures.alt"], by_group),
    phrases={
        ("work_practice_introduction", "work_practice_jobbsjansen"): shares(group="measure=ordinary_work_practice"),
    },
)

attainment_by_measure = Figure(
    key="attainment_by_measure",
    numbers=numbers.attainment_by_measure,
    chart=attainment_chart,
    caption=with_intervals(MESSAGES["attainment_by_measure.caption"]),
    alt=attainment_alt,
    phrases={
        ("attainment_ordinary_work_introduction", "attainment_ordinary_work_jobbsjansen"): shares(
            group="measure=ordinary_work"
        ),
    },
)

measure_combinations = Table(
    key="measure_combinations",
    numbers=numbers.measure_combinations,
    table=combinations_table,
    phrases={
        ("practice_little_introduction", "practice_little_jobbsjansen"): shares(group=PRACTICE_OF_LITTLE),
        ("no_norwegian_introduction", "no_norwegian_jobbsjansen"): shares(group=NO_NORWEGIAN),
        "school_measures_overlap": share(term="has_both_given_any"),
        ("prior_learning_gap", "prior_learning_gap_interval"): points("prior_learning_gap", statistic="difference"),
    },
)
