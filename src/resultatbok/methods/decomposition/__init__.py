"""Decomposition of the difference between two groups in how often something happens, for a logistic regression.

The method, its formulas and its sources are in `docs/methods/decomposition.md`.
"""

from resultatbok.methods.decomposition.bootstrap import bootstrap_gap
from resultatbok.methods.decomposition.gap import COEFFICIENTS, UNEXPLAINED, GapData, gap_parts
from resultatbok.methods.decomposition.result import GapDecomposition
from resultatbok.methods.decomposition.shapley import shapley_values

__all__ = [
    "COEFFICIENTS",
    "UNEXPLAINED",
    "GapData",
    "GapDecomposition",
    "bootstrap_gap",
    "gap_parts",
    "shapley_values",
]
