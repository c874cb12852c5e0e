"""Numbers of the data chapter: how many leavers there are, who is left out of the models, and why.

Counts here are of register records that lack something. They describe the register and not persons, and carry the
unit `records`, which disclosure control lets pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from helpers.chapters.common.missing_rows import attainment_by_missing_rows, lacking_rows
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import EDUCATION_OR_NORWEGIAN, REQUIRED
from helpers.study.study import Study
from resultatbok.release.rows import BOTH, row

EVERYONE: Final = "all_gross"
"""Name of the sample that is everyone who left."""


def sample_flow(study: Study) -> pd.DataFrame:
    """From all leavers to the complete cases, by scheme."""
    people = study.participants
    known = people[list(EDUCATION_OR_NORWEGIAN)].notna().all(axis=1)
    complete = people[list(REQUIRED)].notna().all(axis=1)
    steps = {
        "participants": known | ~known,
        "missing_education_or_norwegian": ~known,
        "missing_other": known & ~complete,
        "complete_cases": complete,
    }
    return record_counts(people["scheme"], steps)


def missing_values(study: Study) -> pd.DataFrame:
    """How many lack each variable, and whether those left out reach the goal as often."""
    people, level = study.participants, study.cohort.analysis.confidence_level
    return pd.concat(
        [
            record_counts(people["scheme"], {f"missing_{name}": people[name].isna() for name in REQUIRED}),
            attainment_by_missing_rows(people, level=level),
            lacking_rows(people, "scheme", level=level),
        ]
    )


def record_counts(scheme: pd.Series, terms: Mapping[str, pd.Series]) -> pd.DataFrame:
    """How many records each term holds for, in each scheme and in both.

    Args:
        scheme: The scheme of each record.
        terms: Whether each record is counted, by term.
    """
    masks = {name: scheme == name for name in SCHEMES} | {BOTH: scheme.notna()}
    return pd.DataFrame(
        [
            row("count", int((chosen & mask).sum()), scheme=name, term=term, sample=EVERYONE, unit="records")
            for term, chosen in terms.items()
            for name, mask in masks.items()
        ]
    )
