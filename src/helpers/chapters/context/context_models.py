"""The multilevel models that the context chapter shows, and what their context variables go with."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

from helpers.study.models.multilevel import MultilevelFit
from helpers.study.specification import CONTEXT, MUNICIPAL, RESOURCES
from helpers.study.study import Study
from resultatbok.methods.intervals import Difference

MODELS: Final = ("full", "individual", "municipality", "project")
MULTILEVEL: Final = ("full", "municipality", "project")
REDUCED: Final = MULTILEVEL[1:]
CONTEXT_OF: Final = {"full": MUNICIPAL, "municipality": MUNICIPAL, "project": (RESOURCES,)}
LEVELS: Final = ("municipality", "project")


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
    columns = [("full", term, CONTEXT[term]) for term in MUNICIPAL] + [("project", RESOURCES, CONTEXT[RESOURCES])]
    return [(name, term, models[name].participants[column]) for name, term, column in columns]


def multilevel_models(study: Study) -> dict[str, MultilevelFit]:
    """The multilevel models of a study by name, the full one first."""
    return {"full": study.full_model, "municipality": study.municipality_model, "project": study.project_model}
