"""Exhibits of the contribution chapter: how certain a contribution is, and what the shrunken ones assume."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common.kinds import in_blocks, lined, named_by, values_alt
from helpers.chapters.common.phrases import number, share
from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.common.tell import coverage_note, keys_of, model_intervals_note, with_level
from helpers.chapters.contribution import numbers_certainty as numbers
from helpers.chapters.contribution import sentences
from helpers.chapters.contribution.terms import KINDS, WITH_MEANS
from resultatbok.charts.curves import caterpillar, points_and_curves
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.tables.table import Column
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

DIVIDED = (msgid("By scheme"), msgid("By size of the project"))
"""What each division of the projects is called."""


def classed(page: Page, statistic: str) -> pd.DataFrame:
    """The projects' rows of a statistic with the class of each, and its name."""
    rows = page.rows[page.rows["statistic"] == statistic]
    classes = keys_of(rows)["contribution"]
    names = [page.words.label(group_of(contribution=c)) for c in classes]
    return rows.assign(project_class=classes, project_class_label=names)


shares: Final = named_by("group", "share")


def intervals_chart(page: Page) -> Drawing:
    """The contributions in order with their intervals, by class."""
    return caterpillar(
        classed(page, "contribution"),
        series="project_class",
        x_label=page.words.text("Projects, from the lowest to the highest contribution"),
        y_label=page.words.text("Contribution, percentage points"),
        format=page.words.in_points,
    )


def cutoff(page: Page) -> str:
    """The probability from which a project is placed."""
    return page.words.percent(page.cohort.analysis.probability_cutoff, 1)


contribution_intervals = Figure(
    key="contribution_intervals",
    numbers=numbers.contribution_intervals,
    chart=intervals_chart,
    caption=lambda page: " ".join(
        [page.words.text(MESSAGES["contribution_intervals.caption"], cutoff=cutoff(page)), model_intervals_note(page)]
    ),
    alt=values_alt(MESSAGES["contribution_intervals.alt"], shares, Wording.percent, names=("scheme_label", "label")),
    phrases={
        "projects_above": share(statistic="share", scheme="both", group="contribution=above"),
        "projects_not_distinguishable": share(
            statistic="share", scheme="both", group="contribution=not_distinguishable"
        ),
        "projects_below": share(statistic="share", scheme="both", group="contribution=below"),
        "cutoff": cutoff,
        "cutoff_error": lambda page: page.words.percent(1 - page.cohort.analysis.probability_cutoff, 1),
        "projects_placed": sentences.projects_placed,
    },
)


