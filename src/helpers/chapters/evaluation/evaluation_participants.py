"""Exhibits of the evaluation's participants: how many there were, and who they were when they began."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.chapters.common.tell import intervals_note
from helpers.chapters.evaluation.evaluation_charts import parts_compared, stacked_bars
from helpers.chapters.evaluation.evaluation_rows import (
    PARTS,
    count_of,
    details,
    leavers,
    mean_of,
    parts_in,
    sample,
    share_of,
    spread_rows,
)
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_of, lookup
from resultatbok.tables.pivot import from_rows

AGE_EDGES = (18, 25, 30, 35, 40, 45, 50)
AGE_GROUPS = ("age_18_24", "age_25_29", "age_30_34", "age_35_39", "age_40_44", "age_45_49", "age_50_plus")
MOST_COMMON = (30, 45)
"""The ages whose share is told: from the first up to, but not with, the second."""
SCHOOLING = {
    "none_or_informal_only": (1, 2),
    "primary_begun_or_completed": (3, 4),
    "lower_secondary_begun_or_completed": (5, 6),
    "upper_secondary_begun_or_completed": (7, 8),
    "higher_begun_or_completed": (9, 10),
}
"""Levels of the detailed education variable, by the name of their group."""
HIGHER_COMPLETED = 10


@exhibit("evaluation_participants", phrases="n_participants_a n_participants_c")
def by_year(desk: Desk) -> Exhibit:
    """Participants in the programme in each year, by part."""
    words = desk.wording
    rows = desk.rows("evaluation_participants", lambda: _yearly_rows(desk))
    return Exhibit(
        key="evaluation_participants",
        rows=rows,
        caption=words.text("Participants in the programme during the year, and in all the years together."),
        table=from_rows(
            rows.iloc[_totals_last(rows)],
            words,
            index="group",
            columns="sample",
            cell="count",
            headers={"group": words.text("Year")},
            labels={"": words.text("All years")},
        ),
        phrases={
            f"n_participants_{part}": words.count(_total(rows, part)["value"])
            for part in PARTS
            if sample(part) in set(rows["sample"])
        },
    )


def _yearly_rows(desk: Desk) -> pd.DataFrame:
    data = details(desk, "start_year")
    frames = []
    for part in parts_in(data):
        own = data[data["part"] == part]
        frames.append(count_of(len(own), part=part, term="participants_in_programme"))
        for year in desk.study.cohort.years.all:
            inside = (own["start_year"] <= year) & ((own["year"] >= year) | (own["status"] != "left"))
            n = int(inside.sum())
            frames.append(count_of(n, part=part, term="participants_in_programme", group={"year": str(year)}))
    return pd.concat(frames, ignore_index=True)


@exhibit("evaluation_ages", phrases="share_middle_age_a")
def ages(desk: Desk) -> Exhibit:
    """Age groups by part."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = details(desk)
        grouped = data.assign(age_group=pd.cut(data["age"], [*AGE_EDGES, np.inf], right=False, labels=list(AGE_GROUPS)))
        frames = [spread_rows(desk, grouped, "age_group", "age_group")]
        for part in parts_in(data):
            age = data.loc[data["part"] == part, "age"]
            inside = age.between(*MOST_COMMON, inclusive="left").astype(float).where(age.notna())
            group = {"age_group": f"age_{MOST_COMMON[0]}_{MOST_COMMON[1] - 1}"}
            frames.append(share_of(desk, inside, part=part, group=group, term="participant_share"))
        return pd.concat(frames, ignore_index=True)

    rows = desk.rows("evaluation_ages", numbers)
    shown = rows[rows["group"].isin([group_of(age_group=name) for name in AGE_GROUPS])]
    middle = lookup(rows, group=group_of(age_group=f"age_{MOST_COMMON[0]}_{MOST_COMMON[1] - 1}"), sample=sample("a"))
    return _stacked(
        desk,
        "evaluation_ages",
        rows,
        shown,
        words.text("Age of the participants, by part."),
        {"share_middle_age_a": words.percent(middle["value"])},
    )


