"""Errors that let rows of a cluster be alike, and how much they can be trusted: the one rule of every method.

The covariance is the sandwich with bias-reduced linearisation (CR2), and each contrast has Satterthwaite degrees of
freedom of its own: both follow from the design, so that a coefficient that few clusters decide has a wide interval even
where there are hundreds of clusters. Why this rule is in docs/decisions/0014, the formulas in docs/methods/clusters.md.

Source: Bell and McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton (2018), Journal of Business
and Economic Statistics 36, 672-683, with the weights of the last step as working model for a logistic regression.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import linalg, stats

from resultatbok.methods.errors import ModelError

Array = npt.NDArray[np.float64]

DECIDED = 1e-9
"""A direction of the coefficients that one cluster alone decides, to within this, does not tell how clusters differ."""
LEAST_SHARE = 0.9
"""A contrast needs so much of its variance in directions that several clusters decide."""


@dataclass(frozen=True)
class ClusterErrors:
    """The cluster-robust covariance of coefficients, with what its degrees of freedom follow from.

    Attributes:
        cov: Covariance of the coefficients.
        n_clusters: Clusters.
        root: A root L of the model-based covariance, L L'; all below is in its coordinates.
        leverage: Eigenvalues of the clusters' shares of the information, cluster after cluster; 1 is all of it.
        directions: Their eigenvectors, one per row.
        starts: Where each cluster begins among them.
    """

    cov: Array
    n_clusters: int
    root: Array = field(repr=False)
    leverage: Array = field(repr=False)
    directions: Array = field(repr=False)
    starts: npt.NDArray[np.intp] = field(repr=False)

    @classmethod
    def of(cls, X: Array, residuals: Array, groups: pd.Series, weights: Array | None = None) -> ClusterErrors:
        """Errors of a linear or (with its working weights) logistic regression.

        Only products of k columns are made, k by k or as small as the cluster: n x n matrices never.

        Args:
            X: Design with its constant.
            residuals: Outcome minus fitted outcome.
            groups: The cluster of each row, in the same order, none missing.
            weights: Of each row in the information: p (1 - p) for a logistic regression, 1 if not given.

        Raises:
            ModelError: There is one cluster only, or a row has none.
        """
        codes, names = pd.factorize(groups)
        if (codes < 0).any():
            raise ModelError(f"{int((codes < 0).sum())} rows have no {groups.name!r}; leave them out")
        if len(names) < 2:
            raise ModelError(f"every row is in the same group of {groups.name!r}; expected at least two groups")
        order = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[order], np.arange(len(names)))
        whitened = X if weights is None else X * np.sqrt(weights)[:, None]
        root = linalg.inv(linalg.cholesky(whitened.T @ whitened))
        scores = np.add.reduceat((X * residuals[:, None])[order], starts) @ root
        parts = [_spectrum(rows) for rows in np.split(whitened[order] @ root, starts[1:])]
        leverage = np.concatenate([values for values, _ in parts])
        directions = np.concatenate([vectors for _, vectors in parts])
        owner = np.repeat(np.arange(len(names)), [len(values) for values, _ in parts])
        first = np.searchsorted(owner, np.arange(len(names)))
        along = (directions * scores[owner]).sum(axis=1) * _inverse_root(leverage)
        reduced = np.add.reduceat(directions * along[:, None], first) @ root.T
        return cls(reduced.T @ reduced, len(names), root, leverage, directions, first)

    def error(self, contrast: npt.ArrayLike) -> float:
        """Standard error of a contrast of the coefficients."""
        c = np.asarray(contrast, dtype=float)
        return float(np.sqrt(c @ self.cov @ c))

    def freedom(self, contrasts: npt.ArrayLike) -> float:
        """Degrees of freedom of a contrast of the coefficients: Satterthwaite's, under the working model.

        Args:
            contrasts: One contrast, or several rows whose joint test is wanted (Pustejovsky and Tipton's HTZ, section
                3.2, which for one contrast is Satterthwaite's).

        Returns:
            Missing where one cluster alone decides a contrast, or more than a tenth of its variance: how much it would
            vary between clusters cannot be seen.
        """
        # Under the working model the parts of clusters g and h in the estimates of contrasts s and t have the
        # covariance (g == h) own[s][t][g] - shared[s][g] . shared[t][h].
        C = np.atleast_2d(np.asarray(contrasts, dtype=float)) @ self.root
        own, both, shared = self._parts(self.directions @ C.T)
        expected = (own - both).sum(axis=2)
        try:
            unit = linalg.inv(linalg.cholesky(expected, lower=True))
        except linalg.LinAlgError:
            return float("nan")
        if (np.diag(expected) < LEAST_SHARE * (C**2).sum(axis=1)).any():
            return float("nan")
        own, both = (np.einsum("as,stg,bt->abg", unit, part, unit) for part in (own, both))
        shared = np.tensordot(unit, shared, axes=1)
        q, traces = len(shared), (np.trace(own), np.trace(both))
        total = float(traces[0] @ traces[0] - 2 * traces[0] @ traces[1] + (own**2 - 2 * own * both).sum())
        for u in shared:
            for v in shared:
                product = u.T @ v
                total += float((product**2).sum() + (product * product.T).sum())
        return q * (q + 1) / total

    def test(self, estimates: npt.ArrayLike, contrasts: npt.ArrayLike) -> tuple[float, float]:
        """Wald's statistic that all estimates are zero, and its p-value by the approximate Hotelling distribution.

        Args:
            estimates: Of the contrasts.
            contrasts: One per row; for anything but a sum of coefficients its gradient.

        Returns:
            Statistic and p-value, missing where the freedom is.

        Raises:
            ModelError: There are more contrasts than the clusters can carry.
        """
        b, C = np.atleast_1d(np.asarray(estimates, dtype=float)), np.atleast_2d(np.asarray(contrasts, dtype=float))
        q, freedom = len(b), self.freedom(C)
        if q > self.n_clusters - 1 or freedom <= q - 1:
            raise ModelError(f"{q} terms cannot be tested together with errors that rest on {self.n_clusters} clusters")
        if np.isnan(freedom):
            return float("nan"), float("nan")
        statistic = float(b @ linalg.solve(C @ self.cov @ C.T, b, assume_a="pos"))
        rest = freedom - q + 1
        return statistic, float(stats.f.sf(statistic * rest / (freedom * q), q, rest))

    def _parts(self, along: Array) -> tuple[Array, Array, Array]:
        """What clusters have of their own (contrasts x contrasts x clusters), what of it is shared, and the shares."""
        factor = _inverse_root(self.leverage)
        spread = self.leverage * factor**2
        own = np.array([[self._by_cluster(spread * a * b) for b in along.T] for a in along.T])
        shared = [self._by_cluster(self.directions * (self.leverage * factor * a)[:, None]) for a in along.T]
        both = np.array([[(u * v).sum(axis=1) for v in shared] for u in shared])
        return own, both, np.array(shared)

    def _by_cluster(self, values: Array) -> Array:
        return np.add.reduceat(values, self.starts)


def _spectrum(rows: Array) -> tuple[Array, Array]:
    """Eigenvalues and eigenvectors (rows) of rows' rows, by the smaller of the two products."""
    n, k = rows.shape
    values, vectors = np.linalg.eigh(rows.T @ rows if n >= k else rows @ rows.T)
    kept = values > DECIDED * max(values[-1], DECIDED)
    kept[-1] = True  # every cluster has a place
    values, vectors = np.clip(values[kept], 0, 1), vectors[:, kept]
    if n >= k:
        return values, vectors.T
    return values, (rows.T @ vectors / np.sqrt(np.maximum(values, DECIDED))).T


def _inverse_root(leverage: Array) -> Array:
    """(1 - leverage)^(-1/2), and 0 where a cluster decides a direction alone (the pseudo-inverse)."""
    rest = 1 - leverage
    decided = rest < DECIDED
    return np.where(decided, 0.0, 1 / np.sqrt(np.where(decided, 1.0, rest)))
