"""Whether a cluster is found again in bootstrap samples.

Source: Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics and Data
Analysis 52, 258-271.
"""

from __future__ import annotations

import numpy as np

from resultatbok.methods.packages.partition import Tree, partition
from resultatbok.methods.packages.patterns import Array, Ints, Patterns
from resultatbok.methods.packages.tree import ward_tree

N_BOOTSTRAP = 25

# Persons in a bootstrap sample, those of them whom Ward's tree is grown on, and steps of the latent
# classes. Smaller than in the analysis itself, so that the clusters are found again rather less easily than
# they should be, never more.
BOOTSTRAP_ROWS = 4_000
BOOTSTRAP_TREE_ROWS = 1_000
BOOTSTRAP_ITERATIONS = 20


def bootstrap_jaccard(patterns: Patterns, labels: Ints, n_clusters: int, rng: np.random.Generator) -> Array:
    """Mean Jaccard similarity of each cluster to the most similar one of a bootstrap sample.

    Args:
        patterns: The persons.
        labels: The cluster of each combination.
        n_clusters: Clusters.
        rng: Source of the draws.

    Returns:
        One number between 0 and 1 per cluster. Above 0.75 a cluster counts as stable, below 0.6 as not to
        be trusted.
    """
    runs = [_one_bootstrap(patterns, labels, n_clusters, rng) for _ in range(N_BOOTSTRAP)]
    return np.asarray(np.mean(runs, axis=0))


def _one_bootstrap(patterns: Patterns, labels: Ints, n_clusters: int, rng: np.random.Generator) -> Array:
    drawn = rng.choice(patterns.persons(), min(patterns.n, BOOTSTRAP_ROWS))
    counts = np.bincount(drawn, minlength=len(patterns.points)).astype(float)
    sample = patterns.keep(counts)
    leaves = sample.draw(BOOTSTRAP_TREE_ROWS, rng)
    n_found = min(n_clusters, len(leaves.points))
    again = partition(sample, Tree(leaves, ward_tree(leaves)), n_found, BOOTSTRAP_ITERATIONS).labels
    return jaccard(labels[counts > 0], again, sample.counts, n_clusters)


def jaccard(first: Ints, second: Ints, weights: Array, n_clusters: int) -> Array:
    """For each cluster of the first partition, the largest Jaccard similarity to a cluster of the second."""
    both = np.zeros((n_clusters, n_clusters))
    np.add.at(both, (first, second), weights)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0) - both
    return np.asarray(np.divide(both, either, out=np.zeros_like(both), where=either > 0).max(axis=1))
