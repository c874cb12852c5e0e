"""Numbers of the contribution chapter: what projects achieve beyond what their participants lead one to expect."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.chapters.common.contribution_projects import (
    class_rows,
    project_row,
    projects_sample,
    running_numbers,
    shrunken_projects,
    unnamed_projects,
)
from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution.terms import CORNERS, NEAR_ZERO_CLASSES, QUANTITIES
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.project_effects import project_effects, project_effects_by_size, project_ranks
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.contribution import contribution_percentiles as percentiles_by
from resultatbok.methods.contribution import quadrant
from resultatbok.methods.funnel import overdispersion, proportion_limits, smooth_proportion_limits
from resultatbok.methods.project_classes import (
    class_by_exact_limits,
    class_by_funnel,
    class_by_interval,
    class_by_probability,
    class_by_size,
)
from resultatbok.methods.shrinkage import normal_shrinkage
from resultatbok.release.rows import group_of, row

CUTOFFS: Final = (0.8, 0.9, 0.95, 0.975, 0.99)
"""Cut-offs of the probability that are compared; the cohort's own is among them or is added."""
CURVE_POINTS: Final = 60
"""Sizes of project at which the limits of the funnel are drawn."""
EXAMPLES: Final = {"a": 10, "b": 90}
"""The percentile of the contribution that the example projects of each scheme are nearest to."""
MAIN: Final = "mixed"
"""The rule of the book; the others are compared with it."""
PERCENTILES: Final = (10, 25, 50, 75, 90)
SIZES: Final = (5, 10, 20, 50, 100, 200)
"""Lower ends of the groups of projects by participants; the last is open."""


def contribution_quadrants(study: Study) -> pd.DataFrame:
    """How many projects are in each quadrant."""
    average = study.complete[OUTCOME].mean()
    counts = quadrant(unnamed_projects(study), average).value_counts()
    about: dict[str, Any] = {"term": "projects", "sample": projects_sample(study), "unit": "projects"}
    return pd.DataFrame(row("count", counts[name], group=group_of(quadrant=name), **about) for name in CORNERS.values())


def contribution_scatter(study: Study) -> pd.DataFrame:
    """Ledger rows of the unnamed projects: expected, actual and contribution (fractions), and the overall average."""
    projects = unnamed_projects(study)
    sample = projects_sample(study)
    rows = [
        row(
            quantity,
            round(float(p[quantity]), 2),
            scheme=p["scheme"],
            group=group_of(project=name),
            term="goal_attainment",
            sample=sample,
            n=p["rounded_size"],
            unit="fraction",
        )
        for name, p in projects.iterrows()
        for quantity in QUANTITIES
    ]
    attained = study.complete[OUTCOME]
    average = row("share", attained.mean(), term="goal_attainment", n=len(attained), unit="fraction")
    return pd.concat([pd.DataFrame([*rows, average]), contribution_quadrants(study)])


def contribution_intervals(study: Study) -> pd.DataFrame:
    """Shrunken contributions with intervals, and how many projects of each scheme are above, below or neither."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    rows = [project_row("contribution", p, sample, contribution=str(p["class"])) for _, p in projects.iterrows()]
    return pd.DataFrame([*rows, *class_rows(projects, sample)])


def contribution_shrunken(study: Study) -> pd.DataFrame:
    """Raw and shrunken contributions, their spread, each scheme's mean, and how much projects differ in the model."""
    projects = shrunken_projects(study)
    sample, effects = projects_sample(study), project_effects(study)
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
    return pd.DataFrame([*rows, *spreads, *centres(projects, sample), between, test])


def contribution_reliability(study: Study) -> pd.DataFrame:
    """Reliability, width of the interval and share told apart, of all projects and by size of the project."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    groups = pd.cut(projects["participants"], [*SIZES, np.inf], right=False, labels=size_groups())
    parts = {"": projects} | {str(g): part for g, part in projects.groupby(groups, observed=True)}
    return pd.DataFrame([entry for group, part in parts.items() for entry in reliability_of(part, group, sample)])


def contribution_cutoffs(study: Study) -> pd.DataFrame:
    """How many projects each cut-off tells apart, and how many of those are expected to be told apart wrongly."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    above, own = projects["probability_above"], study.cohort.analysis.probability_cutoff
    wrong_side = np.minimum(above, 1 - above)
    rows = []
    for cutoff in sorted({*CUTOFFS, own}):
        classes, group = class_by_probability(above, cutoff), f"cutoff={cutoff:g}"
        rows += [
            row(
                "count",
                (classes == name).sum(),
                group=f"{group};contribution={name}",
                term="projects",
                sample=sample,
                unit="projects",
            )
            for name in CLASSES
        ]
        wrong = wrong_side[classes != "not_distinguishable"].sum()
        rows.append(
            row("expected_wrong", wrong, group=group, term="projects", sample=sample, n=len(projects), unit="projects")
        )
    return pd.DataFrame(rows)


