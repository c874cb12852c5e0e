"""How strong an unmeasured difference must be to explain an effect away, beside what was measured.

On the scale of shares (Cinelli and Hazlett 2020, Journal of the Royal Statistical Society B 82, 39-67): how much of the
variation in treatment and in outcome that the covariates leave must go with something unmeasured, in a linear
probability model. Its strength is two partial R2, and a measured covariate has them too.

The E-value, second: the risk ratio by which something unmeasured would have to go with both the treatment and the
outcome, beyond all that is held equal. For a common outcome the risk ratio is approximated by the square root of the
odds ratio, which is the same (inverted) whichever outcome is coded 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference, t_quantile
from resultatbok.methods.treatment import check_treatment

Array = npt.NDArray[np.float64]

_TREATED = "treated"


@dataclass(frozen=True)
class LinearSensitivity:
    """A treatment's coefficient in a linear model, and what something unmeasured would make of it.

    Attributes:
        estimate: The coefficient (for a 0/1 outcome a difference between shares).
        std_error: Its standard error; `with_error` puts in a clustered one.
        freedom: Degrees of freedom of `std_error`.
        df_resid: Rows less coefficients.
        scale: Standard deviation of what the covariates leave of the outcome, treatment included, over that of what
            they leave of the treatment: the plain standard error times the root of `df_resid`.
        level: Coverage of intervals.
    """

    estimate: float
    std_error: float
    freedom: float
    df_resid: float
    scale: float
    level: float = 0.95

    @property
    def partial_r2(self) -> float:
        """The share of the outcome's remaining variation that the treatment explains."""
        squared = (self.estimate / self.scale) ** 2
        return squared / (1 + squared)

    def robustness_value(self, q: float = 1.0) -> float:
        """The share of what remains of both that something must explain to take away `q` of the estimate.

        Source: Cinelli and Hazlett (2020), section 4.2.
        """
        return _robustness(q * abs(self.estimate) / self.scale, 0.0)

    def robustness_value_of_interval(self, q: float = 1.0) -> float:
        """The same, until the interval holds the estimate less `q` of it.

        With a clustered error, how much larger than the plain one it is counts as given.
        """
        wide = self._quantile * self.std_error * math.sqrt(self.df_resid / (self.df_resid - 1))
        return _robustness(q * abs(self.estimate) / self.scale, wide / self.scale)

    def adjusted(self, r2_treatment: float, r2_outcome: float, *, increase: bool = False) -> Difference:
        """The estimate if something with these two partial R2 had been held equal too.

        Args:
            r2_treatment: With the treatment, given the covariates.
            r2_outcome: With the outcome, given the covariates and the treatment.
            increase: Whether holding it equal makes the estimate larger; by default it comes nearer to zero (and
                beyond).

        Source: Cinelli and Hazlett (2020), equations 14 and 15 (for plain errors; a clustered one changes in
        proportion).
        """
        bias = self.scale * math.sqrt(r2_outcome * r2_treatment / (1 - r2_treatment))
        value = self.estimate + math.copysign(bias, self.estimate if increase else -self.estimate)
        change = (1 - r2_outcome) / (1 - r2_treatment) * self.df_resid / (self.df_resid - 1)
        error = self.std_error * math.sqrt(change)
        half = self._quantile * error
        return Difference(value, error, value - half, value + half)

    def contour(self, r2_treatment: Array, *, left: float = 0.0, of_interval: bool = False) -> Array:
        """The partial R2 with the outcome at which something with these partial R2 with the treatment leaves so much.

        Args:
            r2_treatment: With the treatment, above 0 and below 1.
            left: The share of the estimate that is left.
            of_interval: Whether that is left of the limit nearer to zero instead of the estimate; with nothing left,
                the pairs at which the interval reaches zero.

        Returns:
            One number for each; missing where nothing between 0 and 1 does it.
        """
        positive = replace(self, estimate=abs(self.estimate))

        def surplus(r2_outcome: float, r2: float) -> float:
            found = positive.adjusted(r2, r2_outcome)
            return (found.low if of_interval else found.value) - left * positive.estimate

        return np.array(
            [
                optimize.brentq(surplus, 0.0, 1.0, args=(r2,)) if surplus(0.0, r2) > 0 > surplus(1.0, r2) else np.nan
                for r2 in map(float, r2_treatment)
            ]
        )

    def with_error(self, std_error: float, freedom: float) -> LinearSensitivity:
        """The same under another standard error, such as a clustered one with few clusters corrected for."""
        return replace(self, std_error=std_error, freedom=freedom)

    @property
    def _quantile(self) -> float:
        return t_quantile(self.level, self.freedom)


