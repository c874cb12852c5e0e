"""The names readers see for what belongs to the estimates of the programme's effect."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_ESTIMATORS: Final = {
    "estimator": "Method",
    "estimator=logit": "Logistic regression",
    "estimator=mixed": "Three-level model",
    "estimator=within": "Within municipalities",
    "estimator=matching": "Nearest-neighbour matching",
    "estimator=ipw": "Inverse-probability weights",
    "estimator=aipw": "Doubly robust, regression",
    "estimator=crossfit": "Doubly robust, machine learning",
    "estimator=overlap": "Overlap weights",
    "covariates=entry": "What was known at entry held equal",
    "covariates=all": "All variables of the individual model held equal",
    "estimand=everyone": "Everyone",
    "estimand=in_overlap": "Those who could have been in either scheme",
    "estimand=treated_in_overlap": "Those in Jobbsjansen who could have been in either scheme",
    "estimand=overlap_weighted": "The overlap, weighted by how even the chances are",
    "estimand=within_municipalities": "Municipalities that run both schemes",
}

_BALANCE: Final = {
    "weights=none": "As they are",
    "weights=matching": "Matched",
    "weights=ipw": "Inverse-probability weights",
    "weights=overlap": "Overlap weights",
}

_BLOCKS: Final = {
    "block=education": "Level of education",
    "block=age": "Age",
    "block=years_in_norway": "Years in Norway",
    "block=origin": "Country background",
    "block=norwegian": "Level of Norwegian",
    "block=duration": "Duration",
    "block=absence": "Absence",
    "block=measures": "Measures",
}

_STATISTICS: Final = {
    "average_effect": "Average effect",
    "sample_size": "Rows used",
    "effective_sample_size": "Effective number of participants",
    "variance_ratio": "Ratio of variances",
    "risk_ratio": "Risk ratio",
    "bias_factor": "Largest bias",
    "e_value": "E-value",
    "effect_change": "Change of the effect",
}

EFFECT_LABELS: Final = MappingProxyType(_ESTIMATORS | _BALANCE | _BLOCKS | _STATISTICS)
"""English labels, merged into `labels.LABELS`."""
