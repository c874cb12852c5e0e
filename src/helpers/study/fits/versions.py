"""The versions of the analysis that are set beside each other, by family: what each does otherwise than the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from helpers.study.fits import alternatives
from helpers.study.fits.alternatives import Version, of_logit, of_multilevel
from helpers.study.study import Study

Versions = dict[str, Version]


def main(study: Study) -> Versions:
    """The main model."""
    return {"main": of_logit(study.individual_model_by_project)}


def missing(study: Study) -> Versions:
    """All leavers, not only complete cases."""
    return {"imputed": alternatives.imputed(study)}


def dependence(study: Study) -> Versions:
    """Other ways of treating participants who share a project or a municipality."""
    level = study.cohort.analysis.confidence_level
    return {
        "independent": of_logit(study.individual_model),
        "clustered_by_municipality": of_logit(alternatives.clustered_by_municipality(study)),
        "municipality_dummies": alternatives.with_municipality_dummies(study),
        "random_intercepts": of_multilevel(alternatives.with_random_intercepts(study), level),
    }


def coding(study: Study) -> Versions:
    """Other codings of the registers."""
    return {name: other.version for name, other in alternatives.other_codings(study).items()}


FAMILIES: Final[Mapping[str, Callable[[Study], Versions]]] = {
    "main": main,
    "missing": missing,
    "dependence": dependence,
    "coding": coding,
}
"""In the order in which they are shown."""
