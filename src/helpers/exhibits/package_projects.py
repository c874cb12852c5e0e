"""Exhibits on packages and projects: whether a project gives all its participants the same, and what that means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from helpers.exhibits.evaluation_rows import SCHEME, mean_of, sample
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.package_users import users
from helpers.exhibits.tell import told_apart
from helpers.methods.intervals import Difference
from helpers.methods.trial import mean_difference
from helpers.presentation.charts.intervals import interval_plot
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import group_keys, group_of, lookup, row
from helpers.presentation.wording import Wording

DOMINATED = 0.7
"""A project is dominated by a package that more than this share of its participants have (figure 3.19)."""
SMALLEST = 10
"""Participants a project needs to be drawn."""


def by_project(desk: Desk) -> Exhibit:
    """The packages within each project, projects by size and unnamed."""
    words, data = desk.wording, users(desk)
    rows = desk.ledger.record("package_projects", _rows(desk, data))
    bars = rows[rows["term"] == "largest_package_share"]
    told = bars.assign(
        label=[_name(words, str(bar["group"]), bar["n"]) for _, bar in bars.iterrows()],
        text=bars["value"].map(words.percent),
    )
    figure = interval_plot(
        told,
        value_text="text",
        x_label=words.text("Share of the project's participants in its most common package"),
        format=words.percent,
        limits=(0.0, 1.0),
        reference=DOMINATED,
        reference_label=words.text("Dominated by one package"),
    )
    dominated = lookup(rows, term="over_70_percent_in_one_package")
    gap = lookup(rows, statistic="difference", term="number_of_measures")
    return Exhibit(
        key="package_projects",
        rows=rows,
        caption=words.text(
            "How large a share of each project's participants have the same package, the largest project first; in "
            "brackets the number of participants. Projects with fewer than {smallest} are not drawn.",
            smallest=words.count(SMALLEST),
        ),
        svg=to_svg(figure),
        alt=words.text(
            "{share} of the projects have more than {limit} of their participants in one package.",
            share=words.percent(dominated["value"]),
            limit=words.percent(DOMINATED),
        ),
        phrases={
            "share_dominated": words.percent(dominated["value"]),
            "dominated_limit": words.percent(DOMINATED),
            "dominated_finding": dominated_finding(words, gap),
        },
    )


def _name(words: Wording, group: str, n: float) -> str:
    """A project's number, and its size unless that is hidden."""
    number = group_keys(group)["project"]
    if np.isnan(n):
        return words.text("Project {number}", number=number)
    return words.text("Project {number} ({n})", number=number, n=words.count(n))


def dominated_finding(words: Wording, gap: pd.Series) -> str:
    """Whether participants of dominated projects have fewer measures than the others."""
    size = words.number(abs(gap["value"]), 1)
    return {
        "below": words.text(
            "Their participants have {size} fewer measures on average than those of the others.", size=size
        ),
        "above": words.text(
            "Their participants have {size} more measures on average than those of the others.", size=size
        ),
        "not_distinguishable": words.text(
            "Whether their participants have more or fewer measures than those of the others cannot be told apart from "
            "chance."
        ),
    }[told_apart(gap)]


def _rows(desk: Desk, data: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(data["project_name"], data["package"])
    size = counts.sum(axis=1)
    largest = counts.max(axis=1) / size
    dominated = largest > DOMINATED
    order = size[size >= SMALLEST].sort_values(ascending=False, kind="stable").index
    bars = [
        row(
            "share",
            largest[name],
            scheme=SCHEME,
            group=group_of(project=number),
            term="largest_package_share",
            sample=sample("a"),
            n=size[name],
            unit="fraction",
        )
        for number, name in enumerate(order, start=1)
    ]
    inside = data["project_name"].map(dominated).astype(float)
    measures = desk.study.registers.jobbsjansen_measures.reindex(data.index).sum(axis=1).astype(float)
    means = [
        mean_of(desk, measures[inside == flag], part="a", term="number_of_measures", group={"projects": name})
        for flag, name in ((1.0, "dominated"), (0.0, "other"))
        if (inside == flag).any()
    ]
    return pd.concat([pd.DataFrame([*bars, *_summary(counts, size, dominated), _gap(measures, inside)]), *means])


def _summary(counts: pd.DataFrame, size: pd.Series, dominated: pd.Series) -> list[dict[str, object]]:
    """The share of projects dominated by one package, and how variety goes with size."""
    shares = counts.div(size, axis=0)
    diversity = 1 - (shares**2).sum(axis=1)
    about: dict[str, Any] = {"scheme": SCHEME, "sample": sample("a")}
    correlation = stats.spearmanr(diversity, size)
    return [
        row("share", dominated.mean(), term="over_70_percent_in_one_package", n=len(size), unit="projects", **about),
        row("correlation", float(correlation.statistic), term="package_diversity~project_size", n=len(size), **about),
    ]


def _gap(measures: pd.Series, inside: pd.Series) -> dict[str, object]:
    """Mean number of measures in dominated projects minus that in the others."""
    found = Difference(np.nan, np.nan, np.nan, np.nan)
    if 1 < inside.sum() < len(inside) - 1:
        found = mean_difference(measures, inside, permutations=100).difference
    return row(
        "difference",
        found.value,
        scheme=SCHEME,
        term="number_of_measures",
        sample=sample("a"),
        n=len(measures),
        std_error=found.std_error,
        low=found.low,
        high=found.high,
    )
