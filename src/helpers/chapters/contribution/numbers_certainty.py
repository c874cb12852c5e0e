"""Numbers of the contribution chapter: how certain a contribution is, and what the shrunken ones assume."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from helpers.chapters.common.contribution_projects import (
    about_projects,
    class_of,
    class_rows,
    project_row,
    projects_sample,
    shrunken_projects,
    unnamed,
    unnamed_projects,
)
from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution.terms import WITH_MEANS
from helpers.study.fits.project_effects import project_effects
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.funnel import overdispersion, proportion_limits, smooth_proportion_limits
from resultatbok.methods.project_classes import class_by_exact_limits, class_by_funnel, class_by_probability
from resultatbok.release.rows import group_of, row

CUTOFFS: Final = (0.8, 0.9, 0.95, 0.975, 0.99)
"""Cut-offs of the probability that are compared; the cohort's own is among them or is added."""
CURVE_POINTS: Final = 60
"""Sizes of project at which the limits of the funnel are drawn."""
MAIN: Final = "shrunken"
"""The rule of the book; the others are compared with it."""
SIZES: Final = (5, 10, 20, 50, 100, 200)
"""Lower ends of the groups of projects by participants; the last is open."""
UNCERTAIN: Final = "not_distinguishable"


def contribution_shrunken(study: Study) -> pd.DataFrame:
    """Raw and shrunken contributions, their spread, and how much projects differ in the model with one spread."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    blank = projects.assign(contribution=projects["raw"], low=np.nan, high=np.nan)
    rows = []
    for method, table in {"raw": blank, "shrunken": projects}.items():
        rows += [project_row("contribution", p, sample, method=method) for _, p in table.iterrows()]
        spread = table["contribution"].std()
        rows.append(
            row("sd", spread, group=f"method={method}", term="contribution", n=len(table), **about_projects(study))
        )
    common = project_effects(study).common
    between, about = float(common.group_sd.iloc[0]), dict[str, Any](term="project", sample=sample, n=common.nobs)
    p_value = common.lr_test().p_value if between > 0 else 1.0
    return pd.DataFrame([*rows, row("group_sd", between, **about), row("p_value", p_value, **about)])


def contribution_reliability(study: Study) -> pd.DataFrame:
    """Reliability, width of the interval and share that is certain, of all projects and by size of the project."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    closed = [f"{low}..{high - 1}" for low, high in pairwise(SIZES)]
    groups = pd.cut(projects["participants"], [*SIZES, np.inf], right=False, labels=[*closed, f"{SIZES[-1]}_plus"])
    parts = {"": projects}
    parts |= {f"participants_per_project={g}": part for g, part in projects.groupby(groups, observed=True)}
    return pd.DataFrame([entry for group, part in parts.items() for entry in _reliability(part, group, sample)])


