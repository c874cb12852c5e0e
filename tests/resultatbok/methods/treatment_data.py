"""Generated people whose true effects are known, and estimating equations solved by brute force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit


@dataclass(frozen=True)
class People:
    """Generated data and the true average effects."""

    outcome: pd.Series
    treated: pd.Series
    covariates: pd.DataFrame
    clusters: pd.Series
    truth: dict[str, float]


def generate(n: int, seed: int, *, effect: float = 0.8, cluster_sd: float = 0.0) -> People:
    """People whose treatment and outcome depend on the same covariates; the effect grows with `age`."""
    rng = np.random.default_rng(seed)
    clusters = rng.integers(0, max(n // 40, 4), n)
    shock = cluster_sd * rng.normal(size=clusters.max() + 1)[clusters]
    X = pd.DataFrame({"age": rng.normal(size=n), "school": rng.normal(size=n), "town": rng.binomial(1, 0.4, n) * 1.0})
    propensity = expit(-0.5 + 0.8 * X["age"] - 0.6 * X["school"] + 0.5 * X["town"])
    treated = pd.Series(rng.binomial(1, propensity) * 1.0, name="treated")
    base = -0.4 + 0.9 * X["age"] + 0.5 * X["school"] - 0.4 * X["town"] + shock
    gain = effect * (1 + 0.5 * X["age"])
    chances = [expit(base), expit(base + gain)]
    outcome = pd.Series(rng.binomial(1, np.where(treated == 1, chances[1], chances[0])) * 1.0, name="outcome")
    weights = {"ate": np.ones(n), "att": propensity, "ato": propensity * (1 - propensity)}
    truth = {name: float(np.average(chances[1] - chances[0], weights=w)) for name, w in weights.items()}
    return People(outcome, treated, X, pd.Series(clusters, name="cluster"), truth)


def sandwich(equations: Callable[[np.ndarray], np.ndarray], solution: np.ndarray) -> np.ndarray:
    """Covariance of the solution of estimating equations, with the Jacobian by central differences."""
    values = equations(solution)
    n, step = len(values), 1e-6
    columns = [
        (equations(solution + step * unit).mean(axis=0) - equations(solution - step * unit).mean(axis=0)) / (2 * step)
        for unit in np.eye(len(solution))
    ]
    bread = np.linalg.inv(np.column_stack(columns))
    return bread @ (values.T @ values / n) @ bread.T / n
