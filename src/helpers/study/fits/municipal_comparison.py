"""Comparisons that hold the municipality equal: both schemes in one place, and places with and without Jobbsjansen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers.study import specification
from helpers.study.models.multilevel import multilevel
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.treatment import EffectEstimate
from resultatbok.methods.within import within_difference

BESIDE = "jobbsjansen_in_municipality"
"""Column: whether the participant's municipality has had Jobbsjansen participants in the cohort's years."""


@dataclass(frozen=True)
class BesideJobbsjansen:
    """Introduction programmes in municipalities with Jobbsjansen against those without.

    Attributes:
        participants: Participants of the introduction programme, with the column `BESIDE`.
        effect: What Jobbsjansen in the municipality goes with, all else equal, as an average change in probability;
            none if all or no municipality has Jobbsjansen, or the model cannot be fitted to so few.
    """

    participants: pd.DataFrame
    effect: Difference | None


@cache
def within_municipality(study: Study) -> dict[str, EffectEstimate]:
    """Jobbsjansen minus the introduction programme in the same municipality, as measured and with all held equal.

    Empty if no municipality has complete cases of both schemes.
    """
    people, design = study.complete, study.individual_design
    covariates = {"as_measured": design.iloc[:, :0], "held_equal": design.drop(columns="scheme")}
    try:
        return {
            name: within_difference(
                people[specification.OUTCOME],
                design["scheme"],
                columns,
                people["municipality"],
                level=study.cohort.analysis.confidence_level,
            )
            for name, columns in covariates.items()
        }
    except ModelError:
        return {}


def municipalities_with_both(study: Study) -> int:
    """How many municipalities have complete cases of both schemes."""
    return int((study.complete.groupby("municipality")["scheme"].nunique() == 2).sum())


@cache
def beside_jobbsjansen(study: Study) -> BesideJobbsjansen:
    """Whether introduction programmes do better where Jobbsjansen exists.

    A mixed model of the introduction programme's participants with the individual model's other columns, the municipal
    context and a column for Jobbsjansen in the municipality.
    """
    model = study.full_model
    with_jobbsjansen = study.participants.loc[study.participants["scheme"] == "jobbsjansen", "municipality"].unique()
    ours = (model.participants["scheme"] == "introduction").to_numpy()
    participants = model.participants[ours].reset_index(drop=True)
    participants[BESIDE] = participants["municipality"].isin(with_jobbsjansen).astype(float)
    columns = model.design[ours].reset_index(drop=True).drop(columns="scheme").assign(**{BESIDE: participants[BESIDE]})
    varying = columns.loc[:, columns.std() > 0]
    if BESIDE not in varying:
        return BesideJobbsjansen(participants, None)
    try:
        fit = multilevel(participants, lambda kept: varying.loc[kept.index], {}, ["municipality"])
    except ModelError:
        return BesideJobbsjansen(participants, None)
    effect = fit.results.average_marginal_effect(BESIDE, level=study.cohort.analysis.confidence_level).iloc[0]
    numbers = (float(effect[name]) for name in ("value", "std_error", "low", "high"))
    return BesideJobbsjansen(participants, Difference(*numbers))