@exhibit("evaluation_schooling", phrases="share_no_school_a share_higher_a")
def schooling(desk: Desk) -> Exhibit:
    """Level of education when the participants began, by part."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = details(desk, "education_detailed")
        grouped = data.assign(schooling=_schooling(data["education_detailed"]))
        frames = [spread_rows(desk, grouped, "schooling", "education_level")]
        for part in parts_in(data):
            known = data.loc[data["part"] == part, "education_detailed"].dropna()
            completed = (known == HIGHER_COMPLETED).astype(float)
            group = {"education_level": "higher_completed"}
            frames.append(share_of(desk, completed, part=part, group=group, term="participant_share"))
        return pd.concat(frames, ignore_index=True)

    rows = desk.rows("evaluation_schooling", numbers)
    shown = rows[rows["group"].isin([group_of(education_level=name) for name in SCHOOLING])]
    names = {"none_or_informal_only": "share_no_school_a", "higher_begun_or_completed": "share_higher_a"}
    phrases = {
        phrase: words.percent(lookup(rows, group=group_of(education_level=name), sample=sample("a"))["value"])
        for name, phrase in names.items()
    }
    caption = words.text("Level of education when the participants began, by part.")
    return _stacked(desk, "evaluation_schooling", rows, shown, caption, phrases)


@exhibit("evaluation_income", phrases="income_most_a share_income_most_a")
def income(desk: Desk) -> Exhibit:
    """Main income before the participants began, by part."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = details(desk, "income_before")
        return spread_rows(desk, data, "income_before", "main_income_before_start")

    rows = desk.rows("evaluation_income", numbers)
    svg, alt = parts_compared(desk, rows)
    most = rows[rows["sample"] == sample("a")].sort_values("value", ascending=False).iloc[0]
    return Exhibit(
        key="evaluation_income",
        rows=rows,
        caption=words.text("Main income before the participants began, by part.") + " " + intervals_note(desk),
        svg=svg,
        alt=alt,
        phrases={"income_most_a": words.label(most["group"]), "share_income_most_a": words.percent(most["value"])},
    )


@exhibit("evaluation_background", phrases="share_women_a residence_a duration_a")
def background(desk: Desk) -> Exhibit:
    """Gender, part of the world and other traits of the participants, by part."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = details(desk, "world_region", "reunified_nordic")
        named = data.assign(gender=data["male"].map({0.0: "women", 1.0: "men"}))
        women = named[named["male"] == 0]
        frames = [
            spread_rows(desk, named, "gender", "gender"),
            spread_rows(desk, named, "world_region", "world_region"),
        ]
        for part in parts_in(data):
            own = women[women["part"] == part]
            reunified = {"part": part, "term": "reunified_with_norwegian_or_nordic_citizen"}
            frames.append(share_of(desk, own["reunified_nordic"], group={"gender": "women"}, **reunified))
            years = named.loc[named["part"] == part, "years_in_norway"]
            frames.append(mean_of(desk, years, part=part, term="years_of_residence"))
        left = leavers(desk)
        frames.append(mean_of(desk, left["duration_months"], part="a", term="duration_months"))
        return pd.concat(frames, ignore_index=True)

    rows = desk.rows("evaluation_background", numbers)
    shares = rows[rows["statistic"] == "share"]
    women_a = lookup(rows, group="gender=women", sample=sample("a"), term="participant_share")
    means = rows[rows["statistic"] == "mean"].set_index(["term", "sample"])["value"]
    return Exhibit(
        key="evaluation_background",
        rows=rows,
        caption=words.text("Gender and part of the world of the participants, by part; of the women, those reunified."),
        table=from_rows(
            shares,
            words,
            index=("term", "group"),
            columns="sample",
            cell="percent",
            headers={"term": words.text("What"), "group": words.text("Group")},
        ),
        phrases={
            "share_women_a": words.percent(women_a["value"]),
            "residence_a": words.years(means["years_of_residence", sample("a")]),
            "duration_a": words.months(means["duration_months", sample("a")]),
        },
    )


def _schooling(detailed: pd.Series) -> pd.Series:
    names = {level: name for name, levels in SCHOOLING.items() for level in levels}
    return detailed.map(names).astype(pd.CategoricalDtype(list(SCHOOLING), ordered=True))


def _stacked(
    desk: Desk, key: str, rows: pd.DataFrame, shown: pd.DataFrame, caption: str, phrases: dict[str, str]
) -> Exhibit:
    """A bar of 100 per cent for each part."""
    words = desk.wording
    told = shown.assign(
        bar=[words.label(name) for name in shown["sample"]], category=[words.label(g) for g in shown["group"]]
    )
    svg, alt = stacked_bars(desk, told)
    return Exhibit(key=key, rows=rows, caption=caption, svg=svg, alt=alt, phrases=phrases)


def _totals_last(rows: pd.DataFrame) -> np.ndarray:
    return np.argsort(rows["group"].eq("").to_numpy(), kind="stable")


def _total(rows: pd.DataFrame, part: str) -> pd.Series:
    return lookup(rows, group="", sample=sample(part), term="participants_in_programme")
