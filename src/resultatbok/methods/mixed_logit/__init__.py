"""Logistic regression with one or two nested random intercepts: exact derivatives, linear cost.

The method, its limits and its sources are in docs/methods/mixed-logit.md.
"""

from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.mixed_logit.entry import mixed_logit_arrays
from resultatbok.methods.mixed_logit.results import MixedLogitResults

__all__ = ["MixedLogitResults", "ModelError", "ModelWarning", "mixed_logit_arrays"]
