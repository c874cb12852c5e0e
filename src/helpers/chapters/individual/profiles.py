"""The described participants whose probability of reaching the goal the individual chapter predicts."""

from __future__ import annotations

import pandas as pd

from helpers.cohort.settings import Cohort
from helpers.cohort.variables import categories
from helpers.study.specification import CHARACTERISTICS, origin_terms
from helpers.study.study import Study
from resultatbok.coding_rows import read_rows
from resultatbok.project import coding_folder

PROFILES_FILE = "profiles.csv"
AVERAGES = {"average_introduction": "introduction", "average_jobbsjansen": "jobbsjansen"}
"""The average participants, and the scheme whose average each is."""
LEVELS = categories("norwegian")
"""Levels of Norwegian from the lowest, coded 1-5 (see `norwegian_scale` in the cohort file)."""


def described_participants() -> pd.DataFrame:
    """The descriptions, one row per profile, with the columns of `data/coding/profiles.csv`.

    Raises:
        resultatbok.coding_rows.TableFault: A characteristic of the individual model has no column there.
    """
    described = {name for name in CHARACTERISTICS if name != "norwegian_level"} | {"norwegian"}
    read_rows(coding_folder() / PROFILES_FILE, sorted(described))
    return pd.read_csv(coding_folder() / PROFILES_FILE).set_index("profile")


def profile_design(study: Study) -> pd.DataFrame:
    """The described participants as rows of the individual model, in each scheme.

    Measures, and what a description calls `mean`, are at their means over the complete cases.

    Returns:
        The individual model's columns, indexed by (`profile`, `scheme`).
    """
    described = described_participants()
    means = study.individual_design.mean()
    rows = {}
    for profile, description in described.iterrows():
        row = means.copy()
        row[origin_terms(study.cohort.analysis)] = 0.0
        if (origin := f"origin_{description['origin']}") in row.index:
            row[origin] = 1.0
        for name in CHARACTERISTICS:
            row[name] = _value(name, description, means, study.cohort)
        for scheme, indicator in (("introduction", 0.0), ("jobbsjansen", 1.0)):
            rows[(str(profile), scheme)] = row.copy()
            rows[(str(profile), scheme)]["scheme"] = indicator
    return pd.DataFrame(rows).T.rename_axis(["profile", "scheme"])


def average_design(study: Study) -> pd.DataFrame:
    """The average participant of each scheme as rows of the individual model, in each scheme.

    Everything, measures and origins too, is at its mean over the scheme's complete cases.

    Returns:
        As `profile_design`, with the profiles `AVERAGES`.
    """
    means = study.individual_design.groupby(study.complete["scheme"], observed=True).mean()
    rows = {
        (profile, scheme): means.loc[of].where(means.columns != "scheme", indicator)
        for profile, of in AVERAGES.items()
        if of in means.index
        for scheme, indicator in (("introduction", 0.0), ("jobbsjansen", 1.0))
    }
    return pd.DataFrame(rows).T.rename_axis(["profile", "scheme"])


def scheme_of(profile: str) -> str:
    """The scheme that a description is typical of; both where it fits either."""
    return profile.removeprefix("typical_") if profile.startswith("typical_") else "both"


def _value(name: str, description: pd.Series, means: pd.Series, cohort: Cohort) -> float:
    if name != "norwegian_level":
        return float(description[name])
    level = str(description["norwegian"])
    if level == "mean":
        return float(means[name])
    lowest = 1 if cohort.coding.norwegian_scale == "five_levels" else 0
    return float(LEVELS.index(level) + lowest)
