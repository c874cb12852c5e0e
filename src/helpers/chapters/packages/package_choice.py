"""Exhibits on how the packages were found: the number of clusters, the tree, and whether another method agrees."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.chapters.packages.packages import packages_sample
from resultatbok.charts.dendrogram import dendrogram
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.packages import truncate_tree
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.table import Column, Table

CRITERIA = ("adjusted_bic", "bic", "silhouette")
MERGE = ("merge_left", "merge_right", "merge_height", "merge_leaves")
"""The columns of a linkage matrix, as statistics of the ledger."""
LEAVES = 12
"""Branches that the tree is drawn with."""
ROUND_TO = 5
"""Branch sizes are told to this many participants, so that no small branch is."""


@exhibit("package_choice", phrases="n_clusters package_agreement")
def number_of_packages(desk: Desk) -> Exhibit:
    """The criteria by number of clusters, and the number chosen."""
    words = desk.wording
    recorded = desk.rows("package_choice", lambda: _choice_rows(desk))
    n_clusters = lookup(recorded, statistic="count", term="clusters")["value"]
    tried = [int(group_keys(g)["clusters"]) for g in recorded.loc[recorded["statistic"] == CRITERIA[0], "group"]]
    heads = [
        words.text("Clusters"),
        words.text("Adjusted BIC"),
        words.text("BIC"),
        words.text("Silhouette"),
        words.text("Number"),
    ]
    lines = [_line(desk, recorded, k, k == n_clusters) for k in tried]
    return Exhibit(
        key="package_choice",
        rows=recorded,
        caption=words.text(
            "How many clusters? A lower adjusted BIC and a higher silhouette are better. The number with the lowest "
            "adjusted BIC is used; a cluster without a clear profile becomes the rest category."
        )
        if lines
        else words.text("The number of clusters is set in the cohort file."),
        table=Table(
            [Column(head, numeric=i < len(heads) - 1) for i, head in enumerate(heads)],
            lines or [[words.count(n_clusters), "", "", "", words.text("set")]],
        ),
        phrases={
            "n_clusters": words.count(n_clusters),
            "package_agreement": words.number(lookup(recorded, statistic="adjusted_rand_index")["value"], 2),
        },
    )


@exhibit("package_tree")
def tree(desk: Desk) -> Exhibit:
    """Ward's tree, from the branches that are joined last."""
    words = desk.wording
    rows = desk.rows("package_tree", lambda: _tree_rows(desk))
    n_clusters = int(lookup(rows, statistic="count", term="clusters")["value"])
    merges = np.column_stack([rows.loc[rows["statistic"] == part, "value"] for part in MERGE])
    figure = dendrogram(
        merges,
        [words.count(size) for size in rows.loc[rows["statistic"] == "rounded_count", "value"]],
        y_label=words.text("Dissimilarity at which branches are joined"),
        x_label=words.text("Participants in the branch, to the nearest five"),
        format=lambda x: words.number(x, 0),
        cut=_cut(merges, n_clusters),
    )
    heights = [words.number(height, 0) for height in merges[::-1, MERGE.index("merge_height")][:n_clusters]]
    return Exhibit(
        key="package_tree",
        rows=rows,
        caption=words.text(
            "Ward's tree of the combinations of measures, its last joins. The dashed line cuts it into {n} clusters, "
            "where the packages begin.",
            n=words.count(n_clusters),
        ),
        svg=to_svg(figure),
        alt=words.text("Heights of the last joins, from the top: {values}.", values=", ".join(heights)),
    )


def _choice_rows(desk: Desk) -> pd.DataFrame:
    packages = desk.study.packages
    n, table = len(packages.labels), packages.choice
    about: dict[str, Any] = {"scheme": "jobbsjansen", "n": n}
    rows = [
        row(criterion, table.loc[k, criterion], group=group_of(clusters=k), **about)
        for k in table.index
        for criterion in CRITERIA
    ]
    names = len(packages.names)
    rows.append(row("count", names, term="packages", unit="packages", sample=packages_sample(desk), **about))
    rows.append(row("count", len(packages.clusters), term="clusters", unit="clusters", **about))
    rows.append(row("adjusted_rand_index", packages.agreement, term="packages", **about))
    return pd.DataFrame(rows)


def _tree_rows(desk: Desk) -> pd.DataFrame:
    """Each join with the two branches it joins and the leaves below it, and the sizes of the leaves, rounded."""
    packages = desk.study.packages
    leaves = min(LEAVES, len(packages.linkage))
    merges, branch = truncate_tree(packages.linkage, leaves)
    sizes = ROUND_TO * np.round(np.bincount(branch, minlength=leaves) / ROUND_TO)
    about: dict[str, Any] = {"scheme": "jobbsjansen", "n": len(packages.linkage) + 1}
    joins = [
        row(statistic, value, group=group_of(merge=number), **about)
        for number, merge in enumerate(merges, start=1)
        for statistic, value in zip(MERGE, merge, strict=True)
    ]
    branches = [row("rounded_count", size, group=group_of(branch=b), **about) for b, size in enumerate(sizes, start=1)]
    cut = row("count", len(packages.clusters), term="clusters", unit="clusters", **about)
    return pd.DataFrame([*joins, *branches, cut])


def _cut(merges: np.ndarray, n_clusters: int) -> float | None:
    """A height between the join that leaves one cluster more and the one that leaves one less."""
    if not 1 < n_clusters <= len(merges):
        return None
    return float(merges[-n_clusters, 2] + merges[-n_clusters + 1, 2]) / 2


def _line(desk: Desk, rows: pd.DataFrame, k: int, chosen: bool) -> list[str]:
    words, own = desk.wording, rows[rows["group"] == group_of(clusters=k)]
    values = {criterion: lookup(own, statistic=criterion)["value"] for criterion in CRITERIA}
    return [
        words.count(k),
        words.count(values["adjusted_bic"]),
        words.count(values["bic"]),
        words.number(values["silhouette"], 2),
        words.text("chosen") if chosen else "",
    ]
