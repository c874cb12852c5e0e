"""Random sets of projects with about as many participants as wanted and little to do with the projects' effects."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from synthesis.draws import Floats, settled

_TRIES = 2_000  # random sets among which the best is taken
_STEEPEST = 4.0  # power of the size by which projects are drawn
_DECIMALS = 6  # of participants per project
_UNEVEN = 0.05  # share of the participants that a difference of one in mean effects is as bad as


def projects_near(
    sizes: pd.Series, wanted: float, count: int, effect: pd.Series, rng: np.random.Generator
) -> pd.Series:
    """So many projects whose participants come as near a number, and mean effect as near 0, as in the best of many.

    Args:
        sizes: Participants of each project; those with 0 are never taken.
        wanted: Participants that the set should have.
        count: Projects in the set.
        effect: Each project's effect (log odds, mean 0).
        rng: Random numbers.

    Returns:
        Which projects are in the set, with the index of sizes.
    """
    candidates = np.flatnonzero(sizes > 0)
    size = sizes.to_numpy(dtype=float)
    # The highest of u ** (1 / weight), whose logarithm neither reaches 0 nor 1 where weights differ by much
    drawn = np.log(rng.random((_TRIES, len(candidates)))) / _evenly(size[candidates], wanted, count)
    sets = candidates[np.argsort(-drawn, axis=1, kind="stable")[:, :count]]
    reached = size[sets].sum(axis=1)
    mean = (size * effect.to_numpy(dtype=float))[sets].sum(axis=1) / np.maximum(reached, 1.0)
    gaps = np.abs(reached - wanted) / max(size.sum(), 1.0) + _UNEVEN * np.abs(mean)
    chosen = sets[int(np.argmin(settled(gaps)))] if len(candidates) else sets
    return pd.Series(np.isin(np.arange(len(sizes)), chosen), index=sizes.index)


def _evenly(size: Floats, wanted: float, count: int) -> Floats:
    """Weights with which a random set of so many projects has about as many participants as wanted."""
    if not len(size):
        return np.ones(0)
    mean, scaled = wanted / count, size / size.mean()

    def excess(power: float) -> float:
        weight = scaled**power
        return float((weight * size).sum() / weight.sum()) - mean

    ends = (-_STEEPEST, _STEEPEST)
    low, high = (float(settled(excess(end), _DECIMALS)) for end in ends)
    if low >= 0 or high <= 0:
        return np.asarray(scaled ** ends[0 if low >= 0 else 1], dtype=np.float64)
    return np.asarray(scaled ** float(settled(brentq(excess, *ends))), dtype=np.float64)
