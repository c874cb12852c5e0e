"""Contribution against goal attainment: one point for each unnamed project, its numbers at the pointer, by scheme."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from resultatbok.charts.interactive.frame import (
    Spec,
    choice,
    chosen,
    finished,
    fixed_scale,
    heading,
    in_lines,
    shown_values,
    tooltips,
)
from resultatbok.charts.theme import COLOURS, REFERENCE
from resultatbok.words.wording import Wording

HEIGHT: Final = 420  # pixels
AREAS: Final = (25, 700)  # square pixels of the smallest and the largest project
SHAPES: Final = {"introduction": "circle", "jobbsjansen": "diamond"}


def interactive_scatter(projects: pd.DataFrame, words: Wording, average: float, labels: tuple[str, str]) -> Spec:
    """The scatter for the page.

    Args:
        projects: One record per project: `actual`, `expected`, `contribution` (fractions), `n` (rounded size),
            `scheme`, `scheme_label`.
        words: The reader's language.
        average: Goal attainment of all participants.
        labels: Titles of the horizontal and the vertical axis.
    """
    named = projects.assign(
        value=projects["contribution"],
        points=100 * projects["contribution"],
        actual_text=projects["actual"].map(words.percent),
        expected_text=projects["expected"].map(words.percent),
        contribution_text=projects["contribution"].map(words.signed_points),
        size_text=projects["n"].map(words.count),
    )
    columns = ("actual", "points", "n", "scheme", "scheme_label")
    texts = ("actual_text", "expected_text", "contribution_text", "size_text")
    values = shown_values(named, {name: name for name in (*columns, *texts)})
    schemes = {str(k): str(v) for k, v in projects[["scheme", "scheme_label"]].drop_duplicates().to_numpy()}
    lines = [_line("x", average), _line("y", 0.0)]
    scales = fixed_scale(named["actual"]), fixed_scale(named["points"])
    points = _points(values, schemes, words, labels[0], scales)
    chart = (
        alt.layer(*lines, points)
        .add_params(choice("scheme", words.text("Scheme:"), schemes, every=words.label("both")))
        .properties(height=HEIGHT, title=heading(labels[1]))
    )
    return finished(chart, words)


def _points(
    values: list[dict[str, object]],
    schemes: dict[str, str],
    words: Wording,
    x_label: str,
    scales: tuple[alt.Scale, alt.Scale],
) -> alt.Chart:
    names = list(schemes.values())
    colours, shapes = [COLOURS[key] for key in schemes], [SHAPES[key] for key in schemes]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .transform_filter(chosen("scheme", "scheme"))
        .mark_point(filled=True, opacity=0.75, stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("actual:Q", title=in_lines(x_label), scale=scales[0], axis=alt.Axis(format=".0%", tickCount=6)),
            y=alt.Y("points:Q", title=None, scale=scales[1], axis=alt.Axis(format="d")),
            size=alt.Size("n:Q", scale=alt.Scale(range=list(AREAS)), legend=None),
            color=alt.Color("scheme_label:N", scale=alt.Scale(domain=names, range=colours)),
            shape=alt.Shape("scheme_label:N", scale=alt.Scale(domain=names, range=shapes)),
            tooltip=tooltips(
                [
                    ("scheme_label", words.header("scheme")),
                    ("actual_text", words.label("actual_goal_attainment")),
                    ("expected_text", words.label("expected_goal_attainment")),
                    ("contribution_text", words.label("contribution")),
                    ("size_text", words.text("Participants, about")),
                ]
            ),
        )
    )
    return chart


def _line(axis: str, at: float) -> alt.Chart:
    """A dashed line at what is compared with."""
    line = alt.Chart(alt.InlineData(values=[{"at": at}])).mark_rule(color=REFERENCE, strokeDash=[5, 3])
    placed: alt.Chart = line.encode(x="at:Q") if axis == "x" else line.encode(y="at:Q")
    return placed
