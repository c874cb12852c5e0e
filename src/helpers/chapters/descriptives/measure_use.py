"""Measures: how many of each scheme's participants had them, and how many of those reached the goal."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import measure_rows, share_rows
from helpers.chapters.common.grouping import grouped_people
from helpers.chapters.common.tell import (
    intervals_note,
    labelled,
    percent_phrases,
    points_phrases,
    scheme_group,
    shares_chart,
    shares_list,
)
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import MEASURES, OUTCOME
from resultatbok.charts.bars import paired_bars
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import share_by, share_difference
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

LITTLE: Final = "little_or_none"
WITHOUT: Final = "no_norwegian_training"
SCHOOL: Final = ("measure_primary_school_subjects", "measure_upper_secondary_subjects")
PRIOR_LEARNING: Final = "measure_prior_learning_recognition"
WORK_PRACTICE: Final = "measure_ordinary_work_practice"
BOTH_SCHOOL: Final = "primary_school_subjects&upper_secondary_subjects"
EITHER_SCHOOL: Final = "primary_school_subjects|upper_secondary_subjects"


@exhibit("measures", phrases="work_practice_jobbsjansen work_practice_introduction")
def measures(desk: Desk) -> Exhibit:
    """How many of each scheme's participants had each measure."""

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        return measure_rows(people, MEASURES, level=level)

    rows = desk.rows("measures", numbers)
    words = desk.wording
    figure = paired_bars(
        labelled(words, rows),
        series="scheme",
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


@exhibit("attainment_by_measure", phrases="attainment_ordinary_work_introduction attainment_ordinary_work_jobbsjansen")
def attainment_by_measure(desk: Desk) -> Exhibit:
    """Goal attainment of those who had each measure, and of those without Norwegian training, by scheme."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        named = {name: people[people[name] == 1] for name in MEASURES}
        named[WITHOUT] = people[people["measure_norwegian_training"] == 0]
        return pd.concat([_attained(part, name, level) for name, part in named.items()])

    rows = desk.rows("attainment_by_measure", numbers)
    keys = {f"attainment_ordinary_work_{s}": scheme_group(s, measure="ordinary_work") for s in SCHEMES}
    return Exhibit(
        key="attainment_by_measure",
        rows=rows,
        caption=words.text("Goal attainment of the participants who had each measure, by scheme.")
        + " "
        + intervals_note(desk),
        svg=shares_chart(desk, rows, words.text("Share of participants who reached the goal")),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, rows)),
        phrases=percent_phrases(words, rows, keys),
    )


@exhibit(
    "measure_combinations",
    phrases="practice_little_introduction practice_little_jobbsjansen no_norwegian_introduction "
    "no_norwegian_jobbsjansen school_measures_overlap prior_learning_gap prior_learning_gap_interval",
)
def measure_combinations(desk: Desk) -> Exhibit:
    """Who had some measures: work practice among those with little schooling, no Norwegian, the school measures."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people, level = grouped_people(desk.study)
        return pd.concat([_practice_rows(people, level), _without_rows(people, level), *_school_rows(people, level)])

    rows = desk.rows("measure_combinations", numbers)
    keys = {
        f"practice_little_{s}": scheme_group(s, measure="ordinary_work_practice", education=LITTLE) for s in SCHEMES
    }
    keys |= {f"no_norwegian_{s}": scheme_group(s, measure=WITHOUT) for s in SCHEMES}
    return Exhibit(
        key="measure_combinations",
        rows=rows,
        caption=words.text("Some measures in combination: shares of participants, and number of participants."),
        table=_table(words, rows),
        phrases=percent_phrases(words, rows, keys)
        | percent_phrases(words, rows, {"school_measures_overlap": {"term": "has_both_given_any"}})
        | points_phrases(words, rows, {"prior_learning_gap": {"statistic": "difference_pp"}}),
    )


def _attained(part: pd.DataFrame, name: str, level: float) -> pd.DataFrame:
    shares = share_by(part, OUTCOME, ["scheme"], level=level)
    return share_rows(shares, shares["scheme"], group_of(measure=name.removeprefix("measure_")), "goal_attainment")


def _practice_rows(people: pd.DataFrame, level: float) -> pd.DataFrame:
    """Work practice among those with little schooling, and what recognition of prior learning goes with for them."""
    little = people[people["education"] == LITTLE]
    practice = share_by(little, WORK_PRACTICE, ["scheme"], level=level)
    group = group_of(measure="ordinary_work_practice", education=LITTLE)
    shares = share_rows(practice, practice["scheme"], group, "participant_share")
    return pd.concat([shares, _prior_learning_row(little, level)])


def _prior_learning_row(little: pd.DataFrame, level: float) -> pd.DataFrame:
    """Goal attainment with recognition of prior learning minus without it, in percentage points."""
    had, had_not = (little.loc[little[PRIOR_LEARNING] == value, OUTCOME].dropna() for value in (1, 0))
    gap = share_difference(int(had.sum()), len(had), int(had_not.sum()), len(had_not), level)
    return pd.DataFrame(
        [
            row(
                "difference_pp",
                100 * gap.value,
                group=group_of(measure="prior_learning_recognition", education=LITTLE),
                term="goal_attainment",
                n=min(len(had), len(had_not)),
                std_error=100 * gap.std_error,
                low=100 * gap.low,
                high=100 * gap.high,
                unit="percentage points",
            )
        ]
    )


def _without_rows(people: pd.DataFrame, level: float) -> pd.DataFrame:
    without = people.assign(without=1 - people["measure_norwegian_training"])
    shares = share_by(without, "without", ["scheme"], level=level)
    return share_rows(shares, shares["scheme"], group_of(measure=WITHOUT), "participant_share")


def _school_rows(people: pd.DataFrame, level: float) -> list[pd.DataFrame]:
    """How many had one of the two school measures, the other, or both."""
    primary, secondary = (people[name] == 1 for name in SCHOOL)
    counts = {
        "only_primary_school_subjects": primary & ~secondary,
        "only_upper_secondary_subjects": ~primary & secondary,
        BOTH_SCHOOL: primary & secondary,
    }
    rows = [
        row("count", int(chosen.sum()), group=group_of(measure=name), term="participants", unit="participants")
        for name, chosen in counts.items()
    ]
    either = people[primary | secondary]
    overlap = share_by(either.assign(both=(primary & secondary).astype(float)), "both", level=level)
    shares = share_rows(overlap, "both", group_of(measure=EITHER_SCHOOL), "has_both_given_any")
    return [pd.DataFrame(rows), shares]


def _table(words: Wording, rows: pd.DataFrame) -> Table:
    practice = group_of(measure="ordinary_work_practice", education=LITTLE)
    per_scheme = {
        words.text("Work practice in an ordinary enterprise, of those with little or no schooling"): practice,
        words.text("No Norwegian language training"): group_of(measure=WITHOUT),
    }
    lines = [
        [label, *(words.percent(lookup(rows, scheme=s, group=group)["value"]) for s in SCHEMES), ""]
        for label, group in per_scheme.items()
    ]
    counts = rows[rows["statistic"] == "count"]
    lines += [[words.label(g), "", "", words.count(v)] for g, v in zip(counts["group"], counts["value"], strict=True)]
    columns = [
        Column(words.text("Participants with"), numeric=False),
        *(Column(words.label(s)) for s in (*SCHEMES, "both")),
    ]
    return Table(columns, lines, note=hidden_note(rows, words))
