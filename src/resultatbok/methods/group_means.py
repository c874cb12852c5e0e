"""Means of covariates by group, beside the covariates: what random effects otherwise take to be unrelated to them."""

from __future__ import annotations

import pandas as pd

from resultatbok.methods.errors import ModelError


def group_means(covariates: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """The mean of each covariate in the group of each row, to stand beside the covariates in a model.

    A random intercept takes a group's effect to be unrelated to whom it has; where better projects have other
    participants, coefficients and effects are biased. With the means beside them the coefficients of the covariates are
    those within groups, and a test that the means' own are all 0 is a test of that assumption.

    Args:
        covariates: Numeric columns, on one index.
        groups: The group of each row, on the same index, none missing.

    Returns:
        A column `mean of <column>` for those that vary within groups and whose mean is not the same in every group.

    Raises:
        ModelError: Indexes differ, or a row has no group.

    Source: Mundlak (1978), Econometrica 46, 69-85; Bell and Jones (2015), Political Science Research and Methods 3,
    133-153, equation 12.
    """
    if not groups.index.equals(covariates.index) or groups.isna().any():
        raise ModelError(f"the groups {groups.name!r} must have a value in each row of the covariates, in their order")
    values = covariates.astype(float)
    means = values.groupby(groups, observed=True).transform("mean")
    tolerance = 1e-9 * values.abs().max().clip(lower=1)
    within = (values - means).abs().max() > tolerance
    between = (means - means.mean()).abs().max() > tolerance
    return means.loc[:, within & between].add_prefix("mean of ")
