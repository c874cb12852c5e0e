"""Mean of the logistic function over every pair of two groups, without visiting the pairs.

Each group's terms are put on a grid, a term between two points being shared between them (linear binning). The sum of
two terms then has the convolution of the two grids as its distribution, and the mean is one scalar product.

Linear binning replaces the logistic function by straight lines between points `STEP` apart, once for each group. So the
mean is wrong by at most `STEP**2 / 4` times the largest second derivative of the logistic function, 1 / (6 sqrt 3).
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


AT_ONCE = 30_000
"""Terms put on the grid at once, so that they stay in the processor's cache."""


def cross_means(
    first: Array, second: Array, shifts: Array, first_weights: Array | None = None, second_weights: Array | None = None
) -> Array:
    """Mean of expit(shift + u_i + v_j) over all i in the first group and j in the second.

    Args:
        first: Terms u of the first group, one column per member; each row is a problem of its own.
        second: Terms v of the second group, with as many rows.
        shifts: What is added to every sum; each is a problem of its own.
        first_weights: Weight of each member of the first group; equal if not given.
        second_weights: Likewise for the second group.

    Returns:
        One row per row of the terms, one column per shift; each within `ERROR_BOUND` of the exact mean.
    """
    low_u, mass_u = _on_grid(first, _shares(first_weights, first.shape[1]))
    low_v, mass_v = _on_grid(second, _shares(second_weights, second.shape[1]))
    mass = _convolved(mass_u, mass_v)
    points = low_u + low_v + STEP * np.arange(mass.shape[1])
    return np.asarray(mass @ expit(points[:, None] + shifts))


def _shares(weights: Array | None, n: int) -> Array:
    return np.full(n, 1 / n) if weights is None else weights / weights.sum()


def _on_grid(terms: Array, weights: Array) -> tuple[float, Array]:
    """The first point of a grid over all terms, and the mass at each of its points, for each row of the terms."""
    low, high = float(terms.min()), float(terms.max())
    size = int((high - low) / STEP) + 2
    rows = max(1, AT_ONCE // terms.shape[1])
    parts = [_masses(terms[i : i + rows], low, size, weights) for i in range(0, len(terms), rows)]
    return low, np.concatenate(parts)


def _masses(terms: Array, low: float, size: int, weights: Array) -> Array:
    place = (terms - low) / STEP
    below = place.astype(np.intp)
    upper = ((place - below) * weights).ravel()
    cells = (below + size * np.arange(len(terms))[:, None]).ravel()
    mass: Array = np.bincount(cells, np.tile(weights, len(terms)) - upper, len(terms) * size).astype(float)
    return (mass + np.bincount(cells + 1, upper, len(terms) * size)).reshape(len(terms), size)


def _convolved(first: Array, second: Array) -> Array:
    """The convolution of each row of the first with the same row of the second."""
    size = first.shape[1] + second.shape[1] - 1
    length = fft.next_fast_len(size, real=True)
    return np.asarray(fft.irfft(fft.rfft(first, length) * fft.rfft(second, length), length)[:, :size])
