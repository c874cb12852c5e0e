"""The effect of the programme, estimated in several ways: which participants, which covariates, which methods.

Women are the main sample, since Jobbsjansen has hardly any men. Each method is used twice: with what was known when
participants entered, and with all variables of the individual model, some of which the programme itself has shaped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers import specification
from helpers.cache import cached
from helpers.cohort import AnalysisChoices
from helpers.methods.doubly_robust import augmented_difference, crossfitted_difference
from helpers.methods.errors import ModelError
from helpers.methods.intervals import Difference
from helpers.methods.logit import fit_logit
from helpers.methods.matching import matched_difference
from helpers.methods.mixed_logit import mixed_logit_arrays
from helpers.methods.treatment import EffectEstimate, in_overlap, varying
from helpers.methods.weighting import propensity_model, weighted_difference
from helpers.methods.within import within_difference
from helpers.study import Study

SAMPLES: Final = ("women", "all")
COVARIATES: Final = ("entry", "all")
METHODS: Final = ("logit", "mixed", "within", "matching", "ipw", "aipw", "crossfit", "overlap")
"""In the order of the chapter: the first three use everybody, the next four the overlap, the last weighs by it."""

ON_OVERLAP: Final = ("matching", "ipw", "aipw", "crossfit")
WEIGHTED: Final = ("matching", "ipw", "overlap")
"""Methods that make the schemes' participants alike, so that there is a balance to look at."""

FEWEST: Final = 25
"""Participants of each scheme that a method on the overlap needs."""

BLOCKS: Final[dict[str, tuple[str, ...]]] = {
    "education": ("education_level",),
    "age": ("age",),
    "years_in_norway": ("years_in_norway",),
    "origin": (),  # its columns follow from the cohort's choices
    "norwegian": ("norwegian_level",),
    "duration": ("duration_months",),
    "absence": ("absence_high",),
    "measures": specification.MEASURES,
}
"""Covariates in the order of time: known at entry, then what came later."""

AT_ENTRY: Final = ("education", "age", "years_in_norway", "origin")

Data = dict[str, Any]


def block_columns(choices: AnalysisChoices) -> dict[str, list[str]]:
    """The columns of each block of covariates."""
    blocks = {name: list(columns) for name, columns in BLOCKS.items()}
    return blocks | {"origin": specification.origin_terms(choices)}


def effect_data(study: Study, sample: str, covariates: str) -> Data:
    """What every method takes: outcome, treatment (1 for Jobbsjansen), covariates, project and municipality.

    Args:
        study: The study.
        sample: `women` or `all`.
        covariates: `entry` or `all`.
    """
    chosen = (study.complete["male"] == 0) if sample == "women" else pd.Series(True, index=study.complete.index)
    people = study.complete[chosen].reset_index(drop=True)
    design = study.individual_design[chosen].reset_index(drop=True)
    blocks = block_columns(study.cohort.analysis)
    wanted = [c for name, columns in blocks.items() if covariates == "all" or name in AT_ENTRY for c in columns]
    treated = design["scheme"]
    columns = varying(design[wanted if sample == "women" else ["male", *wanted]], treated)
    return {
        "outcome": people[specification.OUTCOME],
        "treated": treated,
        "covariates": columns,
        "groups": people["project"],
        "municipality": people["municipality"],
        "male": people["male"],
    }


def overlap_part(data: Data) -> Data:
    """The rows whose propensity lies in the overlap, with the columns that vary there.

    Raises:
        ModelError: The propensity cannot be estimated, or too few of either scheme are left.
    """
    kept = in_overlap(propensity_model(data["treated"], data["covariates"]).fitted)
    part = {name: values[kept].reset_index(drop=True) for name, values in data.items()}
    fewest = part["treated"].value_counts().reindex([0.0, 1.0], fill_value=0).min()
    if fewest < FEWEST:
        raise ModelError(f"{fewest} persons of one scheme are in the overlap; expected at least {FEWEST}")
    return part | {"covariates": varying(part["covariates"], part["treated"])}


