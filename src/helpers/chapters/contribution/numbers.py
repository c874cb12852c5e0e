"""Numbers of the contribution chapter: expected, actual and contribution of the projects, in both definitions."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from helpers.chapters.common.contribution_projects import (
    about_projects,
    class_rows,
    projects_sample,
    shrunken_projects,
    unnamed_projects,
)
from helpers.chapters.common.extremes import from_lowest
from helpers.chapters.contribution.terms import CORNERS, NEAR_ZERO_CLASSES, QUANTITIES
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.project_effects import Definition, project_effects
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.contribution import contribution_percentiles as percentiles_by
from resultatbok.methods.contribution import quadrant
from resultatbok.methods.project_classes import class_by_size
from resultatbok.release.rows import group_of, row

EXAMPLES: Final = {"a": 10, "b": 90}
"""The percentile of the contribution that the example projects of each scheme are nearest to."""
PERCENTILES: Final = (10, 25, 50, 75, 90)
DEFINITIONS: Final[tuple[Definition, ...]] = ("entry", "report_2022")
TERMS: Final = {
    "contribution": "contribution",
    "actual": "actual_goal_attainment",
    "expected": "expected_goal_attainment",
}


def contribution_quadrants(study: Study) -> pd.DataFrame:
    """How many projects are in each quadrant."""
    average = study.complete[OUTCOME].mean()
    counts = quadrant(unnamed_projects(study), average).value_counts()
    return pd.DataFrame(
        row("count", counts[name], group=group_of(quadrant=name), term="projects", **about_projects(study))
        for name in CORNERS.values()
    )


def contribution_scatter(study: Study) -> pd.DataFrame:
    """Ledger rows of the unnamed projects: expected, actual and contribution (fractions), and the overall average."""
    rows = [
        row(
            quantity,
            round(float(p[quantity]), 2),
            group=group_of(project=name),
            term="goal_attainment",
            **_about_one(study, p),
        )
        for name, p in unnamed_projects(study).iterrows()
        for quantity in QUANTITIES
    ]
    attained = study.complete[OUTCOME]
    average = row("share", attained.mean(), term="goal_attainment", n=len(attained), unit="fraction")
    return pd.concat([pd.DataFrame([*rows, average]), contribution_quadrants(study)])


def contribution_percentiles(study: Study) -> pd.DataFrame:
    """Percentiles by scheme and definition, how many projects there are, and how alike the two definitions are."""
    tables = [_percentiles(study, definition) for definition in DEFINITIONS]
    entry, report = (project_effects(study, definition).raw["contribution"] for definition in DEFINITIONS)
    rows = [
        row("count", len(report), term="projects", **about_projects(study, "report_2022")),
        row("correlation", entry.corr(report), term="contribution", n=len(entry), sample=projects_sample(study)),
    ]
    return pd.concat([*tables, pd.DataFrame(rows)], ignore_index=True)


def contribution_split(study: Study) -> pd.DataFrame:
    """Projects above, near and below zero, by the size of the report's raw contribution alone."""
    projects, width = unnamed_projects(study, "report_2022"), study.cohort.analysis.near_zero_contribution
    named = class_by_size(projects["contribution"], width).map(NEAR_ZERO_CLASSES).astype(str)
    sample, names = projects_sample(study, "report_2022"), tuple(NEAR_ZERO_CLASSES.values())
    return pd.DataFrame(class_rows(projects.assign(near_zero=named), sample, names, "near_zero"))


def contribution_examples(study: Study) -> pd.DataFrame:
    """Two large projects of each scheme, chosen by rule: expected, actual, raw and shrunken contribution."""
    projects = unnamed_projects(study).assign(shrunken=shrunken_projects(study)["contribution"])
    large = from_lowest(projects.assign(value=projects["contribution"]), "participants")
    rows: list[dict[str, object]] = []
    for scheme in SCHEMES:
        ours = large[large["scheme"] == scheme]
        for letter, percentile in EXAMPLES.items():
            distance = ours["contribution"].sub(float(ours["contribution"].quantile(percentile / 100))).abs()
            nearest = ours[(distance == distance.min()).to_numpy()].head(1)
            rows += [line for _, p in nearest.iterrows() for line in _example(study, p, f"{scheme}_{letter}")]
    return pd.DataFrame(rows, columns=list(row("", 0.0)))


def _percentiles(study: Study, definition: Definition) -> pd.DataFrame:
    projects = project_effects(study, definition).raw
    probabilities, level = [p / 100 for p in PERCENTILES], study.cohort.analysis.confidence_level
    table = percentiles_by(projects, projects["scheme"], probabilities=probabilities, level=level)
    named = table.assign(
        statistic="percentile",
        group=[group_of(percentile=round(100 * p)) for p in table["probability"]],
        term=table["term"].map(TERMS),
        **about_projects(study, definition),
    )
    return named.drop(columns="probability")


def _about_one(study: Study, project: pd.Series) -> dict[str, Any]:
    """What all rows of one project say of it."""
    size = float(project["rounded_size"])
    return {"scheme": str(project["scheme"]), "sample": projects_sample(study), "n": size, "unit": "fraction"}


def _example(study: Study, project: pd.Series, name: str) -> list[dict[str, object]]:
    """The rows of one example project, rounded as the scatter rounds them."""
    numbers = {
        ("share", "expected_goal_attainment"): project["expected"],
        ("share", "actual_goal_attainment"): project["actual"],
        ("difference", "contribution"): project["contribution"],
        ("contribution", "goal_attainment"): project["shrunken"],
    }
    return [
        row(statistic, round(float(value), 2), group=group_of(project=name), term=term, **_about_one(study, project))
        for (statistic, term), value in numbers.items()
    ]
