"""Estimates with intervals: names above the lines, so that they fit a telephone; choose sample and covariates."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from resultatbok.charts.colour import INK
from resultatbok.charts.interactive.frame import (
    Spec,
    choice,
    chosen,
    finished,
    fixed_scale,
    in_lines,
    shown_values,
    tooltips,
)
from resultatbok.charts.theme import OTHER_SERIES, REFERENCE
from resultatbok.words.wording import Wording

ROW: Final = 54  # pixels for a name and two intervals
NAME: Final = 12  # pixels from a row's top to the middle of its name
LANES: Final = (28, 42)  # pixels from a row's top to the interval of each set of covariates
SHAPES: Final = ("square", "triangle-up")
POINT: Final = 80  # square pixels


def interactive_forest(told: pd.DataFrame, words: Wording, x_label: str) -> Spec:
    """The forest plot for the page.

    Args:
        told: Effects with their names: `value`, `low`, `high`, `n`, `label`, `covariates`, `covariates_label`,
            `sample`, `sample_label`.
        words: The reader's language.
        x_label: Title of the axis.
    """
    named = told.assign(
        effect=[words.points(value / 100) for value in told["value"]],
        interval=[words.interval(low / 100, high / 100, "points") for low, high in told[["low", "high"]].to_numpy()],
        people=told["n"].map(words.count),
    )
    columns = ("value", "low", "high", "label", "covariates", "covariates_label", "sample", "sample_label")
    values = shown_values(named, {name: name for name in (*columns, "effect", "interval", "people")})
    samples, sets = (_options(told, key) for key in ("sample", "covariates"))
    order = list(dict.fromkeys(told["label"]))
    y = alt.Y("label:N", sort=order, axis=None)
    base = alt.Chart(alt.InlineData(values=values)).transform_filter(chosen("sample", "sample"))
    names = [  # on a white edge, so that no line crosses a letter
        base.transform_aggregate(groupby=["label"])
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=14,
            color=INK,
            strokeWidth=width,
            stroke="white" if width else alt.Undefined,
        )
        .encode(x=alt.value(0), y=alt.Y("label:N", sort=order, axis=None), yOffset=alt.value(NAME), text="label:N")
        for width in (5, 0)
    ]
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=REFERENCE, strokeDash=[5, 3])
    layers = [zero.encode(x="zero:Q"), *names]
    axis = alt.Axis(format="d", tickCount=6)
    scale = fixed_scale(told["low"], told["high"], pd.Series([0.0]))
    for place, key in enumerate(sets):
        part = base.transform_filter(chosen("covariates", "covariates")).transform_filter(
            alt.FieldEqualPredicate(field="covariates", equal=key)
        )
        encoded = {"y": y, "yOffset": alt.value(LANES[place]), "tooltip": tooltips(_told(words))}
        layers += _interval(part, sets, alt.X("low:Q", title=in_lines(x_label), axis=axis, scale=scale), encoded)
    chart = (
        alt.layer(*layers)
        .add_params(
            choice("sample", words.text("Participants:"), samples),
            choice("covariates", words.text("Held equal:"), sets, every=words.text("Either")),
        )
        .properties(height=ROW * len(order))
    )
    return finished(chart, words)


def _interval(part: alt.Chart, sets: dict[str, str], x: alt.X, encoded: dict[str, Any]) -> list[alt.Chart]:
    """Line and point of one set of covariates, in its own colour and shape."""
    names = list(sets.values())
    colours, shapes = [colour for colour, _ in OTHER_SERIES[: len(sets)]], list(SHAPES[: len(sets)])
    colour = alt.Color("covariates_label:N", scale=alt.Scale(domain=names, range=colours))
    shape = alt.Shape("covariates_label:N", scale=alt.Scale(domain=names, range=shapes))
    return [
        part.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", color=colour, **encoded),
        part.mark_point(filled=True, size=POINT, opacity=1).encode(x="value:Q", color=colour, shape=shape, **encoded),
    ]


def _told(words: Wording) -> list[tuple[str, str]]:
    return [
        ("label", words.label("estimator")),
        ("covariates_label", words.text("Held equal")),
        ("effect", words.text("Effect")),
        ("interval", words.label("confidence_interval")),
        ("people", words.label("participants")),
    ]


def _options(told: pd.DataFrame, key: str) -> dict[str, str]:
    pairs = told[[key, f"{key}_label"]].drop_duplicates()
    return {str(k): str(label) for k, label in pairs.itertuples(index=False)}
