"""Mean of the logistic function over every pair of two groups, without visiting the pairs.

Each group's terms are put on a grid, a term between two points being shared between them (linear binning). The sum of
two terms then has the convolution of the two grids as its distribution, and the mean is one scalar product.

Linear binning replaces the logistic function by straight lines between points `STEP` apart, once for each group. So the
mean is wrong by at most `STEP`**2 / 4 times the largest second derivative of the logistic function, 1 / (6 sqrt 3).
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy import fft
from scipy.special import expit

Array = npt.NDArray[np.float64]

STEP = 0.01
"""Log-odds between two points of the grid."""

ERROR_BOUND = STEP**2 / (24 * sqrt(3))
"""Largest error of a mean: 2.4e-6, that is 0.00024 percentage points."""


def cross_means(
    first: Array, second: Array, shifts: Array, first_weights: Array | None = None, second_weights: Array | None = None
) -> Array:
    """Mean of expit(shift + u_i + v_j) over all i in the first group and j in the second.

    Args:
        first: Terms u of the first group, one row per member; each column is a problem of its own.
        second: Terms v of the second group, with as many columns.
        shifts: What is added to every sum; each is a problem of its own.
        first_weights: Weight of each member of the first group; equal if not given.
        second_weights: Likewise for the second group.

    Returns:
        One row per column of the terms, one column per shift; each within `ERROR_BOUND` of the exact mean.
    """
    means = np.empty((first.shape[1], len(shifts)))
    w1, w2 = _shares(first_weights, len(first)), _shares(second_weights, len(second))
    for column, (u, v) in enumerate(zip(first.T, second.T, strict=True)):
        low_u, mass_u = _on_grid(u, w1)
        low_v, mass_v = _on_grid(v, w2)
        mass = _convolved(mass_u, mass_v)
        points = low_u + low_v + STEP * np.arange(len(mass))
        means[column] = expit(points + shifts[:, None]) @ mass
    return means


def _shares(weights: Array | None, n: int) -> Array:
    return np.full(n, 1 / n) if weights is None else weights / weights.sum()


def _on_grid(terms: Array, weights: Array) -> tuple[float, Array]:
    """The first point of a grid over the terms, and the mass at each of its points."""
    low = float(terms.min())
    place = (terms - low) / STEP
    below = place.astype(np.intp)
    upper = (place - below) * weights
    size = int(below.max()) + 2
    mass: Array = np.bincount(below, weights - upper, size).astype(float)
    return low, mass + np.bincount(below + 1, upper, size)


def _convolved(first: Array, second: Array) -> Array:
    size = len(first) + len(second) - 1
    length = fft.next_fast_len(size, real=True)
    return np.asarray(fft.irfft(fft.rfft(first, length) * fft.rfft(second, length), length)[:size])
