"""Exhibits on packages and projects: whether a project gives all its participants the same, and what that means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from helpers.chapters.common.tell import told_apart
from helpers.chapters.evaluation.evaluation_rows import SCHEME, mean_of, sample
from helpers.chapters.evaluation.package_users import users
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.words.wording import Wording

DOMINATED = 0.7
"""A project is dominated by a package that more than this share of its participants have (figure 3.19)."""
FEWEST = 2
"""Projects of each kind that are needed to compare them."""
SMALLEST = 10
"""Participants a project needs to be drawn."""


@exhibit("package_projects", phrases="projects_dominated dominated_limit dominated_finding")
def by_project(desk: Desk) -> Exhibit:
    """The packages within each project, projects by size and unnamed."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = users(desk)
        return _rows(desk, data)

    rows = desk.rows("package_projects", numbers)
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
            "projects_dominated": words.text(
                "{n} of {all} projects",
                n=words.count(dominated["value"] * dominated["n"]),
                all=words.count(dominated["n"]),
            ),
            "dominated_limit": words.percent(DOMINATED),
            "dominated_finding": dominated_finding(words, rows[rows["statistic"] == "difference"]),
        },
    )


def _name(words: Wording, group: str, n: float) -> str:
    """A project's number, and its size unless that is hidden."""
    number = group_keys(group)["project"]
    if np.isnan(n):
        return words.text("Project {number}", number=number)
    return words.text("Project {number} ({n})", number=number, n=words.count(n))


def dominated_finding(words: Wording, gaps: pd.DataFrame) -> str:
    """Whether participants of dominated projects have fewer measures than the others.

    Args:
        words: The reader's language.
        gaps: The difference with its interval; empty where there are too few projects.
    """
    if gaps.empty:
        return words.text("There are too few projects to compare how many measures their participants have.")
    gap = gaps.iloc[0]
    values = {
        "size": words.number(abs(gap["value"]), 1),
        "interval": words.interval(gap["low"], gap["high"], "number", 1),
    }
    return {
        "below": words.text(
            "The participants of these projects have {size} fewer measures on average than those of the others "
            "({interval}).",
            **values,
        ),
        "above": words.text(
            "The participants of these projects have {size} more measures on average than those of the others "
            "({interval}).",
            **values,
        ),
        "not_distinguishable": words.text(
            "Whether the participants of these projects have more or fewer measures than those of the others cannot be "
            "told: the difference is {size} ({interval}).",
            **values | {"size": words.number(gap["value"], 1)},
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
    gap = _gap(desk, measures, inside, data["project_name"])
    return pd.concat([pd.DataFrame([*bars, *_summary(counts, size, dominated), *gap]), *means])


def _summary(counts: pd.DataFrame, size: pd.Series, dominated: pd.Series) -> list[dict[str, object]]:
    """The share of projects dominated by one package, and how variety goes with size."""
    shares = counts.div(size, axis=0)
    diversity = 1 - (shares**2).sum(axis=1)
    about: dict[str, Any] = {"scheme": SCHEME, "sample": sample("a")}
    correlation = stats.spearmanr(diversity, size)
    return [
        row("share", dominated.mean(), term="over_70_percent_in_one_package", n=len(size), unit="projects", **about),
        row(
            "correlation",
            float(correlation.statistic),
            term="package_diversity~project_size",
            n=len(size),
            unit="projects",
            **about,
        ),
    ]


def _gap(desk: Desk, measures: pd.Series, inside: pd.Series, projects: pd.Series) -> list[dict[str, object]]:
    """Mean number of measures in dominated projects minus that in the others, with errors clustered by project.

    No row where either kind has fewer than two projects.
    """
    if projects.groupby(inside).nunique().reindex([0.0, 1.0], fill_value=0).min() < FEWEST:
        return []
    model = sm.OLS(measures, sm.add_constant(inside.rename("dominated")))
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(projects)[0]}, use_t=True)
    low, high = fit.conf_int(1 - desk.study.cohort.analysis.confidence_level).loc["dominated"]
    return [
        row(
            "difference",
            float(fit.params["dominated"]),
            scheme=SCHEME,
            term="number_of_measures",
            sample=sample("a"),
            n=len(measures),
            std_error=float(fit.bse["dominated"]),
            low=float(low),
            high=float(high),
        )
    ]
