"""Doubly robust effects: right if either the model of the outcome or the model of the treatment is right.

`augmented_difference` is augmented inverse-probability weighting with parametric models;
`crossfitted_difference` uses doubleml with gradient boosting, and predicts each project by models that did not see it.
"""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.treatment import EffectEstimate, check_treatment, linear_estimate
from resultatbok.methods.weighting import propensity_model

Array = npt.NDArray[np.float64]

FOLDS = 5
BOOSTING = {
    "max_iter": 60,
    "learning_rate": 0.08,
    "max_leaf_nodes": 6,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
}
"""Small trees, slowly learnt: projects have dozens of participants, not thousands."""

CLIPPED_AT = 0.02
"""Propensities predicted for unseen projects are kept this far from 0 and 1."""


def augmented_difference(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    *,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> EffectEstimate:
    """Everyone's average effect by augmented inverse-probability weighting.

    The treatment model is logistic, the outcome is linear in the covariates in each arm. The standard error is that of
    all models' estimating equations solved as one set (M-estimation), so that it holds when either is wrong.

    Raises:
        ModelError: The data cannot be used, or the propensity model cannot be fitted.

    Source: Robins, Rotnitzky and Zhao (1994), JASA 89, 846-866; Lunceford and Davidian (2004), equation 9; Stefanski
    and Boos (2002), The American Statistician 56, 29-38, for the variance.
    """
    check_treatment(outcome, treated, covariates, groups=groups)
    model = propensity_model(treated, covariates)
    y, z, e = (s.to_numpy(dtype=float) for s in (outcome, treated, model.fitted))
    value, contributions = _augmented(y, z, e, model.design_matrix())
    weights = 1 / np.where(z == 1, e, 1 - e)
    return EffectEstimate(
        estimand="ate",
        difference=linear_estimate(value, contributions, z, weights, groups, level),
        n=len(y),
        n_treated=int(z.sum()),
        weights=pd.Series(weights, index=outcome.index, name="weight"),
    )


def crossfitted_difference(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    *,
    groups: pd.Series,
    seed: int,
    level: float = 0.95,
) -> EffectEstimate:
    """Everyone's average effect with gradient boosting, fitted and used on different projects (doubleml).

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row, on the same index.
        covariates: What the models may use.
        groups: Clusters; each is in one fold as a whole, and the standard error adds up by cluster.
        seed: Of the folds and the learners.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used.

    Source: Chernozhukov et al. (2018), Econometrics Journal 21, C1-C68, section 5.1.
    """
    from doubleml import DoubleMLData, DoubleMLIRM
    from doubleml.utils import PSProcessorConfig
    from sklearn.ensemble import HistGradientBoostingClassifier

    check_treatment(outcome, treated, covariates, groups=groups)
    columns = [f"x{i}" for i in range(covariates.shape[1])]
    table = covariates.set_axis(columns, axis=1).assign(y=outcome.astype(float), d=treated.astype(float))
    learner = HistGradientBoostingClassifier(random_state=seed, early_stopping=False, **BOOSTING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that propensities were clipped is said in the text
        model = DoubleMLIRM(
            DoubleMLData(table, "y", "d", columns),
            ml_g=learner,
            ml_m=learner,
            n_folds=FOLDS,
            ps_processor_config=PSProcessorConfig(clipping_threshold=CLIPPED_AT),
            draw_sample_splitting=False,
        )
        model.set_sample_splitting(_folds(treated, groups, seed))
        model.fit()
    value = float(model.coef[0])
    contributions = -model.psi[:, 0, 0] / np.mean(model.psi_elements["psi_a"][:, 0, 0])
    z, e = treated.to_numpy(dtype=float), np.asarray(model.predictions["ml_m"]).reshape(len(outcome))
    weights = 1 / np.where(z == 1, e, 1 - e)
    return EffectEstimate(
        estimand="ate",
        difference=linear_estimate(value, contributions, z, weights, groups, level),
        n=len(outcome),
        n_treated=int(z.sum()),
        weights=pd.Series(weights, index=outcome.index, name="weight"),
    )


def _augmented(y: Array, z: Array, e: Array, X: Array) -> tuple[float, Array]:
    """The augmented difference and each row's contribution to it, the ways through the three models included."""
    n, own = len(y), np.zeros(len(y))
    through = np.zeros(len(y))  # what a row moves by way of the models of outcome and treatment
    by_log_odds = np.zeros(len(y))
    for arm, chance, sign in ((z, e, 1.0), (1 - z, 1 - e, -1.0)):
        gram = np.linalg.pinv((X.T * arm) @ X / n)
        slopes = gram @ (X.T @ (arm * y) / n)
        residual = arm * (y - X @ slopes)
        own += sign * (X @ slopes + residual / chance)
        through += sign * residual * (X @ (gram @ (X.T @ (1 - arm / chance) / n)))
        by_log_odds -= residual * (1 - chance) / chance
    information = (X.T * (e * (1 - e))) @ X / n
    through += (z - e) * (X @ np.linalg.solve(information, X.T @ by_log_odds / n))
    value = float(own.mean())
    return value, own - value + through


def _folds(treated: pd.Series, groups: pd.Series, seed: int) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Folds of whole clusters with about the same share of treated."""
    from sklearn.model_selection import StratifiedGroupKFold

    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return list(splitter.split(np.zeros(len(treated)), treated.astype(int), groups))
