"""Exhibits of the contribution chapter: what projects achieve beyond what their participants lead one to expect.

The figure that explains the idea, the raw contributions, and the shrunken ones with their intervals.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.contribution_projects import (
    CLASSES,
    class_rows,
    project_row,
    projects_sample,
    shrunken_projects,
    unnamed_projects,
)
from helpers.chapters.common.tell import in_words, model_intervals_note
from helpers.study.specification import OUTCOME
from resultatbok.charts.curves import caterpillar
from resultatbok.charts.fields import Field, four_fields
from resultatbok.charts.interactive.frame import Spec
from resultatbok.charts.interactive.scatter import interactive_scatter
from resultatbok.charts.scatter import Corner, quadrant_scatter
from resultatbok.charts.theme import drawing, to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.contribution import quadrant
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.words.wording import Wording

QUANTITIES = ("expected", "actual", "contribution")
CORNERS: Final[dict[Corner, str]] = {
    "top_left": "below_mean_positive",
    "top_right": "above_mean_positive",
    "bottom_left": "below_mean_negative",
    "bottom_right": "above_mean_negative",
}
"""Where each quadrant of `methods.contribution.quadrant` is in the scatter."""


@exhibit("contribution_quadrants")
def quadrants(desk: Desk) -> Exhibit:
    """What each of the four quadrants means, and how many projects are in it."""
    words = desk.wording
    rows = desk.rows("contribution_quadrants", lambda: pd.DataFrame(_quadrant_counts(desk)))
    counts = {group_keys(group)["quadrant"]: value for group, value in zip(rows["group"], rows["value"], strict=True)}
    told = {name: words.plural("{n} project", "{n} projects", n) for name, n in counts.items()}
    meanings = _meanings(words)
    fields = {
        corner: Field(words.label(f"quadrant={name}"), meanings[corner], told[name]) for corner, name in CORNERS.items()
    }
    figure = four_fields(
        fields,
        left=words.text("Goal attainment below the average"),
        right=words.text("Goal attainment above the average"),
        top=words.text("Contribution above zero: more reach the goal than expected"),
        bottom=words.text("Contribution below zero: fewer reach the goal than expected"),
    )
    listed = in_words([f"{field.heading} ({field.text})" for field in fields.values()], told.values())
    return Exhibit(
        key="contribution_quadrants",
        rows=rows,
        caption=words.text(
            "The four quadrants: how often a project's participants reach the goal, and whether that is more or less "
            "than they lead one to expect. Chance alone moves many projects across a line."
        ),
        svg=to_svg(figure),
        alt=words.text("What each quadrant means, and the number of projects in it. {values}.", values=listed),
    )


def _meanings(words: Wording) -> dict[Corner, str]:
    return {
        "top_left": words.text(
            "Participants with weaker conditions reach the goal more often than others like them. The result alone "
            "does not show it."
        ),
        "top_right": words.text("Many reach the goal, and more than these participants lead one to expect."),
        "bottom_left": words.text("Few reach the goal, and fewer than these participants lead one to expect."),
        "bottom_right": words.text(
            "Participants with good conditions: many reach the goal, but fewer than others like them."
        ),
    }


@exhibit("contribution_scatter", phrases="n_projects n_projects_jobbsjansen smallest_project")
def scatter(desk: Desk) -> Exhibit:
    """Each project's actual goal attainment against its contribution, in four quadrants."""
    words = desk.wording
    rows = desk.rows("contribution_scatter", lambda: project_rows(desk))
    wide = _wide(rows)
    wide = wide.assign(scheme_label=[words.label(s) for s in wide["scheme"]])
    average = lookup(rows, statistic="share", term="goal_attainment")["value"]
    labels = words.text("Actual goal attainment"), words.text("Contribution: actual minus expected, percentage points")
    figure = quadrant_scatter(
        wide,
        x="actual",
        y="contribution",
        size="n",
        series="scheme",
        x_label=labels[0],
        y_label=labels[1],
        references=(average, 0.0),
        size_label=words.text("participants"),
        size_format=words.count,
        quadrant_labels={corner: words.label(f"quadrant={q}") for corner, q in CORNERS.items()},
        x_format=words.percent,
        y_format=lambda value: words.number(100 * value),
    )
    counts = rows[rows["statistic"] == "count"]
    listed = in_words(counts["group"].map(words.label), counts["value"].map(words.count))
    return Exhibit(
        key="contribution_scatter",
        rows=rows,
        caption=words.text(
            "Contribution and actual goal attainment of each project. The vertical line is the average of all "
            "participants; above the horizontal line a project does better than its participants lead one to expect. "
            "Projects are not named; their sizes are rounded to the nearest five."
        ),
        svg=to_svg(figure),
        alt=words.text("Number of projects in each quadrant. {values}.", values=listed),
        interactive=_to_point_at(words, wide, average, labels) if drawing() else None,
        phrases={
            "n_projects": words.count(len(wide)),
            "n_projects_jobbsjansen": words.count((wide["scheme"] == "jobbsjansen").sum()),
            "smallest_project": words.count(desk.study.cohort.analysis.project_min_participants),
        },
    )


