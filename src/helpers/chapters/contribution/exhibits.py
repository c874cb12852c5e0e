"""Exhibits of the contribution chapter: what projects achieve beyond what their participants lead one to expect."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.chapters.common.phrases import number, share
from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.common.tell import model_intervals_note, named_values, or_not_shown
from helpers.chapters.contribution import numbers, sentences
from helpers.chapters.contribution.terms import CORNERS, NEAR_ZERO_CLASSES, QUANTITIES
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.curves import caterpillar, points_and_curves
from resultatbok.charts.fields import Field, four_fields
from resultatbok.charts.interactive.frame import Spec
from resultatbok.charts.interactive.scatter import interactive_scatter
from resultatbok.charts.scatter import Corner, quadrant_scatter
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Column, hidden_note
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording


def keys_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The keys of the rows' groups, a column each."""
    return pd.DataFrame([group_keys(group) for group in rows["group"]], index=rows.index)


def percentages(page: Page, rows: pd.DataFrame) -> list[str]:
    """Shares as alt text has them."""
    return [or_not_shown(page.words, page.words.percent(value)) for value in rows["value"]]


def classed(page: Page, statistic: str) -> pd.DataFrame:
    """The projects' rows of a statistic with the class of each, and its name."""
    rows = page.rows[page.rows["statistic"] == statistic]
    classes = keys_of(rows)["contribution"]
    names = [page.words.label(group_of(contribution=c)) for c in classes]
    return rows.assign(project_class=classes, project_class_label=names)


def quadrant_fields(page: Page) -> dict[Corner, Field]:
    """Each quadrant's name, what it means and how many projects are in it."""
    words = page.words
    counts = {c: lookup(page.rows, group=group_of(quadrant=quadrant))["value"] for c, quadrant in CORNERS.items()}
    return {
        corner: Field(
            words.label(group_of(quadrant=quadrant)),
            words.text(sentences.MEANINGS[corner]),
            words.plural("{n} project", "{n} projects", counts[corner]),
        )
        for corner, quadrant in CORNERS.items()
    }


def quadrants_chart(page: Page) -> str:
    """The quadrants, where they lie in the scatter."""
    words = page.words
    figure = four_fields(
        quadrant_fields(page),
        left=words.text("Goal attainment below the average"),
        right=words.text("Goal attainment above the average"),
        top=words.text("Contribution above zero: more reach the goal than expected"),
        bottom=words.text("Contribution below zero: fewer reach the goal than expected"),
    )
    return to_svg(figure)


def quadrants_alt(page: Page) -> str:
    """The quadrants in words."""
    fields = quadrant_fields(page).values()
    values = named_values([f"{f.heading} ({f.text})" for f in fields], [f.number for f in fields])
    return page.words.text("What each quadrant means, and the number of projects in it. {values}.", values=values)


contribution_quadrants = Figure(
    key="contribution_quadrants",
    numbers=numbers.contribution_quadrants,
    chart=quadrants_chart,
    caption="The four quadrants: how often a project's participants reach the goal, and whether that is more or less "
    "than they lead one to expect. Chance alone moves many projects across a line.",
    alt=quadrants_alt,
)


def each_project(page: Page) -> pd.DataFrame:
    """One line per project with its quantities side by side."""
    rows = page.rows[page.rows["statistic"].isin(QUANTITIES)]
    wide = rows.assign(project=keys_of(rows)["project"]).pivot_table(
        index=["project", "scheme", "n"], columns="statistic", values="value", sort=False
    )
    return wide.reset_index().assign(scheme_label=lambda t: t["scheme"].map(page.words.label))


def axis_labels(words: Wording) -> tuple[str, str]:
    """What the scatter's axes show."""
    return words.text("Actual goal attainment"), words.text("Contribution: actual minus expected, percentage points")


def average(page: Page) -> float:
    """Goal attainment of all participants."""
    return float(lookup(page.rows, statistic="share", term="goal_attainment")["value"])


