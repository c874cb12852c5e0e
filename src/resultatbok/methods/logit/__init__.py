"""Logistic regression on statsmodels: fit, predictions, effects, tests, diagnostics and variable selection.

`fit_logit` gives a `LogitFit`; the other functions take that fit, or outcomes and fitted probabilities, so
that they serve the mixed models too.
"""

from resultatbok.methods.logit.accuracy import (
    Calibration,
    area_under_curve,
    brier_score,
    calibration_table,
    hosmer_lemeshow,
)
from resultatbok.methods.logit.chi_square import ChiSquareTest, likelihood_ratio_test, wald_test
from resultatbok.methods.logit.collinearity import coefficient_inflation, variance_inflation
from resultatbok.methods.logit.firth import fit_firth
from resultatbok.methods.logit.fit import fit_logit
from resultatbok.methods.logit.influence import dfbetas, leverage
from resultatbok.methods.logit.linearity import spline_test
from resultatbok.methods.logit.result import LogitFit
from resultatbok.methods.logit.separation import estimable_columns
from resultatbok.methods.logit.stepwise import Selection, specific_to_general

__all__ = [
    "Calibration",
    "ChiSquareTest",
    "LogitFit",
    "Selection",
    "area_under_curve",
    "brier_score",
    "calibration_table",
    "coefficient_inflation",
    "dfbetas",
    "estimable_columns",
    "fit_firth",
    "fit_logit",
    "hosmer_lemeshow",
    "leverage",
    "likelihood_ratio_test",
    "specific_to_general",
    "spline_test",
    "variance_inflation",
    "wald_test",
]
