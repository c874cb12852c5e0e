"""How contributions spread over the projects, with the 2022 report's numbers: percentiles, classes, examples."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common.contribution_projects import (
    class_rows,
    projects_sample,
    shrunken_projects,
    unnamed_projects,
)
from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.contribution import contribution_percentiles
from resultatbok.methods.project_classes import class_by_size
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

PERCENTILES: Final = (10, 25, 50, 75, 90)
NEAR_ZERO_CLASSES: Final = {
    "above": "above_average",
    "not_distinguishable": "near_zero_or_imprecise",
    "below": "below_average",
}
"""The report's names of its three classes."""

EXAMPLES: Final = {"a": 10, "b": 90}
"""The percentile of the contribution that the example projects of each scheme are nearest to."""


@exhibit(
    "contribution_percentiles",
    phrases="median_contribution_introduction median_contribution_jobbsjansen contribution_highest "
    "contribution_lowest actual_gap_p90",
)
def percentiles(desk: Desk) -> Exhibit:
    """Percentiles of the projects' contribution and actual goal attainment, by scheme."""
    words = desk.wording
    rows = desk.rows("contribution_percentiles", lambda: _percentile_rows(desk))
    shown = rows[(rows["statistic"] == "percentile") & (rows["term"] != "expected_goal_attainment")]
    by_scheme = shown.sort_values("scheme", key=lambda s: s.map(SCHEMES.index), kind="stable")
    table = from_rows(
        by_scheme, words, index="percentile", columns=["scheme", "term"], cell=partial(_percentile_cell, words)
    )
    gap = lookup(rows, statistic="difference_pp", term="actual_goal_attainment")
    return Exhibit(
        key="contribution_percentiles",
        rows=rows,
        caption=words.text(
            "Percentiles over the projects of each scheme, each column ranked by itself. Contribution in "
            "percentage points, as measured: the spread holds chance as well."
        ),
        table=table,
        phrases={
            f"median_contribution_{scheme}": words.signed_points(
                lookup(rows, scheme=scheme, term="contribution", group="percentile=50")["value"]
            )
            for scheme in SCHEMES
        }
        | {
            f"contribution_{name}": words.signed_points(
                lookup(rows, statistic="difference_pp", group=f"contribution={name}")["value"] / 100
            )
            for name in ("highest", "lowest")
        }
        | {"actual_gap_p90": words.signed_points(gap["value"] / 100)},
    )


@exhibit("contribution_split", phrases="near_zero_width split_above split_not_distinguishable split_below")
def near_zero_split(desk: Desk) -> Exhibit:
    """Projects above, near and below zero, by the size of the raw contribution alone."""
    words = desk.wording
    choices = desk.study.cohort.analysis

    def numbers() -> pd.DataFrame:
        projects = unnamed_projects(desk.study)
        named = class_by_size(projects["contribution"], choices.near_zero_contribution).map(NEAR_ZERO_CLASSES)
        return pd.DataFrame(
            class_rows(
                projects.assign(near_zero=named.astype(str)),
                projects_sample(desk.study),
                tuple(NEAR_ZERO_CLASSES.values()),
                "near_zero",
            )
        )

    rows = desk.rows("contribution_split", numbers)
    shares = rows[rows["statistic"] == "share"]
    width = words.points(choices.near_zero_contribution)
    return Exhibit(
        key="contribution_split",
        rows=rows,
        caption=words.text(
            "Share of projects whose contribution, as measured, lies more than {width} above zero, within that of "
            "zero, or more than that below. The rule takes no account of chance.",
            width=width,
        ),
        table=from_rows(shares, words, index="contribution", columns="scheme", cell="percent"),
        phrases={"near_zero_width": width}
        | {
            f"split_{short}": words.percent(lookup(shares, scheme="both", group=f"contribution={name}")["value"])
            for short, name in NEAR_ZERO_CLASSES.items()
        },
    )


