"""Differences that no programme can have made: whoever finds one has compared people who are not comparable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from helpers.study.fits.municipal_comparison import BESIDE, beside_jobbsjansen
from helpers.study.specification import OUTCOME, main_blocks
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.specification_curve import linear_difference
from resultatbok.methods.treatment import varying

SCHEMES, MUNICIPALITIES = "schemes", "municipalities"
OLDER_FROM: Final = 35
BACKGROUND: Final = ("education", "origin")
"""Blocks whose columns are 0/1 traits. Years in Norway differ by the schemes' rules."""


@dataclass(frozen=True)
class Placebo:
    """A difference that should be zero.

    Attributes:
        comparison: `schemes`, or `municipalities` with and without Jobbsjansen.
        outcome: The trait or end that differs.
        effect: The difference between two probabilities.
        n: Participants.
        p_value: That it is zero.
        adjusted: The p-value adjusted for the number of differences (Benjamini and Hochberg's false discovery rate).
    """

    comparison: str
    outcome: str
    effect: Difference
    n: int
    p_value: float
    adjusted: float


@cache
def placebos(study: Study) -> list[Placebo]:
    """Women's traits at entry by scheme, and the introduction programme where Jobbsjansen is and where it is not."""
    found = [*_traits(study), *_municipal(study)]
    p_values = [float(2 * stats.t.sf(abs(e.value / e.std_error), e.freedom)) for _, _, e, _ in found]
    adjusted = multipletests(p_values, method="fdr_bh")[1] if found else []
    return [Placebo(*one, p, float(q)) for one, p, q in zip(found, p_values, adjusted, strict=True)]


Found = tuple[str, str, Difference, int]


def _traits(study: Study) -> list[Found]:
    """Each trait at entry as the outcome, with the other blocks of the main model adjusted for."""
    women = women_of(study)
    people, treated = women.complete, women.individual_design["scheme"]
    blocks = main_blocks(people, study.cohort.analysis)
    older = {f"age={OLDER_FROM}_plus": (people["age"] >= OLDER_FROM).astype(float)}
    traits = {"age": older} | {name: dict(blocks[name]) for name in BACKGROUND if name in blocks}
    found = []
    for block, columns in traits.items():
        others = varying(treated, pd.concat([own for name, own in blocks.items() if name != block], axis=1))
        for name, trait in columns.items():
            effect = _difference(trait, treated, others, people["project"], study)
            found += [(SCHEMES, str(name), effect, len(people))] if effect else []
    return found


def _municipal(study: Study) -> list[Found]:
    """Goal attainment, and reasons for ending that are not counted, in municipalities with Jobbsjansen and without."""
    beside = beside_jobbsjansen(study)
    found = [(MUNICIPALITIES, OUTCOME, beside.effect, len(beside.participants))] if beside.effect else []
    people = study.participants[study.participants["scheme"] == "introduction"]
    with_jobbsjansen = study.participants.loc[study.participants["scheme"] == "jobbsjansen", "municipality"].unique()
    treated = people["municipality"].isin(with_jobbsjansen).astype(float).rename(BESIDE)
    uncounted = people[OUTCOME].isna().astype(float).rename("end_reason_not_counted")
    effect = _difference(uncounted, treated, people.iloc[:, :0], people["municipality"], study)
    return [*found, *([(MUNICIPALITIES, str(uncounted.name), effect, len(people))] if effect else [])]


def _difference(
    outcome: pd.Series, treated: pd.Series, covariates: pd.DataFrame, groups: pd.Series, study: Study
) -> Difference | None:
    """The adjusted difference; None where it cannot be estimated, as where nobody has the trait."""
    try:
        effect = linear_difference(
            outcome, treated, covariates, groups=groups, level=study.cohort.analysis.confidence_level
        )
    except ModelError:
        return None
    return effect if effect.std_error > 0 and effect.freedom > 0 else None
