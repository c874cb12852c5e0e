"""Exhibits on how the packages were found: the number of clusters, the tree, and whether another method agrees."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.packages import packages_sample
from helpers.methods.packages import truncate_tree
from helpers.presentation.charts.dendrogram import dendrogram
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import group_of, lookup, row
from helpers.presentation.tables import Column, Table

CRITERIA = ("adjusted_bic", "bic", "silhouette")
LEAVES = 12
"""Branches that the tree is drawn with."""
ROUND_TO = 5
"""Branch sizes are told to this many participants, so that no small branch is."""


def number_of_packages(desk: Desk) -> Exhibit:
    """The criteria by number of clusters, and the number chosen."""
    words, packages = desk.wording, desk.study.packages
    n = len(packages.labels)
    table = packages.choice
    rows: list[dict[str, Any]] = [
        row(criterion, table.loc[k, criterion], scheme="jobbsjansen", group=group_of(clusters=k), n=n)
        for k in table.index
        for criterion in CRITERIA
    ]
    rows.append(
        row(
            "count",
            len(packages.names),
            scheme="jobbsjansen",
            term="packages",
            n=n,
            unit="packages",
            sample=packages_sample(desk),
        )
    )
    rows.append(row("count", len(packages.clusters), scheme="jobbsjansen", term="clusters", n=n, unit="clusters"))
    rows.append(row("adjusted_rand_index", packages.agreement, scheme="jobbsjansen", term="packages", n=n))
    recorded = desk.ledger.record("package_choice", pd.DataFrame(rows))
    heads = [
        words.text("Clusters"),
        words.text("Adjusted BIC"),
        words.text("BIC"),
        words.text("Silhouette"),
        words.text("Number"),
    ]
    lines = [_line(desk, recorded, int(k), bool(table.loc[k, "chosen"])) for k in table.index]
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
            lines or [[words.count(len(packages.clusters)), "", "", "", words.text("set")]],
        ),
        phrases={
            "n_clusters": words.count(len(packages.clusters)),
            "package_agreement": words.number(lookup(recorded, statistic="adjusted_rand_index")["value"], 2),
        },
    )


def tree(desk: Desk) -> Exhibit:
    """Ward's tree, from the branches that are joined last."""
    words, packages = desk.wording, desk.study.packages
    leaves = min(LEAVES, len(packages.linkage))
    merges, branch = truncate_tree(packages.linkage, leaves)
    sizes = ROUND_TO * np.round(np.bincount(branch, minlength=leaves) / ROUND_TO)
    cut = _cut(merges, len(packages.clusters))
    rows = desk.ledger.record(
        "package_tree",
        pd.DataFrame(
            row("merge_height", height, scheme="jobbsjansen", group=group_of(merge=number), n=len(packages.linkage) + 1)
            for number, height in enumerate(merges[:, 2], start=1)
        ),
    )
    figure = dendrogram(
        np.column_stack([merges[:, :2], rows["value"].to_numpy(), merges[:, 3]]),
        [words.count(size) for size in sizes],
        y_label=words.text("Dissimilarity at which branches are joined"),
        x_label=words.text("Participants in the branch, to the nearest five"),
        format=lambda x: words.number(x, 0),
        cut=cut,
    )
    heights = [words.number(height, 0) for height in rows["value"].iloc[::-1].head(len(packages.clusters))]
    return Exhibit(
        key="package_tree",
        rows=rows,
        caption=words.text(
            "Ward's tree of the combinations of measures, its last joins. The dashed line cuts it into {n} clusters, "
            "where the packages begin.",
            n=words.count(len(packages.clusters)),
        ),
        svg=to_svg(figure),
        alt=words.text("Heights of the last joins, from the top: {values}.", values=", ".join(heights)),
    )


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
