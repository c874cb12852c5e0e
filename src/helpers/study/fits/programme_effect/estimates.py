"""The programme's effect by every method, in women and in all, with two sets of covariates.

Women are the main sample, since Jobbsjansen has hardly any men. Each method is used twice: with the covariates of the
main model, and with what came after entry too, which the programme itself has shaped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from helpers.study import specification
from helpers.study.fits.programme_effect.data import (
    COVARIATES,
    SAMPLES,
    Data,
    covariate_blocks,
    effect_data,
    effect_on_treated,
    overlap_part,
    people_of,
)
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.doubly_robust import augmented_difference, crossfitted_difference
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.matching import matched_difference
from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.treatment import EffectEstimate, varying
from resultatbok.methods.weighting import weighted_difference
from resultatbok.methods.within import within_difference

METHODS: Final = ("logit", "mixed", "within", "matching", "ipw", "aipw", "crossfit", "overlap")
"""In the order of the chapter: the first three use everybody, the next four the overlap, the last weighs by it."""

ON_OVERLAP: Final = ("matching", "ipw", "aipw", "crossfit")


def effect_estimates(study: Study) -> pd.DataFrame:
    """Every estimate of the programme effect.

    Returns:
        One row per sample, covariates and method that could be estimated: `sample`, `covariates`, `method`, `estimand`,
        `value`, `std_error`, `low`, `high` (fractions), `n` and `n_treated` (rows used).
    """
    choices = study.cohort.analysis
    cases = [(sample, covariates) for sample in SAMPLES for covariates in COVARIATES]
    tables = [
        _estimates(effect_data(study, sample, covariates), choices.confidence_level, choices.seed).assign(
            sample=sample, covariates=covariates
        )
        for sample, covariates in cases
    ]
    mixed = [row for case in cases if (row := _mixed(study, *case))]
    return _sorted(pd.concat([*tables, pd.DataFrame(mixed)], ignore_index=True))


@cached
def _estimates(data: Data, level: float, seed: int) -> pd.DataFrame:
    """All methods but the mixed model on one sample and one set of covariates."""
    rows = []
    for method, estimate in ESTIMATORS.items():
        try:
            effect = estimate(overlap_part(data) if method in ON_OVERLAP else data, level, seed)
        except (ModelError, np.linalg.LinAlgError):
            continue  # said in the exhibit: this method gives no estimate
        rows.append(_row(method, effect.estimand, effect.difference, effect.n, effect.n_treated))
    return pd.DataFrame(rows)


def _row(method: str, estimand: str, effect: Difference, n: int, n_treated: int) -> dict[str, object]:
    return {"method": method, "estimand": estimand, **vars(effect), "n": n, "n_treated": n_treated}


def _logit(data: Data, level: float, seed: int) -> EffectEstimate:
    """The main model: the average effect on those in Jobbsjansen."""
    treated = data["treated"]
    ones = pd.Series(1.0, index=treated.index)
    return EffectEstimate("att", effect_on_treated(data, level), len(treated), int(treated.sum()), ones)


def _common(data: Data, level: float) -> Data:
    names = ("outcome", "treated", "covariates", "groups")
    return {name: data[name] for name in names} | {"level": level}


ESTIMATORS: Final[dict[str, Callable[[Data, float, int], EffectEstimate]]] = {
    "logit": _logit,
    "within": lambda data, level, seed: within_difference(
        unit=data["municipality"], **_common(data, level) | {"groups": data["municipality"]}
    ),
    "matching": lambda data, level, seed: matched_difference(exact=data["male"], **_common(data, level)),
    "ipw": lambda data, level, seed: weighted_difference(estimand="ate", **_common(data, level)),
    "aipw": lambda data, level, seed: augmented_difference(**_common(data, level)),
    "crossfit": lambda data, level, seed: crossfitted_difference(seed=seed, **_common(data, level)),
    "overlap": lambda data, level, seed: weighted_difference(estimand="ato", **_common(data, level)),
}


def _mixed(study: Study, sample: str, covariates: str) -> dict[str, object] | None:
    """The average marginal effect of the three-level model with municipal context, on the same covariates."""
    level, municipal = study.cohort.analysis.confidence_level, list(specification.MUNICIPAL)
    people = people_of(study.full_model.participants.join(study.full_model.design[municipal]), sample)
    scheme = specification.scheme_indicator(people).rename("scheme")
    blocks = covariate_blocks(people, study.cohort.analysis, covariates)
    columns = pd.concat([scheme, varying(scheme, pd.concat(blocks.values(), axis=1)), people[municipal]], axis=1)
    try:
        results = _mixed_logit(people[specification.OUTCOME], columns, people[["municipality", "project"]])
    except (ModelError, np.linalg.LinAlgError):
        return None
    effect = results.average_marginal_effect("scheme", level=level).iloc[0]
    difference = Difference(*(float(effect[name]) for name in ("value", "std_error", "low", "high")))
    row = _row("mixed", "ate", difference, len(people), int(columns["scheme"].sum()))
    return row | {"sample": sample, "covariates": covariates}


_mixed_logit = cached(mixed_logit_arrays)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    orders = {"sample": SAMPLES, "covariates": COVARIATES, "method": METHODS}
    keys = [table[name].map(order.index) for name, order in orders.items()]
    return table.iloc[np.lexsort(keys[::-1])].reset_index(drop=True)
