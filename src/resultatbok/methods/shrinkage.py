"""Contribution indicators from a model with random project effects: drawn towards the average where unsure.

The contribution of a project is the mean probability of its own participants with the project's effect,
minus their mean probability in a project drawn at random. Given the model's parameters the effect is
normal, with the conditional mode and standard deviation that the model reports.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.project_classes import class_by_interval
from resultatbok.methods.rows import check_complete, check_rows

Array = npt.NDArray[np.float64]

QUADRATURE_POINTS = 15
RANK_DRAWS = 2_000
NEWTON_STEPS = 20
LONGEST_STEP = 1.0
"""Log-odds; where projects differ very much, a full step would end where all probabilities are 0 or 1."""


@dataclass(frozen=True)
class _Projects:
    """Participants sorted out by project."""

    names: pd.Index
    code: npt.NDArray[np.intp]
    log_odds: Array
    size: Array

    def mean_probability(self, effect: Array) -> Array:
        """Mean probability of each project's participants when the projects have these effects."""
        total = np.bincount(self.code, expit(self.log_odds + effect[self.code]), len(self.size))
        return np.asarray(total / self.size)

    def integrated(self, mean: Array, sd: Array) -> Array:
        """Mean probability when each project's effect is normal."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(QUADRATURE_POINTS)
        values = [w * self.mean_probability(mean + sd * x) for x, w in zip(nodes, weights, strict=True)]
        return np.asarray(np.sum(values, axis=0) / weights.sum())

    def neutral_effect(self, expected: Array) -> Array:
        """The effect under which each project attains just what is expected: near 0, by Newton's method."""
        effect = np.zeros(len(self.size))
        for _ in range(NEWTON_STEPS):
            p = expit(self.log_odds + effect[self.code])
            slope = np.bincount(self.code, p * (1 - p), len(self.size)) / self.size
            effect -= np.clip((self.mean_probability(effect) - expected) / slope, -LONGEST_STEP, LONGEST_STEP)
        return effect


def shrunken_contributions(
    log_odds: pd.Series, project: pd.Series, effects: pd.DataFrame, group_sd: float | pd.Series, *, level: float = 0.95
) -> pd.DataFrame:
    """Contribution of every project from a random-intercept logistic model.

    Args:
        log_odds: The fixed part of each participant's linear predictor.
        project: The project of each participant, on the same index.
        effects: Indexed by project: `effect` (conditional mode), `sd` (its standard deviation) and, where `sd` also
            holds the uncertainty of the model's parameters, `reliability`.
        group_sd: Standard deviation between projects, or that of each project's kind, by project.
        level: Coverage.

    Returns:
        Indexed by project: `participants`, `expected` (mean probability in a project drawn at random),
        `contribution` (posterior mean), `low`, `high` (posterior quantiles), `probability_above` (that the
        contribution is above 0), `reliability` (as given, else 1 - sd^2 / group_sd^2: the share of the variance
        between projects that the project's own results resolve), `class` (by whether the interval excludes 0).

    Raises:
        ModelError: The indexes differ, a project has no effect, or the standard deviation between projects
            is 0.
    """
    spread = group_sd if isinstance(group_sd, pd.Series) else pd.Series(group_sd, index=effects.index)
    _check(log_odds, project, effects, float(spread.min()))
    projects = _sort_out(log_odds, project)
    effect, sd = (effects.loc[projects.names, column].to_numpy(dtype=float) for column in ("effect", "sd"))
    everywhere = np.asarray(spread.loc[projects.names], dtype=float)
    expected = projects.integrated(np.zeros(len(effect)), everywhere)
    z = normal_quantile(level)
    table = pd.DataFrame(
        {
            "participants": projects.size.astype(int),
            "expected": expected,
            "contribution": projects.integrated(effect, sd) - expected,
            "low": projects.mean_probability(effect - z * sd) - expected,
            "high": projects.mean_probability(effect + z * sd) - expected,
            "probability_above": stats.norm.sf((projects.neutral_effect(expected) - effect) / sd),
            "reliability": _reliability(effects.loc[projects.names], everywhere),
        },
        index=projects.names,
    )
    return _with_class(table)


def no_difference(participants: pd.Series) -> pd.DataFrame:
    """What `shrunken_contributions` comes to when no project differs from another: all 0, and told apart from nothing.

    Args:
        participants: Per project.
    """
    nought = dict.fromkeys(("contribution", "low", "high", "reliability"), 0.0)
    table = pd.DataFrame({"participants": participants} | nought | {"probability_above": 0.5})
    return _with_class(table)


def rank_intervals(effects: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """How far the rank of each project could be another: quantiles over draws from the effects' distribution.

    Args:
        effects: Indexed by project: `effect` and `sd`.
        level: Coverage.
        seed: Of the draws.

    Returns:
        Indexed as `effects`: `rank` (mean over the draws; 1 is the largest effect), `low`, `high`.

    Source: Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159, 385-443.
    """
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((RANK_DRAWS, len(effects)))
    drawn = effects["effect"].to_numpy() + noise * effects["sd"].to_numpy()
    ranks = stats.rankdata(-drawn, axis=1)
    low, high = np.quantile(ranks, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return pd.DataFrame({"rank": ranks.mean(axis=0), "low": low, "high": high}, index=effects.index)


def _with_class(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(**{"class": class_by_interval(table["low"], table["high"])})


def _reliability(effects: pd.DataFrame, group_sd: Array) -> Array:
    known = effects["reliability"] if "reliability" in effects else 1 - (effects["sd"] / group_sd) ** 2
    return np.asarray(known, dtype=float)


def _sort_out(log_odds: pd.Series, project: pd.Series) -> _Projects:
    code, names = pd.factorize(project, sort=True)
    return _Projects(
        names=pd.Index(names, name=project.name or "project"),
        code=code,
        log_odds=log_odds.to_numpy(dtype=float),
        size=np.bincount(code).astype(float),
    )


def _check(log_odds: pd.Series, project: pd.Series, effects: pd.DataFrame, group_sd: float) -> None:
    check_rows(log_odds=log_odds, project=project)
    check_complete(log_odds=log_odds, project=project)
    if not group_sd > 0:
        raise ModelError(f"the standard deviation between projects is {group_sd:g}; no project differs from another")
    absent = sorted(set(project) - set(effects.index), key=str)
    if absent:
        raise ModelError(f"{len(absent)} projects have no effect, the first of them {absent[0]!r}")
