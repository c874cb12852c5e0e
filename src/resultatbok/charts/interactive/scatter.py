"""Two measures against each other: a point for each record, its numbers at the pointer; choose a series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from resultatbok.charts.interactive.frame import (
    IN_POINTS,
    Spec,
    choice,
    chosen,
    finished,
    fixed_scale,
    heading,
    in_lines,
    names_of,
    reference_line,
    shown_data,
    styled,
    tooltips,
)
from resultatbok.words.wording import Wording

HEIGHT: Final = 420  # pixels
AREAS: Final = (25, 700)  # square pixels of the smallest and the largest point


def interactive_scatter(
    points: pd.DataFrame,
    words: Wording,
    *,
    x: str,
    y: str,
    size: str,
    series: str,
    references: tuple[float, float],
    labels: tuple[str, str],
    tooltip: Mapping[str, str],
    choose: tuple[str, str],
) -> Spec:
    """The scatter for the page.

    The columns `x`, a share, `y`, a difference of shares, and `size` hold places and areas; `references` and `labels`
    belong to the axes. `tooltip` has columns with text, and their printed names. Readers choose by `series`: `choose`
    is what the list is called, and its choice that leaves none out.
    """
    name = f"{series}_label"
    names = names_of(points, series)
    marks = (
        alt.Chart(shown_data(points, list(dict.fromkeys((x, y, size, series, name, *tooltip))), y))
        .transform_filter(chosen(series))
        .mark_point(filled=True, opacity=0.75, stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X(
                f"{x}:Q",
                title=in_lines(labels[0]),
                scale=fixed_scale(points[x]),
                axis=alt.Axis(format=".0%", tickCount=6),
            ),
            y=alt.Y(f"{y}:Q", title=None, scale=fixed_scale(points[y]), axis=alt.Axis(labelExpr=IN_POINTS)),
            size=alt.Size(f"{size}:Q", scale=alt.Scale(range=list(AREAS)), legend=None),
            tooltip=tooltips(tooltip),
            **styled(series, names),
        )
    )
    lines = [reference_line(axis, value) for axis, value in zip("xy", references, strict=True)]
    chart = (
        alt.layer(*lines, marks)
        .add_params(choice(series, choose[0], names, every=choose[1]))
        .properties(height=HEIGHT, title=heading(labels[1]))
    )
    return finished(chart, words)
