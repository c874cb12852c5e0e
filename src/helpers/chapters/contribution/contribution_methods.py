"""Other ways to tell projects apart: funnel limits, and how many projects change class from one method to another."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.contribution_projects import (
    CLASSES,
    projects_sample,
    running_numbers,
    shrunken_projects,
    unnamed_projects,
)
from helpers.chapters.common.tell import in_words
from helpers.study.fits.project_effects import project_effects_by_size
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.charts.curves import points_and_curves
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.funnel import overdispersion, proportion_limits, smooth_proportion_limits
from resultatbok.methods.project_classes import (
    class_by_exact_limits,
    class_by_funnel,
    class_by_interval,
    class_by_probability,
)
from resultatbok.methods.shrinkage import normal_shrinkage
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.table import Column, Table
from resultatbok.words.wording import Wording

MAIN: Final = "mixed"
"""The rule of the book; the others are compared with it."""

CURVE_POINTS: Final = 60
"""Sizes of project at which the limits of the funnel are drawn."""


@exhibit("contribution_funnel", phrases="outside_exact outside_overdispersed overdispersion expected_outside")
def funnel_plot(desk: Desk) -> Exhibit:
    """Raw contributions by size of the project, with the limits that chance alone would keep most of them within."""
    words = desk.wording
    rows = desk.rows("contribution_funnel", lambda: _funnel_rows(desk))
    points = rows[rows["statistic"] == "contribution"]
    points = points.assign(project_class=[group_keys(group)["contribution"] for group in points["group"]])
    points["project_class_label"] = [words.label(f"contribution={c}") for c in points["project_class"]]
    figure = points_and_curves(
        points,
        _curves(words, rows),
        x="n",
        y="value",
        series="project_class",
        x_label=words.text("Participants in the project (logarithmic scale)"),
        y_label=words.text("Raw contribution, percentage points"),
        x_format=words.count,
        y_format=lambda value: words.number(100 * value),
        log=True,
    )
    outside = {limit: lookup(rows, statistic="share", group=f"limit={limit}") for limit in ("exact", "overdispersed")}
    phi = lookup(rows, statistic="overdispersion")["value"]
    listed = in_words(
        [words.label(f"limit={k}") for k in outside], [words.percent(r["value"]) for r in outside.values()]
    )
    return Exhibit(
        key="contribution_funnel",
        rows=rows,
        caption=words.text(
            "Funnel plot: raw contribution by size of the project (rounded). If projects differed by chance alone, "
            "{level} would lie within the exact limits. The wider limits allow for what projects differ in general. "
            "The limits are drawn for a project with average participants; the class follows each project's own.",
            level=words.percent(desk.study.cohort.analysis.confidence_level),
        ),
        svg=to_svg(figure),
        alt=words.text("Share of projects outside the limits. {values}.", values=listed),
        phrases={f"outside_{limit}": words.percent(r["value"]) for limit, r in outside.items()}
        | {"overdispersion": words.number(phi, 1), "expected_outside": words.percent(_tail(desk))},
    )


@exhibit(
    "contribution_methods",
    phrases="changed_mixed_interval changed_mixed_by_size changed_raw_interval changed_raw_shrunken "
    "changed_exact_funnel changed_wide_funnel",
)
def methods_compared(desk: Desk) -> Exhibit:
    """The class of every project by each method, crossed with its class by the rule of the book."""
    words = desk.wording
    rows = desk.rows("contribution_methods", lambda: _comparison_rows(desk))
    methods = list(dict.fromkeys(group_keys(group)["method"] for group in rows["group"]))
    short = {
        "above": words.text("Above"),
        "not_distinguishable": words.text("Cannot be told apart"),
        "below": words.text("Below"),
    }
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for method in methods:
        ours = rows[rows["group"].str.startswith(f"method={method};")]
        headings[len(lines)] = words.label(f"method={method}")
        for name in CLASSES:
            cells = [lookup(ours, group=f"method={method};own={name};contribution={c}")["value"] for c in CLASSES]
            lines.append([short[name], *(words.count(n) for n in [*cells, sum(cells)])])
    columns = [
        Column(words.text("Class by the method"), numeric=False),
        *(Column(short[c]) for c in CLASSES),
        Column(words.text("All")),
    ]
    changed = {m: lookup(rows, statistic="count", group=f"method={m};changed=yes")["value"] for m in methods}
    return Exhibit(
        key="contribution_methods",
        rows=rows,
        caption=words.text(
            "Number of projects in each class by other methods (lines), crossed with their class by the rule of the "
            "book (columns)."
        ),
        table=Table(columns, lines, group_rows=headings),
        phrases={f"changed_{m}": words.plural("{n} project", "{n} projects", n) for m, n in changed.items()},
    )


@cache
def project_classes(study: Study) -> pd.DataFrame:
    """The class of each unnamed project by every method, one column per method; the first is the rule of the book."""
    choices, raw, mixed = study.cohort.analysis, unnamed_projects(study), shrunken_projects(study)
    level, numbers = choices.confidence_level, running_numbers(study)
    between = overdispersion(raw["contribution"], raw["std_error"]).between_sd
    by_size = project_effects_by_size(study).contributions.loc[numbers.index].set_axis(numbers.to_numpy())
    spread = overdispersion(raw["contribution"], raw["std_error"], tail_share=0).between_sd
    shrunken = normal_shrinkage(raw["contribution"], raw["std_error"], spread, level=level)
    return pd.DataFrame(
        {
            MAIN: mixed["class"],
            "mixed_interval": class_by_interval(mixed["low"], mixed["high"]),
            "mixed_by_size": class_by_probability(by_size["probability_above"], choices.probability_cutoff),
            "raw_interval": raw["class"],
            "raw_shrunken": shrunken["class"],
            "exact_funnel": class_by_exact_limits(raw["contribution"], raw["p_value"], level),
            "wide_funnel": class_by_funnel(raw["contribution"], raw["std_error"], between, level),
        }
    )


def _comparison_rows(desk: Desk) -> pd.DataFrame:
    classes, sample = project_classes(desk.study), projects_sample(desk.study)
    rows = []
    for method in classes.columns.drop(MAIN):
        theirs, ours = classes[method].astype(str), classes[MAIN].astype(str)
        counts = {
            f"own={own};contribution={main}": int(((theirs == own) & (ours == main)).sum())
            for own in CLASSES
            for main in CLASSES
        }
        counts["changed=yes"] = int((theirs != ours).sum())
        rows += [
            row("count", n, group=f"method={method};{key}", term="projects", sample=sample, unit="projects")
            for key, n in counts.items()
        ]
    return pd.DataFrame(rows)


def _funnel_rows(desk: Desk) -> pd.DataFrame:
    """Raw contributions with their class by the exact limits, the limits, and what lies outside them."""
    study, sample = desk.study, projects_sample(desk.study)
    projects, classes = unnamed_projects(study), project_classes(study)
    over = overdispersion(projects["contribution"], projects["std_error"])
    rows = [
        row(
            "contribution",
            round(float(p["contribution"]), 2),
            scheme=str(p["scheme"]),
            group=group_of(project=name, contribution=own),
            term="goal_attainment",
            sample=sample,
            n=float(p["rounded_size"]),
            unit="fraction",
        )
        for (name, p), own in zip(projects.iterrows(), classes["exact_funnel"], strict=True)
    ]
    rows += _limit_rows(desk, projects["rounded_size"], over.between_sd)
    for limit, method in (("exact", "exact_funnel"), ("overdispersed", "wide_funnel")):
        share = (classes[method] != "not_distinguishable").mean()
        rows.append(
            row(
                "share",
                share,
                group=f"limit={limit}",
                term="project_share",
                sample=sample,
                n=len(projects),
                unit="projects",
            )
        )
    rows.append(row("overdispersion", over.phi, term="projects", sample=sample, n=len(projects)))
    return pd.DataFrame(rows)


def _limit_rows(desk: Desk, sizes: pd.Series, between_sd: float) -> list[dict[str, object]]:
    """Both kinds of limits, less the average, at sizes from the smallest to the largest."""
    average, level = desk.study.complete[OUTCOME].mean(), desk.study.cohort.analysis.confidence_level
    at = np.unique(np.geomspace(sizes.min(), sizes.max(), CURVE_POINTS).round().astype(int))
    limits = {
        "exact": proportion_limits(at, average, level),
        "overdispersed": smooth_proportion_limits(at, average, level, between_sd),
    }
    return [
        row(
            "funnel_limit",
            float(line[side]) - average,
            group=group_of(limit=limit, side=side, size=int(line["n"])),
            term="goal_attainment",
            sample=projects_sample(desk.study),
            n=len(desk.study.complete),
            unit="fraction",
        )
        for limit, table in limits.items()
        for _, line in table.iterrows()
        for side in ("low", "high")
    ]


def _curves(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    """The limits as curves over the size of the project."""
    limits = rows[rows["statistic"] == "funnel_limit"]
    keys = pd.DataFrame([group_keys(group) for group in limits["group"]], index=limits.index)
    return pd.DataFrame(
        {
            "n": keys["size"].astype(float),
            "value": limits["value"],
            "curve": keys["side"],
            "curve_label": [words.label(f"limit={limit}") for limit in keys["limit"]],
        }
    )


def _tail(desk: Desk) -> float:
    return 1 - desk.study.cohort.analysis.confidence_level
