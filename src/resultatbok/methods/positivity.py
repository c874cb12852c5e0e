"""Positivity: who could have had either treatment, who could not, and what sets them apart.

An average effect rests on data only where both treatments occurred among people alike (Petersen and others 2012,
Statistical Methods in Medical Research 21, 31-54). For those outside the overlap there are bounds
(`methods.bounds.outside_bounds`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from resultatbok.methods.balance import balance_table
from resultatbok.methods.errors import ModelError
from resultatbok.methods.sensitivity import partial_r2


def treatment_partial_r2(
    treated: pd.Series, covariates: pd.DataFrame, blocks: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """How much each block of covariates tells of the treatment, linearly.

    Args:
        treated: 0 or 1 per row.
        covariates: All columns, on the same index.
        blocks: Columns of each block.

    Returns:
        By block, the largest first: `partial_r2` (of what the other blocks leave) and `alone` (with no other).

    Raises:
        ModelError: Indexes differ, or a block names a column that is not there.
    """
    if not treated.index.equals(covariates.index):
        raise ModelError("treatment and covariates have different indexes; select the same rows in the same order")
    absent = [c for columns in blocks.values() for c in columns if c not in covariates]
    if absent:
        raise ModelError(f"no covariate {', '.join(map(repr, absent))}; the blocks name columns of the covariates")
    none = covariates[[]]
    rows = {
        name: {
            "partial_r2": partial_r2(treated, covariates[list(columns)], covariates.drop(columns=list(columns))),
            "alone": partial_r2(treated, covariates[list(columns)], none),
        }
        for name, columns in blocks.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("block")
    return table.sort_values("partial_r2", ascending=False)


def outside_profile(covariates: pd.DataFrame, treated: pd.Series, inside: pd.Series) -> pd.DataFrame:
    """The treated outside the overlap beside the treated inside, and beside the untreated.

    Returns:
        By covariate, the largest difference first: means `outside`, `inside` (the treated) and `untreated`, and
        `difference` (outside minus inside in standard deviations, as `balance_table` gives it).

    Raises:
        ModelError: All of the treated are inside, or all are outside.
    """
    cases = treated == 1
    outside = ~inside[cases].astype(bool)
    if outside.nunique() < 2:
        raise ModelError("the treated are all inside the overlap, or all outside; there is nothing to compare")
    table = balance_table(outside.astype(float), covariates[cases].astype(float))
    table = table.rename(columns={"treated_mean": "outside", "untreated_mean": "inside"}).drop(columns="variance_ratio")
    table.insert(2, "untreated", covariates[~cases].astype(float).mean())
    return table.iloc[np.argsort(-table["difference"].abs().to_numpy(), kind="stable")]
