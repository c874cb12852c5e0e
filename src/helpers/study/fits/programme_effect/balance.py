"""How alike the participants of the two schemes are, as they are and under the weights of each method."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from helpers.cohort.variables import in_model
from helpers.study import specification
from helpers.study.fits.programme_effect.data import Data, effect_data, overlap_part, people_of
from helpers.study.fits.programme_effect.estimates import ESTIMATORS, ON_OVERLAP
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.balance import balance_table, effective_sample_size
from resultatbok.methods.errors import ModelError
from resultatbok.methods.weighting import propensity_model

WEIGHTS: Final = ("none", "matching", "ipw", "overlap")
LATER: Final = tuple(v.name for v in in_model("individual") if v.stage == "after_entry")
"""What the weights do not know, because it came after entry; measures apart."""

BINS: Final = tuple(range(0, 101, 10))
"""Ends of the groups of propensities, in per cent."""


def covariate_balance(study: Study, sample: str = "women") -> pd.DataFrame:
    """Balance of what was known at entry and of what came later, under the weights for what was known at entry.

    Returns:
        One row per weights and covariate: `weights`, `covariate`, `difference` (standard deviations, Jobbsjansen minus
        introduction programme), `variance_ratio`, `n` (the smallest group of persons that the numbers rest on).
    """
    data = effect_data(study, sample, "entry")
    people = people_of(study.complete, sample)
    later = specification.individual_design(people, study.cohort.analysis)[list(LATER)]
    columns = pd.concat([readable(data["covariates"]), later], axis=1)
    smallest = smallest_groups(columns, data["treated"])
    tables = []
    for name, weights in entry_weights(data, study).items():
        table = balance_table(data["treated"], columns, weights).reset_index()
        tables.append(table.assign(weights=name, n=smallest.reindex(table["covariate"]).to_numpy()))
    return pd.concat(tables, ignore_index=True)


def effective_sizes(study: Study, sample: str = "women") -> pd.DataFrame:
    """How many equally weighted participants of each scheme each method's weights are worth.

    Returns:
        One row per weights and scheme: `weights`, `scheme`, `size`, `n` (participants with any weight).
    """
    data = effect_data(study, sample, "entry")
    arms = {"jobbsjansen": data["treated"] == 1, "introduction": data["treated"] == 0}
    return pd.DataFrame(
        {"weights": name, "scheme": scheme, "size": effective_sample_size(w[arm]), "n": int((w[arm] > 0).sum())}
        for name, w in entry_weights(data, study).items()
        for scheme, arm in arms.items()
    )


def propensity_bins(study: Study, sample: str = "women") -> pd.DataFrame:
    """Participants of each scheme by the probability of being in Jobbsjansen, given what was known at entry.

    Returns:
        One row per group of propensities and scheme: `propensity` (as in `0..10`, in per cent), `scheme`, `count`
        (participants), `total` (of the scheme).

    Raises:
        ModelError: The propensity cannot be estimated.
    """
    data = effect_data(study, sample, "entry")
    propensity = propensity_model(data["treated"], data["covariates"]).fitted
    names = [f"{low}..{high}" for low, high in pairwise(BINS)]
    groups = pd.cut(100 * propensity, BINS, labels=names, include_lowest=True)
    arms = {"introduction": data["treated"] == 0, "jobbsjansen": data["treated"] == 1}
    return pd.DataFrame(
        {"propensity": name, "scheme": scheme, "count": int((groups[arm] == name).sum()), "total": int(arm.sum())}
        for name in names
        for scheme, arm in arms.items()
    )


def entry_weights(data: Data, study: Study) -> dict[str, pd.Series]:
    """The weights of each method that could be estimated, on all rows; 0 for those left out."""
    choices = study.cohort.analysis
    return _entry_weights(data, choices.confidence_level, choices.seed)


def readable(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns that have a meaning of their own."""
    return columns[[name for name in columns if not specification.is_curve(str(name))]]


def smallest_groups(columns: pd.DataFrame, treated: pd.Series) -> pd.Series:
    """The fewest persons behind each column's balance: with a 0/1 characteristic, or without it, in a scheme."""
    sizes = {}
    for name in columns:
        values = columns[name] if columns[name].isin([0, 1]).all() else columns[name] * 0
        sizes[name] = int(pd.crosstab(treated, values).replace(0, len(columns)).to_numpy().min())
    return pd.Series(sizes)


@cached
def _entry_weights(data: Data, level: float, seed: int) -> dict[str, pd.Series]:
    weights = {"none": pd.Series(1.0, index=data["treated"].index)}
    for method in WEIGHTS[1:]:
        try:
            part = overlap_part(data) if method in ON_OVERLAP else data
            estimate = ESTIMATORS[method](part, level, seed)
        except (ModelError, np.linalg.LinAlgError):
            continue
        weights[method] = estimate.weights.set_axis(part["row"]).reindex(data["row"], fill_value=0.0)
    return weights
