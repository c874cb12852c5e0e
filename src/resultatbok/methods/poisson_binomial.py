"""The distribution of a number of successes when each person has a probability of their own, and its test."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def exact_p_value(count: float, probabilities: npt.ArrayLike) -> float:
    """Two-sided p-value of a number of outcomes given everyone's probability: twice the smaller tail."""
    pmf = poisson_binomial(probabilities)
    k = round(count)
    return float(min(1.0, 2 * min(pmf[: k + 1].sum(), pmf[k:].sum())))


def poisson_binomial(probabilities: npt.ArrayLike) -> Array:
    """Distribution of the number of successes in independent trials with unequal probabilities.

    The polynomials (1 - p) + p x are multiplied in pairs with the fast Fourier transform: O(n log^2 n),
    accurate to some 1e-15 in each probability.

    Returns:
        Probabilities of 0, 1, ..., n successes.

    Source: Biscarri, Zhao and Brunner (2018), Computational Statistics and Data Analysis 122, 92-100.
    """
    p = np.asarray(probabilities, dtype=float)
    factors = np.column_stack([1 - p, p]) if len(p) else np.ones((1, 1))
    while len(factors) > 1:
        if len(factors) % 2:
            one = np.zeros((1, factors.shape[1]))
            one[0, 0] = 1
            factors = np.vstack([factors, one])
        size = 2 * factors.shape[1] - 1
        transformed = np.fft.rfft(factors, size)
        factors = np.fft.irfft(transformed[0::2] * transformed[1::2], size)
    pmf = np.clip(factors[0, : len(p) + 1], 0, None)
    return np.asarray(pmf / pmf.sum())
