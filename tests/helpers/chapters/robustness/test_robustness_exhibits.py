"""Figure and tables of the robustness chapter say the number, the version and the direction of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from shown_exhibits import shown
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.robustness import exhibits, exhibits_missing
from helpers.chapters.robustness.terms import COMBINED, COMPLETE, EFFECT, EITHER, GROSS, IMPUTED, MAIN, PAIRS, named
from helpers.study.specification import PRIMARY_SCHOOL, UPPER_SECONDARY
from resultatbok.project import Language

Row = dict[str, Any]
HIDDEN: Row = {}


def version(group: str, effect: Row, coefficient: Row, p: Row, n: float, sample: str = "all") -> list[Row]:
    own = {"group": group, "term": "scheme", "sample": sample, "n": n}
    return [
        own | {"statistic": EFFECT} | effect,
        own | {"statistic": "coefficient"} | coefficient,
        own | {"statistic": "p_value"} | p,
    ]


ONE = version(MAIN, interval(0.031, 0.095, 0.159), {"value": 0.52, "std_error": 0.19}, {"value": 0.005}, 19316)
BEHIND = interval(-0.094, -0.036, 0.022), {"value": -0.2, "std_error": 0.114}, {"value": 0.081}
HIDDEN_ONE = version(named("last_track"), HIDDEN, HIDDEN, HIDDEN, 3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["independent", "wage_subsidy_attained"])
def test_the_lines_of_versions_have_the_numbers_of_their_model(
    name: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    exhibit = exhibits.dependence if name == "independent" else exhibits.coding_versions
    rows = [*ONE, *version(named(name), *BEHIND, 1234), *HIDDEN_ONE]
    assert shown(exhibit, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_goal_attainment_of_all_leavers_stands_by_coding_and_scheme(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    own = {"statistic": "share", "term": "goal_attainment", "sample": GROSS}
    rows = [
        own | {"group": group, "scheme": scheme, "value": value, "n": n}
        for group, values in (
            ("", ((0.5504, 28140), (0.7216, 1560))),
            ("version=end_reasons_not_attained", ((0.5489, 28214), (float("nan"), 3))),
        )
        for scheme, (value, n) in zip(("introduction", "jobbsjansen"), values, strict=True)
    ]
    assert shown(exhibits.denominator_versions, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_women_s_models_stand_side_by_side(language: Language, snapshot: SnapshotAssertion) -> None:
    own = {"statistic": "coefficient", "sample": "women", "std_error": 0.15}
    rows = [
        own | {"group": "model=individual", "term": "scheme", "value": 0.31},
        own | {"group": "model=project", "term": "scheme", "value": -0.8},
        own | {"group": "model=full", "term": "scheme"} | HIDDEN,
        own | {"group": "model=individual", "term": "constant", "value": -2.2},
        {"statistic": "count", "group": "model=individual", "term": "observations", "value": 7726, "sample": "women"},
        {"statistic": EFFECT, "group": "model=individual", "term": "scheme", "sample": "women"}
        | interval(-0.01, 0.06, 0.13),
    ]
    assert shown(exhibits.women_models, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_inflation_comes_first(language: Language, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "vif", "group": f"model={model}", "term": term, "value": value}
        for model, term, value in (
            ("individual", "scheme", 3.5),
            ("individual", PRIMARY_SCHOOL, 26.29),
            ("individual", "origin", float("nan")),
            ("project", "scheme", 1.07),
        )
    ]
    assert shown(exhibits.variance_inflation, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_correlation_has_its_pair(language: Language, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "correlation", "term": f"{first}~{second}", "value": value, "n": 938}
        for (first, second), value in zip(PAIRS, (0.524, -0.316), strict=True)
    ]
    assert shown(exhibits.municipal_correlations, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overlap_counts_those_with_one_measure_and_with_both(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    groups = ("only_primary_school_subjects", "only_upper_secondary_subjects")
    both = "primary_school_subjects&upper_secondary_subjects"
    rows = [
        {"statistic": "count", "group": f"measure={name}", "term": "participants", "value": n}
        for name, n in ((groups[0], 94), (groups[1], float("nan")), (both, 6034))
    ]
    share = {"statistic": "share", "group": EITHER, "value": 0.97}
    assert shown(exhibits.school_overlap, page(language, *rows, share)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_school_measure_that_is_left_out_has_a_blank_cell_and_a_test(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    def way(group: str, coefficients: dict[str, Row], effect: Row, p: Row | None = None) -> list[Row]:
        own = {"group": group, "n": 19316}
        terms = [own | {"statistic": "coefficient", "term": term} | row for term, row in coefficients.items()]
        test = [] if p is None else [own | {"statistic": "p_value", "term": "likelihood_ratio"} | p]
        p_value = own | {"statistic": "p_value", "term": "scheme", "value": 0.5}
        return [*terms, p_value, own | {"statistic": EFFECT, "term": "scheme"} | effect, *test]

    low, high = {"value": -0.68, "std_error": 0.18}, {"value": 0.4, "std_error": 0.171}
    rows = [
        *way(MAIN, {PRIMARY_SCHOOL: low, UPPER_SECONDARY: high}, interval(0.031, 0.095, 0.159)),
        *way(named("without_primary"), {UPPER_SECONDARY: low}, interval(-0.032, -0.004, 0.019), {"value": 0.0002}),
        *way(named("without_upper_secondary"), {PRIMARY_SCHOOL: HIDDEN}, HIDDEN, HIDDEN),
        *way(named("school_combined"), {COMBINED: high}, interval(0.035, 0.099, 0.162)),
    ]
    assert shown(exhibits.school_measures, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_lack_something_stand_under_what_divides_them(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    own = {"statistic": "share", "term": "missing_education_or_norwegian", "sample": GROSS}
    count = {"statistic": "count", "term": "participants", "value": 100, "scheme": "both"}
    rows = [
        own | {"scheme": "introduction", "n": 28214} | interval(0.357, 0.363, 0.369),
        own | {"scheme": "jobbsjansen", "n": 1560} | interval(0.077, 0.09, 0.105),
        own | {"group": "gender=female", "n": 11420} | interval(0.313, 0.321, 0.33),
        own | {"group": "gender=male", "n": 3} | HIDDEN,
        own | {"group": "origin=europe", "n": 352} | interval(0.189, 0.23, 0.277),
        *(count | {"sample": sample} for sample in (GROSS, "all")),
    ]
    assert shown(exhibits_missing.missing_by_group, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_left_out_stand_beside_the_complete_cases(language: Language, snapshot: SnapshotAssertion) -> None:
    kinds = (
        {"statistic": "share", "scheme": "introduction", "term": "goal_attainment"},
        {"statistic": "share", "scheme": "jobbsjansen", "term": "goal_attainment"},
        {"statistic": "mean", "term": "age"},
        {"statistic": "mean", "term": "duration_months"},
    )
    values = ((0.557, 0.539), (0.726, float("nan")), (33.14, 32.8), (28.0, 27.86))
    rows = [
        kind | {"group": f"missing={missing}", "sample": sample, "value": value}
        for kind, pair in zip(kinds, values, strict=True)
        for missing, sample, value in zip(("no", "yes"), ("all", "with_missing"), pair, strict=True)
    ]
    assert shown(exhibits_missing.missing_means, page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_term_stands_with_both_models_and_what_is_lost(language: Language, snapshot: SnapshotAssertion) -> None:
    def term(name: str, complete: float, imputed: float, lost: float) -> list[Row]:
        coefficient = {"statistic": "coefficient", "term": name, "std_error": 0.13}
        imputed_group = {"group": IMPUTED, "sample": GROSS, "n": 29700}
        return [
            coefficient | {"group": COMPLETE, "value": complete},
            coefficient | imputed_group | {"value": imputed},
            {"statistic": "fraction_missing_information", "term": name, "value": lost} | imputed_group,
        ]

    rows = [
        *term("scheme", 0.52, 0.56, 0.0084),
        *term("age", -0.05, -0.049, 0.02),
        *term("norwegian_level", 0.82, float("nan"), float("nan")),
        *term(PRIMARY_SCHOOL, -0.68, -0.62, 0.003),
        *term("constant", -1.34, -1.38, 0.03),
        {"statistic": "count", "term": "imputed", "group": IMPUTED, "sample": GROSS, "value": 10384},
        {"statistic": EFFECT, "group": MAIN, "term": "scheme"} | interval(0.03, 0.09, 0.15),
        {"statistic": EFFECT, "group": IMPUTED, "term": "scheme", "sample": GROSS} | interval(0.04, 0.1, 0.16),
    ]
    assert shown(exhibits_missing.imputation, page(language, *rows)) == snapshot
