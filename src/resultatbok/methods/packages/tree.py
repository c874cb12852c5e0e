"""Ward's hierarchical clustering, cut into exactly the wanted number of clusters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import linkage

from resultatbok.methods.packages.patterns import Array, Ints, Patterns


def ward_tree(sample: Patterns) -> Array:
    """Ward's linkage over persons (equal persons are separate leaves), in the canonical order of their combinations.

    Memory grows with the square of the persons: 5,000 take 100 MB.
    """
    return np.asarray(linkage(sample.points[sample.persons()], "ward"))


def cut_tree(tree: Array, n_clusters: int) -> Ints:
    """The cluster of each leaf when the tree is cut into exactly `n_clusters`, also where heights are equal."""
    top = _top_nodes(tree, n_clusters)
    n = len(tree) + 1
    label = np.full(2 * n - 1, -1)
    label[top] = np.arange(len(top))
    for node in range(2 * n - 2, n - 1, -1):
        if label[node] >= 0:
            label[tree[node - n, :2].astype(int)] = label[node]
    return label[:n]


def truncate_tree(tree: Array, n_leaves: int) -> tuple[Array, Ints]:
    """The upper part of a tree, for a dendrogram that can be read.

    Args:
        tree: A linkage matrix as scipy's.
        n_leaves: Leaves to keep.

    Returns:
        The linkage matrix of the last merges, whose leaves are branches of the full tree, and the branch of
        each original leaf.
    """
    n, top = len(tree) + 1, _top_nodes(tree, n_leaves)
    branch = cut_tree(tree, n_leaves)
    number = {int(node): i for i, node in enumerate(top)}
    merges, sizes = np.empty((len(top) - 1, 4)), [1.0] * len(top)
    for i, (left, right, height, _) in enumerate(tree[n - len(top) :]):
        a, b = number[int(left)], number[int(right)]
        number[2 * n - len(top) + i] = len(top) + i
        sizes.append(sizes[a] + sizes[b])
        merges[i] = (a, b, height, sizes[-1])
    return merges, branch


def _top_nodes(tree: Array, n_clusters: int) -> npt.NDArray[np.int64]:
    """The nodes below the last n_clusters - 1 merges, in ascending order."""
    n = len(tree) + 1
    if not 1 <= n_clusters <= n:
        raise ValueError(f"a tree of {n} leaves cannot be cut into {n_clusters} clusters")
    if n_clusters == 1:
        return np.array([2 * n - 2])
    first_split = 2 * n - n_clusters
    children = tree[first_split - n :, :2].astype(int).ravel()
    return np.sort(children[children < first_split])
