"""Drawing: one independent stream of random numbers per purpose, and exact or proportionate draws from shares.

Streams are named, so that a new draw in one place leaves every other number as it was.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtr, ndtri

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


SETTLED = 9  # decimals kept of what a choice between draws, or a threshold, rests on
COUNTED = 6  # decimals kept of a number of persons before it is made whole


def settled(values: Any, decimals: int = SETTLED) -> Any:  # noqa: ANN401
    """The values without their last digits, which linear algebra leaves otherwise on another processor."""
    return np.round(values, decimals) + 0.0


def nearest(value: float) -> int:
    """The nearest whole number, as a count; what lies halfway but for its last digits goes to the even one."""
    return round(float(settled(value, COUNTED)))


class Streams:
    """Random number generators derived from one seed, one for each name."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def of(self, name: str) -> np.random.Generator:
        """The stream of this name; the same name gives the same numbers again."""
        return np.random.Generator(np.random.PCG64([self.seed, zlib.crc32(name.encode())]))


def correlated_normals(
    names: Sequence[str], correlations: dict[str, float], n: int, rng: np.random.Generator
) -> dict[str, Floats]:
    """Standard normal variables with the given correlations (`a~b`); pairs that are not named are uncorrelated.

    Raises:
        ValueError: A pair names an unknown variable, or no variables can have all these correlations.
    """
    position = {name: i for i, name in enumerate(names)}
    matrix = np.eye(len(names))
    for pair, value in correlations.items():
        one, other = pair.split("~")
        if one not in position or other not in position:
            raise ValueError(f"correlation {pair}: unknown variable; known are {', '.join(names)}")
        matrix[position[one], position[other]] = matrix[position[other], position[one]] = value
    try:
        loadings = settled(np.linalg.cholesky(matrix), 12)
    except np.linalg.LinAlgError as error:
        raise ValueError("no variables can have all these correlations at once") from error
    independent = [rng.standard_normal(n) for _ in names]
    return {name: _weighted_sum(loadings[i], independent, i + 1) for name, i in position.items()}


def _weighted_sum(weights: Floats, variables: list[Floats], count: int) -> Floats:
    # Term by term instead of a matrix product, whose last bits depend on the machine's linear algebra library
    total = np.zeros(len(variables[0]))
    for j in range(count):
        if weights[j] != 0:
            total += weights[j] * variables[j]
    return total


def normal_scores(values: Floats) -> Floats:
    """The values replaced by normal quantiles in the same order, so that shares cut from them are exact."""
    ranks = np.empty(len(values))
    ranks[np.argsort(settled(values), kind="stable")] = np.arange(len(values))
    return np.asarray(ndtri((ranks + 0.5) / max(len(values), 1)))


def gamma_shaped(latent: Floats, mean: float, sd: float, low: float, high: float) -> Floats:
    """Gamma variable above `low` with this mean and standard deviation, cut at `high`, from a normal one."""
    shape = ((mean - low) / sd) ** 2
    value = low + gammaincinv(shape, ndtr(latent)) * (mean - low) / shape
    return np.asarray(settled(np.minimum(value, high), 6), dtype=np.float64)


def levels(latent: Floats, shares: Sequence[float]) -> Ints:
    """Ordered levels 1, 2, ... with these shares, from a normal variable."""
    cuts = ndtri(np.cumsum(shares)[:-1] / np.sum(shares))
    return np.asarray(np.searchsorted(settled(cuts), settled(latent)), dtype=np.int64) + 1


def yes(latent: Floats, share: float | Floats) -> Bools:
    """True for the highest `share` of a normal variable."""
    return np.asarray(settled(latent) > settled(-ndtri(share)))


def pick(options: dict[str, float], n: int, rng: np.random.Generator) -> NDArray[np.object_]:
    """Independent draws of the options, in proportion to their weights."""
    weights = np.array(list(options.values()))
    codes = rng.choice(len(weights), size=n, p=weights / weights.sum())
    return np.array(list(options), dtype=object)[codes]


def proportionate(total: int, weights: Sequence[float] | Floats) -> Ints:
    """Whole numbers that add to `total`, as close to the weights as possible (largest remainders)."""
    exact = settled(total * np.asarray(weights, dtype=float) / np.sum(weights), COUNTED)
    whole: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(-settled(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def share_out(options: dict[str, float], n: int, rng: np.random.Generator) -> NDArray[np.object_]:
    """The options in random order, each as often as its weight says (so that a rare one is not left out by chance)."""
    counts = proportionate(n, list(options.values()))
    codes: Ints = rng.permutation(np.repeat(np.arange(len(options)), counts))
    return np.array(list(options), dtype=object)[codes]


def dealt(options: dict[str, float], keys: Floats) -> NDArray[np.object_]:
    """The options, each as often as its weight says, in the order of everybody's own random number.

    Unlike `share_out`, one person more or less moves only those next to the borders between the options.
    """
    counts = proportionate(len(keys), list(options.values()))
    drawn = np.empty(len(keys), dtype=object)
    drawn[np.argsort(keys, kind="stable")] = np.repeat(np.array(list(options), dtype=object), counts)
    return drawn


def highest(scores: Floats, count: int) -> Bools:
    """True for the `count` highest scores; of equal ones for the first."""
    chosen = np.zeros(len(scores), dtype=bool)
    chosen[np.argsort(-settled(scores), kind="stable")[: max(count, 0)]] = True
    return chosen


def logistic(eta: Floats) -> Floats:
    """Probability of a log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-eta)))


def logistic_noise(n: int, rng: np.random.Generator) -> Floats:
    """Standard logistic draws: adding them to log odds and taking the highest gives a draw of exact size."""
    u = rng.random(n)
    return np.asarray(np.log(u) - np.log1p(-u))


def balanced_bernoulli(probability: Floats, order: Any, rng: np.random.Generator) -> Bools:  # noqa: ANN401
    """Draws with these probabilities whose sum over any stretch of `order` is within one of the expected sum.

    Systematic sampling: a common random start along the cumulated probabilities.

    Args:
        probability: Chance of each draw.
        order: Positions in the order of cumulation, as from `np.argsort` or `np.lexsort`.
        rng: Where the start is drawn.
    """
    steps = np.floor(settled(np.cumsum(probability[order]) + rng.random()))
    drawn = np.empty(len(probability), dtype=bool)
    drawn[order] = np.diff(steps, prepend=0.0) >= 1
    return drawn
