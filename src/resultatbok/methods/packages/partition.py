"""One partition of persons: Ward's clusters, moved by k-means, then by the latent classes they suggest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resultatbok.methods.packages.latent_classes import MAX_ITERATIONS, LatentClasses, fit_latent_classes
from resultatbok.methods.packages.patterns import Array, Ints, Patterns
from resultatbok.methods.packages.tree import cut_tree

K_MEANS_ITERATIONS = 100


@dataclass(frozen=True)
class Tree:
    """Ward's tree and the persons who are its leaves."""

    sample: Patterns
    linkage: Array

    def centres(self, n_clusters: int) -> Array:
        """Share of each measure in each cluster of the cut tree."""
        leaves = self.sample.points[self.sample.persons()]
        member = np.eye(n_clusters)[cut_tree(self.linkage, n_clusters)]
        return np.asarray(member.T @ leaves / member.sum(axis=0)[:, None])


@dataclass(frozen=True)
class Partition:
    """Where k-means and the latent classes put each combination."""

    classes: LatentClasses
    k_means: Ints
    labels: Ints


def partition(patterns: Patterns, tree: Tree, n_clusters: int, max_iterations: int = MAX_ITERATIONS) -> Partition:
    """Divide persons into clusters.

    Args:
        patterns: The persons to divide.
        tree: Ward's tree over all of them or a draw.
        n_clusters: Clusters.
        max_iterations: Of the latent classes.
    """
    nearest = k_means(patterns, tree.centres(n_clusters))
    classes = fit_latent_classes(patterns, nearest, n_clusters, max_iterations)
    return Partition(classes, nearest, classes.membership(patterns.points).argmax(axis=1))


def k_means(patterns: Patterns, centres: Array) -> Ints:
    """Lloyd's algorithm from given centres: the cluster of each combination. An emptied cluster keeps its centre."""
    labels = np.full(len(patterns.points), -1)
    for _ in range(K_MEANS_ITERATIONS):
        before, labels = labels, nearest_centre(patterns.points, centres)
        if np.array_equal(before, labels):
            break
        member = np.eye(len(centres))[labels] * patterns.counts[:, None]
        size = member.sum(axis=0)[:, None]
        centres = np.where(size > 0, member.T @ patterns.points / np.maximum(size, 1), centres)
    return labels


def nearest_centre(points: Array, centres: Array) -> Ints:
    """The centre with the smallest squared distance to each point."""
    return np.asarray(np.argmin((centres**2).sum(axis=1) - 2 * points @ centres.T, axis=1))