@exhibit("contribution_examples")
def examples(desk: Desk) -> Exhibit:
    """Two projects of each scheme, chosen by rule: expected, actual, raw and shrunken contribution."""
    words = desk.wording
    rows = desk.rows("contribution_examples", lambda: _example_rows(desk))
    cells = {
        "share": words.percent,
        "difference_pp": lambda value: words.signed_points(value / 100),
        "contribution": words.signed_points,
    }
    table = from_rows(
        rows.assign(term=[_example_term(s, t) for s, t in zip(rows["statistic"], rows["term"], strict=True)]),
        words,
        index="term",
        columns="project",
        cell=lambda entry: cells[entry["statistic"]](entry["value"]),
    )
    return Exhibit(
        key="contribution_examples",
        rows=rows,
        caption=words.text(
            "Four example projects: in each scheme the one nearest to the tenth percentile of the contribution (A) "
            "and the one nearest to the ninetieth (B)."
        ),
        table=table,
    )


def _example_term(statistic: str, term: str) -> str:
    return "shrunken_contribution" if statistic == "contribution" else term


def _percentile_rows(desk: Desk) -> pd.DataFrame:
    """Percentiles by scheme, and the numbers that the report's text takes from them."""
    projects, sample = desk.study.contributions, projects_sample(desk.study)
    table = contribution_percentiles(
        projects,
        projects["scheme"],
        probabilities=[p / 100 for p in PERCENTILES],
        level=desk.study.cohort.analysis.confidence_level,
    )
    terms = {
        "contribution": "contribution",
        "actual": "actual_goal_attainment",
        "expected": "expected_goal_attainment",
    }
    percentile_rows = pd.DataFrame(
        {
            "statistic": "percentile",
            "scheme": table["scheme"],
            "group": [group_of(percentile=round(100 * p)) for p in table["probability"]],
            "term": table["term"].map(terms),
            "sample": sample,
            "value": table["value"],
            "n": table["n"],
            "std_error": table["std_error"],
            "low": table["low"],
            "high": table["high"],
            "unit": "projects",
        }
    )
    return pd.concat([percentile_rows, pd.DataFrame(_told_rows(projects, sample))], ignore_index=True)


def _told_rows(projects: pd.DataFrame, sample: str) -> list[dict[str, object]]:
    """Number of projects, the ends of the scatter as it shows them, and two percentiles in points."""
    contribution = projects["contribution"]
    top = projects.groupby("scheme")["actual"].quantile(0.9)
    numbers = {
        ("contribution=highest", "contribution"): round(contribution.max(), 2),
        ("contribution=lowest", "contribution"): round(contribution.min(), 2),
        ("percentile=10", "contribution"): contribution.quantile(0.1),
        ("percentile=90", "actual_goal_attainment"): top["jobbsjansen"] - top["introduction"],
    }
    unit = "percentage points"
    return [
        row("count", len(projects), term="projects", sample=sample, unit="projects"),
        *(
            row("difference_pp", 100 * value, group=group, term=term, sample=sample, n=len(projects), unit=unit)
            for (group, term), value in numbers.items()
        ),
    ]


def _example_rows(desk: Desk) -> pd.DataFrame:
    projects = unnamed_projects(desk.study).assign(shrunken=shrunken_projects(desk.study)["contribution"])
    rows: list[dict[str, object]] = []
    for scheme in SCHEMES:
        ours = projects[projects["scheme"] == scheme]
        for letter, percentile in EXAMPLES.items():
            distance = ours["contribution"].sub(float(ours["contribution"].quantile(percentile / 100))).abs()
            rows += _example(ours.iloc[int(distance.argmin())], f"{scheme}_{letter}", projects_sample(desk.study))
    return pd.DataFrame(rows)


def _example(project: pd.Series, name: str, sample: str) -> list[dict[str, object]]:
    """The rows of one example project, rounded as the scatter rounds them."""
    numbers = {
        ("share", "expected_goal_attainment"): round(float(project["expected"]), 2),
        ("share", "actual_goal_attainment"): round(float(project["actual"]), 2),
        ("difference_pp", "contribution"): round(100 * float(project["contribution"])),
        ("contribution", "goal_attainment"): round(float(project["shrunken"]), 2),
    }
    return [
        row(
            statistic,
            value,
            scheme=str(project["scheme"]),
            group=group_of(project=name),
            term=term,
            sample=sample,
            n=float(project["rounded_size"]),
            unit="percentage points" if statistic == "difference_pp" else "fraction",
        )
        for (statistic, term), value in numbers.items()
    ]


def _percentile_cell(words: Wording, entry: pd.Series) -> str:
    if entry["term"] == "contribution":
        return words.number(100 * entry["value"])
    return words.percent(entry["value"])
