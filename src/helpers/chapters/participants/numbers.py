"""Numbers of who takes part in Jobbsjansen: how many there were, and who they were when they began."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.evaluation_numbers import (
    by_part,
    count_of,
    details,
    grouped,
    leavers,
    mean_of,
    rounded_spread,
    share_of,
    spread_rows,
)
from helpers.chapters.participants.terms import HIGHER_COMPLETED, MIDDLE_AGE, MIDDLE_AGES, OTHER, TOGETHER
from helpers.study.study import Study
from resultatbok.project import coding_folder
from resultatbok.release.rounding import to_be_rounded

AGES: Final = {
    18: "age_18_24",
    25: "age_25_29",
    30: "age_30_34",
    35: "age_35_39",
    40: "age_40_44",
    45: "age_45_49",
    50: "age_50_plus",
}
SCHOOLING: Final = {
    1: "none_or_informal_only",
    3: "primary_begun_or_completed",
    5: "lower_secondary_begun_or_completed",
    7: "upper_secondary_begun_or_completed",
    9: "higher_begun_or_completed",
}
"""Groups of levels of the detailed education variable, by the lowest."""
COMPLETED: Final = 10
"""The level of those who completed higher education."""
REUNIFIED: Final = "reunified_with_norwegian_or_nordic_citizen"
COUNTRIES_FILE: Final = "countries.csv"
MOST_COMMON: Final = 10
B_LEVEL: Final = (4, 5)
START_KNOWN: Final = {"eritrea": ("ER",), "sudan|kenya|uganda": ("SD", "KE", "UG")}
"""Groups of countries whose Norwegian at the start the evaluation tells."""
WOMEN_FROM: Final = {"philippines_and_thailand": ("PH", "TH")}
"""Groups of countries whose women the evaluation tells of."""


def evaluation_participants(study: Study) -> pd.DataFrame:
    """Participants in the programme in all years together and in each, by part."""
    term = "participants_in_programme"
    frames = []
    for sample, own in by_part(details(study, "start_year")):
        frames.append(count_of(len(own), term, sample=sample))
        for year in study.cohort.years.all:
            inside = (own["start_year"] <= year) & ((own["year"] >= year) | (own["status"] != "left"))
            frames.append(count_of(int(inside.sum()), term, group=f"year={year}", sample=sample))
    return pd.concat(frames, ignore_index=True)


def evaluation_ages(study: Study) -> pd.DataFrame:
    """Age groups by part, and the share in the middle of life."""
    data = details(study)
    frames = [spread_rows(study, data.assign(age_group=grouped(data["age"], AGES)), "age_group", "age_group")]
    for sample, own in by_part(data):
        age = own["age"].dropna()
        middle = age.between(*MIDDLE_AGES, inclusive="left").astype(float)
        frames.append(share_of(study, middle, MIDDLE_AGE, sample=sample))
    return pd.concat(frames, ignore_index=True)


def evaluation_schooling(study: Study) -> pd.DataFrame:
    """Level of education when the participants began, by part."""
    data = details(study, "education_detailed")
    groups = grouped(data["education_detailed"], SCHOOLING)
    frames = [spread_rows(study, data.assign(schooling=groups), "schooling", "education_level")]
    for sample, own in by_part(data):
        completed = (own["education_detailed"].dropna() == COMPLETED).astype(float)
        frames.append(share_of(study, completed, HIGHER_COMPLETED, sample=sample))
    return pd.concat(frames, ignore_index=True)


def evaluation_income(study: Study) -> pd.DataFrame:
    """Main income before the participants began, by part."""
    return spread_rows(study, details(study, "income_before"), "income_before", "main_income_before_start")


def evaluation_background(study: Study) -> pd.DataFrame:
    """Gender and part of the world by part, the women reunified, years of residence and months in the programme."""
    data = details(study, "world_region", "reunified_nordic")
    named = data.assign(gender=data["male"].map({0.0: "women", 1.0: "men"}))
    frames = [spread_rows(study, named, column, column) for column in ("gender", "world_region")]
    for sample, own in by_part(named):
        women = own.loc[own["gender"] == "women", "reunified_nordic"]
        frames.append(share_of(study, women, "gender=women", term=REUNIFIED, sample=sample))
        frames.append(mean_of(study, own["years_in_norway"], "years_of_residence", sample=sample))
    frames.append(mean_of(study, leavers(study)["duration_months"], "duration_months"))
    return pd.concat(frames, ignore_index=True)


def evaluation_countries(study: Study) -> pd.DataFrame:
    """The countries that most of part A came from, and what the evaluation tells of some of them."""
    data = details(study, "country", "norwegian_start")
    own = data[data["part"] == "a"]
    known, iso = own["country"].notna(), own["country"].map(_codes())
    common = iso.isin(iso.value_counts().head(MOST_COMMON).index)
    shown = own.assign(iso=iso.where(common, OTHER).where(known))
    frames = [
        rounded_spread(study, shown, "iso", "country", "a"),
        # beside rounded shares an exact one of all of them would tell of the others
        to_be_rounded(share_of(study, common.astype(float).where(known), TOGETHER)),
    ]
    for name, codes in START_KNOWN.items():
        high = own.loc[iso.isin(codes), "norwegian_start"].dropna().isin(B_LEVEL).astype(float)
        if len(high):
            frames.append(share_of(study, high, f"country={name};norwegian_level_at_start=b_level"))
    for name, codes in WOMEN_FROM.items():
        reunified = own.loc[(own["male"] == 0) & iso.isin(codes), "reunified_nordic"]
        if len(reunified):
            frames.append(share_of(study, reunified, f"gender=women;origin={name}", term=REUNIFIED))
    return pd.concat(frames, ignore_index=True)


def _codes() -> pd.Series:
    table = pd.read_csv(coding_folder() / COUNTRIES_FILE, keep_default_na=False)
    return table[table["iso"] != ""].drop_duplicates("country").set_index("country")["iso"]
