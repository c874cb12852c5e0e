"""Tables, alt texts and captions of the effect chapter say the number, the group and the direction of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.effect import exhibits
from helpers.chapters.effect.terms import WHOSE
from helpers.study.fits.programme_effect.estimates import METHODS, ON_OVERLAP, effect_estimates
from helpers.study.study import Study
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.exhibit import Context
from resultatbok.project import Language

ESTIMANDS = {
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
    assert exhibits.forest_alt(made) == snapshot(name="alt")
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
    assert exhibits.propensity_alt(made) == snapshot(name="alt")
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
    assert exhibits.love_plot_alt(differences) == snapshot(name="alt")
    assert exhibits.differences(differences)[["label", "heading"]].to_numpy().tolist() == snapshot(name="headings")


def sensitivity_rows(covariates: str, ratio: dict[str, float], effect: float) -> list[dict[str, Any]]:
    own, block = f"covariates={covariates}", f"covariates={covariates};block="
    scheme = {"term": "scheme"}
    education, age = {"group": f"{block}education"}, {"group": f"{block}age"}
    return [
        {"statistic": "average_effect", "group": own, "value": effect} | scheme,
        {"statistic": "risk_ratio", "group": own} | scheme | ratio,
        {"statistic": "e_value", "group": own, "value": 2.5, "low": 1.8} | scheme,
        {"statistic": "average_effect", "value": 0.234} | education | scheme,
        {"statistic": "effect_change", "value": 0.141} | education | scheme,
        {"statistic": "risk_ratio", "term": "risk_ratio_scheme", "value": 1.45} | education,
        {"statistic": "risk_ratio", "term": "risk_ratio_goal", "value": 1.98} | education,
        {"statistic": "bias_factor", "value": 1.18} | education | scheme,
        {"statistic": "average_effect", "value": 0.072} | age | scheme,
        {"statistic": "effect_change", "value": -0.021} | age | scheme,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_needed_stands_beside_what_is_measured(language: Language, snapshot: SnapshotAssertion) -> None:
    rows = [*sensitivity_rows("entry", interval(0.53, 0.67, 0.83), -0.093), *sensitivity_rows("all", {}, 0.01)]
    table = exhibits.sensitivity_table(page(language, *rows))
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot
