"""Two-arm trials: what was offered, what was received, and what so few participants can show."""

from resultatbok.methods.trial.complier import ComplierEffect, complier_effect
from resultatbok.methods.trial.means import MeanDifference, mean_difference
from resultatbok.methods.trial.power import exact_power, smallest_detectable_difference
from resultatbok.methods.trial.shares import ArmDifference, arm_difference

__all__ = [
    "ArmDifference",
    "ComplierEffect",
    "MeanDifference",
    "arm_difference",
    "complier_effect",
    "exact_power",
    "mean_difference",
    "smallest_detectable_difference",
]
