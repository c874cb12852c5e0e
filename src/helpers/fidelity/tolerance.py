"""How far a computed number may lie from the printed one: every tolerance of the check, each with its reason.

A rule turns a printed number into the span in which the computed one counts as inside. Rounding is always allowed: no
span is narrower than half of the last printed digit on either side.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Final

from helpers.fidelity.published import Published

Z: Final = 1.96  # of a 95 % interval: a faithful draw from the published truth misses one time in twenty
SHARE_FLOOR: Final = 0.015  # 1.5 points: what a reader of a report would call the same share
COUNT: Final = 0.02  # counts are set by the generator or by limits on sizes, not drawn freely
STD_ERROR: Final = 0.15  # a standard error is a function of the composition, which is matched only in part
VIF: Final = 0.15  # as a standard error
VIF_COLLINEAR: Final = 0.25  # rests on some two hundred people with only one of the two school measures
COLLINEAR_TERMS: Final = ("measure_primary_school_subjects", "measure_upper_secondary_subjects")
ICC: Final = 0.02  # twice its standard error with some 300 municipalities or projects
LOGLIK: Final = 0.02  # per observation, since the number of observations is judged by itself
R2: Final = 0.02  # the distance at which two models would be said to explain different amounts
MEAN_SD: Final = 0.05  # standard deviations: the twentieth part of how much people differ
MEDIAN: Final = 0.10  # municipalities and projects are few and skewed, so medians move
CORRELATION: Final = 0.05  # one standard error of a correlation over some 300 municipalities
MODE: Final = 1.0  # month: a peak is read off a curve
APPROX_POINTS: Final = 0.02  # "about 70 per cent" is said of 68 to 72
APPROX_SHARE: Final = 0.05  # and "about 9 years" of what is within a twentieth
BOUND_POINTS: Final = 0.05  # "more than 60" is said of what is below the next round number, five points on
BOUND_SHARE: Final = 0.10  # or a tenth on
CHANCE_FINDINGS: Final = 1.0  # of ten terms without effect, one is significant at 5 to 10 % by chance
NEARLY_ALL: Final = 0.80  # "nearly all", "very common"
MUCH: Final = 0.40  # "much used", "many"
VERY_FEW: Final = 0.20  # "very few"
EVEN_POINTS: Final = 0.10  # "rather even" across groups
STAR_LEVELS: Final = {"2022": (0.10, 0.05, 0.01), "2019": (0.10, 0.05, 0.01, 0.001)}
FIRST_STAR: Final = {"2022": 1, "2019": 0}  # what the weakest level is printed as; 2019 prints `+` for it
P_LEVEL_SCALE: Final = "2022"
SIGNIFICANT: Final = 0.10  # the weakest level either report marks


class NotJudged(ValueError):  # noqa: N818 - says what happened
    """A computed number lacks what its tolerance rests on; the message says what."""


@dataclass(frozen=True)
class Computed:
    """The ledger's number, in the units of the printed one.

    Attributes:
        value: The number.
        n: Persons or units it rests on, NaN if not said.
        std_error: Its standard error in the same units, NaN if not said.
    """

    value: float
    n: float = math.nan
    std_error: float = math.nan


@dataclass(frozen=True)
class Printed:
    """A printed number with what else is printed about it.

    Attributes:
        row: The number.
        std_error: The printed standard error of the same coefficient, NaN if none.
        observations: The printed number of observations of the same model, NaN if none.
        significant: Whether the same coefficient is printed as significant.
        spread: The standard deviation that the printed 10th and 90th percentiles of the same variable imply.
        computed_observations: Observations of the same model in the ledger, NaN if none.
        relative: Whether the computed number is one group's minus another's.
    """

    row: Published
    std_error: float = math.nan
    observations: float = math.nan
    significant: bool = False
    spread: float = math.nan
    computed_observations: float = math.nan
    relative: bool = False


@dataclass(frozen=True)
class Allowed:
    """The span in which a computed number counts as inside.

    Attributes:
        low, high: The span, both ends included.
        reason: In words.
        computed: The number to hold against the span, where it is another than the ledger's (stars of a p-value).
    """

    low: float
    high: float
    reason: str
    computed: float | None = field(default=None)


Rule = Callable[[Printed, Computed], Allowed]


def allowed(printed: Printed, computed: Computed) -> Allowed:
    """The span for one number.

    Raises:
        NotJudged: There is no rule for the statistic, or the ledger's row lacks what the rule needs.
    """
    rule = RULES.get(printed.row.statistic)
    if rule is None:
        raise NotJudged(f"there is no tolerance for {printed.row.statistic!r}")
    span = rule(printed, computed)
    return _loosened(printed.row, span) if printed.row.statistic in LOOSENED else span


def stars(p_value: float, scale: str) -> int:
    """The stars a report prints for a p-value: 0 to 3 in 2022; -1 to 3 in 2019, where 0 is `+` and -1 nothing."""
    return sum(p_value < level for level in STAR_LEVELS[scale]) - 1 + FIRST_STAR[scale]


def _around(printed: Printed, half: float, reason: str) -> Allowed:
    half = max(half, printed.row.rounding)
    return Allowed(printed.row.value - half, printed.row.value + half, reason)


def _within(half: float, reason: str) -> Rule:
    return lambda printed, _: _around(printed, half, reason)


def _within_part(part: float, reason: str) -> Rule:
    """The same with a part of the printed number on either side."""
    return lambda printed, _: _around(printed, part * abs(printed.row.value), reason)


def _within_errors(least: float, reason: str) -> Rule:
    """Within its own standard errors, and at least so far."""

    def rule(printed: Printed, computed: Computed) -> Allowed:
        error = 0.0 if math.isnan(computed.std_error) else computed.std_error
        return _around(printed, max(Z * error, least), reason)

    return rule


def _share(printed: Printed, computed: Computed) -> Allowed:
    p = min(max(printed.row.value, 0.0), 1.0)
    error = math.sqrt(p * (1 - p) / computed.n) if computed.n > 0 else 0.0
    return _around(printed, max(Z * error, SHARE_FLOOR), "1.96 standard errors of a share, at least 1.5 points")


def _percentile(printed: Printed, computed: Computed) -> Allowed:
    """The standard error of a quantile of normal data, with the spread that the printed percentiles imply."""
    q = float(dict(part.split("=") for part in printed.row.group.split(";"))["percentile"]) / 100
    normal = NormalDist()
    density = normal.pdf(normal.inv_cdf(q))
    if math.isnan(printed.spread) or not computed.n > 0:
        error = 0.0
    else:
        error = printed.spread * math.sqrt(q * (1 - q) / computed.n) / density
    return _around(printed, max(Z * error, SHARE_FLOOR), "1.96 standard errors of a percentile, at least 1.5 points")


def _coefficient(printed: Printed, computed: Computed) -> Allowed:
    _need(printed.std_error, "a printed standard error")
    span = _around(printed, Z * printed.std_error, "1.96 printed standard errors")
    if not printed.significant:
        return span
    reason = f"{span.reason}, with the sign of a coefficient printed as significant"
    tiny = math.ulp(0.0)
    if printed.row.value > 0:
        return Allowed(max(span.low, tiny), span.high, reason)
    return Allowed(span.low, min(span.high, -tiny), reason)


def _odds_ratio(printed: Printed, computed: Computed) -> Allowed:
    span = _interval_end(printed, computed)
    low, high = span.low, span.high
    if printed.significant:  # the sign of its coefficient
        low, high = (max(low, 1.0), high) if printed.row.value > 1 else (low, min(high, 1.0))
    return Allowed(low, high, "1.96 printed standard errors on the log-odds scale")


def _interval_end(printed: Printed, computed: Computed) -> Allowed:
    """As its coefficient: on the log-odds scale. The ratio's own rounding is allowed on its own scale."""
    _need(printed.std_error, "a printed standard error")
    row, factor = printed.row, math.exp(Z * printed.std_error)
    low, high = min(row.value / factor, row.value - row.rounding), max(row.value * factor, row.value + row.rounding)
    return Allowed(low, high, "1.96 printed standard errors on the log-odds scale, as the odds ratio")


