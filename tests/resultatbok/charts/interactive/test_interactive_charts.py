"""Interactive charts: made of rows that may be shown, the same each time, written as the language writes numbers."""

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import altair as alt
import numpy as np
import pandas as pd
import pytest
from vl_convert import vegalite_to_svg

from resultatbok.charts.colour import series_styles
from resultatbok.charts.interactive.forest import interactive_forest
from resultatbok.charts.interactive.frame import Spec, in_lines, number_locale
from resultatbok.charts.interactive.scatter import interactive_scatter
from resultatbok.words.wording import Wording

WORDS = Wording("en")
BASE_LINE = 4  # pixels from the middle of a number beside an axis down to the line it stands on


def effects() -> pd.DataFrame:
    """Two methods with two sets of covariates in two samples; one of them may not be shown."""
    rows = [
        {
            "sample": s,
            "covariates": c,
            "label": m,
            "value": v / 100,
            "low": (v - 5) / 100,
            "high": (v + 7) / 100,
            "n": 1234,
            "suppressed": False,
        }
        for v, (s, c, m) in enumerate((s, c, m) for s in ("women", "all") for c in ("entry", "all") for m in ("A", "B"))
    ]
    rows[3] |= {"value": np.nan, "low": np.nan, "high": np.nan, "n": np.nan, "suppressed": True}
    table = pd.DataFrame(rows)
    return table.assign(
        estimator=table["label"],
        sample_label=table["sample"].str.title(),
        covariates_label="Held " + table["covariates"],
    )


def projects() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "actual": [0.5, 0.7, np.nan],
            "contribution": [-0.1, 0.1, np.nan],
            "n": [10.0, 25.0, np.nan],
            "scheme": ["introduction", "jobbsjansen", "jobbsjansen"],
            "scheme_label": ["Introduction programme", "Jobbsjansen", "Jobbsjansen"],
            "text": ["50%", "70%", ":"],
            "project": ["introduction_001", "jobbsjansen_001", "jobbsjansen_002"],
        }
    )


def forest(words: Wording = WORDS) -> Spec:
    return interactive_forest(effects(), words, "Percentage points")


def scatter(words: Wording = WORDS) -> Spec:
    return interactive_scatter(
        projects(),
        words,
        x="actual",
        y="contribution",
        size="n",
        series="scheme",
        references=(0.55, 0.0),
        labels=("Actual", "Contribution"),
        tooltip={"scheme_label": "Scheme", "text": "Actual"},
        choose=("Scheme:", "Both"),
    )


def drawn(spec: Spec, kind: str) -> list[dict[str, str]]:
    """Attributes of the marks that are drawn at the start: `rule`s or `symbol`s."""
    tree = ElementTree.fromstring(vegalite_to_svg(spec | {"width": 400}))
    groups = [g for g in tree.iter() if g.get("class", "").startswith(f"mark-{kind} role-mark")]
    return [dict(mark.attrib) for group in groups for mark in group]


def place(mark: dict[str, str]) -> tuple[float, float]:
    x, y = re.findall(r"-?[\d.]+", mark["transform"])
    return float(x), float(y)


def scale(spec: Spec, axis: str) -> Callable[[float], float]:
    """From a fraction to its place, by the per cent or points printed along the axis `x` or `y`."""
    tree = ElementTree.fromstring(vegalite_to_svg(spec | {"width": 400}))
    axes = {"x": [], "y": []}
    for group in (g for g in tree.iter() if g.get("class", "").startswith("mark-text role-axis-label")):
        found = [(text.text, place(dict(text.attrib))) for text in group]
        axes["x" if found[0][1][1] == found[-1][1][1] else "y"] += found
    inner = axes[axis][1:-1]  # those at the ends may be moved inwards
    numbers = [float(t.replace("\u2212", "-").rstrip("%")) / 100 for t, _ in inner]
    places = [at[0] if axis == "x" else at[1] - BASE_LINE for _, at in inner]
    slope, start = np.polyfit(numbers, places, 1)
    return lambda number: float(start + slope * number)


def style(key: str, among: list[str]) -> str:
    return series_styles(among)[key].colour


def records(spec: Any) -> list[dict[str, Any]]:
    """All records of data anywhere in a specification."""
    if isinstance(spec, list):
        return [record for part in spec for record in records(part)]
    if not isinstance(spec, dict):
        return []
    own = spec["values"] if isinstance(spec.get("values"), list) else []
    return own + [record for part in spec.values() if part is not own for record in records(part)]


