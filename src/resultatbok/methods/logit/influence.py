"""Influence of single persons on the coefficients of a logistic model."""

from __future__ import annotations

import numpy as np
import pandas as pd

from resultatbok.methods.logit.result import LogitFit


def leverage(fit: LogitFit) -> pd.Series:
    """Leverage of each row: the diagonal of the weighted hat matrix; adds to the number of coefficients."""
    X = fit.design_matrix()
    weights = (fit.fitted * (1 - fit.fitted)).to_numpy()
    information = X.T @ (X * weights[:, None])
    values = weights * np.einsum("ij,ij->i", X, np.linalg.solve(information, X.T).T)
    return pd.Series(values, index=fit.fitted.index, name="leverage")


def dfbetas(fit: LogitFit) -> pd.DataFrame:
    """Change of each coefficient, in model-based standard errors, when a row is included.

    One Newton step from the estimate stands for the refit without the row. Beyond 2 / sqrt(n) in size a
    row deserves a look (Belsley, Kuh and Welsch 1980, page 28).

    Returns:
        One row per row of the data, one column per term.

    Source: Pregibon (1981), Annals of Statistics 9, 705-724, equation 5.
    """
    X = fit.design_matrix()
    weights = (fit.fitted * (1 - fit.fitted)).to_numpy()
    inverse = np.linalg.inv(X.T @ (X * weights[:, None]))
    residual = fit.outcome.to_numpy(dtype=float) - fit.fitted.to_numpy()
    scale = residual / (1 - leverage(fit).to_numpy())
    changes = (X @ inverse) * scale[:, None] / np.sqrt(np.diag(inverse))
    return pd.DataFrame(changes, index=fit.fitted.index, columns=fit.terms.index)
