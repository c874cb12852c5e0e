"""How strong an unmeasured difference must be to explain an effect away, beside what was measured.

The E-value: the risk ratio by which something unmeasured would have to go with both the treatment and the outcome,
beyond all that is held equal. For a common outcome the risk ratio is approximated by the square root of the odds ratio,
which is the same (inverted) whichever outcome is coded 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from resultatbok.methods.logit import fit_logit

_TREATED = "treated"


@dataclass(frozen=True)
class EValue:
    """E-values of an estimate and of the limit of its interval that is nearer to no effect.

    Attributes:
        estimate: For the estimate; at least 1.
        limit: For the limit; 1 where the interval holds no effect, missing where no interval was given.
    """

    estimate: float
    limit: float


@dataclass(frozen=True)
class Benchmark:
    """How strongly an observed block of covariates goes with treatment and outcome, on the E-value's scale.

    Attributes:
        treatment_ratio: How many times as common the half that the treated have more of is among them as among the
            untreated, all else held equal; at least 1.
        outcome_ratio: How many times as likely the outcome is in the half with better chances; at least 1.
    """

    treatment_ratio: float
    outcome_ratio: float

    @property
    def bias_factor(self) -> float:
        """By how much something as strong could change the risk ratio of the effect at most."""
        return bias_factor(self.treatment_ratio, self.outcome_ratio)


def risk_ratio(odds_ratio: float) -> float:
    """The risk ratio of a common outcome (15 to 85 %), approximated by the square root of the odds ratio.

    Source: VanderWeele (2020), Biometrics 76, 746-752; table 2 of VanderWeele and Ding (2017).
    """
    return math.sqrt(odds_ratio)


def e_value(ratio: float, low: float = math.nan, high: float = math.nan) -> EValue:
    """The E-value of a risk ratio and of its interval.

    Args:
        ratio: Risk ratio of the effect; use `risk_ratio` for an odds ratio.
        low: Lower limit of its interval.
        high: Upper limit.

    Raises:
        ValueError: A ratio is not above zero, or the limits are not around the estimate.

    Source: VanderWeele and Ding (2017), Annals of Internal Medicine 167, 268-274.
    """
    if ratio <= 0 or low <= 0:
        raise ValueError(f"ratios must be above zero; found {ratio} and {low}")
    if low > ratio or high < ratio:
        raise ValueError(f"the interval {low} to {high} does not hold the estimate {ratio}")
    nearer = low if ratio > 1 else high
    crossed = nearer <= 1 if ratio > 1 else nearer >= 1
    limit = math.nan if math.isnan(nearer) else 1.0 if crossed else _e_value(nearer)
    return EValue(_e_value(ratio), limit)


def bias_factor(treatment_ratio: float, outcome_ratio: float) -> float:
    """The most that something with these risk ratios (1 or more) can change the risk ratio of an effect.

    Source: Ding and VanderWeele (2016), Epidemiology 27, 368-377, equation 1.
    """
    if min(treatment_ratio, outcome_ratio) < 1:
        raise ValueError("risk ratios below 1 must be inverted first")
    return treatment_ratio * outcome_ratio / (treatment_ratio + outcome_ratio - 1)


def benchmark(outcome: pd.Series, treated: pd.Series, block: pd.DataFrame, others: pd.DataFrame) -> Benchmark:
    """An observed block of covariates as if it were the unmeasured difference.

    The block's part of a logistic model of the outcome splits people in two at its mean: those whom the block gives the
    better chances, and the rest. Of the two, the one that the treated have more of is so many times as common among
    them (a logistic model of the half on treatment and the other covariates, averaged over everybody once treated and
    once not). The outcome's risk ratio is the square root of the better half's odds ratio.

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row.
        block: Columns of the block.
        others: All other covariates.

    Raises:
        ModelError: One of the models cannot be fitted.
    """
    treatment = treated.rename(_TREATED).astype(float)
    full = fit_logit(outcome, pd.concat([treatment, block, others], axis=1))
    index = block @ full.params[block.columns]
    better = (index > index.mean()).astype(float).rename("better_half")
    halves = fit_logit(better, pd.concat([treatment, others], axis=1))
    treated_share, untreated_share = (
        float(halves.predict(halves.design.assign(**{_TREATED: setting}))["probability"].mean())
        for setting in (1.0, 0.0)
    )
    times = (
        treated_share / untreated_share
        if treated_share > untreated_share
        else (1 - treated_share) / (1 - untreated_share)
    )
    with_outcome = fit_logit(outcome, pd.concat([treatment, better, others], axis=1)).params["better_half"]
    return Benchmark(times, risk_ratio(float(np.exp(abs(with_outcome)))))


def _e_value(ratio: float) -> float:
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))