def _stars(printed: Printed, computed: Computed) -> Allowed:
    row = printed.row
    return Allowed(
        row.value - 1,
        row.value + 1,
        "stars within one step",
        computed=float(stars(computed.value, row.scale)),
    )


def _p_value(printed: Printed, computed: Computed) -> Allowed:
    """A p-value says no more than its stars when data are drawn anew."""
    low, high = _p_span(stars(printed.row.value, "2022"))
    return Allowed(low, high, "the stars that the p-value would have within one step")


def _p_level(printed: Printed, computed: Computed) -> Allowed:
    """A level is printed as the limit the p-value is below."""
    low, high = _p_span(sum(printed.row.value <= level for level in STAR_LEVELS[P_LEVEL_SCALE]))
    return Allowed(low, high, "the level of significance within one step")


def _p_span(printed_stars: int) -> tuple[float, float]:
    """The p-values whose stars are within one step of these, on the scale of 2022."""
    levels = (1.0, *STAR_LEVELS["2022"], 0.0)
    return levels[min(printed_stars + 2, len(levels) - 1)], levels[max(printed_stars - 1, 0)]


def _vif(printed: Printed, computed: Computed) -> Allowed:
    if printed.row.term in COLLINEAR_TERMS:
        return _around(printed, VIF_COLLINEAR * printed.row.value, "25 % for the two collinear school measures")
    return _around(printed, VIF * printed.row.value, "15 % of a variance inflation factor")


def _loglik(printed: Printed, computed: Computed) -> Allowed:
    _need(printed.observations, "a printed number of observations")
    _need(printed.computed_observations, "the ledger's number of observations of the same model")
    scaled = computed.value / printed.computed_observations * printed.observations
    span = _around(printed, LOGLIK * abs(printed.row.value), "2 % of the log-likelihood per observation")
    return Allowed(span.low, span.high, span.reason, computed=scaled)


