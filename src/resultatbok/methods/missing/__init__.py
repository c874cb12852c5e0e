"""Missing values: multiple imputation by chained equations, and Rubin's rules for what is estimated on the results."""

from resultatbok.methods.missing.chained import impute
from resultatbok.methods.missing.rubin import pool

__all__ = ["impute", "pool"]
