"""The women's effect under every defensible combination of choices: covariates, form, sample and clusters."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final

import pandas as pd

from helpers.cohort.variables import ORIGIN
from helpers.study import specification
from helpers.study.specification import main_blocks, main_columns
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.edition.cache import cached
from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.logit.effects import average_change
from resultatbok.methods.specification_curve import SpecificationCurve, linear_difference, specification_curve
from resultatbok.methods.treatment import in_overlap, varying
from resultatbok.methods.weighting import propensity_model
from resultatbok.methods.within import within_difference

PANDEMIC_YEAR: Final = 2020
WITHIN, ALL, WITH_BOTH = "within", "women", "municipalities_with_both"
FORMS: Final = ("logit", "linear", WITHIN)
CLUSTERS: Final = ("project", "municipality")
DECLARED: Final[Mapping[str, str]] = MappingProxyType(
    {"adjusted": "main", "form": "logit", "people": ALL, "clusters": "project"}
)
"""The specification that answers the book's question, decided before any was fitted."""


@cache
def women_curve(study: Study) -> SpecificationCurve | None:
    """The curve; its table has the number of women that each estimate rests on as `n` besides.

    None where the declared specification cannot be fitted.
    """
    women = women_of(study)
    people, treated, level = women.complete, women.individual_design["scheme"], study.cohort.analysis.confidence_level
    try:
        sets = covariate_sets(women)
        return _curve(people, treated, sets, samples(people, treated, sets["main"]), level)
    except ModelError:
        return None


def covariate_sets(study: Study) -> dict[str, pd.DataFrame]:
    """What is adjusted for: the main model, it in straight lines, without each block, with what came after entry."""
    people, choices, design = study.complete, study.cohort.analysis, study.individual_design
    terms: dict[str, list[str]] = {"entry": [], "after_entry": []}
    for block, names in specification.BLOCKS.items():
        of_block = specification.origin_terms(choices) if block == ORIGIN else names
        terms[specification.STAGE_OF[block]] += [name for name in of_block if name in design]
    main = main_columns(people, choices)
    blocks = main_blocks(people, choices)
    without = {f"without_{block}": main.drop(columns=own.columns) for block, own in blocks.items()}
    after_entry = pd.concat([main, design[terms["after_entry"]]], axis=1)
    return {"main": main, "linear": design[terms["entry"]], **without, "after_entry": after_entry}


def samples(people: pd.DataFrame, treated: pd.Series, covariates: pd.DataFrame) -> dict[str, pd.Series]:
    """Whom the effect is estimated among, as rows; a sample that is everybody or nobody is left out."""
    found = {
        WITH_BOTH: treated.groupby(people["municipality"]).transform("nunique") == 2,
        "without_pandemic": people["end_year"] != PANDEMIC_YEAR,
    }
    with suppress(ModelError):  # the schemes' women may be too unlike for anybody to be comparable
        found["overlap"] = in_overlap(propensity_model(treated, varying(treated, covariates)).fitted)
    parts = {name: rows for name, rows in found.items() if 0 < rows.sum() < len(rows)}
    return {ALL: pd.Series(True, index=people.index), **parts}


@cached
def _curve(
    people: pd.DataFrame,
    treated: pd.Series,
    sets: dict[str, pd.DataFrame],
    chosen: dict[str, pd.Series],
    level: float,
) -> SpecificationCurve:
    fits = _Fits(people, treated, sets, chosen, level)
    options = {"adjusted": sets, "form": FORMS, "people": chosen, "clusters": CLUSTERS}
    curve = specification_curve({k: [(x, x) for x in values] for k, values in options.items()}, fits.effect, DECLARED)
    table = curve.table
    sizes = [len(fits.rows(form, name)) for form, name in zip(table["form"], table["people"], strict=True)]
    return replace(curve, table=table.assign(n=sizes))


class _Fits:
    """The effect under one combination; a logistic model is fitted once for both kinds of cluster."""

    def __init__(
        self,
        people: pd.DataFrame,
        treated: pd.Series,
        sets: dict[str, pd.DataFrame],
        chosen: dict[str, pd.Series],
        level: float,
    ) -> None:
        self._people, self._treated, self._sets, self._chosen, self._level = people, treated, sets, chosen, level
        self._logits: dict[tuple[str, str], LogitFit] = {}

    def rows(self, form: str, people: str) -> pd.Index:
        """The women that an estimate rests on: within municipalities those of municipalities with both schemes."""
        rows = self._people[self._chosen[people]]
        if form == WITHIN:
            rows = rows[self._treated[rows.index].groupby(rows["municipality"]).transform("nunique") == 2]
        return rows.index

    def effect(self, adjusted: str, form: str, people: str, clusters: str) -> Difference | None:
        """The scheme's effect; None where the combination repeats another.

        Raises:
            ModelError: It cannot be fitted: within a project, say, where everybody has the same scheme.
        """
        rows = self.rows(form, people)
        treated, groups = self._treated[rows], self._people.loc[rows, clusters]
        outcome, columns = self._people.loc[rows, specification.OUTCOME], self._sets[adjusted].loc[rows]
        if form == WITHIN:
            if people == ALL and WITH_BOTH in self._chosen:
                return None
            return within_difference(outcome, treated, columns, groups, level=self._level).difference
        columns = varying(treated, columns)
        if form == "linear":
            return linear_difference(outcome, treated, columns, groups=groups, level=self._level)
        if (adjusted, people) not in self._logits:
            self._logits[adjusted, people] = fit_logit(outcome, columns.assign(scheme=treated), level=self._level)
        return effect_on_treated(_clustered(self._logits[adjusted, people], groups), treated)


def _clustered(fit: LogitFit, groups: pd.Series) -> LogitFit:
    """The fit with errors by these clusters."""
    p, names = fit.fitted.to_numpy(), fit.covariance.columns
    errors = ClusterErrors.of(fit.design_matrix(), fit.outcome.to_numpy() - p, groups, p * (1 - p))
    return replace(fit, clusters=errors, covariance=pd.DataFrame(errors.cov, index=names, columns=names))


def effect_on_treated(fit: LogitFit, treated: pd.Series) -> Difference:
    """The average change in the probability of the goal among Jobbsjansen's participants, from a logistic model."""
    rows = fit.design_matrix()[(treated == 1).to_numpy()]
    return fit.difference(*average_change(rows, fit.params.to_numpy(), list(fit.params.index).index("scheme"), []))
