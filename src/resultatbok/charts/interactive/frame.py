"""What all interactive charts share: rows that may be shown, one look, numbers as the language writes them, choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import altair as alt
import pandas as pd
from babel.numbers import get_decimal_symbol, get_group_symbol

from resultatbok.charts.colour import GRID, INK, MUTED, PAPER, REFERENCE, series_styles
from resultatbok.charts.marks import hidden
from resultatbok.words.wording import Wording

Spec = dict[str, Any]
"""A Vega-Lite specification, ready for JSON."""

EVERY: Final = "every"
"""The choice that leaves nothing out."""

FONT: Final = "'Source Sans 3', 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
FONT_SIZE: Final = 13
NARROW: Final = 40  # letters in a line of a title
LEGEND_GAP: Final = 12  # pixels between the legend and the plot
MINUS: Final = "\u2212"
IN_POINTS: Final = "format(100 * datum.value, 'd')"
"""The numbers of an axis of fractions that is labelled in percentage points."""
NO_BREAK: Final = "\u00a0"
_VEGA: Final = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross", "triangle-right")
SHAPES: Final = dict(zip("oDs^vPX", _VEGA, strict=True))
"""Vega's name for each marker shape of a series' style."""


def shown_data(rows: pd.DataFrame, columns: Sequence[str], value: str = "value") -> alt.InlineData:
    """The rows that may be shown, those not suppressed and with a value, with only the columns a chart needs."""
    kept = rows.loc[~hidden(rows, value), list(columns)]
    return alt.InlineData(values=[{str(k): _plain(v) for k, v in record.items()} for record in kept.to_dict("records")])


def names_of(rows: pd.DataFrame, key: str) -> dict[str, str]:
    """The printed name of each key, in order of appearance."""
    return dict(zip(rows[key].astype(str), rows[f"{key}_label"].astype(str), strict=True))


def styled(key: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Colour and shape of marks by series, as printed charts have them."""
    field, domain, styles = f"{key}_label", list(names.values()), series_styles(names).values()
    colours, shapes = [style.colour for style in styles], [SHAPES[style.marker] for style in styles]
    return {
        "color": alt.Color(f"{field}:N", scale=alt.Scale(domain=domain, range=colours)),
        "shape": alt.Shape(f"{field}:N", scale=alt.Scale(domain=domain, range=shapes)),
    }


def reference_line(axis: str, at: float) -> alt.Chart:
    """A dashed line at what is compared with, across the axis `x` or `y`."""
    line = alt.Chart(alt.InlineData(values=[{"at": at}])).mark_rule(color=REFERENCE, strokeDash=[5, 3])
    placed: alt.Chart = line.encode(**{axis: "at:Q"})
    return placed


def choice(name: str, label: str, options: Mapping[str, str], *, every: str | None = None) -> alt.Parameter:
    """A list of keys with their printed names that readers choose from, above the chart.

    `every` is the printed name of the choice that leaves nothing out; it comes first and is the one at the start.
    """
    all_options = ({EVERY: every} if every else {}) | dict(options)
    binding = alt.binding_select(options=list(all_options), labels=list(all_options.values()), name=f"{label} ")
    return alt.param(name=name, value=next(iter(all_options)), bind=binding)


def chosen(field: str) -> str:
    """The condition that a record meets the choice of its name."""
    return f"{field} === '{EVERY}' || datum.{field} === {field}"


def finished(chart: alt.LayerChart | alt.FacetChart, words: Wording) -> Spec:
    """The chart's specification, in the book's look and the reader's way of writing numbers.

    It takes the width of the page it is on. It has no labels for assistive technology: the drawing that it replaces
    stays in the page with its text.
    """
    size: dict[str, Any] = {"labelFontSize": FONT_SIZE}
    text: dict[str, Any] = {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
    }
    lines: dict[str, Any] = {"gridColor": GRID, "domainColor": REFERENCE, "ticks": False, "labelPadding": 6}
    legend: dict[str, Any] = {
        "labelColor": INK,
        "labelLimit": 0,
        "title": None,
        "orient": "top",
        "direction": "vertical",
    }
    styled = (
        chart.properties(width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(background=PAPER, font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_axis(**size, **text, **lines)
        .configure_legend(**size, **legend, offset=LEGEND_GAP)
    )
    with alt.data_transformers.enable(consolidate_datasets=False):
        spec: Spec = styled.to_dict()
    spec["usermeta"] = {"embedOptions": {"formatLocale": number_locale(words)}}
    return spec


def number_locale(words: Wording) -> dict[str, Any]:
    """How numbers on axes are written, as d3-format wants to know it."""
    locale = words.language
    return {
        "decimal": get_decimal_symbol(locale),
        "thousands": get_group_symbol(locale),
        "grouping": [3],
        "currency": ["", ""],
        "percent": f"{NO_BREAK}%" if words.language == "nb" else "%",
        "minus": MINUS,
    }


def fixed_scale(*columns: pd.Series) -> alt.Scale:
    """A scale that holds every number, so that it stays the same whatever is chosen."""
    numbers = pd.concat(columns).dropna()
    return alt.Scale(domain=[_plain(float(numbers.min())), _plain(float(numbers.max()))], nice=True)


def in_lines(text: str) -> list[str]:
    """A title in lines that fit a telephone."""
    return wrap(text, NARROW)


def heading(text: str) -> alt.TitleParams:
    """The title of a vertical axis, above the chart, where it can be read without turning one's head."""
    return alt.TitleParams(in_lines(text), anchor="start", color=MUTED, fontSize=FONT_SIZE, fontWeight="normal")


def tooltips(fields: Mapping[str, str]) -> list[alt.Tooltip]:
    """What is said at a mark: fields that hold text, with their printed names."""
    return [alt.Tooltip(field, type="nominal", title=title) for field, title in fields.items()]


def _plain(value: Any) -> Any:  # noqa: ANN401 - numbers of any library
    """A number or text as JSON has it; numbers with as many digits as the ledger prints."""
    return float(f"{value:.10g}") if isinstance(value, float) else value if isinstance(value, int) else str(value)
