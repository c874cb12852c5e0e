"""Augmented inverse-probability weighting as stacked estimating equations by delicatessen 4.3 (PyPI; Python 3.11).

Run in this folder, after lalonde.R, with delicatessen on the path; writes augmented.csv.
"""

import numpy as np
import pandas as pd
from delicatessen import MEstimator
from delicatessen.estimating_equations import ee_regression
from delicatessen.utilities import inverse_logit

data = pd.read_csv("lalonde.csv")
X = np.column_stack([np.ones(len(data)), data.drop(columns=["employed", "treat"])])
y, z = data["employed"].to_numpy(float), data["treat"].to_numpy(float)
k = X.shape[1]


def equations(theta: np.ndarray) -> np.ndarray:
    """The effect, the propensity, and a linear outcome model in each arm."""
    alpha, treated, untreated = theta[1 : 1 + k], theta[1 + k : 1 + 2 * k], theta[1 + 2 * k :]
    e, m1, m0 = inverse_logit(X @ alpha), X @ treated, X @ untreated
    effect = m1 - m0 + z * (y - m1) / e - (1 - z) * (y - m0) / (1 - e) - theta[0]
    return np.vstack(
        [
            effect,
            ee_regression(alpha, X, z, model="logistic"),
            ee_regression(treated, X, y, model="linear") * z,
            ee_regression(untreated, X, y, model="linear") * (1 - z),
        ]
    )


start = np.concatenate([[0.0], np.zeros(k), *(np.linalg.lstsq(X[z == a], y[z == a], rcond=None)[0] for a in (1, 0))])
fit = MEstimator(equations, init=start)
fit.estimate(solver="lm", maxiter=20000)
table = pd.DataFrame({"value": [fit.theta[0]], "std_error": [np.sqrt(fit.variance[0, 0])]})
table.to_csv("augmented.csv", index=False, float_format="%.10g")
