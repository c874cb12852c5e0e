"""How certain the contributions are: what shrinkage does to them, and their reliability."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.chapters.common.contribution_projects import project_row, projects_sample, shrunken_projects
from helpers.chapters.common.tell import in_words
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.project_effects import project_effects
from resultatbok.charts.curves import points_and_curves
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

SIZES: Final = (5, 10, 20, 50, 100, 200)
"""Lower ends of the groups of projects by participants; the last is open."""


@exhibit(
    "contribution_shrunken",
    phrases="spread_raw spread_shrunken centre_introduction centre_jobbsjansen project_sd project_finding",
)
def raw_and_shrunken(desk: Desk) -> Exhibit:
    """Each project's raw contribution against its shrunken one."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        projects = shrunken_projects(desk.study)
        return _raw_and_shrunken_rows(desk, projects)

    rows = desk.rows("contribution_shrunken", numbers)
    contributions = rows[rows["statistic"] == "contribution"]
    keys = [group_keys(group) for group in contributions["group"]]
    wide = contributions.assign(project=[k["project"] for k in keys], method=[k["method"] for k in keys]).pivot_table(
        index=["project", "scheme"], columns="method", values="value", sort=False
    )
    wide = wide.reset_index()
    wide["scheme_label"] = [words.label(s) for s in wide["scheme"]]
    ends = [wide["raw"].min(), wide["raw"].max()]
    line = pd.DataFrame({"raw": ends, "shrunken": ends, "curve": "equal", "curve_label": words.label("limit=equal")})
    spread = {m: lookup(rows, statistic="sd", group=f"method={m}")["value"] for m in ("raw", "shrunken")}
    figure = points_and_curves(
        wide,
        line,
        x="raw",
        y="shrunken",
        series="scheme",
        x_label=words.text("Raw contribution, percentage points"),
        y_label=words.text("Shrunken contribution, percentage points"),
        x_format=_points(words),
        y_format=_points(words),
    )
    listed = in_words([words.label(f"method={m}") for m in spread], [words.points(sd, 1) for sd in spread.values()])
    return Exhibit(
        key="contribution_shrunken",
        rows=rows,
        caption=words.text(
            "Raw and shrunken contribution of each project. On the line the two are equal; the further below it on the "
            "right, or above it on the left, the less of the raw contribution is believed."
        ),
        svg=to_svg(figure),
        alt=words.text("Standard deviation over the projects. {values}.", values=listed),
        phrases={f"spread_{m}": words.points(sd) for m, sd in spread.items()}
        | {f"centre_{scheme}": words.signed_points(_centre(rows, scheme) / 100) for scheme in SCHEMES}
        | {
            "project_sd": words.coefficient(lookup(rows, statistic="group_sd")["value"]),
            "project_finding": project_finding(words, rows, desk.study.cohort.analysis.confidence_level),
        },
    )


@exhibit("contribution_reliability", phrases="median_reliability smallest_reliability median_width")
def reliability_by_size(desk: Desk) -> Exhibit:
    """Reliability of the contribution, width of its interval and share told apart, by size of the project."""
    words = desk.wording
    rows = desk.rows("contribution_reliability", lambda: _reliability_rows(desk))
    groups = list(dict.fromkeys(rows["group"]))
    lines = []
    for group in groups:
        ours = rows[rows["group"] == group]
        lines.append(
            [
                words.label(group) if group else words.text("All projects"),
                words.count(lookup(ours, statistic="count")["value"]),
                words.coefficient(lookup(ours, statistic="reliability")["value"], 2),
                words.number(100 * lookup(ours, statistic="interval_width")["value"]),
                words.percent(lookup(ours, statistic="share")["value"]),
            ]
        )
    columns = [
        Column(words.text("Participants in the project"), numeric=False),
        Column(words.text("Projects")),
        Column(words.text("Reliability, median")),
        Column(words.text("Width of the interval, median, points")),
        Column(words.text("Told apart from the average")),
    ]
    every, small = (rows[rows["group"] == group] for group in ("", groups[1]))
    return Exhibit(
        key="contribution_reliability",
        rows=rows,
        caption=words.text("Reliability of the contribution by size of the project."),
        table=Table(columns, lines, note=hidden_note(rows, words)),
        phrases={
            "median_reliability": words.coefficient(lookup(every, statistic="reliability")["value"], 2),
            "smallest_reliability": words.coefficient(lookup(small, statistic="reliability")["value"], 2),
            "median_width": words.points(lookup(every, statistic="interval_width")["value"]),
        },
    )