def scatter_chart(page: Page) -> str:
    """A point for each project, between the lines of the four quadrants."""
    words = page.words
    x_label, y_label = axis_labels(words)
    figure = quadrant_scatter(
        each_project(page),
        x="actual",
        y="contribution",
        size="n",
        series="scheme",
        x_label=x_label,
        y_label=y_label,
        references=(average(page), 0.0),
        size_label=words.text("participants"),
        size_format=words.count,
        quadrant_labels={corner: words.label(group_of(quadrant=q)) for corner, q in CORNERS.items()},
        x_format=words.percent,
        y_format=words.in_points,
    )
    return to_svg(figure)


def scatter_to_point_at(page: Page) -> Spec:
    """The same points for the page, each with its numbers."""
    words, wide = page.words, each_project(page)
    written = wide.assign(
        actual_text=wide["actual"].map(words.percent),
        expected_text=wide["expected"].map(words.percent),
        contribution_text=wide["contribution"].map(words.signed_points),
        size_text=wide["n"].map(words.count),
    )
    return interactive_scatter(
        written,
        words,
        x="actual",
        y="contribution",
        size="n",
        series="scheme",
        references=(average(page), 0.0),
        labels=axis_labels(words),
        tooltip={
            "scheme_label": words.header("scheme"),
            "actual_text": words.label("actual_goal_attainment"),
            "expected_text": words.label("expected_goal_attainment"),
            "contribution_text": words.label("contribution"),
            "size_text": words.text("Participants, about"),
        },
        choose=(words.text("Scheme:"), words.label("both")),
    )


def scatter_alt(page: Page) -> str:
    """How many projects are in each quadrant."""
    words, counts = page.words, page.rows[page.rows["statistic"] == "count"]
    values = named_values(counts["group"].map(words.label), counts["value"].map(words.count))
    return words.text("Number of projects in each quadrant. {values}.", values=values)


contribution_scatter = Figure(
    key="contribution_scatter",
    numbers=numbers.contribution_scatter,
    chart=scatter_chart,
    caption="Contribution and actual goal attainment of each project. The vertical line is the average of all "
    "participants; above the horizontal line a project does better than its participants lead one to expect. "
    "Projects are not named; their sizes are rounded to the nearest five.",
    alt=scatter_alt,
    interactive=scatter_to_point_at,
    phrases={
        "n_projects": lambda page: page.words.count(len(each_project(page))),
        "n_projects_jobbsjansen": lambda page: page.words.count((each_project(page)["scheme"] == "jobbsjansen").sum()),
        "smallest_project": lambda page: page.words.count(page.cohort.analysis.project_min_participants),
    },
)


def intervals_chart(page: Page) -> str:
    """The contributions in order with their intervals, by class."""
    figure = caterpillar(
        classed(page, "contribution"),
        series="project_class",
        x_label=page.words.text("Projects, from the lowest to the highest contribution"),
        y_label=page.words.text("Contribution, percentage points"),
        format=page.words.in_points,
    )
    return to_svg(figure)


def intervals_alt(page: Page) -> str:
    """The share of projects in each class, of all and by scheme."""
    words, classes = page.words, page.rows[page.rows["statistic"] == "share"]
    names = [f"{words.label(s)}, {words.label(g)}" for s, g in zip(classes["scheme"], classes["group"], strict=True)]
    values = named_values(names, percentages(page, classes))
    return words.text("Share of projects by whether they can be told apart from the average. {values}.", values=values)


def cutoff(page: Page) -> str:
    """The probability from which a project is told apart."""
    return page.words.percent(page.cohort.analysis.probability_cutoff, 1)