def _to_point_at(words: Wording, wide: pd.DataFrame, average: float, labels: tuple[str, str]) -> Spec:
    """The same points for the page, each with its numbers."""
    written = wide.assign(
        points=100 * wide["contribution"],
        actual_text=wide["actual"].map(words.percent),
        expected_text=wide["expected"].map(words.percent),
        contribution_text=wide["contribution"].map(words.signed_points),
        size_text=wide["n"].map(words.count),
    )
    return interactive_scatter(
        written,
        words,
        x="actual",
        y="points",
        size="n",
        series="scheme",
        references=(average, 0.0),
        labels=labels,
        told={
            "scheme_label": words.header("scheme"),
            "actual_text": words.label("actual_goal_attainment"),
            "expected_text": words.label("expected_goal_attainment"),
            "contribution_text": words.label("contribution"),
            "size_text": words.text("Participants, about"),
        },
        choose=(words.text("Scheme:"), words.label("both")),
    )


@exhibit("contribution_intervals", phrases="projects_above projects_not_distinguishable projects_below cutoff")
def caterpillar_plot(desk: Desk) -> Exhibit:
    """All shrunken contributions in order, with their intervals and what can be told apart from the average."""
    words = desk.wording
    cutoff = words.percent(desk.study.cohort.analysis.probability_cutoff, 1)
    rows = desk.rows("contribution_intervals", lambda: _interval_rows(desk))
    contributions = rows[rows["statistic"] == "contribution"]
    classes = rows[rows["statistic"] == "share"]
    told = contributions.assign(project_class=[group_keys(group)["contribution"] for group in contributions["group"]])
    told["project_class_label"] = [words.label(f"contribution={c}") for c in told["project_class"]]
    figure = caterpillar(
        told,
        series="project_class",
        x_label=words.text("Projects, from the lowest to the highest contribution"),
        y_label=words.text("Contribution, percentage points"),
        format=lambda value: words.number(100 * value),
    )
    listed = in_words(
        [f"{words.label(s)}, {words.label(g)}" for s, g in zip(classes["scheme"], classes["group"], strict=True)],
        classes["value"].map(words.percent),
    )
    apart = {c: lookup(classes, scheme="both", group=f"contribution={c}") for c in CLASSES}
    return Exhibit(
        key="contribution_intervals",
        rows=rows,
        caption=words.text(
            "Shrunken contributions of the projects in order, from lowest to highest. A project is above, or below, "
            "the average where the probability that it lies there is at least {cutoff}.",
            cutoff=cutoff,
        )
        + " "
        + model_intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text(
            "Share of projects by whether they can be told apart from the average. {values}.",
            values=listed,
        ),
        phrases={f"projects_{c}": words.percent(r["value"]) for c, r in apart.items()} | {"cutoff": cutoff},
    )


def project_rows(desk: Desk) -> pd.DataFrame:
    """Ledger rows of the unnamed projects: expected, actual and contribution (fractions), and the overall average."""
    projects = unnamed_projects(desk.study)
    sample = projects_sample(desk.study)
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
    attained = desk.study.complete[OUTCOME]
    average = row("share", attained.mean(), term="goal_attainment", n=len(attained), unit="fraction")
    return pd.DataFrame([*rows, average, *_quadrant_counts(desk)])


def _quadrant_counts(desk: Desk) -> list[dict[str, object]]:
    """How many projects are in each quadrant."""
    average = desk.study.complete[OUTCOME].mean()
    counts = quadrant(unnamed_projects(desk.study), average).value_counts()
    return [
        row(
            "count",
            counts[name],
            group=group_of(quadrant=name),
            term="projects",
            sample=projects_sample(desk.study),
            unit="projects",
        )
        for name in CORNERS.values()
    ]


def _interval_rows(desk: Desk) -> pd.DataFrame:
    """Shrunken contributions with intervals, and how many projects of each scheme are above, below or neither."""
    projects, sample = shrunken_projects(desk.study), projects_sample(desk.study)
    rows = [project_row("contribution", p, sample, contribution=str(p["class"])) for _, p in projects.iterrows()]
    return pd.DataFrame([*rows, *class_rows(projects, sample)])


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """One line per project with its quantities side by side."""
    projects = rows[rows["statistic"].isin(QUANTITIES)]
    names = projects["group"].map(lambda g: group_keys(g)["project"])
    wide = projects.assign(project=names).pivot_table(
        index=["project", "scheme", "n"], columns="statistic", values="value", sort=False
    )
    return wide.reset_index()