def effect_estimates(study: Study) -> pd.DataFrame:
    """Every estimate of the programme effect.

    Returns:
        One row per sample, covariates and method that could be estimated: `sample`, `covariates`, `method`, `estimand`,
        `value`, `std_error`, `low`, `high` (fractions), `n` and `n_treated` (rows used).
    """
    choices = study.cohort.analysis
    context = study.full_model
    tables = [
        _estimates(effect_data(study, sample, covariates), choices.confidence_level, choices.seed).assign(
            sample=sample, covariates=covariates
        )
        for sample in SAMPLES
        for covariates in COVARIATES
    ]
    mixed = [
        _mixed(
            context.participants, context.design, effect_data(study, sample, covariates)["covariates"], sample, choices
        )
        for sample in SAMPLES
        for covariates in COVARIATES
    ]
    table = pd.concat([*tables, pd.DataFrame([row for row in mixed if row])], ignore_index=True)
    return _sorted(table)


def balanced_estimate(study: Study, method: str, sample: str, covariates: str) -> tuple[Data, EffectEstimate]:
    """A method that weights or matches, with the data it was given.

    Raises:
        ModelError: It could not be estimated.
    """
    data = effect_data(study, sample, covariates)
    used = overlap_part(data) if method in ON_OVERLAP else data
    return used, _METHODS[method](used, study.cohort.analysis.confidence_level, study.cohort.analysis.seed)


@cached
def _estimates(data: Data, level: float, seed: int) -> pd.DataFrame:
    """All methods but the mixed model on one sample and one set of covariates."""
    rows = []
    for method, estimate in _METHODS.items():
        try:
            effect = estimate(overlap_part(data) if method in ON_OVERLAP else data, level, seed)
        except (ModelError, np.linalg.LinAlgError):
            continue  # said in the exhibit: this method gives no estimate
        rows.append(_row(method, effect.estimand, effect.difference, effect.n, effect.n_treated))
    return pd.DataFrame(rows)


def _row(method: str, estimand: str, effect: Difference, n: int, n_treated: int) -> dict[str, object]:
    return {"method": method, "estimand": estimand, **vars(effect), "n": n, "n_treated": n_treated}


def _logit(data: Data, level: float, seed: int) -> EffectEstimate:
    """The average marginal effect of a logistic regression, with cluster-robust errors."""
    design: pd.DataFrame = data["covariates"].assign(scheme=data["treated"])
    model = fit_logit(data["outcome"], design, level=level, groups=data["groups"])
    effect = model.average_effect("scheme")
    ones = pd.Series(1.0, index=design.index)
    return EffectEstimate("ate", effect, len(design), int(data["treated"].sum()), ones)


def _common(data: Data, level: float) -> Data:
    names = ("outcome", "treated", "covariates", "groups")
    return {name: data[name] for name in names} | {"level": level}


_METHODS: Final[dict[str, Callable[[Data, float, int], EffectEstimate]]] = {
    "logit": _logit,
    "within": lambda data, level, seed: within_difference(unit=data["municipality"], **_common(data, level)),
    "matching": lambda data, level, seed: matched_difference(exact=data["male"], **_common(data, level)),
    "ipw": lambda data, level, seed: weighted_difference(estimand="ate", **_common(data, level)),
    "aipw": lambda data, level, seed: augmented_difference(**_common(data, level)),
    "crossfit": lambda data, level, seed: crossfitted_difference(seed=seed, **_common(data, level)),
    "overlap": lambda data, level, seed: weighted_difference(estimand="ato", **_common(data, level)),
}


def _mixed(
    participants: pd.DataFrame, design: pd.DataFrame, covariates: pd.DataFrame, sample: str, choices: AnalysisChoices
) -> dict[str, object] | None:
    """The average marginal effect of the three-level model with municipal context, on the same covariates."""
    chosen = (participants["male"] == 0) if sample == "women" else pd.Series(True, index=participants.index)
    columns = design[chosen][["scheme", *covariates.columns, *specification.MUNICIPAL]].reset_index(drop=True)
    people = participants[chosen].reset_index(drop=True)
    try:
        results = _mixed_logit(people[specification.OUTCOME], columns, people[["municipality", "project"]])
    except (ModelError, np.linalg.LinAlgError):
        return None
    effect = results.average_marginal_effect("scheme", level=choices.confidence_level).iloc[0]
    difference = Difference(*(float(effect[name]) for name in ("value", "std_error", "low", "high")))
    kind = "entry" if "norwegian_level" not in covariates else "all"
    row = _row("mixed", "ate", difference, len(people), int(columns["scheme"].sum()))
    return row | {"sample": sample, "covariates": kind}


_mixed_logit = cached(mixed_logit_arrays)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    orders = {"sample": SAMPLES, "covariates": COVARIATES, "method": METHODS}
    keys = [table[name].map(order.index) for name, order in orders.items()]
    return table.iloc[np.lexsort(keys[::-1])].reset_index(drop=True)
