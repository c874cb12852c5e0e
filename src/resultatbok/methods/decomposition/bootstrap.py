"""Uncertainty of a decomposition: the whole calculation again on samples drawn from each group."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.decomposition.gap import COEFFICIENTS, UNEXPLAINED, GapData, gap_parts
from resultatbok.methods.decomposition.result import GapDecomposition
from resultatbok.methods.errors import ModelError
from resultatbok.methods.rows import check_complete, check_rows

Array = npt.NDArray[np.float64]
Units = tuple[npt.NDArray[np.bool_], npt.NDArray[np.intp]]
"""The rows of a group, and for each of them the number of the unit it is drawn with, from 0."""


def bootstrap_gap(
    data: GapData, clusters: pd.Series, *, replicates: int, seed: int, own: bool = True
) -> GapDecomposition:
    """Decompose a difference, with bootstrap samples for its uncertainty.

    Whole clusters are drawn with replacement within each group, as many as it has. Models are fitted anew in each
    sample.

    Args:
        data: The two groups.
        clusters: What members are drawn together in, on the index of the data; one each where they are independent.
        replicates: Bootstrap samples; 200 are enough for standard errors (Efron and Tibshirani 1993, section 6.4).
        seed: Of the draws.
        own: Whether also to use coefficients fitted in each group alone.

    Raises:
        ModelError: A model has no finite optimum, the clusters are of other rows or have gaps, or a group has one only.
    """
    check_rows(data=data.index.to_series(), clusters=clusters)
    check_complete(clusters=clusters)
    found = gap_parts(data, own=own)
    groups = [_units(rows, clusters) for rows in (data.first, ~data.first)]
    rng = np.random.default_rng(seed)
    draws = [
        gap_parts(data.drawn(_times(groups, rng)), own=own, start=found.coefficients).parts for _ in range(replicates)
    ]
    return GapDecomposition(
        parts=pd.DataFrame(
            found.parts, index=list(COEFFICIENTS[: len(found.parts)]), columns=[*data.names, UNEXPLAINED]
        ),
        n_first=int(data.first.sum()),
        n_second=int((~data.first).sum()),
        effective_units=(_effective(data, groups[0]), _effective(data, groups[1])),
        draws=np.array(draws),
    )


def _units(rows: npt.NDArray[np.bool_], clusters: pd.Series) -> Units:
    units = np.asarray(pd.factorize(clusters[rows])[0], dtype=np.intp)
    if units.max() == 0:
        raise ModelError(f"a group has only one cluster of {clusters.name!r}")
    return rows, units


def _effective(data: GapData, group: Units) -> float:
    rows, units = group
    sizes = np.bincount(units, weights=data.weights[rows])
    return float(sizes.sum() ** 2 / (sizes @ sizes))


def _times(groups: list[Units], rng: np.random.Generator) -> Array:
    """How often each row is drawn."""
    times = np.zeros(len(groups[0][0]))
    for rows, units in groups:
        n = int(units.max()) + 1
        times[rows] = np.bincount(rng.integers(n, size=n), minlength=n)[units]
    return times
