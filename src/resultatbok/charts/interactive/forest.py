"""Estimates with intervals: names above the lines, so that they fit a telephone; choose sample and covariates."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from resultatbok.charts.colour import INK
from resultatbok.charts.interactive.frame import (
    IN_POINTS,
    Spec,
    choice,
    chosen,
    finished,
    fixed_scale,
    in_lines,
    names_of,
    reference_line,
    shown_data,
    styled,
    tooltips,
)
from resultatbok.words.wording import Wording

ROW: Final = 54  # pixels for a name and two intervals
NAME: Final = 12  # pixels from a row's top to the middle of its name
LANES: Final = (28, 42)  # pixels from a row's top to the interval of each set of covariates
POINT: Final = 80  # square pixels


def interactive_forest(effects: pd.DataFrame, words: Wording, x_label: str) -> Spec:
    """The forest plot for the page, of effects with `n`, and `covariates` and `sample` with their labels."""
    named = effects.assign(
        effect=[words.points(value) for value in effects["value"]],
        interval=[words.interval(low, high, "points") for low, high in effects[["low", "high"]].to_numpy()],
        people=effects["n"].map(words.count),
    )
    columns = ("value", "low", "high", "label", "covariates", "covariates_label", "sample", "sample_label")
    samples, sets = (names_of(effects, key) for key in ("sample", "covariates"))
    order = list(dict.fromkeys(effects["label"]))
    y = alt.Y("label:N", sort=order, axis=None)
    base = alt.Chart(shown_data(named, (*columns, "effect", "interval", "people"))).transform_filter(chosen("sample"))
    layers = [reference_line("x", 0.0), *(_names(base, y, width) for width in (5, 0))]  # no line crosses a letter
    axis = alt.Axis(labelExpr=IN_POINTS, tickCount=6)
    scale = fixed_scale(effects["low"], effects["high"], pd.Series([0.0]))
    for place, key in enumerate(sets):
        part = base.transform_filter(chosen("covariates")).transform_filter(
            alt.FieldEqualPredicate(field="covariates", equal=key)
        )
        encoded = {"y": y, "yOffset": alt.value(LANES[place]), "tooltip": tooltips(_told(words))}
        encoded |= styled("covariates", sets)
        layers += _interval(part, alt.X("low:Q", title=in_lines(x_label), axis=axis, scale=scale), encoded)
    chart = (
        alt.layer(*layers)
        .add_params(
            choice("sample", words.text("Participants:"), samples),
            choice("covariates", words.text("Held equal:"), sets, every=words.text("Either")),
        )
        .properties(height=ROW * len(order))
    )
    return finished(chart, words)


def _names(base: alt.Chart, y: alt.Y, edge: float) -> alt.Chart:
    """The names above the intervals, with a white edge of so many pixels."""
    text = base.transform_aggregate(groupby=["label"]).mark_text(
        align="left",
        baseline="middle",
        fontSize=14,
        color=INK,
        strokeWidth=edge,
        stroke="white" if edge else alt.Undefined,
    )
    placed: alt.Chart = text.encode(x=alt.value(0), y=y, yOffset=alt.value(NAME), text="label:N")
    return placed


def _interval(part: alt.Chart, x: alt.X, encoded: dict[str, Any]) -> list[alt.Chart]:
    """Line and point of one set of covariates, in its own colour and shape."""
    line = {channel: value for channel, value in encoded.items() if channel != "shape"}
    return [
        part.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", **line),
        part.mark_point(filled=True, size=POINT, opacity=1).encode(x="value:Q", **encoded),
    ]


def _told(words: Wording) -> dict[str, str]:
    return {
        "label": words.label("estimator"),
        "covariates_label": words.text("Held equal"),
        "effect": words.text("Effect"),
        "interval": words.label("confidence_interval"),
        "people": words.label("participants"),
    }
