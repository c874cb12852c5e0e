"""Tables, alt texts and captions of the effect chapter say the number, the group and the direction of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.effect import exhibits
from helpers.chapters.effect.terms import WHOSE
from helpers.study.fits.programme_effect.estimates import METHODS, ON_OVERLAP, effect_estimates
from helpers.study.study import Study
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.exhibit import Context
from resultatbok.project import Language

ESTIMANDS = {
    ("att", False): "All in Jobbsjansen",
    ("ate", False): "Everyone",
    ("within", False): "Municipalities that run both schemes",
    ("att", True): "Those in Jobbsjansen who could have been in either scheme",
    ("ate", True): "Those who could have been in either scheme",
    ("ato", False): "The overlap, weighted by how even the chances are",
}
"""Whose average it is, by what a method estimates and whether it uses the overlap only."""


def test_each_method_is_said_to_give_the_average_that_it_estimates(context: Context, small_study: Study) -> None:
    estimates = effect_estimates(small_study).drop_duplicates("method")
    expected = {
        context.words.label(f"estimator={method}"): ESTIMANDS[estimand, method in ON_OVERLAP]
        for method, estimand in zip(estimates["method"], estimates["estimand"], strict=True)
    }
    table = exhibits.programme_effect_table(context).table
    assert table is not None
    assert {line[0]: line[1] for line in table.rows} == expected
    assert list(WHOSE) == list(METHODS)


def effect_rows(method: str, covariates: str, sample: str, effect: dict[str, float], n: int) -> list[dict[str, Any]]:
    own = {"group": f"estimator={method};covariates={covariates}", "sample": sample, "n": n}
    sizes = [("both", n), ("jobbsjansen", n // 10)]
    return [
        own | {"statistic": "average_effect", "term": "scheme"} | effect,
        *(own | {"statistic": "sample_size", "scheme": scheme, "value": size} for scheme, size in sizes),
    ]


def effects_page(language: Language) -> Page:
    """Two methods, of which one gives an estimate for women with what was known at entry only, and a hidden effect."""
    return page(
        language,
        *effect_rows("logit", "entry", "women", interval(0.04, 0.09, 0.14), 6200),
        *effect_rows("matching", "entry", "women", interval(-0.14, -0.09, -0.04), 850),
        *effect_rows("logit", "all", "women", interval(-0.03, 0.02, 0.07), 6100),
        *effect_rows("logit", "entry", "all", interval(0.01, 0.12, 0.23), 9000),
        *effect_rows("logit", "all", "all", {}, 40),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_effect_is_told_with_whom_it_is_about(language: Language, snapshot: SnapshotAssertion) -> None:
    made = effects_page(language)
    assert exhibits.programme_effect.alt(made) == snapshot(name="alt")
    assert exhibits.forest_caption(made) == snapshot(name="caption")
    findings = {str(name): make(made) for name, make in exhibits.programme_effect.phrases.items() if "effect" in name}
    assert findings == snapshot(name="findings")
    table = exhibits.effects_table(made)
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot(name="table")


def test_that_methods_are_missing_is_said_only_where_they_are() -> None:
    rows = [
        row
        for sample in ("women", "all")
        for kind in ("entry", "all")
        for method in METHODS
        for row in effect_rows(method, kind, sample, interval(0.04, 0.09, 0.14), 500)
    ]
    assert exhibits.forest_caption(page("en", *rows)).endswith("Lines are 95% confidence intervals.")
    assert exhibits.forest_caption(page("en", *rows[3:])).endswith("could have been in either scheme.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bounds_of_the_overlap_are_said(language: Language) -> None:
    phrases, made = exhibits.programme_effect.phrases, effects_page(language)
    assert [str(phrases[name](made)).replace("\xa0", "") for name in ("overlap_low", "overlap_high")] == ["10%", "90%"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_are_told_by_scheme_and_probability(language: Language, snapshot: SnapshotAssertion) -> None:
    shares = {
        ("introduction", "0..10"): 0.91,
        ("jobbsjansen", "0..10"): 0.02,
        ("introduction", "90..100"): float("nan"),
        ("jobbsjansen", "90..100"): 0.71,
    }
    made = page(
        language,
        *(
            {"statistic": "share", "scheme": scheme, "group": f"propensity={bin_}", "value": value}
            for (scheme, bin_), value in shares.items()
        ),
    )
    ends = exhibits.propensity_overlap.phrases
    assert exhibits.propensity_overlap.alt(made) == snapshot(name="alt")
    assert {str(name): make(made) for name, make in ends.items()} == snapshot(name="phrases")


def balance_page(language: Language) -> Page:
    difference, ratio = {"statistic": "standardised_difference"}, {"statistic": "variance_ratio"}
    size = {"statistic": "effective_sample_size"}
    none, matched = {"group": "weights=none"}, {"group": "weights=matching"}
    return page(
        language,
        difference | none | {"term": "age", "value": 0.5},
        difference | none | {"term": "norwegian_level", "value": -0.25},
        difference | matched | {"term": "age", "value": -0.04},
        difference | matched | {"term": "norwegian_level"},
        ratio | none | {"term": "age", "value": 1.4},
        size | none | {"scheme": "jobbsjansen", "value": 1400},
        size | none | {"scheme": "introduction", "value": 6200},
        size | matched | {"scheme": "jobbsjansen", "value": 325},
        size | matched | {"scheme": "introduction", "value": 211},
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_balance_is_told_by_variable_and_weights(language: Language, snapshot: SnapshotAssertion) -> None:
    made = balance_page(language)
    table = exhibits.balance_cells(made)
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot(name="table")
    assert [column.header for column in table.columns] == snapshot(name="columns")
    differences = page(language, *made.rows.iloc[:4].drop(columns="suppressed").to_dict("records"))
    assert exhibits.covariate_balance.alt(differences) == snapshot(name="alt")
    assert exhibits.differences(differences)[["label", "heading"]].to_numpy().tolist() == snapshot(name="headings")


def declared_rows() -> list[dict[str, Any]]:
    """The declared effect, one beside it that is hidden, and two years."""
    effects = {
        "target=treated": (interval(0.15, 0.21, 0.27), 1400),
        "target=comparable": ({}, float("nan")),
        "target=within_municipality": (interval(-0.03, 0.02, 0.07), 1200),
        "target=treated;end_year=2017": (interval(-0.14, -0.09, -0.04), 430),
        "target=treated;end_year=2018": (interval(0.01, 0.12, 0.23), 340),
    }
    own = {"sample": "women", "term": "scheme"}
    return [
        row
        for group, (effect, n) in effects.items()
        for row in (
            own | {"statistic": "average_effect", "group": group} | effect,
            own | {"statistic": "sample_size", "group": group, "scheme": "jobbsjansen", "value": n},
        )
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_declared_effect_stands_beside_the_others_with_the_women_it_is_about(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    made = page(language, *declared_rows())
    told = exhibits.targets(made)
    assert told[["heading", "label", "text"]].to_numpy().tolist() == snapshot(name="rows")
    assert exhibits.declared_effect.alt(made) == snapshot(name="alt")
    drawn = to_svg(exhibits.declared_effect.chart(made))
    assert all(f"<!-- {text} -->" in drawn for text in told["text"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_outside_is_told_in_means_and_differences(language: Language, snapshot: SnapshotAssertion) -> None:
    mean, difference = {"statistic": "mean", "term": "age"}, {"statistic": "standardised_difference"}
    explained = {"statistic": "partial_r2", "term": "scheme"}
    made = page(
        language,
        difference | {"term": "age", "value": 0.3},
        mean | {"scheme": "jobbsjansen", "group": "overlap=outside", "value": 37.2},
        mean | {"scheme": "jobbsjansen", "group": "overlap=inside", "value": 35.0},
        mean | {"scheme": "introduction", "value": 32.8},
        difference | {"term": "education_some_schooling"},
        explained | {"group": "block=age;given=others", "value": 0.01},
        explained | {"group": "block=age;given=nothing", "value": 0.05},
    )
    table = exhibits.profile_table(made)
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot
    nobody_outside = page(language, *made.rows.iloc[-2:].drop(columns="suppressed").to_dict("records"))
    assert exhibits.profile_table(nobody_outside).group_rows == {}


def sensitivity_page(language: Language) -> Page:
    """Education, of which nothing can be three times as strong, and age, of which little is shown."""
    scheme, goal = {"term": "scheme"}, {"term": "goal"}
    education, age = {"group": "block=education"}, {"group": "block=age"}
    effect, explained = {"statistic": "average_effect"} | scheme, {"statistic": "partial_r2"}
    return page(
        language,
        effect | interval(0.16, 0.22, 0.27),
        {"statistic": "robustness_value", "value": 0.095, "low": 0.071} | scheme,
        {"statistic": "e_value", "value": 2.5, "low": 1.8} | scheme,
        explained | education | scheme | {"value": 0.08},
        explained | education | goal | {"value": 0.09},
        effect | education | {"value": 0.34},
        {"statistic": "effect_change", "value": 0.13} | education | scheme,
        explained | age | scheme | {"value": 0.01},
        explained | age | goal,
        effect | age | {"value": 0.18},
        {"statistic": "effect_change", "value": -0.03} | age | scheme,
        effect | {"group": "block=education;times=1"} | interval(-0.07, -0.01, 0.05),
        effect | {"group": "block=education;times=2"} | interval(-0.32, -0.27, -0.21),
        effect | {"group": "block=age;times=1"} | interval(0.12, 0.17, 0.23),
        effect | {"group": "block=age;times=2"} | interval(0.07, 0.13, 0.18),
        effect | {"group": "block=age;times=3"},
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_needed_stands_beside_what_is_recorded(language: Language, snapshot: SnapshotAssertion) -> None:
    table = exhibits.sensitivity_table(sensitivity_page(language))
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_and_points_of_the_contours_are_those_of_the_rows(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    explained = {"statistic": "partial_r2", "group": "block=education;times=1"}
    corners = {"zero": (0.1, 0.2), "half": (0.05, 0.04)}
    made = page(
        language,
        explained | {"term": "scheme", "value": 0.09},
        explained | {"term": "goal", "value": 0.11},
        {"statistic": "robustness_value", "term": "scheme", "value": 0.1},
        *(
            {"statistic": "contour", "group": f"contour={name};r2_scheme={x}", "value": y / (10 * x)}
            for name, (x, y) in corners.items()
            for x in (x, 2 * x)
        ),
    )
    points, lines = exhibits.contour_points(made), exhibits.contour_lines(made)
    assert points[["block", "scheme", "goal"]].to_numpy().tolist() == [["education", 0.09, 0.11], ["", 0.1, 0.1]]
    assert lines[["curve", "scheme"]].to_numpy().tolist() == [
        ["zero", 0.1],
        ["zero", 0.2],
        ["half", 0.05],
        ["half", 0.1],
    ]
    assert lines["goal"].tolist() == pytest.approx([0.2, 0.1, 0.08, 0.04])
    assert [*points["block_label"], *lines["curve_label"].unique()] == snapshot(name="names")
    assert exhibits.contours_alt(made) == snapshot(name="alt")
    drawn = to_svg(exhibits.contours_chart(made))
    assert all(f"<!-- {name} -->" in drawn for name in points["block_label"])