def contribution_intervals(study: Study) -> pd.DataFrame:
    """Shrunken contributions with intervals, and how many projects of each scheme are above, below or uncertain."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    rows = [project_row("contribution", p, sample, contribution=str(p["class"])) for _, p in projects.iterrows()]
    return pd.DataFrame([*rows, *class_rows(projects, sample)])


def contribution_cutoffs(study: Study) -> pd.DataFrame:
    """How many projects each cut-off places, and how many of those are expected to be on the wrong side."""
    above, own = shrunken_projects(study)["probability_above"], study.cohort.analysis.probability_cutoff
    about: dict[str, Any] = {"term": "projects", **about_projects(study)}
    rows = []
    for cutoff in sorted({*CUTOFFS, own}):
        classes, group = class_by_probability(above, cutoff), f"cutoff={cutoff:g}"
        rows += [row("count", (classes == c).sum(), group=f"{group};contribution={c}", **about) for c in CLASSES]
        wrong = np.minimum(above, 1 - above)[classes != UNCERTAIN].sum()
        rows.append(row("expected_wrong", wrong, group=group, n=len(above), **about))
    return pd.DataFrame(rows)


def contribution_ranks(study: Study) -> pd.DataFrame:
    """The rank of each project with its interval, and the width of the typical one."""
    projects, sample = shrunken_projects(study), projects_sample(study)
    places = unnamed(study, project_effects(study).ranks).round()
    rows = [
        row(
            "rank",
            place["rank"],
            scheme=str(project["scheme"]),
            group=group_of(project=name, contribution=project["class"]),
            term="goal_attainment",
            sample=sample,
            n=float(project["rounded_size"]),
            low=place["low"],
            high=place["high"],
        )
        for (name, project), (_, place) in zip(projects.iterrows(), places.iterrows(), strict=True)
    ]
    width = (places["high"] - places["low"]).median()
    return pd.DataFrame([*rows, row("rank_width", width, term="projects", sample=sample, n=len(places))])


def contribution_funnel(study: Study) -> pd.DataFrame:
    """Raw contributions with their class by the exact test, the limits, and what lies outside them."""
    sample, about = projects_sample(study), about_projects(study)
    projects, classes = unnamed_projects(study), project_classes(study)
    over = overdispersion(projects["contribution"], projects["std_error"])
    bare = projects.assign(low=np.nan, high=np.nan)
    rows = [
        project_row("contribution", p, sample, contribution=str(own))
        for (_, p), own in zip(bare.iterrows(), classes["exact"], strict=True)
    ]
    rows += _limits(study, projects["rounded_size"], over.between_sd)
    for limit, method in (("exact", "exact"), ("overdispersed", "wide_funnel")):
        share = (classes[method] != UNCERTAIN).mean()
        rows.append(row("share", share, group=f"limit={limit}", term="project_share", n=len(projects), **about))
    rows.append(row("overdispersion", over.phi, term="projects", sample=sample, n=len(projects)))
    return pd.DataFrame(rows)


def contribution_methods(study: Study) -> pd.DataFrame:
    """The class of every project by each method, crossed with its class by the rule of the book."""
    classes, rows = project_classes(study).astype(str), []
    for method in classes.columns.drop(MAIN):
        theirs, ours = classes[method], classes[MAIN]
        counts = {
            f"own={own};contribution={main}": int(((theirs == own) & (ours == main)).sum())
            for own in CLASSES
            for main in CLASSES
        }
        counts["changed=yes"] = int((theirs != ours).sum())
        rows += [
            row("count", n, group=f"method={method};{key}", term="projects", **about_projects(study))
            for key, n in counts.items()
        ]
    return pd.DataFrame(rows)


def contribution_assumptions(study: Study) -> pd.DataFrame:
    """One spread or two, project means beside the covariates, and how much lasts from one year to the next.

    Standard deviations between projects are on the log-odds scale; the `rule` says what the book's is divided by.
    `sd` and `correlation` compare the shrunken contributions with project means with those without.
    """
    found, sample = project_effects(study), projects_sample(study)
    between: dict[str, Any] = {"term": "project", "sample": sample}
    contribution: dict[str, Any] = {"term": "contribution", "sample": sample}
    common, n = float(found.common.group_sd.iloc[0]), int(found.common.n_groups.iloc[0])
    rows = [
        row("group_sd", common, n=n, **between),
        row("rule", 1.0, group=group_of(spread=found.divided_by or "one"), **between),
    ]
    for name, test in found.spreads.items():
        rows.append(row("p_value", test.p_value, group=group_of(spread=name), n=n, **between))
        rows += [
            row("group_sd", sd, group=group_of(spread=name, kind=kind), std_error=error, n=size, **between)
            for kind, sd, error, size in test.table.itertuples()
        ]
    statistic, freedom, p_value = found.means_test
    tests = {"chi2": statistic, "degrees_of_freedom": freedom, "p_value": p_value}
    rows += [row(name, value, group=WITH_MEANS, n=n, **between) for name, value in tests.items()]
    rows += [
        row(
            "group_sd",
            sd,
            group=group_of(project_means="yes", **({"kind": kind} if found.divided_by else {})),
            n=n,
            **between,
        )
        for kind, sd in found.fitted_with_means.spreads.items()
    ]
    means, without = found.with_means["contribution"], found.contributions["contribution"]
    about = {"group": WITH_MEANS, "n": len(means), **contribution}
    rows += [row("sd", means.std(), unit="projects", **about), row("correlation", means.corr(without), **about)]
    if lasting := found.stability:
        years: dict[str, Any] = {"group": "years=consecutive", "n": lasting.n, **contribution}
        for statistic_of, value, (low, high) in (
            ("correlation", lasting.correlation, lasting.interval),
            ("stability", lasting.lasting, lasting.lasting_interval),
        ):
            rows.append(row(statistic_of, value, low=low, high=high, **years))
        rows.append(row("count", lasting.n_projects, unit="projects", **years | {"term": "projects"}))
    return pd.DataFrame(rows)


@cache
def project_classes(study: Study) -> pd.DataFrame:
    """The class of each unnamed project by every method, one column per method; the first is the rule of the book."""
    level, raw, found = study.cohort.analysis.confidence_level, unnamed_projects(study), project_effects(study)
    between = overdispersion(raw["contribution"], raw["std_error"]).between_sd
    adjusted = pd.Series(multipletests(raw["p_value"], method="fdr_bh")[1], index=raw.index)
    return pd.DataFrame(
        {
            MAIN: shrunken_projects(study)["class"],
            "one_spread": class_of(study, unnamed(study, found.with_one_spread)),
            "project_means": class_of(study, unnamed(study, found.with_means)),
            "exact": raw["class"],
            "false_discovery": class_by_exact_limits(raw["contribution"], adjusted, level),
            "wide_funnel": class_by_funnel(raw["contribution"], raw["std_error"], between, level),
            "report_2022": shrunken_projects(study, "report_2022")["class"],
        }
    )


def _reliability(projects: pd.DataFrame, group: str, sample: str) -> list[dict[str, object]]:
    """Number, reliability, width of the interval and share that is certain of some projects."""
    persons, width = projects["participants"].sum(), projects["high"] - projects["low"]
    certain = (projects["class"] != UNCERTAIN).mean()
    rows = [
        row("count", len(projects), term="projects", unit="projects"),
        row("reliability", projects["reliability"].median(), term="contribution", n=persons),
        row("interval_width", width.median(), term="contribution", n=persons, unit="fraction"),
        row("share", certain, term="project_share", n=len(projects), unit="projects"),
    ]
    return [entry | {"group": group, "sample": sample} for entry in rows]


def _limits(study: Study, sizes: pd.Series, between_sd: float) -> list[dict[str, object]]:
    """Both kinds of limits, less the average, at sizes from the smallest to the largest."""
    average, level = study.complete[OUTCOME].mean(), study.cohort.analysis.confidence_level
    at = np.unique(np.geomspace(sizes.min(), sizes.max(), CURVE_POINTS).round().astype(int))
    limits = {
        "exact": proportion_limits(at, average, level),
        "overdispersed": smooth_proportion_limits(at, average, level, between_sd),
    }
    about: dict[str, Any] = {"term": "goal_attainment", "n": len(study.complete), "unit": "fraction"}
    return [
        row(
            "funnel_limit",
            float(line[side]) - average,
            group=group_of(limit=limit, side=side, size=int(line["n"])),
            sample=projects_sample(study),
            **about,
        )
        for limit, table in limits.items()
        for _, line in table.iterrows()
        for side in ("low", "high")
    ]