def shrunken_chart(page: Page) -> Drawing:
    """A point for each project, and the line on which the two contributions are equal."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "contribution"]
    wide = rows.assign(**keys_of(rows)).pivot_table(
        index=["project", "scheme"], columns="method", values="value", sort=False
    )
    wide = wide.reset_index().assign(scheme_label=lambda t: t["scheme"].map(words.label))
    ends = [wide["raw"].min(), wide["raw"].max()]
    line = pd.DataFrame({"raw": ends, "shrunken": ends, "curve": "equal", "curve_label": words.label("limit=equal")})
    return points_and_curves(
        wide,
        line,
        x="raw",
        y="shrunken",
        series="scheme",
        x_label=words.text("Raw contribution, percentage points"),
        y_label=words.text("Shrunken contribution, percentage points"),
        x_format=words.in_points,
        y_format=words.in_points,
    )


contribution_shrunken = Figure(
    key="contribution_shrunken",
    numbers=numbers.contribution_shrunken,
    chart=shrunken_chart,
    alt=values_alt(MESSAGES["contribution_shrunken.alt"], named_by("group", "sd"), Wording.points, 1),
    phrases={
        "spread_raw": number(Wording.points, statistic="sd", group="method=raw"),
        "spread_shrunken": number(Wording.points, statistic="sd", group="method=shrunken"),
        "project_finding": sentences.project_finding,
    },
)


def reliability_table(page: Page) -> Cells:
    """A line for all projects, and for those of each size."""
    words, rows = page.words, page.rows
    heads = words.texts("Participants in the project", "Projects", "Reliability, median")
    heads += words.texts("Width of the interval, median, points", "Above or below expected")
    lines = []
    for group in rows["group"].unique():
        values = rows[rows["group"] == group].set_index("statistic")["value"]
        lines.append(
            [
                words.label(group) if group else words.text("All projects"),
                words.count(values["count"]),
                words.coefficient(values["reliability"], 2),
                words.in_points(values["interval_width"]),
                words.percent(values["share"]),
            ]
        )
    return lined(page, heads, lines)


def smallest_reliability(page: Page) -> str:
    """The median reliability of the smallest projects."""
    smallest = page.rows["group"].unique()[1]
    return number(Wording.coefficient, decimals=2, statistic="reliability", group=smallest)(page)


contribution_reliability = Table(
    key="contribution_reliability",
    numbers=numbers.contribution_reliability,
    table=reliability_table,
    phrases={
        "median_reliability": number(Wording.coefficient, decimals=2, statistic="reliability", group=""),
        "smallest_reliability": smallest_reliability,
        "median_width": number(Wording.points, statistic="interval_width", group=""),
    },
)


def cutoffs_table(page: Page) -> Cells:
    """A line for each cut-off."""
    words, rows = page.words, page.rows
    lines = []
    for group in dict.fromkeys(g.split(";")[0] for g in rows["group"]):
        counts = [lookup(rows, statistic="count", group=f"{group};contribution={c}")["value"] for c in CLASSES]
        wrong = lookup(rows, statistic="expected_wrong", group=group)["value"]
        name = words.percent(float(group.removeprefix("cutoff=")), 1)
        label = (
            words.text("{cutoff} (the limit of this book)", cutoff=name)
            if group == sentences.own_cutoff(page)
            else name
        )
        lines.append([label, *map(words.count, counts), words.number(wrong, 1)])
    columns = [
        Column(words.text("Probability at least"), numeric=False),
        *(Column(words.label(group_of(contribution=c))) for c in CLASSES),
        Column(words.text("Expected on the wrong side")),
    ]
    return Cells(columns, lines)


contribution_cutoffs = Table(
    key="contribution_cutoffs",
    numbers=numbers.contribution_cutoffs,
    table=cutoffs_table,
    phrases={"wrong_side": sentences.wrong_side},
)


def n_ranked(page: Page) -> int:
    """How many projects have a rank."""
    return int((page.rows["statistic"] == "rank").sum())


def ranks_chart(page: Page) -> Drawing:
    """The ranks in order with their intervals, by class."""
    return caterpillar(
        classed(page, "rank"),
        series="project_class",
        x_label=page.words.text("Projects, by their mean rank"),
        y_label=page.words.text("Rank"),
        format=page.words.count,
        reference=(n_ranked(page) + 1) / 2,
    )


rank_width = number(Wording.count, statistic="rank_width")


def ranks_caption(page: Page) -> str:
    """What the figure shows, what its lines are, and how far they can be relied on at the ends."""
    caption = page.words.text(MESSAGES["contribution_ranks.caption"])
    return " ".join(filter(None, [caption, model_intervals_note(page), coverage_note(page, "ten_best_ranks")]))


contribution_ranks = Figure(
    key="contribution_ranks",
    numbers=numbers.contribution_ranks,
    chart=ranks_chart,
    caption=ranks_caption,
    alt=lambda page: page.words.text(
        MESSAGES["contribution_ranks.alt"], n=page.words.count(n_ranked(page)), width=rank_width(page)
    ),
    phrases={
        "rank_width": rank_width,
        "rank_share": lambda page: number(
            lambda words, width: words.percent(width / n_ranked(page)), statistic="rank_width"
        )(page),
    },
)


def funnel_chart(page: Page) -> Drawing:
    """A point for each project, and the limits as curves over its size."""
    words, limits = page.words, page.rows[page.rows["statistic"] == "funnel_limit"]
    keys = keys_of(limits)
    names = [words.label(group_of(limit=limit)) for limit in keys["limit"]]
    curves = limits[["value"]].assign(n=keys["size"].astype(float), curve=keys["side"], curve_label=names)
    return points_and_curves(
        classed(page, "contribution"),
        curves,
        x="n",
        y="value",
        series="project_class",
        x_label=words.text("Participants in the project (logarithmic scale)"),
        y_label=words.text("Raw contribution, percentage points"),
        x_format=words.count,
        y_format=words.in_points,
        log=True,
    )


contribution_funnel = Figure(
    key="contribution_funnel",
    numbers=numbers.contribution_funnel,
    chart=funnel_chart,
    caption=with_level(MESSAGES["contribution_funnel.caption"]),
    alt=values_alt(MESSAGES["contribution_funnel.alt"], shares, Wording.percent),
    phrases={
        "outside_exact": share(statistic="share", group="limit=exact"),
        "outside_overdispersed": share(statistic="share", group="limit=overdispersed"),
        "overdispersion": number(Wording.number, decimals=1, statistic="overdispersion"),
        "expected_outside": lambda page: page.words.percent(1 - page.cohort.analysis.confidence_level),
    },
)


def methods_of(page: Page) -> list[str]:
    """The methods that are compared with the rule of the book."""
    return list(keys_of(page.rows)["method"].unique())


def methods_table(page: Page) -> Cells:
    """A line for each class by each method, a column for each class by the rule of the book."""
    words, rows = page.words, page.rows
    short = {
        "above": words.text("Above"),
        "not_distinguishable": words.text("Uncertain"),
        "below": words.text("Below"),
    }
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for method in methods_of(page):
        headings[len(lines)] = words.label(group_of(method=method))
        for own in CLASSES:
            groups = [group_of(method=method, own=own, contribution=c) for c in CLASSES]
            counts = [lookup(rows, group=group)["value"] for group in groups]
            lines.append([short[own], *map(words.count, [*counts, sum(counts)])])
    columns = [Column(words.text("Class by the method"), numeric=False), *(Column(short[c]) for c in CLASSES)]
    return Cells([*columns, Column(words.text("All"))], lines, group_rows=headings)


def changed(page: Page) -> dict[str, str]:
    """How many projects change class with each method."""
    counts = {m: lookup(page.rows, group=group_of(method=m, changed="yes"))["value"] for m in methods_of(page)}
    return {f"changed_{m}": page.words.plural("{n} project", "{n} projects", n) for m, n in counts.items()}


contribution_methods = Table(
    key="contribution_methods",
    numbers=numbers.contribution_methods,
    table=methods_table,
    phrases={
        (
            "changed_one_spread",
            "changed_project_means",
            "changed_exact",
            "changed_false_discovery",
            "changed_wide_funnel",
            "changed_report_2022",
        ): changed,
        "discovery_finding": sentences.discovery_finding,
    },
)


def assumptions_table(page: Page) -> Cells:
    """A line for each spread of the projects, with the test that it is the only one; with project means the last."""
    words, rows = page.words, page.rows[page.rows["term"] == "project"]
    used = group_keys(lookup(rows, statistic="rule")["group"])["spread"]
    names = {
        "": words.text("All projects, one spread"),
        **{group_of(spread=name): words.text(text) for name, text in zip(KINDS, DIVIDED, strict=True)},
        WITH_MEANS: words.text("With project means"),
    }
    blocks = {}
    for group, name in names.items():
        parts = rows[(rows["statistic"] == "group_sd") & rows["group"].map(partial(is_part, group))]
        test = rows[(rows["statistic"] == "p_value") & (rows["group"] == group)]["value"]
        mark = group_of(spread=used) == group or (not group and used == "one")
        lines = []
        for place, (_, part) in enumerate(parts.iterrows()):
            kind = group_keys(part["group"]).get("kind", "")
            p_value = words.p_value(float(test.iloc[0]), named=False) if len(test) and not place else ""
            label = words.label(group_of(kind=kind)) if kind else words.text("All projects")
            lines.append([label, words.coefficient(part["value"]), p_value])
        blocks[words.text("{name} (in use)", name=name) if mark else name] = lines
    heads = words.texts("Projects", "Standard deviation (log-odds)", "p-value")
    return in_blocks(replace(page, rows=rows), heads, blocks)


def is_part(whole: str, group: str) -> bool:
    """Whether a group of the ledger is a spread of one division of the projects, or of all of them."""
    return group == whole or (bool(whole) and group.startswith(f"{whole};"))


contribution_assumptions = Table(
    key="contribution_assumptions",
    numbers=numbers.contribution_assumptions,
    table=assumptions_table,
    phrases={
        "spread_finding": sentences.spread_finding,
        "means_finding": sentences.means_finding,
        "spread_with_means": number(Wording.points, statistic="sd", group=WITH_MEANS),
        "stability_finding": sentences.stability_finding,
    },
)