def _mean(printed: Printed, computed: Computed) -> Allowed:
    _need(computed.std_error, "a standard error in the ledger's row, from which the standard deviation follows")
    _need(computed.n, "n in the ledger's row")
    sd = computed.std_error * math.sqrt(computed.n)
    return _around(printed, MEAN_SD * sd, "0.05 standard deviations of a mean")


def _odds(printed: Printed, computed: Computed) -> Allowed:
    """Odds of a described person, on the log-odds scale as the constant of its model."""
    _need(printed.std_error, "a printed standard error of the model's constant")
    factor = math.exp(Z * printed.std_error)
    return Allowed(
        printed.row.value / factor, printed.row.value * factor, "1.96 printed standard errors of the constant"
    )


def _direction(printed: Printed, computed: Computed) -> Allowed:
    """More (1) or less (-1): the sign of a computed effect or difference."""
    tiny = math.ulp(0.0)
    low, high = (tiny, math.inf) if printed.row.value > 0 else (-math.inf, -tiny)
    return Allowed(low, high, "the direction")


def _level(printed: Printed, computed: Computed) -> Allowed:
    """Words such as "nearly all" (2), "much used" (1), "very few" (-2), as shares; "even" (0) as a difference.

    Where nothing can be a share ("very many measures"), more or less than the others is all that is judged.
    """
    if printed.relative and printed.row.value:
        return _direction(printed, computed)
    spans = {2: (NEARLY_ALL, 1.0), 1: (MUCH, 1.0), -2: (0.0, VERY_FEW), 0: (-EVEN_POINTS, EVEN_POINTS)}
    low, high = spans[round(printed.row.value)]
    return Allowed(low, high, "the share that such words are used of")


def _not_significant(printed: Printed, computed: Computed) -> Allowed:
    return Allowed(STAR_LEVELS["2022"][1], 1.0, "not significant, within one step of stars")


def _rank(printed: Printed, computed: Computed) -> Allowed:
    return Allowed(1.0, printed.row.value, "at least this rank")


def _loosened(row: Published, span: Allowed) -> Allowed:
    """The span for a number printed as about, more than or less than."""
    low, high, reason = span.low, span.high, span.reason
    if "approx" in row.tokens:
        loose = _looser(row, APPROX_POINTS, APPROX_SHARE)
        low, high = min(low, row.value - loose), max(high, row.value + loose)
        reason += "; printed as about: the looser of 2 points and 5 %"
    bound = _looser(row, BOUND_POINTS, BOUND_SHARE)
    if "lower_bound" in row.tokens:
        high, reason = max(high, row.value + bound), reason + "; printed as more than: up to 5 points or 10 % above"
    if "upper_bound" in row.tokens:
        low, reason = min(low, row.value - bound), reason + "; printed as less than: down to 5 points or 10 % below"
    return Allowed(low, high, reason, span.computed)


def _looser(row: Published, points: float, share: float) -> float:
    """The looser of so many points, for what is printed in points or per cent, and a share of the number."""
    in_points = {"difference_pp": 100 * points}.get(row.statistic, points if row.statistic in FRACTIONS else 0.0)
    return max(in_points, share * abs(row.value))


def _need(number: float, what: str) -> None:
    if math.isnan(number):
        raise NotJudged(f"its tolerance needs {what}")


FRACTIONS: Final = ("share", "probability", "percentile")
RULES: Final[dict[str, Rule]] = {
    "share": _share,
    "probability": _within_errors(SHARE_FLOOR, "1.96 standard errors of the probability, at least 1.5 points"),
    "percentile": _percentile,
    "difference_pp": _within_errors(100 * SHARE_FLOOR, "1.96 standard errors of the difference, at least 1.5 points"),
    "difference": _within_errors(0.0, "1.96 standard errors of a difference of means"),
    "count": _within_part(COUNT, "2 % of a count"),
    "coefficient": _coefficient,
    "std_error": _within_part(STD_ERROR, "15 % of a standard error"),
    "odds_ratio": _odds_ratio,
    "ci_low": _interval_end,
    "ci_high": _interval_end,
    "odds": _odds,
    "p_stars": _stars,
    "p_value": _p_value,
    "p_level": _p_level,
    "vif": _vif,
    "icc": _within(ICC, "0.02 of an intraclass correlation"),
    "loglik": _loglik,
    "r2": _within(R2, "0.02 of a pseudo R2"),
    "adjusted_r2": _within(R2, "0.02 of a pseudo R2"),
    "mean": _mean,
    "median": _within_part(MEDIAN, "10 % of a median over municipalities or projects"),
    "mode": _within(MODE, "one month for a peak read off a curve"),
    "correlation": _within(CORRELATION, "0.05 of a correlation"),
    "direction": _direction,
    "qualitative_direction": _direction,
    "qualitative_level": _level,
    "tested_not_significant": _not_significant,
    "number_of_significant_predictors": _within(CHANCE_FINDINGS, "one term more or less, as chance finds one in ten"),
    "rank_max": _rank,
}
LOOSENED: Final = frozenset({*FRACTIONS, "difference_pp", "difference", "count", "mean", "median", "mode"})