def project_finding(words: Wording, rows: pd.DataFrame, level: float) -> str:
    """Whether projects differ by more than chance, and by how much, as a sentence that follows the numbers.

    Args:
        words: The reader's language.
        rows: Rows of `raw_and_shrunken`.
        level: Coverage of the book's intervals; the test is at one minus this.
    """
    p_value = lookup(rows, statistic="p_value")["value"]
    if p_value >= 1 - level:
        return words.text("That projects differ by more than chance cannot be told from these data.")
    size = expit(lookup(rows, statistic="group_sd")["value"]) - 0.5
    return words.text(
        "Projects differ by more than chance: for a participant with an even chance, a project one standard deviation "
        "above the average is worth {size}.",
        size=words.points(size),
    )


def _centre(rows: pd.DataFrame, scheme: str) -> float:
    return float(lookup(rows, statistic="mean", scheme=scheme)["value"])


def _points(words: Wording) -> Callable[[float], str]:
    return lambda value: words.number(100 * value)


def _raw_and_shrunken_rows(desk: Desk, projects: pd.DataFrame) -> pd.DataFrame:
    sample, effects = projects_sample(desk.study), project_effects(desk.study)
    blank = projects.assign(contribution=projects["raw"], low=np.nan, high=np.nan)
    tables = {"raw": blank, "shrunken": projects}
    rows = [
        project_row("contribution", p, sample, method=method) for method, t in tables.items() for _, p in t.iterrows()
    ]
    spreads = [
        row(
            "sd",
            t["contribution"].std(),
            group=f"method={m}",
            term="contribution",
            sample=sample,
            n=len(t),
            unit="projects",
        )
        for m, t in tables.items()
    ]
    between = row("group_sd", effects.group_sd, term="project", sample=sample, n=effects.results.nobs)
    p_value = effects.results.lr_test().p_value if effects.group_sd > 0 else 1.0
    test = row("p_value", p_value, term="project", sample=sample, n=effects.results.nobs)
    return pd.DataFrame([*rows, *spreads, *_centres(projects, sample), between, test])


def _centres(projects: pd.DataFrame, sample: str) -> list[dict[str, object]]:
    """Each scheme's mean shrunken contribution, each participant counting once; the raw one's is zero."""
    totals = projects.assign(total=projects["contribution"] * projects["participants"])
    sums = totals.groupby("scheme", observed=True)[["total", "participants"]].sum()
    return [
        row(
            "mean",
            100 * entry["total"] / entry["participants"],
            scheme=str(scheme),
            group="method=shrunken",
            term="contribution",
            sample=sample,
            n=entry["participants"],
            unit="percentage points",
        )
        for scheme, entry in sums.iterrows()
    ]


def _reliability_rows(desk: Desk) -> pd.DataFrame:
    projects, sample = shrunken_projects(desk.study), projects_sample(desk.study)
    groups = pd.cut(projects["participants"], [*SIZES, np.inf], right=False, labels=_size_groups())
    parts = {"": projects} | {str(g): part for g, part in projects.groupby(groups, observed=True)}
    return pd.DataFrame([entry for group, part in parts.items() for entry in _reliability_of(part, group, sample)])


def _size_groups() -> list[str]:
    closed = [f"{low}..{high - 1}" for low, high in pairwise(SIZES)]
    return [f"participants_per_project={g}" for g in (*closed, f"{SIZES[-1]}_plus")]


def _reliability_of(projects: pd.DataFrame, group: str, sample: str) -> list[dict[str, object]]:
    persons, width = projects["participants"].sum(), projects["high"] - projects["low"]
    told = projects["class"] != "not_distinguishable"
    rows = [
        row("count", len(projects), term="projects", unit="projects"),
        row("reliability", projects["reliability"].median(), term="contribution", n=persons),
        row("interval_width", width.median(), term="contribution", n=persons, unit="fraction"),
        row("share", told.mean(), term="project_share", n=len(projects), unit="projects"),
    ]
    return [entry | {"group": group, "sample": sample} for entry in rows]
