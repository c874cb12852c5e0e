"""What the robustness chapter says, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.robustness import exhibits, exhibits_missing, sentences
from helpers.chapters.robustness.terms import EFFECT, GROSS, IMPUTED, MAIN, named
from helpers.study.specification import PRIMARY_SCHOOL, UPPER_SECONDARY
from resultatbok.exhibits.declaration import phrases_of
from resultatbok.project import Language

UP, MORE, DOWN, UNSURE = (
    interval(0.04, 0.09, 0.14),
    interval(0.01, 0.12, 0.23),
    interval(-0.14, -0.09, -0.04),
    interval(-0.03, 0.02, 0.07),
)
NEAR = interval(0.05, 0.092, 0.13)
HIDDEN: dict[str, float] = {}
Estimates = tuple[dict[str, float], ...]

CLUSTERED: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "wider, excludes zero": ({"std_error": 0.01} | UP, {"std_error": 0.02} | UP),
    "wider, excludes zero from below": ({"std_error": 0.01} | DOWN, {"std_error": 0.02} | DOWN),
    "wider, contains zero": ({"std_error": 0.01} | UP, {"std_error": 0.0144} | UNSURE),
    "no wider": ({"std_error": 0.01} | UP, {"std_error": 0.01} | UP),
    "hidden": ({"std_error": 0.01} | UP, HIDDEN),
    "the other is hidden": (HIDDEN, {"std_error": 0.01} | UP),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CLUSTERED)
def test_the_sentence_on_dependence_follows_its_numbers(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    independent, clustered = CLUSTERED[variant]
    kinds = {"statistic": EFFECT, "term": "scheme"}
    made = page(language, kinds | {"group": MAIN} | clustered, kinds | {"group": named("independent")} | independent)
    assert sentences.dependence_finding(made) == snapshot


CODINGS: dict[str, Estimates] = {
    "none": (UP,),
    "one": (UP, MORE),
    "several": (UP, NEAR, UNSURE, MORE),
    "the one that matters most is hidden": (UP, NEAR, HIDDEN, MORE),
    "hidden": (UP, HIDDEN),
    "the main model is hidden": (HIDDEN, UP, MORE),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CODINGS)
def test_the_coding_that_matters_most_is_named(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    groups = [MAIN, *map(named, ("first_track", "wage_subsidy_not_attained", "norwegian_four_levels"))]
    rows = [
        part
        for group, effect in zip(groups, CODINGS[variant], strict=False)
        for part in ({"statistic": EFFECT, "group": group} | effect, {"statistic": "p_value", "group": group} | effect)
    ]
    assert sentences.coding_finding(page(language, *rows)) == snapshot


IMPUTED_EFFECTS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "narrower, within": (interval(0.06, 0.1, 0.14), interval(0.09, 0.11, 0.13)),
    "no narrower, within": (interval(0.06, 0.1, 0.14), interval(0.06, 0.11, 0.16)),
    "narrower, larger": (interval(0.06, 0.1, 0.14), interval(0.14, 0.16, 0.18)),
    "smaller, of another sign": (interval(0.06, 0.1, 0.14), interval(-0.09, -0.01, 0.07)),
    "at the limit": (interval(0.06, 0.1, 0.14), interval(0.12, 0.14, 0.16)),
    "hidden": (HIDDEN, interval(0.09, 0.11, 0.13)),
    "the other is hidden": (interval(0.06, 0.1, 0.14), HIDDEN),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", IMPUTED_EFFECTS)
def test_the_sentence_on_imputation_follows_its_numbers(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    complete, imputed = IMPUTED_EFFECTS[variant]
    rows = [
        {"statistic": EFFECT, "group": MAIN} | complete,
        {"statistic": EFFECT, "group": IMPUTED, "sample": GROSS} | imputed,
    ]
    assert sentences.imputation_finding(page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hidden", [False, True])
def test_what_the_gaps_take_away_is_said(hidden: bool, language: Language, snapshot: SnapshotAssertion) -> None:
    lost = {"statistic": "fraction_missing_information", "group": IMPUTED, "sample": GROSS, "n": 29700}
    values = [{}, {}, {}] if hidden else [{"value": 0.0084}, {"value": 0.213}, {"value": 10384}]
    made = page(
        language,
        lost | {"term": "scheme"} | values[0],
        lost | {"term": "education_level"} | values[1],
        {"statistic": "count", "term": "imputed"} | values[2],
    )
    phrases = exhibits_missing.imputation.phrases
    assert {name: make(made) for name, make in phrases.items() if name != "imputation_finding"} == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hidden", [False, True])
def test_who_lacks_something_is_said(hidden: bool, language: Language, snapshot: SnapshotAssertion) -> None:
    share = {"statistic": "share", "term": "missing_education_or_norwegian", "sample": GROSS}
    count = {"statistic": "count", "term": "participants"}
    rows = [
        share | {"scheme": "introduction", "value": 0.36},
        share | {"scheme": "jobbsjansen", "value": 0.09},
        share | {"group": "gender=female", "value": 0.32},
        *(count | {"sample": sample, "scheme": scheme, "value": n}
          for sample, n in ((GROSS, 29774), ("all", 19316)) for scheme in ("both", "jobbsjansen")),
    ]  # fmt: skip
    made = page(language, *(row | ({"value": float("nan")} if hidden else {}) for row in rows))
    assert phrases_of(exhibits_missing.missing_by_group.phrases, made) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hidden", [False, True])
def test_the_attainment_of_all_leavers_is_as_counted_here(
    hidden: bool, language: Language, snapshot: SnapshotAssertion
) -> None:
    own = {"statistic": "share", "term": "goal_attainment", "sample": GROSS}
    rows = [
        own | {"scheme": scheme, "group": group} | ({} if hidden else {"value": value})
        for scheme, value in (("introduction", 0.5504), ("jobbsjansen", 0.7216))
        for group in ("", "version=end_reasons_not_attained")
    ]
    made = page(language, *rows)
    assert {name: make(made) for name, make in exhibits.denominator_versions.phrases.items()} == snapshot


WOMEN: dict[str, Estimates] = {
    "each way": (UP, DOWN, UNSURE, UP),
    "one hidden": (HIDDEN, MORE, UP, UP),
    "all behind": (DOWN, DOWN, DOWN, DOWN),
    "all hidden": (HIDDEN,) * 4,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", WOMEN)
def test_the_women_s_models_are_parted_by_what_they_say(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    models = ("individual", "municipality", "project", "full")
    rows = [
        {"statistic": EFFECT, "group": f"model={model}", "sample": "women"} | effect
        for model, effect in zip(models, WOMEN[variant], strict=True)
    ]
    size = {"statistic": "count", "term": "observations", "group": "model=individual", "sample": "women"}
    rows.append(size | ({"value": 7726} if WOMEN[variant][0] else {}))
    made = page(language, *rows)
    assert [make(made) for make in exhibits.women_models.phrases.values()] == snapshot


INFLATED: dict[str, tuple[float | None, ...]] = {
    "at the limit": (3.5, 10.0, 1.2),
    "one above": (3.5, 10.1, 1.2),
    "two above": (26.3, 26.2, 3.46),
    "all above": (26.3, 26.2),
    "some hidden": (3.5, 26.2, None),
    "all hidden": (None, None),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", INFLATED)
def test_what_lies_above_the_limit_of_inflation_is_named(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    rows: list[dict[str, Any]] = [
        {"statistic": "vif", "group": "model=individual", "term": term} | ({} if value is None else {"value": value})
        for term, value in zip(("scheme", PRIMARY_SCHOOL, UPPER_SECONDARY), INFLATED[variant], strict=False)
    ]
    rows += [row | {"group": "model=project"} for row in rows]
    made = page(language, *rows)
    assert {name: make(made) for name, make in exhibits.variance_inflation.phrases.items()} == snapshot


SCHOOL: dict[str, Estimates] = {
    "each way": (DOWN, UNSURE, UP, DOWN),
    "two hidden": (HIDDEN, UP, MORE, HIDDEN),
    "the same effect": (HIDDEN, UP, UP, HIDDEN),
    "all hidden": (HIDDEN,) * 4,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SCHOOL)
def test_the_sentences_on_the_school_measures_follow_the_signs(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    places = (
        (MAIN, PRIMARY_SCHOOL),
        (named("without_upper_secondary"), PRIMARY_SCHOOL),
        (MAIN, UPPER_SECONDARY),
        (named("without_primary"), UPPER_SECONDARY),
    )
    rows = [
        {"statistic": statistic, "group": group, "term": term} | number
        for (group, term), number in zip(places, SCHOOL[variant], strict=True)
        for statistic in ("coefficient", EFFECT)
    ]
    made = page(language, *rows)
    assert [make(made) for make in exhibits.school_measures.phrases.values()] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hidden", [False, True])
def test_the_overlap_and_the_correlations_are_said(
    hidden: bool, language: Language, snapshot: SnapshotAssertion
) -> None:
    either = "measure=primary_school_subjects|upper_secondary_subjects"
    rows: list[dict[str, Any]] = [
        {"statistic": "share", "group": either, "value": 0.97},
        {"statistic": "correlation", "term": "immigrant_share~population", "value": 0.524},
        {"statistic": "correlation", "term": "selected_industries_share~immigrant_share", "value": -0.316},
    ]
    made = page(language, *(row | ({"value": float("nan")} if hidden else {}) for row in rows))
    phrases = {**exhibits.school_overlap.phrases, **exhibits.municipal_correlations.phrases}
    assert {name: make(made) for name, make in phrases.items()} == snapshot