def linear_sensitivity(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    *,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> LinearSensitivity:
    """The treatment's coefficient in a linear probability model.

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row, on the same index.
        covariates: Columns to hold equal, without a constant.
        groups: Clusters for its error (`methods.clusters`); the plain one if not given.
        level: Coverage of intervals.

    Raises:
        ModelError: The data cannot be used.
    """
    check_treatment(outcome, treated, covariates, groups=groups)
    y, z = (s.to_numpy(dtype=float) for s in (outcome, treated))
    X = np.column_stack([np.ones(len(y)), covariates.to_numpy(dtype=float)])
    rest_y, rest_z = _rest(y, X), _rest(z, X)
    estimate = float(rest_z @ rest_y / (rest_z @ rest_z))
    df = float(len(y) - X.shape[1] - 1)
    scale = float(np.linalg.norm(rest_y - estimate * rest_z) / np.linalg.norm(rest_z))
    # a model with one more covariate has one degree less: the interval is held against that one
    plain = LinearSensitivity(estimate, scale / math.sqrt(df), df - 1, df, scale, level)
    if groups is None:
        return plain
    errors = ClusterErrors.of(np.column_stack([z, X]), rest_y - estimate * rest_z, groups)
    contrast = np.eye(X.shape[1] + 1)[0]
    return plain.with_error(errors.error(contrast), errors.freedom(contrast))


def block_strength(
    outcome: pd.Series, treated: pd.Series, block: pd.DataFrame, others: pd.DataFrame
) -> tuple[float, float]:
    """Partial R2 of a block of covariates with the treatment, and with the outcome given the treatment too."""
    return partial_r2(treated, block, others), partial_r2(outcome, block, others.assign(**{_TREATED: treated}))


def strength_bounds(of_treatment: float, of_outcome: float, times: float = 1.0) -> tuple[float, float]:
    """The partial R2 that something unmeasured has at most if it is `times` as strong as a measured block.

    Args:
        of_treatment: Partial R2 of the block with the treatment, given the other covariates.
        of_outcome: With the outcome, given the other covariates and the treatment.
        times: How many times as strong, with both.

    Returns:
        With the treatment and with the outcome, as `LinearSensitivity.adjusted` takes them.

    Raises:
        ModelError: Nothing can be so strong: the block explains too much of the treatment.

    Source: Cinelli and Hazlett (2020), section 4.4; several covariates by their joint partial R2.
    """
    odds = of_treatment / (1 - of_treatment)
    if times * odds >= 1:
        raise ModelError(
            f"nothing unmeasured can be {times:g} times as strong as a block with partial R2 {of_treatment:.3f} with "
            "the treatment; ask for less"
        )
    shared = times * of_treatment * odds / (1 - times * of_treatment)
    strength = (math.sqrt(times) + math.sqrt(shared)) / math.sqrt(1 - shared) if shared < 1 else math.inf
    return times * odds, min(1.0, strength**2 * of_outcome / (1 - of_outcome))


def partial_r2(of: Array | pd.Series, block: pd.DataFrame, others: pd.DataFrame) -> float:
    """The share of what other columns leave of a variable that a block of columns explains, linearly."""
    y = np.asarray(of, dtype=float)
    X = np.column_stack([np.ones(len(y)), others.to_numpy(dtype=float)])
    without = _rest(y, X)
    explained = _rest(y, np.column_stack([X, block.to_numpy(dtype=float)]))
    return float(1 - explained @ explained / (without @ without))


def _rest(y: Array, X: Array) -> Array:
    """What is left of a variable after regression on columns."""
    return np.asarray(y - X @ np.linalg.lstsq(X, y, rcond=None)[0])


def _robustness(f: float, critical: float) -> float:
    """The robustness value of Cohen's f less the critical one (Cinelli and Hazlett 2020, section 4.2)."""
    above = f - critical
    if above <= 0:
        return 0.0
    if critical > 0 and f > 1 / critical:  # so strong that the outcome's share is bound by 1 first
        return (f**2 - critical**2) / (1 + f**2)
    return 0.5 * (math.sqrt(above**4 + 4 * above**2) - above**2)


@dataclass(frozen=True)
class EValue:
    """E-values of an estimate and of the limit of its interval that is nearer to no effect.

    Attributes:
        estimate: For the estimate; at least 1.
        limit: For the limit; 1 where the interval holds no effect, missing where no interval was given.
    """

    estimate: float
    limit: float


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


def _e_value(ratio: float) -> float:
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))
