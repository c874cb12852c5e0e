"""Exhibits of the contribution chapter: what projects achieve beyond what their participants lead one to expect.

Projects are shown without names, numbered at random, with sizes rounded (`docs/decisions/0003-names-of-projects.md`).
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from helpers.exhibits.breakdowns import SCHEMES
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.tell import in_words, intervals_note
from helpers.methods.contribution import contribution_percentiles, quadrant
from helpers.presentation.charts.caterpillar import caterpillar
from helpers.presentation.charts.scatter import Corner, quadrant_scatter
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import group_keys, group_of, lookup, row
from helpers.presentation.pivot import from_rows
from helpers.presentation.wording import Wording
from helpers.specification import OUTCOME

CLASSES = ("above", "not_distinguishable", "below")
PERCENTILES = (10, 25, 50, 75, 90)
SIZE_STEP = 5  # participants; sizes of projects are rounded to this before they are published
QUANTITIES = ("expected", "actual", "contribution")
CORNERS: Final[dict[Corner, str]] = {
    "top_left": "below_mean_positive",
    "top_right": "above_mean_positive",
    "bottom_left": "below_mean_negative",
    "bottom_right": "above_mean_negative",
}
"""Where each quadrant of `methods.contribution.quadrant` is in the scatter."""


def scatter(desk: Desk) -> Exhibit:
    """Each project's actual goal attainment against its contribution, in four quadrants."""
    words = desk.wording
    rows = desk.ledger.record("contribution_scatter", project_rows(desk))
    wide = _wide(rows)
    average = lookup(rows, statistic="share", term="goal_attainment")["value"]
    figure = quadrant_scatter(
        wide.assign(scheme_label=[words.label(s) for s in wide["scheme"]]),
        x="actual",
        y="contribution",
        size="n",
        series="scheme",
        series_label="scheme_label",
        x_label=words.text("Actual goal attainment"),
        y_label=words.text("Contribution: actual minus expected, percentage points"),
        x_reference=average,
        y_reference=0.0,
        size_label=words.text("participants"),
        size_format=words.count,
        quadrant_labels={corner: words.label(f"quadrant={q}") for corner, q in CORNERS.items()},
        format=words.percent,
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
        phrases={
            "n_projects": words.count(len(wide)),
            "n_projects_jobbsjansen": words.count((wide["scheme"] == "jobbsjansen").sum()),
            "smallest_project": words.count(desk.study.cohort.analysis.project_min_participants),
        },
    )


def caterpillar_plot(desk: Desk) -> Exhibit:
    """All contributions in order, with their intervals and what can be told apart from zero."""
    words = desk.wording
    rows = desk.ledger.record("contribution_intervals", _interval_rows(desk))
    contributions = rows[rows["statistic"] == "contribution"]
    classes = rows[rows["statistic"] == "share"]
    told = contributions.assign(project_class=[group_keys(group)["contribution"] for group in contributions["group"]])
    told["class_label"] = [words.label(f"contribution={c}") for c in told["project_class"]]
    figure = caterpillar(
        told,
        value="value",
        low="low",
        high="high",
        kind="project_class",
        kind_label="class_label",
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
        caption=words.text("Contributions of the projects in order, from lowest to highest.")
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text(
            "Share of projects by whether their contribution can be told apart from zero. {values}.",
            values=listed,
        ),
        phrases={f"projects_{c}": words.percent(r["value"]) for c, r in apart.items()},
    )


def percentiles(desk: Desk) -> Exhibit:
    """Percentiles of the projects' contribution and actual goal attainment, by scheme."""
    words = desk.wording
    rows = desk.ledger.record("contribution_percentiles", _percentile_rows(desk))
    shown = rows[rows["term"] != "expected_goal_attainment"]
    by_scheme = shown.sort_values("scheme", key=lambda s: s.map(SCHEMES.index), kind="stable")
    table = from_rows(
        by_scheme, words, index="percentile", columns=["scheme", "term"], cell=partial(_percentile_cell, words)
    )
    return Exhibit(
        key="contribution_percentiles",
        rows=rows,
        caption=words.text(
            "Percentiles over the projects of each scheme, each column ranked by itself. Contribution in "
            "percentage points."
        ),
        table=table,
        phrases={
            f"median_contribution_{scheme}": words.signed_points(
                lookup(rows, scheme=scheme, term="contribution", group="percentile=50")["value"]
            )
            for scheme in SCHEMES
        },
    )


