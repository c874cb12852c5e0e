"""Finding measure packages.

Participants are clustered by Ward's method and k-means, and each is then moved to the cluster under which
the measures are most probable (latent classes). Clusters that do not come back in bootstrap samples, or in
which no measure is common, are the rest category: participants without a clear programme. What was tried and
measured is in `docs/decisions/0004-measure-packages.md`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from resultatbok.methods.errors import ModelError
from resultatbok.methods.packages.choice import compare_numbers
from resultatbok.methods.packages.partition import Tree, partition
from resultatbok.methods.packages.patterns import Array, Ints, Patterns, check_measures, combine
from resultatbok.methods.packages.result import REST, Packages
from resultatbok.methods.packages.stability import bootstrap_jaccard
from resultatbok.methods.packages.tree import ward_tree

# A cluster is a package if it is at least this stable, and if some measure is more common than this in it.
LEAST_STABILITY = 0.75
CLEAR_SHARE = 0.60

# Persons whom Ward's tree is grown on: its memory grows with their square.
TREE_ROWS = 5_000


def find_packages(measures: pd.DataFrame, n_packages: int | None = None, seed: int = 0) -> Packages:
    """Find groups of participants with similar combinations of measures.

    The result does not depend on the order of rows or columns.

    Args:
        measures: One row per participant, one 0/1 column per measure.
        n_packages: Clusters to divide the participants into, the rest among them; chosen by the sample-size
            adjusted BIC of the latent classes if not given.
        seed: Of the bootstrap and of the draws from large data.

    Raises:
        ModelError: A value is not 0 or 1, fewer than two packages are asked for, or there are no more different
            combinations than clusters.
    """
    if n_packages is not None and n_packages < 2:
        raise ModelError(f"n_packages is {n_packages}; expected at least 2")
    checked = check_measures(measures)
    patterns, combination = combine(checked)
    rng = np.random.default_rng(seed)
    tree = _grow(patterns, n_packages or 2, rng)
    choice = pd.DataFrame() if n_packages else compare_numbers(patterns, tree, rng)
    n_clusters = n_packages or int(choice.index[choice["chosen"]][0])
    found = partition(patterns, tree, n_clusters)
    clusters = _judge(patterns, found.labels, bootstrap_jaccard(patterns, found.labels, n_clusters, rng))
    labels = clusters["label"].to_numpy()[found.labels][combination]
    names = _names(clusters)
    return Packages(
        labels=pd.Series(labels, measures.index, name="package", dtype="str"),
        profiles=checked.astype(float).groupby(labels).mean().reindex(names).rename_axis("package"),
        sizes=clusters.groupby("label")["size"].sum().reindex(names).rename_axis("package"),
        stability=_stability(clusters, names),
        clusters=clusters,
        choice=choice,
        agreement=float(adjusted_rand_score(found.k_means[combination], found.labels[combination])),
        linkage=tree.linkage,
        linkage_index=_leaves(patterns, tree, combination, measures.index),
        classes=found.classes,
    )


def _grow(patterns: Patterns, least: int, rng: np.random.Generator) -> Tree:
    if len(patterns.points) <= least:
        raise ModelError(
            f"the participants have {len(patterns.points)} different combinations of measures; "
            f"expected more than {least}, the number of clusters"
        )
    sample = patterns.draw(TREE_ROWS, rng)
    return Tree(sample, ward_tree(sample))


def _judge(patterns: Patterns, labels: Ints, stability: Array) -> pd.DataFrame:
    """Size, largest share and label of each cluster: the rest rule."""
    member = np.eye(len(stability))[labels] * patterns.counts[:, None]
    size = member.sum(axis=0)
    share = (member.T @ patterns.points / np.maximum(size, 1)[:, None]).max(axis=1)
    reason = np.select([share <= CLEAR_SHARE, stability < LEAST_STABILITY], ["no_clear_profile", "unstable"], "")
    label = np.full(len(size), REST, dtype=object)
    largest_first = np.argsort(-size, kind="stable")
    for number, i in enumerate((i for i in largest_first if not reason[i]), start=1):
        label[i] = f"package_{number}"
    return pd.DataFrame(
        {
            "label": label,
            "size": size.astype(int),
            "stability": stability,
            "largest_share": share,
            "reason": reason,
        }
    ).rename_axis("cluster")


def _names(clusters: pd.DataFrame) -> list[str]:
    """The labels in use: packages by number, then the rest."""
    used = set(clusters["label"][clusters["size"] > 0])
    return [*sorted(used - {REST}, key=lambda name: int(name.rpartition("_")[2])), *(used & {REST})]


def _stability(clusters: pd.DataFrame, names: list[str]) -> pd.Series:
    weighted = (clusters["stability"] * clusters["size"]).groupby(clusters["label"]).sum()
    total = clusters.groupby("label")["size"].sum()
    return (weighted / total).reindex(names).rename_axis("package").rename("stability")


def _leaves(patterns: Patterns, tree: Tree, combination: Ints, index: pd.Index) -> pd.Index:
    """The participants who are the leaves: for each combination drawn, as many of those who have it."""
    key = {tuple(point): i for i, point in enumerate(patterns.points)}
    order = np.argsort(combination, kind="stable")
    start = np.concatenate([[0], np.cumsum(patterns.counts).astype(int)])
    chosen = [
        order[start[i] : start[i] + int(count)]
        for point, count in zip(tree.sample.points, tree.sample.counts, strict=True)
        for i in [key[tuple(point)]]
    ]
    return index[np.concatenate(chosen)]
