"""The multilevel models by name, and what their context variables go with."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

from helpers.study.models.multilevel import MultilevelFit
from helpers.study.specification import CONTEXT, MUNICIPAL, RESOURCES
from helpers.study.study import Study
from resultatbok.methods.intervals import Difference

CONTEXT_OF: Final = {"full": MUNICIPAL, "municipality": MUNICIPAL, "project": (RESOURCES,)}


@cache
def context_effects(study: Study) -> list[tuple[str, str, Difference, int]]:
    """Model, term, average marginal effect per standard deviation, and rows; the full model first."""
    level = study.cohort.analysis.confidence_level
    found = []
    for name, fit in multilevel_models(study).items():
        for term in CONTEXT_OF[name]:
            effect = fit.results.average_marginal_effect(term, level=level).iloc[0]
            difference = Difference(*(float(effect[k]) for k in ("value", "std_error", "low", "high")))
            found.append((name, term, difference, fit.results.nobs))
    return found


def context_values(study: Study) -> list[tuple[str, str, pd.Series]]:
    """Model, term and the variable in its own unit, for the model each variable is first met in."""
    models = multilevel_models(study)
    first = {term: name for name in ("project", "full") for term in CONTEXT_OF[name]}
    return [(first[term], term, models[first[term]].participants[column]) for term, column in CONTEXT.items()]


def multilevel_models(study: Study) -> dict[str, MultilevelFit]:
    """The multilevel models of a study by name, the full one first."""
    return {"full": study.full_model, "municipality": study.municipality_model, "project": study.project_model}
