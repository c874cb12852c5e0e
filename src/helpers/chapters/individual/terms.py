"""What the individual chapter compares: groups, steps, starting points and described participants."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.cohort.variables import CATEGORY, NUMBER, in_model
from resultatbok.coding_rows import read_rows
from resultatbok.project import coding_folder
from resultatbok.release.ledger import group_of

MODEL: Final = "model=individual"

TERMS: Final = ("scheme", "education_level", "norwegian_level", "male", "measure_ordinary_work", "absence_high")
"""Terms whose odds ratios are put into words."""
STARTS: Final = (0.25, 0.50, 0.75)
"""Probabilities to start from: the same odds ratio moves each of them differently."""

WITH_SCHEME: Final = ("scheme", "scheme_characteristics", "individual")
TO_THE_WHOLE: Final = ("characteristics", "characteristics_measures", "individual")
"""The order of the 2022 report: characteristics, then measures, then the scheme."""

EXPECTED: Final = "expected_goal_attainment"

STEPS: Final = {"": "all", "comparable=yes": "comparable", "comparable=yes;jobbsjansen=above_mean": "jobbsjansen"}
"""Of the choice of municipalities to visit, by the part of the group that says it."""

PROFILES_FILE: Final = "profiles.csv"
AVERAGES: Final = {"average_introduction": "introduction", "average_jobbsjansen": "jobbsjansen"}
"""The average participants, and the scheme whose average each is."""
CHARACTERISTICS: Final = tuple(v for v in in_model("individual") if v.type != CATEGORY)
LEVELLED: Final = ("education_level", "norwegian_level")
NUMBERS: Final = tuple(v.name for v in CHARACTERISTICS if v.type == NUMBER and v.name not in LEVELLED)
"""What is said of a described participant in numbers."""


def start_group(start: float) -> str:
    """The ledger group of what becomes of a probability."""
    return group_of(model="individual", start=f"{start:.2f}")


def descriptions() -> pd.DataFrame:
    """The descriptions, one row per profile, with the columns of `data/coding/profiles.csv`.

    Raises:
        resultatbok.coding_rows.TableFault: A characteristic of the individual model has no column there.
    """
    described = {v.name for v in CHARACTERISTICS if v.name != "norwegian_level"} | {"norwegian"}
    read_rows(coding_folder() / PROFILES_FILE, sorted(described))
    return pd.read_csv(coding_folder() / PROFILES_FILE).set_index("profile")