def contribution_ranks(study: Study) -> pd.DataFrame:
    """The rank of each project with its interval, and the width of the typical one."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    numbers = running_numbers(study)
    places = project_ranks(study).loc[numbers.index].set_axis(numbers.to_numpy())
    rows = [
        row(
            "rank",
            round(float(place["rank"])),
            scheme=str(project["scheme"]),
            group=group_of(project=name, contribution=project["class"]),
            term="goal_attainment",
            sample=sample,
            n=float(project["rounded_size"]),
            low=round(float(place["low"])),
            high=round(float(place["high"])),
        )
        for (name, project), (_, place) in zip(projects.iterrows(), places.iterrows(), strict=True)
    ]
    width = (places["high"] - places["low"]).median()
    return pd.DataFrame([*rows, row("rank_width", width, term="projects", sample=sample, n=len(places))])


def contribution_funnel(study: Study) -> pd.DataFrame:
    """Raw contributions with their class by the exact limits, the limits, and what lies outside them."""
    sample = projects_sample(study)
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
    rows += limit_rows(study, projects["rounded_size"], over.between_sd)
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


def contribution_methods(study: Study) -> pd.DataFrame:
    """The class of every project by each method, crossed with its class by the rule of the book."""
    classes, sample = project_classes(study), projects_sample(study)
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


def contribution_percentiles(study: Study) -> pd.DataFrame:
    """Percentiles by scheme, and the numbers that the report's text takes from them."""
    projects, sample = study.contributions, projects_sample(study)
    table = percentiles_by(
        projects,
        projects["scheme"],
        probabilities=[p / 100 for p in PERCENTILES],
        level=study.cohort.analysis.confidence_level,
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
    return pd.concat([percentile_rows, pd.DataFrame(report_rows(projects, sample))], ignore_index=True)


def contribution_split(study: Study) -> pd.DataFrame:
    """Projects above, near and below zero, by the size of the raw contribution alone."""
    projects, width = unnamed_projects(study), study.cohort.analysis.near_zero_contribution
    named = class_by_size(projects["contribution"], width).map(NEAR_ZERO_CLASSES).astype(str)
    classed, names = projects.assign(near_zero=named), tuple(NEAR_ZERO_CLASSES.values())
    return pd.DataFrame(class_rows(classed, projects_sample(study), names, "near_zero"))


def contribution_examples(study: Study) -> pd.DataFrame:
    """Two projects of each scheme, chosen by rule: expected, actual, raw and shrunken contribution."""
    projects = unnamed_projects(study).assign(shrunken=shrunken_projects(study)["contribution"])
    rows: list[dict[str, object]] = []
    for scheme in SCHEMES:
        ours = projects[projects["scheme"] == scheme]
        for letter, percentile in EXAMPLES.items():
            distance = ours["contribution"].sub(float(ours["contribution"].quantile(percentile / 100))).abs()
            rows += example(ours.iloc[int(distance.argmin())], f"{scheme}_{letter}", projects_sample(study))
    return pd.DataFrame(rows)


def centres(projects: pd.DataFrame, sample: str) -> list[dict[str, object]]:
    """Each scheme's mean shrunken contribution, each participant counting once; the raw one's is zero."""
    totals = projects.assign(total=projects["contribution"] * projects["participants"])
    sums = totals.groupby("scheme", observed=True)[["total", "participants"]].sum()
    return [
        row(
            "mean",
            entry["total"] / entry["participants"],
            scheme=str(scheme),
            group="method=shrunken",
            term="contribution",
            sample=sample,
            n=entry["participants"],
            unit="fraction",
        )
        for scheme, entry in sums.iterrows()
    ]


def size_groups() -> list[str]:
    """The ledger's groups of projects by participants."""
    closed = [f"{low}..{high - 1}" for low, high in pairwise(SIZES)]
    return [f"participants_per_project={g}" for g in (*closed, f"{SIZES[-1]}_plus")]


def reliability_of(projects: pd.DataFrame, group: str, sample: str) -> list[dict[str, object]]:
    """Number, reliability, width of the interval and share told apart of some projects."""
    persons, width = projects["participants"].sum(), projects["high"] - projects["low"]
    apart = projects["class"] != "not_distinguishable"
    rows = [
        row("count", len(projects), term="projects", unit="projects"),
        row("reliability", projects["reliability"].median(), term="contribution", n=persons),
        row("interval_width", width.median(), term="contribution", n=persons, unit="fraction"),
        row("share", apart.mean(), term="project_share", n=len(projects), unit="projects"),
    ]
    return [entry | {"group": group, "sample": sample} for entry in rows]


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


def limit_rows(study: Study, sizes: pd.Series, between_sd: float) -> list[dict[str, object]]:
    """Both kinds of limits, less the average, at sizes from the smallest to the largest."""
    average, level = study.complete[OUTCOME].mean(), study.cohort.analysis.confidence_level
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
            sample=projects_sample(study),
            n=len(study.complete),
            unit="fraction",
        )
        for limit, table in limits.items()
        for _, line in table.iterrows()
        for side in ("low", "high")
    ]


def report_rows(projects: pd.DataFrame, sample: str) -> list[dict[str, object]]:
    """Number of projects, the ends of the scatter as it shows them, and two percentiles."""
    contribution = projects["contribution"]
    top = projects.groupby("scheme")["actual"].quantile(0.9)
    numbers = {
        ("contribution=highest", "contribution"): round(contribution.max(), 2),
        ("contribution=lowest", "contribution"): round(contribution.min(), 2),
        ("percentile=10", "contribution"): contribution.quantile(0.1),
        ("percentile=90", "actual_goal_attainment"): top["jobbsjansen"] - top["introduction"],
    }
    return [
        row("count", len(projects), term="projects", sample=sample, unit="projects"),
        *(
            row("difference", value, group=group, term=term, sample=sample, n=len(projects), unit="fraction")
            for (group, term), value in numbers.items()
        ),
    ]


def example(project: pd.Series, name: str, sample: str) -> list[dict[str, object]]:
    """The rows of one example project, rounded as the scatter rounds them."""
    numbers = {
        ("share", "expected_goal_attainment"): round(float(project["expected"]), 2),
        ("share", "actual_goal_attainment"): round(float(project["actual"]), 2),
        ("difference", "contribution"): round(float(project["contribution"]), 2),
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
            unit="fraction",
        )
        for (statistic, term), value in numbers.items()
    ]