def project_rows(desk: Desk) -> pd.DataFrame:
    """Ledger rows of the unnamed projects: expected, actual and contribution (fractions), and the overall average."""
    projects = _unnamed(desk)
    sample = _sample(desk)
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
    quadrants = quadrant(projects, attained.mean()).value_counts()
    counts = [
        row(
            "count",
            quadrants[name],
            group=group_of(quadrant=name),
            term="projects",
            sample=sample,
            unit="projects",
        )
        for name in CORNERS.values()
    ]
    return pd.DataFrame([*rows, average, *counts])


def _interval_rows(desk: Desk) -> pd.DataFrame:
    """Contributions with intervals, and how many projects of each scheme are above, below or neither."""
    projects, sample = _unnamed(desk), _sample(desk)
    rows = [
        row(
            "contribution",
            round(float(p["contribution"]), 2),
            scheme=p["scheme"],
            group=group_of(project=name, contribution=p["class"]),
            term="goal_attainment",
            sample=sample,
            n=p["rounded_size"],
            low=round(float(p["low"]), 3),
            high=round(float(p["high"]), 3),
            unit="fraction",
        )
        for name, p in projects.iterrows()
    ]
    return pd.DataFrame([*rows, *_class_rows(projects, sample)])


def _class_rows(projects: pd.DataFrame, sample: str) -> list[dict[str, object]]:
    parts = {"both": projects} | {s: projects[projects["scheme"] == s] for s in SCHEMES}
    return [
        row(
            "share",
            (part["class"] == name).mean(),
            scheme=scheme,
            group=group_of(contribution=name),
            term="project_share",
            sample=sample,
            n=len(part),
            unit="projects",
        )
        for scheme, part in parts.items()
        for name in CLASSES
    ]


def _percentile_rows(desk: Desk) -> pd.DataFrame:
    projects = desk.study.contributions
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
    return pd.DataFrame(
        {
            "statistic": "percentile",
            "scheme": table["scheme"],
            "group": [group_of(percentile=round(100 * p)) for p in table["probability"]],
            "term": table["term"].map(terms),
            "sample": _sample(desk),
            "value": table["value"],
            "n": table["n"],
            "low": table["low"],
            "high": table["high"],
            "unit": "projects",
        }
    )


def _unnamed(desk: Desk) -> pd.DataFrame:
    """The projects in random order, with a running number per scheme instead of a name, and a rounded size."""
    projects = desk.study.contributions
    shuffled = projects.sample(frac=1, random_state=np.random.default_rng(desk.study.cohort.analysis.seed))
    number = shuffled.groupby("scheme").cumcount() + 1
    names = shuffled["scheme"] + "_" + number.astype(str).str.zfill(3)
    rounded = (shuffled["participants"] / SIZE_STEP).round().clip(lower=1) * SIZE_STEP
    return shuffled.assign(rounded_size=rounded).set_axis(names)


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """One line per project with its quantities side by side."""
    projects = rows[rows["statistic"].isin(QUANTITIES)]
    names = projects["group"].map(lambda g: group_keys(g)["project"])
    wide = projects.assign(project=names).pivot_table(
        index=["project", "scheme", "n"], columns="statistic", values="value", sort=False
    )
    return wide.reset_index()


def _percentile_cell(words: Wording, entry: pd.Series) -> str:
    if entry["term"] == "contribution":
        return words.number(100 * entry["value"])
    return words.percent(entry["value"])


def _sample(desk: Desk) -> str:
    return f"projects_{desk.study.cohort.analysis.project_min_participants}plus"
