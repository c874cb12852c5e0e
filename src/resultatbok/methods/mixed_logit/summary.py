"""The fit as a page of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from resultatbok.methods.mixed_logit.results import MixedLogitResults


class Summary(str):
    """Text that a notebook shows as it prints."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def summarise(results: MixedLogitResults, level: float) -> Summary:
    """Model, fit, group standard deviations and fixed effects."""
    method = "Laplace"
    if results.model.quadrature_points > 1:
        method = f"adaptive Gauss-Hermite quadrature, {results.model.quadrature_points} points"
    lines = [
        f"Mixed logistic regression of {results.outcome} ({method})",
        f"Rows {results.nobs}   log-likelihood {results.llf:.3f}   AIC {results.aic:.1f}   BIC {results.bic:.1f}",
        _state(results),
        "",
        _groups(results).to_string(float_format="{:.4f}".format),
        "",
        results.terms(level)
        .drop(columns=["odds_ratio_low", "odds_ratio_high"])
        .to_string(float_format="{:.4f}".format),
    ]
    return Summary("\n".join(lines))


def _state(results: MixedLogitResults) -> str:
    if not results.converged:
        return "NOT CONVERGED: do not use these estimates"
    if results.singular:
        return f"Converged; standard deviation at the boundary 0: {', '.join(results.singular_levels)}"
    return "Converged"


def _groups(results: MixedLogitResults) -> pd.DataFrame:
    table = pd.concat([results.n_groups, results.group_sd, results.group_sd_se], axis=1)
    icc = results.icc().drop(index="total")
    table["icc"], table["icc_std_error"] = icc["icc"], icc["std_error"]
    return table.rename_axis("level")
