"""The versions of the analysis that are set beside each other, by family: what each does otherwise than the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from helpers.study.fits import alternatives
from helpers.study.fits.alternatives import Version, of_logit, of_multilevel
from helpers.study.study import Study
from helpers.study.subsets import women_of

Versions = dict[str, Version]


def main(study: Study) -> Versions:
    """The main model."""
    return {"main": of_logit(study.individual_model_by_project)}


def missing(study: Study) -> Versions:
    """All leavers, not only complete cases."""
    return {"imputed": alternatives.imputed(study)}


def women(study: Study) -> Versions:
    """The main model and the multilevel models among women only."""
    only = women_of(study)
    return main(only) | models(only)


def dependence(study: Study) -> Versions:
    """Other ways of treating participants who share a project or a municipality."""
    level = study.cohort.analysis.confidence_level
    return {
        "independent": of_logit(study.individual_model),
        "clustered_by_municipality": of_logit(alternatives.clustered_by_municipality(study)),
        "municipality_dummies": alternatives.with_municipality_dummies(study),
        "random_intercepts": of_multilevel(alternatives.with_random_intercepts(study), level),
    }


def models(study: Study) -> Versions:
    """The multilevel models."""
    level = study.cohort.analysis.confidence_level
    fits = {"municipality": study.municipality_model, "project": study.project_model, "full": study.full_model}
    return {name: of_multilevel(fit, level) for name, fit in fits.items()}


def school(study: Study) -> Versions:
    """Other ways of treating the two school measures."""
    return {name: of_logit(fit) for name, fit in alternatives.school_models(study).items()}


def coding(study: Study) -> Versions:
    """Other codings of the registers."""
    return {name: other.version for name, other in alternatives.other_codings(study).items()}


FAMILIES: Final[Mapping[str, Callable[[Study], Versions]]] = {
    "main": main,
    "missing": missing,
    "women": women,
    "dependence": dependence,
    "models": models,
    "school": school,
    "coding": coding,
}
"""In the order in which they are shown."""
