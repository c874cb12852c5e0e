"""What all interactive charts share: rows that may be shown, one look, numbers as the language writes them, choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import altair as alt
import pandas as pd
from babel.numbers import get_decimal_symbol, get_group_symbol

from resultatbok.charts.colour import INK, PAPER
from resultatbok.charts.rows import hidden
from resultatbok.charts.theme import GRID, MUTED, REFERENCE
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
NO_BREAK: Final = "\u00a0"


def shown_values(rows: pd.DataFrame, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows that may be shown, as records with only the columns a chart needs.

    Args:
        rows: Ledger rows with names; those suppressed or without a value are left out.
        columns: Column of the rows -> field of the records.
    """
    kept = rows[~hidden(rows, "value")]
    return [{field: _plain(record[column]) for column, field in columns.items()} for record in kept.to_dict("records")]


def choice(name: str, label: str, options: Mapping[str, str], *, every: str | None = None) -> alt.Parameter:
    """A list that readers choose from, above the chart.

    Args:
        name: Of the parameter.
        label: What is chosen, in the reader's language.
        options: Key -> printed name.
        every: Printed name of the choice that leaves nothing out; it comes first and is the one at the start.
    """
    all_options = ({EVERY: every} if every else {}) | dict(options)
    binding = alt.binding_select(options=list(all_options), labels=list(all_options.values()), name=f"{label} ")
    return alt.param(name=name, value=next(iter(all_options)), bind=binding)


def chosen(name: str, field: str) -> str:
    """The condition that a record meets a choice."""
    return f"{name} === '{EVERY}' || datum.{field} === {name}"


def finished(chart: alt.LayerChart | alt.FacetChart, words: Wording) -> Spec:
    """The chart's specification, in the book's look and the reader's way of writing numbers.

    It takes the width of the page it is on. It has no labels for assistive technology: the drawing that it replaces
    stays in the page with its text.
    """
    styled = (
        chart.properties(width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(background=PAPER, font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            gridColor=GRID,
            domainColor=REFERENCE,
            labelFontSize=FONT_SIZE,
            titleFontSize=FONT_SIZE,
            titleFontWeight="normal",
            ticks=False,
            labelPadding=6,
        )
        .configure_legend(
            labelColor=INK,
            labelFontSize=FONT_SIZE,
            labelLimit=0,
            title=None,
            orient="top",
            direction="vertical",
            offset=LEGEND_GAP,
        )
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


def tooltips(fields: Sequence[tuple[str, str]]) -> list[alt.Tooltip]:
    """What is said at a mark: (field, printed name) in order; the fields hold text."""
    return [alt.Tooltip(field, type="nominal", title=title) for field, title in fields]


def _plain(value: Any) -> Any:  # noqa: ANN401 - numbers of any library
    """A number or text as JSON has it; numbers with as many digits as the ledger prints."""
    return float(f"{value:.10g}") if isinstance(value, float) else value if isinstance(value, int) else str(value)