@pytest.mark.parametrize("make", [forest, scatter])
def test_the_same_rows_give_the_same_text(make: Any) -> None:
    assert json.dumps(make()) == json.dumps(make())


@pytest.mark.parametrize("make", [forest, scatter])
def test_the_specification_is_valid_and_names_no_address_but_its_schema(make: Any) -> None:
    spec = make()
    alt.LayerChart.from_dict(spec)
    text = json.dumps({k: v for k, v in spec.items() if k != "$schema"})
    assert "http" not in text and '"url"' not in text


def test_a_suppressed_estimate_is_not_in_the_chart() -> None:
    shown = [r for r in records(forest()) if "low" in r]
    assert shown
    assert not [r for r in shown if (r["sample"], r["covariates"], r["label"]) == ("women", "all", "B")]
    assert {(r["sample"], r["covariates"], r["label"]) for r in shown} == {
        (s, c, m) for s in ("women", "all") for c in ("entry", "all") for m in "AB"
    } - {("women", "all", "B")}


def test_a_project_that_may_not_be_shown_is_not_in_the_chart_and_none_has_a_number_of_its_own() -> None:
    shown = [r for r in records(scatter()) if "contribution" in r]
    assert [r["contribution"] for r in shown] == [-0.1, 0.1]
    assert not [r for r in shown if {"project", "value"} & set(r)]


def test_estimates_and_both_ends_of_their_intervals_stand_at_their_numbers() -> None:
    spec = forest()
    x, sets = scale(spec, "x"), ["entry", "all"]
    tooltip = effects().query("sample == 'women' and not suppressed")
    points = sorted((x(row.value), style(row.covariates, sets)) for row in tooltip.itertuples())
    lines = sorted((x(row.low), x(row.high), style(row.covariates, sets)) for row in tooltip.itertuples())
    symbols = sorted((place(mark)[0], mark["fill"]) for mark in drawn(spec, "symbol"))
    rules = [m for m in drawn(spec, "rule") if "stroke-dasharray" not in m]
    spans = sorted((place(m)[0], place(m)[0] + float(m["x2"]), m["stroke"]) for m in rules)
    assert [s[1] for s in symbols] == [p[1] for p in points]
    assert [s[0] for s in symbols] == pytest.approx([p[0] for p in points], abs=0.5)
    assert [s[2] for s in spans] == [line[2] for line in lines]
    assert [end for s in spans for end in s[:2]] == pytest.approx([end for n in lines for end in n[:2]], abs=0.5)
    (zero,) = [m for m in drawn(spec, "rule") if "stroke-dasharray" in m]
    assert place(zero)[0] == pytest.approx(x(0), abs=0.5)


def test_points_stand_at_their_numbers_in_the_colour_and_shape_of_their_series() -> None:
    spec = scatter()
    x, y, keys = scale(spec, "x"), scale(spec, "y"), ["introduction", "jobbsjansen"]
    symbols = sorted(drawn(spec, "symbol"), key=place)
    at = [place(mark) for mark in symbols]
    assert [n for point in at for n in point] == pytest.approx([x(0.5), y(-0.1), x(0.7), y(0.1)], abs=0.5)
    assert [mark["fill"] for mark in symbols] == [style(key, keys) for key in keys]
    assert ["A" in mark["d"] for mark in symbols] == [True, False]  # a circle is of arcs
    vertical, horizontal = drawn(spec, "rule")
    assert (place(vertical)[0], place(horizontal)[1]) == pytest.approx((x(0.55), y(0)), abs=0.5)


def test_readers_choose_by_scheme_sample_and_covariates() -> None:
    choices = {p["name"]: p["bind"]["options"] for spec in (forest(), scatter()) for p in spec["params"]}
    assert choices == {
        "sample": ["women", "all"],
        "covariates": ["every", "entry", "all"],
        "scheme": ["every", "introduction", "jobbsjansen"],
    }


@pytest.mark.parametrize(("language", "decimal", "percent"), [("en", ".", "%"), ("nb", ",", "\u00a0%")])
def test_axes_write_numbers_as_the_language_does(language: Any, decimal: str, percent: str) -> None:
    locale = number_locale(Wording(language))
    assert (locale["decimal"], locale["percent"], locale["minus"]) == (decimal, percent, "\u2212")


def test_titles_are_broken_into_lines_that_fit_a_telephone() -> None:
    assert in_lines("Contribution: actual minus expected, percentage points") == [
        "Contribution: actual minus expected,",
        "percentage points",
    ]
