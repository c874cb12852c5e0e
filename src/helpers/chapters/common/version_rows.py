"""The versions of the analysis that are set beside each other, under headings, and their ledger rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache

import pandas as pd

from helpers.chapters.common.model_rows import coefficient_rows, effect_row
from helpers.chapters.common.samples import WOMEN
from helpers.study.fits import alternatives
from helpers.study.fits.alternatives import Version, of_logit, of_multilevel
from helpers.study.models.multilevel import MultilevelFit
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.release.ledger import group_keys, group_of
from resultatbok.words.wording import Wording

MAIN = group_of(model="individual", version="main")
DEPENDENCE = ("independent", "clustered_by_municipality", "municipality_dummies", "random_intercepts")
WITHOUT_SCHOOL = ("without_primary", "without_upper_secondary", "without_school", "school_combined")
MODELS = ("individual", "municipality", "project", "full")

Versions = Mapping[tuple[str, str], Version]
"""Versions by the ledger's group and sample."""


@cache
def version_rows(study: Study, family: str) -> pd.DataFrame:
    """Ledger rows of one family of versions, with `family` as a column.

    Per version: the average marginal effect of the scheme (in percentage points), its coefficient and its p-value.

    Args:
        study: The cohort's study.
        family: A key of `FAMILIES`.
    """
    parts = [_rows(group, sample, version) for (group, sample), version in FAMILIES[family](study).items()]
    return pd.concat(parts, ignore_index=True).assign(family=family)


def version_label(words: Wording, group: str, sample: str) -> str:
    """What a version is called: its name, or its model where that is what sets it apart."""
    keys = group_keys(group)
    if sample == WOMEN or "version" not in keys:
        return words.label(group_of(model=keys["model"]))
    return words.label(group_of(version=keys["version"]))


def family_of(group: str, sample: str) -> str:
    """The family a version belongs to, from what identifies its rows."""
    keys = group_keys(group)
    if sample == WOMEN:
        return "women"
    if keys["model"] != "individual":
        return "models"
    families = {"main": "main", "imputed": "missing"}
    families |= dict.fromkeys(DEPENDENCE, "dependence") | dict.fromkeys(WITHOUT_SCHOOL, "school")
    return families.get(keys["version"], "coding")


def family_label(words: Wording, family: str) -> str:
    """The heading that a family of versions stands under."""
    headings = {
        "main": words.text("Main model"),
        "missing": words.text("All leavers, not only complete cases"),
        "women": words.text("Women only"),
        "dependence": words.text("Participants who share a project or a municipality"),
        "models": words.text("Multilevel models"),
        "school": words.text("The two school measures"),
        "coding": words.text("Other coding"),
    }
    return headings[family]


def multilevel_fits(study: Study) -> dict[str, MultilevelFit]:
    """The multilevel models of a study, by name."""
    return {"municipality": study.municipality_model, "project": study.project_model, "full": study.full_model}


def _main(study: Study) -> Versions:
    return {(MAIN, "all"): of_logit(study.individual_model_by_project)}


def _missing(study: Study) -> Versions:
    return {(named("imputed"), "all_gross"): alternatives.imputed(study)}


def _women(study: Study) -> Versions:
    women = women_of(study)
    versions = {(MAIN, WOMEN): of_logit(women.individual_model_by_project)}
    return versions | _multilevel(women, WOMEN)


def _models(study: Study) -> Versions:
    return _multilevel(study, "all")


def _multilevel(study: Study, sample: str) -> dict[tuple[str, str], Version]:
    level = study.cohort.analysis.confidence_level
    return {(group_of(model=name), sample): of_multilevel(fit, level) for name, fit in multilevel_fits(study).items()}


def _dependence(study: Study) -> Versions:
    level = study.cohort.analysis.confidence_level
    versions = {
        "independent": of_logit(study.individual_model),
        "clustered_by_municipality": of_logit(alternatives.clustered_by_municipality(study)),
        "municipality_dummies": alternatives.with_municipality_dummies(study),
        "random_intercepts": of_multilevel(alternatives.with_random_intercepts(study), level),
    }
    return {(named(name), "all"): version for name, version in versions.items()}


def _school(study: Study) -> Versions:
    return {(named(name), "all"): of_logit(fit) for name, fit in alternatives.school_models(study).items()}


def _coding(study: Study) -> Versions:
    return {(named(name), "all"): coding.version for name, coding in alternatives.other_codings(study).items()}


FAMILIES: Mapping[str, Callable[[Study], Versions]] = {
    "main": _main,
    "missing": _missing,
    "women": _women,
    "dependence": _dependence,
    "models": _models,
    "school": _school,
    "coding": _coding,
}
"""In the order in which they are shown."""


def named(version: str) -> str:
    """The ledger's group of a version of the individual model."""
    return group_of(model="individual", version=version)


def _rows(group: str, sample: str, version: Version) -> pd.DataFrame:
    estimate = asdict(version.coefficient) | {"p_value": version.p_value}
    term = pd.DataFrame([estimate], index=["scheme"]).rename(columns={"value": "coefficient"})
    return pd.concat(
        [effect_row("scheme", version.effect, version.n, group), coefficient_rows(term, version.n, group)]
    ).assign(sample=sample)