contribution_intervals = Figure(
    key="contribution_intervals",
    numbers=numbers.contribution_intervals,
    chart=intervals_chart,
    caption=lambda page: (
        page.words.text(
            "Shrunken contributions of the projects in order, from lowest to highest. A project is above, or below, "
            "the average where the probability that it lies there is at least {cutoff}.",
            cutoff=cutoff(page),
        )
        + " "
        + model_intervals_note(page)
    ),
    alt=intervals_alt,
    phrases={
        "projects_above": share(statistic="share", scheme="both", group="contribution=above"),
        "projects_not_distinguishable": share(
            statistic="share", scheme="both", group="contribution=not_distinguishable"
        ),
        "projects_below": share(statistic="share", scheme="both", group="contribution=below"),
        "cutoff": cutoff,
    },
)


def shrunken_chart(page: Page) -> str:
    """A point for each project, and the line on which the two contributions are equal."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "contribution"]
    wide = rows.assign(**keys_of(rows)).pivot_table(
        index=["project", "scheme"], columns="method", values="value", sort=False
    )
    wide = wide.reset_index().assign(scheme_label=lambda t: t["scheme"].map(words.label))
    ends = [wide["raw"].min(), wide["raw"].max()]
    line = pd.DataFrame({"raw": ends, "shrunken": ends, "curve": "equal", "curve_label": words.label("limit=equal")})
    figure = points_and_curves(
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
    return to_svg(figure)


def shrunken_alt(page: Page) -> str:
    """How far the contributions spread, raw and shrunken."""
    words, spreads = page.words, page.rows[page.rows["statistic"] == "sd"]
    sizes = [or_not_shown(words, words.points(value, 1)) for value in spreads["value"]]
    values = named_values(spreads["group"].map(words.label), sizes)
    return words.text("Standard deviation over the projects. {values}.", values=values)


contribution_shrunken = Figure(
    key="contribution_shrunken",
    numbers=numbers.contribution_shrunken,
    chart=shrunken_chart,
    caption="Raw and shrunken contribution of each project. On the line the two are equal; the further below it on the "
    "right, or above it on the left, the less of the raw contribution is believed.",
    alt=shrunken_alt,
    phrases={
        "spread_raw": number(Wording.points, statistic="sd", group="method=raw"),
        "spread_shrunken": number(Wording.points, statistic="sd", group="method=shrunken"),
        "centre_introduction": number(Wording.signed_points, statistic="mean", scheme="introduction"),
        "centre_jobbsjansen": number(Wording.signed_points, statistic="mean", scheme="jobbsjansen"),
        "project_sd": number(Wording.coefficient, statistic="group_sd"),
        "project_finding": sentences.project_finding,
    },
)


def reliability_table(page: Page) -> Cells:
    """A line for all projects, and for those of each size."""
    words, rows = page.words, page.rows
    columns = [
        Column(words.text("Participants in the project"), numeric=False),
        Column(words.text("Projects")),
        Column(words.text("Reliability, median")),
        Column(words.text("Width of the interval, median, points")),
        Column(words.text("Told apart from the average")),
    ]
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
    return Cells(columns, lines, note=hidden_note(rows, words))


def smallest_reliability(page: Page) -> str:
    """The median reliability of the smallest projects."""
    smallest = page.rows["group"].unique()[1]
    return number(partial(Wording.coefficient, decimals=2), statistic="reliability", group=smallest)(page)


contribution_reliability = Table(
    key="contribution_reliability",
    numbers=numbers.contribution_reliability,
    table=reliability_table,
    caption="Reliability of the contribution by size of the project.",
    phrases={
        "median_reliability": number(partial(Wording.coefficient, decimals=2), statistic="reliability", group=""),
        "smallest_reliability": smallest_reliability,
        "median_width": number(Wording.points, statistic="interval_width", group=""),
    },
)


def own_cutoff(page: Page) -> str:
    """The group of the cut-off in force."""
    return f"cutoff={page.cohort.analysis.probability_cutoff:g}"


def cutoffs_table(page: Page) -> Cells:
    """A line for each cut-off."""
    words, rows = page.words, page.rows
    lines = []
    for group in dict.fromkeys(g.split(";")[0] for g in rows["group"]):
        counts = [lookup(rows, statistic="count", group=f"{group};contribution={c}")["value"] for c in CLASSES]
        wrong = lookup(rows, statistic="expected_wrong", group=group)["value"]
        name = words.percent(float(group.removeprefix("cutoff=")), 1)
        label = words.text("{cutoff} (in force)", cutoff=name) if group == own_cutoff(page) else name
        lines.append([label, *map(words.count, counts), words.number(wrong, 1)])
    columns = [
        Column(words.text("Probability at least"), numeric=False),
        *(Column(words.label(group_of(contribution=c))) for c in CLASSES),
        Column(words.text("Expected to be wrong")),
    ]
    return Cells(columns, lines)


def expected_wrong(page: Page) -> str:
    """How many projects the cut-off in force is expected to tell apart wrongly."""
    return number(partial(Wording.number, decimals=1), statistic="expected_wrong", group=own_cutoff(page))(page)


contribution_cutoffs = Table(
    key="contribution_cutoffs",
    numbers=numbers.contribution_cutoffs,
    table=cutoffs_table,
    caption="Number of projects told apart from the average by the probability that is asked for, and how many of them "
    "the model itself expects to lie on the other side.",
    phrases={"expected_wrong": expected_wrong},
)


def n_ranked(page: Page) -> int:
    """How many projects have a rank."""
    return int((page.rows["statistic"] == "rank").sum())


def ranks_chart(page: Page) -> str:
    """The ranks in order with their intervals, by class."""
    figure = caterpillar(
        classed(page, "rank"),
        series="project_class",
        x_label=page.words.text("Projects, by their mean rank"),
        y_label=page.words.text("Rank"),
        format=page.words.count,
        reference=(n_ranked(page) + 1) / 2,
    )
    return to_svg(figure)


rank_width = number(Wording.count, statistic="rank_width")

contribution_ranks = Figure(
    key="contribution_ranks",
    numbers=numbers.contribution_ranks,
    chart=ranks_chart,
    caption=lambda page: (
        page.words.text(
            "Rank of each project (1 is the largest contribution) with its interval. The dashed line is the "
            "middle rank."
        )
        + " "
        + model_intervals_note(page)
    ),
    alt=lambda page: page.words.text(
        "Of {n} projects the median one has a rank interval that is {width} ranks wide.",
        n=page.words.count(n_ranked(page)),
        width=rank_width(page),
    ),
    phrases={
        "rank_width": rank_width,
        "rank_share": lambda page: number(
            lambda words, width: words.percent(width / n_ranked(page)), statistic="rank_width"
        )(page),
    },
)


def funnel_chart(page: Page) -> str:
    """A point for each project, and the limits as curves over its size."""
    words, limits = page.words, page.rows[page.rows["statistic"] == "funnel_limit"]
    keys = keys_of(limits)
    names = [words.label(group_of(limit=limit)) for limit in keys["limit"]]
    curves = limits[["value"]].assign(n=keys["size"].astype(float), curve=keys["side"], curve_label=names)
    figure = points_and_curves(
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
    return to_svg(figure)


def funnel_alt(page: Page) -> str:
    """The share of projects outside each kind of limits."""
    words, outside = page.words, page.rows[page.rows["statistic"] == "share"]
    values = named_values(outside["group"].map(words.label), percentages(page, outside))
    return words.text("Share of projects outside the limits. {values}.", values=values)


contribution_funnel = Figure(
    key="contribution_funnel",
    numbers=numbers.contribution_funnel,
    chart=funnel_chart,
    caption=lambda page: page.words.text(
        "Funnel plot: raw contribution by size of the project (rounded). If projects differed by chance alone, "
        "{level} would lie within the exact limits. The wider limits allow for what projects differ in general. "
        "The limits are drawn for a project with average participants; the class follows each project's own.",
        level=page.words.percent(page.cohort.analysis.confidence_level),
    ),
    alt=funnel_alt,
    phrases={
        "outside_exact": share(statistic="share", group="limit=exact"),
        "outside_overdispersed": share(statistic="share", group="limit=overdispersed"),
        "overdispersion": number(partial(Wording.number, decimals=1), statistic="overdispersion"),
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
        "not_distinguishable": words.text("Cannot be told apart"),
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
    caption="Number of projects in each class by other methods (lines), crossed with their class by the rule of the "
    "book (columns).",
    phrases={
        (
            "changed_mixed_interval",
            "changed_mixed_by_size",
            "changed_raw_interval",
            "changed_raw_shrunken",
            "changed_exact_funnel",
            "changed_wide_funnel",
        ): changed
    },
)


def percentiles_table(page: Page) -> Cells:
    """A line for each percentile, the contribution and the goal attainment of each scheme beside each other."""
    words, rows = page.words, page.rows
    kept = rows[(rows["statistic"] == "percentile") & (rows["term"] != "expected_goal_attainment")]

    def cell(row: pd.Series) -> str:
        return (words.percent if row["term"] != "contribution" else words.in_points)(row["value"])

    by_scheme = kept.sort_values("scheme", key=lambda s: s.map(SCHEMES.index), kind="stable")
    return from_rows(by_scheme, words, index="percentile", columns=["scheme", "term"], cell=cell)


MEDIAN = {"term": "contribution", "group": "percentile=50"}

contribution_percentiles = Table(
    key="contribution_percentiles",
    numbers=numbers.contribution_percentiles,
    table=percentiles_table,
    caption="Percentiles over the projects of each scheme, each column ranked by itself. Contribution in "
    "percentage points, as measured: the spread holds chance as well.",
    phrases={
        "median_contribution_introduction": number(Wording.signed_points, scheme="introduction", **MEDIAN),
        "median_contribution_jobbsjansen": number(Wording.signed_points, scheme="jobbsjansen", **MEDIAN),
        "contribution_highest": number(Wording.signed_points, statistic="difference", group="contribution=highest"),
        "contribution_lowest": number(Wording.signed_points, statistic="difference", group="contribution=lowest"),
        "actual_gap_p90": number(Wording.signed_points, statistic="difference", term="actual_goal_attainment"),
    },
)


def near_zero_width(page: Page) -> str:
    """How far from zero a contribution still counts as near it."""
    return page.words.points(page.cohort.analysis.near_zero_contribution)


contribution_split = Table(
    key="contribution_split",
    numbers=numbers.contribution_split,
    table=lambda page: from_rows(page.rows, page.words, index="contribution", columns="scheme", cell="percent"),
    caption=lambda page: page.words.text(
        "Share of projects whose contribution, as measured, lies more than {width} above zero, within that of "
        "zero, or more than that below. The rule takes no account of chance.",
        width=near_zero_width(page),
    ),
    phrases={
        "near_zero_width": near_zero_width,
        "split_above": share(scheme="both", group=group_of(contribution=NEAR_ZERO_CLASSES["above"])),
        "split_not_distinguishable": share(
            scheme="both", group=group_of(contribution=NEAR_ZERO_CLASSES["not_distinguishable"])
        ),
        "split_below": share(scheme="both", group=group_of(contribution=NEAR_ZERO_CLASSES["below"])),
    },
)


def examples_table(page: Page) -> Cells:
    """A line for each quantity, a column for each project."""
    words, rows = page.words, page.rows
    return from_rows(
        rows.assign(term=rows["term"].mask(rows["statistic"] == "contribution", "shrunken_contribution")),
        words,
        index="term",
        columns="project",
        cell=lambda row: (words.percent if row["statistic"] == "share" else words.signed_points)(row["value"]),
    )


contribution_examples = Table(
    key="contribution_examples",
    numbers=numbers.contribution_examples,
    table=examples_table,
    caption="Four example projects: in each scheme the one nearest to the tenth percentile of the contribution (A) "
    "and the one nearest to the ninetieth (B).",
)
