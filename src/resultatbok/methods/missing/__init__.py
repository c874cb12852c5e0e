"""Missing values: multiple imputation by chained equations, Rubin's rules, and outcomes not missing at random."""

from resultatbok.methods.missing.chained import impute
from resultatbok.methods.missing.delta import tipping_point
from resultatbok.methods.missing.rubin import pool

__all__ = ["impute", "pool", "tipping_point"]
