"""Interactive charts: made of rows that may be shown, the same each time, written as the language writes numbers."""

import json
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from resultatbok.charts.interactive.forest import interactive_forest
from resultatbok.charts.interactive.frame import Spec, in_lines, number_locale
from resultatbok.charts.interactive.scatter import interactive_scatter
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def effects() -> pd.DataFrame:
    """Two methods with two sets of covariates in two samples; one of them may not be shown."""
    rows = [
        {
            "sample": s,
            "covariates": c,
            "label": m,
            "value": v,
            "low": v - 5,
            "high": v + 5,
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
            "expected": [0.6, 0.6, np.nan],
            "contribution": [-0.1, 0.1, np.nan],
            "n": [10.0, 25.0, np.nan],
            "scheme": ["introduction", "jobbsjansen", "jobbsjansen"],
            "scheme_label": ["Introduction programme", "Jobbsjansen", "Jobbsjansen"],
            "project": ["introduction_001", "jobbsjansen_001", "jobbsjansen_002"],
        }
    )


def forest(words: Wording = WORDS) -> Spec:
    return interactive_forest(effects(), words, "Percentage points")


def scatter(words: Wording = WORDS) -> Spec:
    return interactive_scatter(projects(), words, 0.55, ("Actual", "Contribution"))


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
    shown = [r for r in records(scatter()) if "points" in r]
    assert [r["points"] for r in shown] == [-10, 10]
    assert not [r for r in shown if {"project", "value"} & set(r)]


def test_what_is_said_at_the_pointer_is_written_in_the_language() -> None:
    english, norwegian = (next(r for r in records(scatter(Wording(lang))) if "points" in r) for lang in ("en", "nb"))
    assert (english["actual_text"], norwegian["actual_text"]) == ("50%", "50\u00a0%")


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
