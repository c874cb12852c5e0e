"""A specification curve: the same effect under every defensible combination of choices, the declared one marked.

Whether an answer holds is then read off a distribution, not off one fit (Simonsohn, Simmons and Nelson 2020, Nature
Human Behaviour 4, 1208-1214). The fits share data, so shares of them are a description and no test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.treatment import check_treatment

Options = Mapping[str, Sequence[tuple[str, Any]]]


@dataclass(frozen=True)
class SpecificationCurve:
    """Estimates under all combinations of choices.

    Attributes:
        table: One row per specification that could be fitted, by estimate from low to high: a category for each choice
            (its labels, in the order given), `value`, `std_error`, `low`, `high`, `declared` (whether it is the
            declared one).
        n_refused: Combinations that make no sense or could not be fitted.
        same_sign: Share of the fits with the sign of the declared one.
        excludes_zero: Share of the fits with that sign whose interval does not hold zero, of all fits.
        median: Of the estimates.
    """

    table: pd.DataFrame
    n_refused: int
    same_sign: float
    excludes_zero: float
    median: float

    @property
    def declared(self) -> pd.Series:
        """The row of the declared specification."""
        return self.table[self.table["declared"]].iloc[0]


def specification_curve(
    options: Options, fit: Callable[..., Difference | None], declared: Mapping[str, str]
) -> SpecificationCurve:
    """Fit every combination.

    Args:
        options: By choice, its label and value for each way to choose.
        fit: Takes a value for each choice by name and gives the effect; None where the combination makes no sense, or
            repeats another.
        declared: The label of each choice in the declared specification.

    Raises:
        ModelError: The declared specification is not among the combinations, or could not be fitted.
    """
    combinations = list(product(*options.values()))
    rows = []
    for chosen in combinations:
        labels = dict(zip(options, (label for label, _ in chosen), strict=True))
        try:
            effect = fit(**dict(zip(options, (value for _, value in chosen), strict=True)))
        except (ModelError, np.linalg.LinAlgError):
            continue
        if effect is not None:
            parts = {part: getattr(effect, part) for part in ("value", "std_error", "low", "high")}
            rows.append(labels | parts | {"declared": labels == dict(declared)})
    table = pd.DataFrame(rows, columns=[*options, "value", "std_error", "low", "high", "declared"])
    table = table.astype({name: pd.CategoricalDtype([label for label, _ in ways]) for name, ways in options.items()})
    if not table["declared"].any():
        raise ModelError(f"the declared specification {dict(declared)} could not be fitted, or is none of the options")
    table = table.sort_values("value", ignore_index=True, kind="stable")
    sign = np.sign(table.loc[table["declared"], "value"].iloc[0])
    same = np.sign(table["value"]) == sign
    apart = same & (np.where(sign > 0, table["low"], -table["high"]) > 0)
    return SpecificationCurve(
        table=table,
        n_refused=len(combinations) - len(table),
        same_sign=float(same.mean()),
        excludes_zero=float(apart.mean()),
        median=float(table["value"].median()),
    )


def linear_difference(
    outcome: pd.Series, treated: pd.Series, covariates: pd.DataFrame, *, groups: pd.Series, level: float = 0.95
) -> Difference:
    """The effect in a linear probability model: quick enough for hundreds of specifications.

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row.
        covariates: Columns to hold equal, without a constant.
        groups: Clusters of the errors (`methods.clusters`).
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used.
    """
    check_treatment(outcome, treated, covariates, groups=groups)
    X = np.column_stack([treated.to_numpy(dtype=float), np.ones(len(treated)), covariates.to_numpy(dtype=float)])
    y = outcome.to_numpy(dtype=float)
    params = np.linalg.lstsq(X, y, rcond=None)[0]
    errors, contrast = ClusterErrors.of(X, y - X @ params, groups), np.eye(len(params))[0]
    return Difference.around(float(params[0]), errors.error(contrast), level, errors.freedom(contrast))
