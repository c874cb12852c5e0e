"""What has to be added to the multilevel models' published coefficients for a multilevel fit to give them back.

The moments are those of a plain logistic model in which the projects' effects are known; a multilevel model estimates
them, and returns slightly other coefficients. The corrections are found by secant steps with slope one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from helpers.cohort.settings import Cohort
from helpers.study.study import Study
from helpers.study.subsets import women_of
from synthesis import World
from synthesis.calibration.in_memory import study_of
from synthesis.published import coefficients
from synthesis.report_models import Corrections

MODELS: Final = {
    "municipality": "table17_municipality",
    "project": "table17_project",
    "municipality_women": "table20_women",
    "project_women": "table21_women",
}
"""The blocks of the multilevel models and where their coefficients are printed."""
CONTEXT: Final = ("municipality_", "project_")
"""How the terms that are corrected begin. The others follow from the participants and the totals, which leave the
corrections of their coefficients nothing to move."""


def corrected(corrections: Corrections, worlds: Sequence[World], cohort: Cohort) -> tuple[Corrections, float]:
    """One secant step.

    Args:
        corrections: Those that the worlds were drawn with.
        worlds: Draws whose outcomes are balanced.
        cohort: Whose settings the models are fitted with.

    Returns:
        The new corrections, and the largest distance of a mean coefficient from the published one.
    """
    studies = [study_of(world, cohort) for world in worlds]
    found, farthest = {}, 0.0
    for block, table in MODELS.items():
        published = pd.Series(coefficients(table))
        mean = pd.concat([_fitted(study, block) for study in studies], axis=1).mean(axis=1)
        missed = published - mean.reindex(published.index)
        before = pd.Series(corrections.get(block, {}), dtype=float).reindex(published.index).fillna(0.0)
        context = [str(term) for term in published.index if str(term).startswith(CONTEXT)]
        found[block] = {term: round(float(before[term] + missed[term]), 4) for term in context}
        farthest = max(farthest, float(missed[context].abs().max()))
    return found, farthest


def _fitted(study: Study, block: str) -> pd.Series:
    subset = women_of(study) if block.endswith("_women") else study
    fit = subset.municipality_model if block.startswith("municipality") else subset.project_model
    return fit.results.params
