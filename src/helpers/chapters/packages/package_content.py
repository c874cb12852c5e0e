"""Exhibits on what the packages hold: measures of each type, and what sets a package apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.packages import package_label
from helpers.chapters.packages.packages import packages_sample
from helpers.study.measures import single_measures
from helpers.study.package_naming import TYPES
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import mean_by, share_by
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.release.rounding import to_be_rounded
from resultatbok.tables.table import Column, Table, hidden_note

PRACTICE = "v3_2_3"
COMMON = 0.5
"""A measure that more than this share of a package had is common in it."""


@exhibit("package_content")
def measures_by_package(desk: Desk) -> Exhibit:
    """Mean number of measures of each type in each package."""
    words = desk.wording
    rows = desk.rows("package_content", lambda: _rows(desk))
    means = rows[rows["statistic"] == "mean"]
    names = list(dict.fromkeys(group_keys(group).get("package", "") for group in means["group"]))
    heads = [words.text("Type of measure"), *(package_label(desk, n) if n else words.text("All") for n in names)]
    lines = []
    for kind in (*TYPES, ""):
        groups = [_group(name, kind) for name in names]
        label = words.label(group_of(category=kind)) if kind else words.text("All measures")
        lines.append([label, *(words.number(lookup(means, group=group)["value"], 1) for group in groups)])
    return Exhibit(
        key="package_content",
        rows=rows,
        caption=words.text("Mean number of measures of each type per participant, by package."),
        table=Table(
            [Column(head, numeric=i > 0) for i, head in enumerate(heads)], lines, note=hidden_note(rows, words)
        ),
    )


def _rows(desk: Desk) -> pd.DataFrame:
    packages, measures = desk.study.packages, desk.study.registers.single_measures
    kinds = single_measures()["category"].reindex(measures.columns)
    numbers = pd.DataFrame({kind: measures.loc[:, (kinds == kind).to_numpy()].sum(axis=1) for kind in TYPES}).astype(
        float
    )
    numbers[""] = measures.sum(axis=1).astype(float)
    data = numbers.assign(package=pd.Categorical(packages.labels, [str(name) for name in packages.sizes.index]))
    about = {"scheme": "jobbsjansen", "sample": packages_sample(desk)}
    frames = []
    for kind in (*TYPES, ""):
        for by in ([], ["package"]):
            means = mean_by(data, kind, by, level=desk.study.cohort.analysis.confidence_level)
            names = means["package"].astype(str) if by else pd.Series("", index=means.index)
            keys = {
                "statistic": "mean",
                "group": [_group(n, kind) for n in names],
                "term": "number_of_measures",
                **about,
            }
            frames.append(means[["value", "n", "std_error", "low", "high"]].assign(**keys))
    for kind in ("society", "health"):
        had = data.assign(had=(data[kind] > 0).astype(float))
        shares = share_by(had, "had", ["package"], level=desk.study.cohort.analysis.confidence_level)
        groups = shares["package"].astype(str).map(lambda name: group_of(package=name))
        rows = share_rows(shares, "jobbsjansen", groups, f"any_{kind}_measure", sample=packages_sample(desk))
        frames.append(to_be_rounded(rows))
    return pd.concat([*frames, pd.DataFrame(_common(desk, about))], ignore_index=True)


def _common(desk: Desk, about: dict[str, str]) -> list[dict[str, Any]]:
    """How many measures, besides work practice, more than half of a package had."""
    packages = desk.study.packages
    common = (packages.profiles.drop(columns=PRACTICE, errors="ignore") > COMMON).sum(axis=1)
    keys: dict[str, Any] = {**about, "term": "measures_used_by_over_half_besides_work_practice", "unit": "measures"}
    return [
        row("count", common[name], group=group_of(package=name), n=packages.sizes[name], **keys)
        for name in packages.profiles.index
    ]


def _group(package: str, kind: str) -> str:
    keys = ({"package": package} if package else {}) | ({"category": kind} if kind else {})
    return group_of(**keys)
