"""What the effect chapter says, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.effect import sentences
from resultatbok.exhibits.declaration import Page
from resultatbok.project import Language
from resultatbok.release.rows import group_of

UP, MORE, DOWN, UNSURE = (
    interval(0.04, 0.09, 0.14),
    interval(0.01, 0.12, 0.23),
    interval(-0.14, -0.09, -0.04),
    interval(-0.03, 0.02, 0.07),
)
HIDDEN: dict[str, float] = {}
Estimates = tuple[dict[str, float], ...]

VERDICTS: dict[str, Estimates] = {
    "all find more": (UP, MORE),
    "all find fewer": (DOWN, DOWN),
    "some find more": (UP, UNSURE, MORE),
    "some find fewer": (UNSURE, DOWN),
    "none can tell": (UNSURE, UNSURE),
    "they contradict each other": (UP, DOWN, UNSURE, MORE),
    "one finds more": (UP,),
    "one finds fewer": (DOWN, HIDDEN),
    "one cannot tell": (UNSURE,),
    "one is hidden": (UP, HIDDEN, MORE),
    "all are hidden": (HIDDEN, HIDDEN),
    "no estimate": (),
}


def effects_page(language: Language, sample: str, covariates: str, *effects: dict[str, float]) -> Page:
    kinds = {"statistic": "average_effect", "sample": sample}
    rows = [kinds | {"group": f"estimator=m{i};covariates={covariates}"} | effect for i, effect in enumerate(effects)]
    others = [
        kinds | DOWN | {"group": "estimator=m;covariates=x"},
        kinds | DOWN | {"group": f"estimator=m;covariates={covariates}", "sample": "x"},
    ]
    return page(language, *rows, *others)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_finding_follows_the_intervals(verdict: str, language: Language, snapshot: SnapshotAssertion) -> None:
    made = effects_page(language, "women", "entry", *VERDICTS[verdict])
    assert sentences.effect_finding("women", "entry")(made) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("sample", "covariates"), sentences.WHO)
def test_the_finding_says_whom_it_is_about(
    sample: str, covariates: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    assert (
        sentences.effect_finding(sample, covariates)(effects_page(language, sample, covariates, UP, MORE)) == snapshot
    )


MORE_F, FEWER_F, UNSURE_F = interval(0.04, 0.09, 0.14), interval(-0.14, -0.09, -0.04), interval(-0.03, 0.02, 0.07)
SIDES: dict[str, dict[str, float]] = {"above": MORE_F, "below": FEWER_F, "uncertain": UNSURE_F, "hidden": {}}
"""Of rows that are fractions."""


def target(effect: dict[str, float], treated: float = 1400, **group: object) -> list[dict[str, Any]]:
    """An effect, and how many women of Jobbsjansen it is about."""
    own = {"group": group_of(**group), "sample": "women"}
    size = {"statistic": "sample_size", "scheme": "jobbsjansen", "term": "participants", "value": treated}
    return [own | {"statistic": "average_effect", "term": "scheme"} | effect, own | size]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SIDES)
def test_each_target_is_told_by_the_side_of_its_interval(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    effect = SIDES[variant]
    made = page(
        language,
        *target(effect, target="treated"),
        *target(effect, 311, target="comparable"),
        *target(effect, target="within_municipality"),
        *target(effect, 1110, target="before_pandemic"),
    )
    finders = (sentences.declared_finding, sentences.comparable_finding, sentences.within_finding)
    assert [find(made) for find in (*finders, sentences.before_pandemic_finding)] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_that_cannot_be_estimated_are_said_to_be_missing(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    made = page(language, *target(MORE_F, target="treated"))
    finders = (sentences.comparable_finding, sentences.within_finding, sentences.bounds_finding)
    assert [find(made) for find in (*finders, sentences.before_pandemic_finding)] == snapshot


STEPS = {"little": 0.07, "lower": 0.12, "higher": 0.06}
"""What the main model finds beside 0.09 (0.04 to 0.14): less than half of the half-width away, or more."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", STEPS)
def test_the_step_to_the_municipality_is_told_for_the_same_women(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    main = STEPS[variant]
    rows = [
        *target(MORE_F, target="within_municipality"),
        *target(interval(main - 0.06, main, main + 0.06), target="same_municipality"),
    ]
    assert sentences.within_finding(page(language, *rows)) == snapshot
    hidden = page(language, *rows[:2], *target({}, target="same_municipality"))
    assert sentences.within_finding(hidden) == sentences.within_finding(page(language, *rows[:2]))


YEARS: dict[str, tuple[float | None, tuple[float, ...]]] = {
    "differ": (0.01, (430, 340, 50, 49)),
    "uncertain": (0.4, (430, 340, 50, 49)),
    "no test": (None, (430, 340, 50, 49)),
    "too few": (0.01, (430, 49, 20, 10)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", YEARS)
def test_years_are_compared_by_those_with_fifty_women(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    p_value, sizes = YEARS[variant]
    effects = (MORE_F, UNSURE_F, interval(0.1, 0.3, 0.5), interval(0.5, 0.9, 1.0))
    years = zip(effects, sizes, range(2017, 2021), strict=True)
    test = {"statistic": "p_value", "group": "target=treated;test=years"}
    rows = [row for effect, n, year in years for row in target(effect, n, target="treated", end_year=year)]
    rows += target(interval(0.6, 0.7, 0.8), target="treated")
    made = page(language, *rows, test | ({} if p_value is None else {"value": p_value}))
    assert sentences.years_finding(made) == snapshot


LIMITS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "above": ({"value": 0.02, "low": 0.01}, {"value": 0.6, "high": 0.64}),
    "below": ({"value": -0.7, "low": -0.72}, {"value": -0.02, "high": -0.01}),
    "uncertain": ({"value": -0.16, "low": -0.2}, {"value": 0.62, "high": 0.66}),
    "just uncertain": ({"value": 0.02, "low": -0.01}, {"value": 0.62, "high": 0.66}),
    "hidden": ({"value": 0.02, "low": 0.01}, {}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", LIMITS)
def test_bounds_are_told_by_the_side_of_their_interval(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    bound = {"statistic": "effect_bound", "term": "scheme"}
    rows = [
        bound | {"group": f"target=treated;bound={name}"} | limits
        for name, limits in zip(("lower", "upper"), LIMITS[variant], strict=True)
    ]
    known = [*target(MORE_F, target="treated"), *target(MORE_F, 311, target="comparable")]
    assert sentences.bounds_finding(page(language, *known, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_separates_the_schemes_is_told_beside_the_other_blocks(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    explained = {"statistic": "partial_r2", "term": "scheme"}
    rows = [
        explained | {"group": f"block={block};given={given}", "value": value}
        for block, given, value in (
            ("age", "others", 0.1),
            ("years_in_norway", "others", 0.43),
            ("education", "others", 0.2),
            ("education", "nothing", 0.9),
        )
    ]
    assert sentences.separation_finding(page(language, *rows)) == snapshot
    hidden = page(language, explained | {"group": "block=age;given=others"})
    assert sentences.separation_finding(hidden) == snapshot(name="hidden")


def balance_row(weights: str, term: str, value: float | None) -> dict[str, Any]:
    numbers = {} if value is None else {"value": value, "n": 50}
    return {"statistic": "standardised_difference", "group": f"weights={weights}", "term": term} | numbers


def balance_page(language: Language, matched: float | None = None, weighted: float | None = None) -> Page:
    """Women as they are, with a later variable and a hidden one; and under weights, unless no method gives any."""
    rows = [
        balance_row("none", "age", 0.5),
        balance_row("none", "years_in_norway", -1.82),
        balance_row("none", "norwegian_level", 3.0),
        balance_row("none", "origin_asia", None),
    ]
    for weights, value in (("matching", matched), ("ipw", weighted)):
        if value is not None:
            rows += [balance_row(weights, "age", 0.04), balance_row(weights, "years_in_norway", value)]
            rows += [balance_row(weights, "norwegian_level", 0.9)]
    return page(language, *rows)


BALANCES = {
    "no method": (None, None),
    "all within a tenth": (0.02, -0.1),
    "none within a tenth": (-0.34, 0.11),
    "some within a tenth": (-0.19, 0.05),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", BALANCES)
def test_which_methods_make_the_women_alike(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    assert sentences.balance_finding(balance_page(language, *BALANCES[variant])) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_balance_that_is_hidden_is_said_to_be(language: Language, snapshot: SnapshotAssertion) -> None:
    hidden = page(language, *(balance_row(weights, "age", None) for weights in ("none", "ipw")))
    assert [sentences.balance_finding(hidden), sentences.largest_imbalance(hidden)] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_imbalance_is_of_what_was_known_at_entry(language: Language, snapshot: SnapshotAssertion) -> None:
    assert sentences.largest_imbalance(balance_page(language, 2.5)) == snapshot


STRENGTHS: dict[str, tuple[dict[str, float], tuple[dict[str, float], ...]]] = {
    "some are enough": (MORE_F, (UNSURE_F, FEWER_F, MORE_F)),
    "all are enough": (MORE_F, (UNSURE_F, FEWER_F)),
    "none is enough": (MORE_F, (MORE_F, MORE_F)),
    "some are enough for fewer": (FEWER_F, (MORE_F, FEWER_F)),
    "nothing recorded": (MORE_F, ()),
    "uncertain": (UNSURE_F, (UNSURE_F,)),
    "hidden": ({}, (UNSURE_F,)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", STRENGTHS)
def test_an_unrecorded_trait_is_compared_with_the_recorded_ones(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    effect, left = STRENGTHS[variant]
    own = {"statistic": "average_effect", "term": "scheme"}
    rows = [
        own | effect,
        {"statistic": "robustness_value", "term": "scheme", "value": 0.095, "low": 0.071},
        *(
            own | {"group": f"block={block};times=1"} | bound
            for block, bound in zip(("education", "age", "origin"), left, strict=False)
        ),
        own | {"group": "block=education;times=2"} | UNSURE_F,
        own | {"group": "block=education", "value": 0.34},
    ]
    made = page(language, *rows)
    assert sentences.robustness_finding(made) == snapshot
    assert sentences.linear_finding(made) == snapshot(name="linear")


E_VALUES = {"certain": {"value": 2.5, "low": 1.8}, "uncertain": {"value": 1.5, "low": 1.0}, "hidden": {}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", E_VALUES)
def test_the_e_value_is_told_with_its_limit(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    made = page(language, {"statistic": "e_value", "term": "scheme", **E_VALUES[variant]})
    assert sentences.e_value_finding(made) == snapshot


CHANGES: dict[str, tuple[float, ...]] = {"up": (0.142, -0.02), "down": (0.01, -0.036), "hidden": (float("nan"),)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CHANGES)
def test_the_largest_change_keeps_its_sign(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "effect_change", "group": f"block={block}", "value": value}
        for block, value in zip(("education", "age"), CHANGES[variant], strict=False)
    ]
    assert sentences.largest_change(page(language, *rows)) == snapshot
