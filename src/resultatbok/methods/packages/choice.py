"""How many clusters: criteria for each number that comes into question."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_score

from resultatbok.methods.packages.partition import Tree, partition
from resultatbok.methods.packages.patterns import Patterns

NUMBERS = range(2, 13)

# Persons that the criteria are computed on, and the silhouette (which needs all distances between them).
CHOICE_ROWS = 4_000
SILHOUETTE_ROWS = 1_500


def compare_numbers(patterns: Patterns, tree: Tree, rng: np.random.Generator) -> pd.DataFrame:
    """Criteria for 2 to 12 clusters.

    Returns:
        Indexed by `n_clusters`: `adjusted_bic` (which decides), `bic`, `silhouette` (mean, Euclidean),
        `chosen`.
    """
    drawn = patterns.draw(CHOICE_ROWS, rng)
    judged = drawn.draw(SILHOUETTE_ROWS, rng)
    distances = squareform(pdist(judged.points[judged.persons()]))
    rows = {}
    for k in NUMBERS:
        if k > min(len(tree.sample.points), len(judged.points) - 1):
            break
        found = partition(drawn, tree, k)
        labels = found.classes.membership(judged.points).argmax(axis=1)[judged.persons()]
        several = 1 < len(np.unique(labels)) < len(labels)
        silhouette = silhouette_score(distances, labels, metric="precomputed") if several else np.nan
        rows[k] = (found.classes.adjusted_bic, found.classes.bic, float(silhouette))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["adjusted_bic", "bic", "silhouette"])
    table["chosen"] = table["adjusted_bic"] == table["adjusted_bic"].min()
    return table.rename_axis("n_clusters")
