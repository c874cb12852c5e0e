"""Exhibits of the contribution chapter: expected, actual and contribution, in both definitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import FEWEST
from helpers.chapters.common.kinds import named_by, values_alt
from helpers.chapters.common.phrases import number, share
from helpers.chapters.common.tell import named_values
from helpers.chapters.contribution import numbers
from helpers.chapters.contribution.terms import CORNERS, NEAR_ZERO_CLASSES, QUANTITIES
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.fields import Field, four_fields
from resultatbok.charts.interactive.frame import Spec
from resultatbok.charts.interactive.scatter import interactive_scatter
from resultatbok.charts.scatter import Corner, quadrant_scatter
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)


def quadrant_fields(page: Page) -> dict[Corner, Field]:
    """Each quadrant's name, what it means and how many projects are in it."""
    words = page.words
    counts = {c: lookup(page.rows, group=group_of(quadrant=quadrant))["value"] for c, quadrant in CORNERS.items()}
    return {
        corner: Field(
            words.label(group_of(quadrant=quadrant)),
            words.text(MESSAGES.choices("meanings")[corner]),
            words.plural("{n} project", "{n} projects", counts[corner]),
        )
        for corner, quadrant in CORNERS.items()
    }


def quadrants_chart(page: Page) -> Drawing:
    """The quadrants, where they lie in the scatter."""
    words = page.words
    return four_fields(
        quadrant_fields(page),
        left=words.text("Goal attainment below the average"),
        right=words.text("Goal attainment above the average"),
        top=words.text("Contribution above zero: more reach the goal than expected"),
        bottom=words.text("Contribution below zero: fewer reach the goal than expected"),
    )


def quadrants_alt(page: Page) -> str:
    """The quadrants in words."""
    fields = quadrant_fields(page).values()
    values = named_values([f"{f.heading} ({f.text})" for f in fields], [f.number for f in fields])
    return page.words.text(MESSAGES["contribution_quadrants.alt"], values=values)


contribution_quadrants = Figure(
    key="contribution_quadrants",
    numbers=numbers.contribution_quadrants,
    chart=quadrants_chart,
    alt=quadrants_alt,
)


def each_project(page: Page) -> pd.DataFrame:
    """One line per project with its quantities side by side."""
    rows = page.rows[page.rows["statistic"].isin(QUANTITIES)]
    wide = rows.assign(project=[group_keys(group)["project"] for group in rows["group"]]).pivot_table(
        index=["project", "scheme", "n"], columns="statistic", values="value", sort=False
    )
    return wide.reset_index().assign(scheme_label=lambda t: t["scheme"].map(page.words.label))


def axis_labels(words: Wording) -> tuple[str, str]:
    """What the scatter's axes show."""
    return words.text("Actual goal attainment"), words.text("Contribution: actual minus expected, percentage points")


def average(page: Page) -> float:
    """Goal attainment of all participants."""
    return float(lookup(page.rows, statistic="share", term="goal_attainment")["value"])


def scatter_chart(page: Page) -> Drawing:
    """A point for each project, between the lines of the four quadrants."""
    words = page.words
    x_label, y_label = axis_labels(words)
    return quadrant_scatter(
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


contribution_scatter = Figure(
    key="contribution_scatter",
    numbers=numbers.contribution_scatter,
    chart=scatter_chart,
    alt=values_alt(MESSAGES["contribution_scatter.alt"], named_by("group", "count"), Wording.count),
    interactive=scatter_to_point_at,
    phrases={
        "smallest_project": lambda page: page.words.count(page.cohort.analysis.project_min_participants),
    },
)


def percentiles_table(page: Page) -> Cells:
    """A line for each percentile; of each scheme both definitions' contribution and the goal attainment."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "percentile"]
    report = ~rows["sample"].str.endswith("_entry")
    terms = rows["term"].mask(report & (rows["term"] == "contribution"), "contribution_2022")
    kept = rows.assign(term=terms)[
        (rows["term"] == "contribution") | report & (rows["term"] == "actual_goal_attainment")
    ]

    def cell(row: pd.Series) -> str:
        return (words.percent if row["term"] == "actual_goal_attainment" else words.in_points)(row["value"])

    by_scheme = kept.sort_values("scheme", key=lambda s: s.map(SCHEMES.index), kind="stable")
    return from_rows(by_scheme, words, index="percentile", columns=["scheme", "term"], cell=cell)


def median(scheme: str) -> Callable[[Page], str]:
    """The contribution of a scheme's middle project."""
    told = number(Wording.signed_points, scheme=scheme, term="contribution", group="percentile=50")
    return lambda page: told(replace(page, rows=page.rows[page.rows["sample"].str.endswith("_entry")]))


contribution_percentiles = Table(
    key="contribution_percentiles",
    numbers=numbers.contribution_percentiles,
    table=percentiles_table,
    phrases={
        "median_contribution_introduction": median("introduction"),
        "median_contribution_jobbsjansen": median("jobbsjansen"),
        "definitions_correlation": number(Wording.coefficient, statistic="correlation"),
    },
)


def near_zero_width(page: Page) -> str:
    """How far from zero a contribution still counts as near it."""
    return page.words.points(page.cohort.analysis.near_zero_contribution)


contribution_split = Table(
    key="contribution_split",
    numbers=numbers.contribution_split,
    table=lambda page: from_rows(page.rows, page.words, index="contribution", columns="scheme", cell="percent"),
    caption=lambda page: page.words.text(MESSAGES["contribution_split.caption"], width=near_zero_width(page)),
    phrases={
        "near_zero_width": near_zero_width,
        "split_above": share(scheme="both", group=group_of(contribution=NEAR_ZERO_CLASSES["above"])),
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
    caption=lambda page: page.words.text(MESSAGES["contribution_examples.caption"], fewest=page.words.count(FEWEST)),
)
