"""What both halves of the summary name: whose effects stand beside the observed difference."""

from __future__ import annotations

from typing import Final

from resultatbok.release.rows import group_of

TARGETS: Final = ("treated", "comparable", "same_municipality", "within_municipality")
"""Whose effects with the same background at entry are shown; the first is the declared answer."""
LATER: Final = group_of(estimator="logit", covariates="all")
"""The group of the effect with what happened in the programme the same, too."""
