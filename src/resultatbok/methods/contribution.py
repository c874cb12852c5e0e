"""Contribution indicators: what each project attains beyond what its participants lead one to expect.

The contribution of a project is the share of its participants who attained the goal minus the mean of their
expected probabilities from the individual model. Given those probabilities p_i, and if the project were
like the average one, the number who attain it is a sum of independent Bernoulli outcomes, so that

    std_error = sqrt(sum of p_i (1 - p_i)) / n.

The uncertainty of the p_i themselves is left out: in a model of some 20,000 persons it is small beside the
chance in one project. p-value, interval and class are those of one exact test, which uses the distribution of the sum
(Poisson-binomial): a project may add so much to the log-odds of all its participants as the test does not refuse
(Clopper and Pearson 1934, Biometrika 26, 404-413, with unequal probabilities). It covers at least at its level.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import norm, poisson_binom

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.project_classes import class_by_exact_limits
from resultatbok.methods.rows import check_complete, check_rows
from resultatbok.methods.shares import PERCENTILES, quantiles_by

Array = npt.NDArray[np.float64]

EXACT_UP_TO = 1_000
"""Participants; of more the normal curve gives the same limits, and the exact distribution takes long."""
LIMIT_TOLERANCE = 1e-10
"""Of the limits, in log-odds."""

QUADRANTS = ["below_mean_negative", "below_mean_positive", "above_mean_negative", "above_mean_positive"]


def contribution_indicators(
    outcome: pd.Series,
    expected: pd.Series,
    project: pd.Series,
    *,
    min_participants: int = 5,
    level: float = 0.95,
) -> pd.DataFrame:
    """Contribution of every project with enough participants.

    Args:
        outcome: 0 or 1 per participant.
        expected: Expected probability per participant, on the same index.
        project: The project of each participant, on the same index.
        min_participants: Smallest project that gets an indicator.
        level: Coverage of the intervals.

    Returns:
        Indexed by project, sorted: `participants`, `actual`, `expected` (shares), `contribution` (actual -
        expected), `std_error`, `low`, `high`, `p_value` (two-sided: twice the smaller tail),
        `class` (`above` or `below` where the interval excludes 0, else `not_distinguishable`).

    Raises:
        ModelError: The indexes differ, a value is missing, an outcome is not 0/1 or a probability not
            between 0 and 1.
    """
    _check(outcome, expected, project)
    frame = pd.DataFrame({"y": outcome.astype(float), "p": expected, "v": expected * (1 - expected)})
    groups = frame.groupby(project.to_numpy(), observed=True)
    table = groups.agg(participants=("y", "size"), actual=("y", "mean"), expected=("p", "mean"), variance=("v", "sum"))
    table = table[table["participants"] >= min_participants].rename_axis(index=str(project.name or "project"))
    table["contribution"] = table["actual"] - table["expected"]
    table["std_error"] = np.sqrt(table.pop("variance")) / table["participants"]
    projects = {name: groups.get_group(name) for name in table.index}
    found = [_test(part["y"].to_numpy(), part["p"].to_numpy(), level) for part in projects.values()]
    table[["low", "high", "p_value"]] = np.reshape(found, (len(table), 3))
    return table.assign(**{"class": class_by_exact_limits(table["contribution"], table["p_value"], level)})


def quadrant(indicators: pd.DataFrame, mean_attainment: float | None = None) -> pd.Series:
    """Which of the four quadrants each project is in: attainment against the mean, contribution against 0.

    Args:
        indicators: From `contribution_indicators`.
        mean_attainment: What counts as average attainment; the mean over the projects if not given.

    Returns:
        Categorical `below_mean_negative`, `below_mean_positive`, `above_mean_negative`,
        `above_mean_positive`. A project at the mean is above it, and a contribution of 0 is positive.
    """
    mean = indicators["actual"].mean() if mean_attainment is None else mean_attainment
    place = np.where(indicators["actual"] >= mean, "above_mean", "below_mean")
    sign = np.where(indicators["contribution"] >= 0, "positive", "negative")
    labels = [f"{p}_{s}" for p, s in zip(place, sign, strict=True)]
    return pd.Series(pd.Categorical(labels, QUADRANTS), indicators.index, name="quadrant")


def contribution_percentiles(
    indicators: pd.DataFrame,
    by: pd.Series | None = None,
    *,
    probabilities: Sequence[float] = PERCENTILES,
    level: float = 0.95,
) -> pd.DataFrame:
    """Percentiles of contribution, actual and expected attainment over the projects, each in its own ranking.

    Args:
        indicators: From `contribution_indicators`.
        by: A group per project (the scheme), on the index of `indicators`.
        probabilities: Which quantiles.
        level: Coverage of the distribution-free intervals.

    Returns:
        Columns: the group (if given), `term` (contribution, actual, expected), `probability`, `value`, `n`
            (projects), `std_error`, `low`, `high`.
    """
    keys = [] if by is None else [str(by.name or "group")]
    data = indicators if by is None else indicators.assign(**{keys[0]: by})
    parts = [
        quantiles_by(data, term, keys, probabilities=probabilities, level=level).assign(term=term)
        for term in ("contribution", "actual", "expected")
    ]
    columns = [*keys, "term", "probability", "value", "n", "std_error", "low", "high"]
    return pd.concat(parts, ignore_index=True)[columns]


def _test(outcome: Array, p: Array, level: float) -> tuple[float, float, float]:
    """Limits of a contribution, and the p-value that it is 0: twice the smaller tail of the number who attain it."""
    n, k = len(p), round(outcome.sum())
    if n > EXACT_UP_TO:
        value, error = outcome.mean() - p.mean(), np.sqrt(p @ (1 - p)) / n
        half = normal_quantile(level) * error
        return float(value - half), float(value + half), float(2 * norm.sf(abs(value) / error))
    below, above = poisson_binom.cdf(k, p), poisson_binom.cdf(n - k, 1 - p)
    low = -p.mean() if k == 0 else _limit(k, p, (1 - level) / 2)
    high = 1 - p.mean() if k == n else _limit(k + 1, p, (1 + level) / 2)
    return float(low), float(high), float(min(1.0, 2 * min(below, above)))


def _limit(k: int, p: Array, chance: float) -> float:
    """The contribution under which k or more attain the goal with this chance, the same being added to all log-odds."""
    log_odds = logit(p)

    def excess(shift: float) -> float:
        return _at_least(k, expit(log_odds + shift)) - chance

    step = 1.0
    while excess(-step) > 0 or excess(step) < 0:
        step *= 2
    return float((expit(log_odds + brentq(excess, -step, step, xtol=LIMIT_TOLERANCE)) - p).mean())


def _at_least(k: int, p: Array) -> float:
    """The chance that k or more attain the goal, by the characteristic function of their number.

    Source: Hong (2013), Computational Statistics and Data Analysis 59, 41-51, equation 7.
    """
    turns = np.exp(2j * np.pi * np.arange(len(p) + 1) / (len(p) + 1))
    mass = np.fft.fft(np.prod(1 - p + p * turns[:, None], axis=1)).real / len(turns)
    return float(mass[k:].sum())


def _check(outcome: pd.Series, expected: pd.Series, project: pd.Series) -> None:
    check_rows(outcome=outcome, expected=expected, project=project)
    check_complete(outcome=outcome, expected=expected, project=project)
    others = sorted(set(outcome.unique().tolist()) - {0, 1})
    if others:
        raise ModelError(f"the outcome holds {others[:5]}; expected only 0 and 1")
    if not expected.between(0, 1, inclusive="neither").all():
        raise ModelError(
            f"expected probabilities run from {expected.min():g} to {expected.max():g}; all must lie between 0 and 1"
        )
