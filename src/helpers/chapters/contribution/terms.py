"""What the numbers and the pages of the contribution chapter call things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from resultatbok.charts.scatter import Corner

QUANTITIES: Final = ("expected", "actual", "contribution")
CORNERS: Final[dict[Corner, str]] = {
    "top_left": "below_mean_positive",
    "top_right": "above_mean_positive",
    "bottom_left": "below_mean_negative",
    "bottom_right": "above_mean_negative",
}
"""Where each quadrant of `methods.contribution.quadrant` is in the scatter."""
NEAR_ZERO_CLASSES: Final = {
    "above": "above_average",
    "not_distinguishable": "near_zero_or_imprecise",
    "below": "below_average",
}
"""The report's names of its three classes."""
WITH_MEANS: Final = "project_means=yes"
"""The model with the means of the covariates by project."""
KINDS: Final = ("scheme", "project_size")
"""What the spread of the projects may be divided by."""
