"""What the exhibits and sentences of the checks show and say, in every variant and both languages."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from shown_exhibits import shown
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.robustness import exhibits_checks, sentences_checks
from helpers.chapters.robustness.terms import ADJUSTED_P, BOUND, CHANGE, EFFECT, GROSS, ODDS, PLACEBO
from resultatbok.exhibits.declaration import Page
from resultatbok.project import Language
from resultatbok.release.rows import group_of

Row = dict[str, Any]
UP, MORE, LESS = interval(0.04, 0.09, 0.14), interval(0.01, 0.213, 0.4), interval(-0.03, 0.024, 0.07)
DOWN, UNSURE = interval(-0.14, -0.094, -0.04), interval(-0.07, -0.02, 0.03)
HIDDEN: Row = {}
OPTIONS = [
    {"adjusted": adjusted, "form": form, "people": people, "clusters": clusters}
    for adjusted, form, people, clusters in product(
        ("main", "without_age", "after_entry"), ("logit",), ("women", "overlap"), ("project",)
    )
]

CURVES: dict[str, tuple[Row, ...]] = {
    "all ahead": (UP, MORE, UP),
    "all ahead, one uncertain": (UP, MORE, LESS),
    "all behind": (DOWN, DOWN, UNSURE),
    "both ways": (UP, DOWN, LESS, UNSURE),
    "all uncertain": (LESS, UNSURE),
    "one": (UP,),
    "one hidden": (UP, HIDDEN, MORE),
    "two hidden": (DOWN, HIDDEN, HIDDEN),
    "the main model is hidden": (HIDDEN, UP),
    "all hidden": (HIDDEN, HIDDEN),
    "none": (),
}


def curve(language: Language, *effects: Row) -> Page:
    own = {"statistic": EFFECT, "term": "scheme", "sample": "women"}
    rows = [own | {"group": group_of(**of)} | effect for of, effect in zip(OPTIONS, effects, strict=False)]
    made = page(language, *rows, own)
    return replace(made, rows=made.rows.iloc[:-1].astype({"suppressed": bool}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CURVES)
def test_what_is_said_of_the_curve_follows_its_estimates(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    made = curve(language, *CURVES[variant])
    assert {name: make(made) for name, make in exhibits_checks.specification_curve.phrases.items()} == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", ["both ways", "all hidden", "none"])
def test_the_curve_is_drawn_over_its_choices(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    assert shown(exhibits_checks.specification_curve, curve(language, *CURVES[variant])) == snapshot


CHANGES: dict[str, tuple[Row, ...]] = {
    "higher": (interval(-0.05, -0.031, -0.01), interval(0.068, 0.106, 0.131)),
    "lower": (interval(-0.18, -0.098, -0.07), interval(-0.01, 0.004, 0.02)),
    "hidden": (HIDDEN, HIDDEN),
    "one hidden": (interval(-0.05, -0.031, -0.01), HIDDEN),
    "none": (),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CHANGES)
def test_the_option_that_matters_most_is_named(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    groups = ("adjusted=after_entry", "people=overlap")
    own = {"statistic": CHANGE, "term": "scheme", "sample": "women"}
    rows = [own | {"group": group} | row for group, row in zip(groups, CHANGES[variant], strict=False)]
    made = page(language, *rows, own)
    made = replace(made, rows=made.rows.iloc[:-1].astype({"suppressed": bool}))
    assert shown(exhibits_checks.choice_changes, made) == snapshot


BOUNDS: dict[str, tuple[tuple[Row, Row] | None, tuple[Row, Row] | None]] = {
    "above, above": ((interval(0.272, 0.315, 0.361), {"value": 0.318}), (interval(0.01, 0.037, 0.52), {"value": 0.48})),
    "above, uncertain": ((interval(0.2, 0.3, 0.4), {"value": 0.31}), (interval(-0.002, 0.037, 0.52), {"value": 0.48})),
    "below, below": ((interval(-0.4, -0.3, -0.2), {"value": -0.29}), (interval(-0.5, -0.4, -0.01), {"value": -0.03})),
    "uncertain, hidden": ((interval(-0.1, 0.01, 0.2), {"value": 0.02}), (HIDDEN, HIDDEN)),
    "hidden, none": ((HIDDEN, HIDDEN), None),
    "none": (None, None),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", BOUNDS)
def test_the_limits_are_told_with_what_they_leave_open(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    rows: list[Row] = []
    for unseen, n, ends in zip(("outcome_not_counted", "not_complete"), (23, 3694), BOUNDS[variant], strict=True):
        for method in ("lee", "manski") if ends else ():
            own = {"statistic": BOUND, "group": group_of(unseen=unseen, method=method), "sample": GROSS, "n": n}
            rows += [own | {"term": "lower"} | ends[0], own | {"term": "upper"} | ends[0] | ends[1]]
    made = page(language, *rows, {"statistic": BOUND})
    made = replace(made, rows=made.rows.iloc[:-1].astype({"suppressed": bool}))
    assert shown(exhibits_checks.bounded_effect, made) == snapshot


SHIFTS: dict[str, tuple[Row, ...]] = {
    "holds": (MORE, MORE, MORE, UP, UP, UP, UP),
    "tips at twice the odds": (MORE, MORE, UP, UP, LESS, UNSURE, DOWN),
    "tips at half the odds": (UP, UNSURE, UNSURE, DOWN, DOWN, DOWN, DOWN),
    "turns": (UP, UP, UP, UP, UP, DOWN, DOWN),
    "uncertain": (UP, UP, LESS, LESS, UNSURE, DOWN, DOWN),
    "one hidden": (UP, HIDDEN, UP, UP, UP, UP, UP),
    "none": (),
}


def shifts(language: Language, effects: tuple[Row, ...], *, actual: bool = True) -> Page:
    rows: list[Row] = []
    for place, (odds, effect) in enumerate(zip(ODDS, effects, strict=False)):
        own = {"group": group_of(gender="female", odds=odds), "sample": GROSS}
        rows.append(own | {"statistic": EFFECT, "term": "scheme"} | effect)
        rows.append(own | {"statistic": "probability", "scheme": "introduction", "value": 0.11 * (place + 1)})
    share = {"statistic": "share", "scheme": "introduction", "group": "gender=female", "sample": "with_missing"}
    return page(language, *rows, share | ({"value": 0.398} if actual else {}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SHIFTS)
def test_the_tipping_point_is_the_nearest_shift_that_changes_the_answer(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    assert shown(exhibits_checks.shifted_effect, shifts(language, SHIFTS[variant])) == snapshot


def test_a_share_that_is_not_shown_is_not_told() -> None:
    said = [sentences_checks.tipping_finding(shifts("en", SHIFTS["holds"], actual=told)) for told in (True, False)]
    assert said[0] == f"{said[1]} In fact 40% of them did."


PLACEBOS: dict[str, tuple[tuple[Row, float, float], ...]] = {
    "none differs": ((LESS, 0.4, 0.6), (UNSURE, 0.6, 0.6)),
    "one differs and remains": ((DOWN, 0.0004, 0.0008), (UNSURE, 0.6, 0.6)),
    "one differs and none remains": ((UP, 0.04, 0.08), (UNSURE, 0.6, 0.6)),
    "several differ and remain": ((DOWN, 0.0004, 0.0008), (UP, 0.001, 0.001)),
    "one is hidden": ((HIDDEN, 0.0004, 0.0008), (UP, 0.001, 0.001)),
    "all are hidden": ((HIDDEN, 0.1, 0.1), (HIDDEN, 0.1, 0.1)),
    "none": (),
}


def placebo_page(language: Language, variant: str) -> Page:
    places = (("schemes", "education_good_general"), ("municipalities", "end_reason_not_counted"))
    rows: list[Row] = []
    for (comparison, term), (effect, p, q) in zip(places, PLACEBOS[variant], strict=False):
        own = {"group": group_of(comparison=comparison), "term": term}
        numbers = {"p_value": p, ADJUSTED_P: q} if effect else {"p_value": float("nan"), ADJUSTED_P: float("nan")}
        rows.append(own | {"statistic": PLACEBO} | effect)
        rows += [own | {"statistic": name, "value": value} for name, value in numbers.items()]
    made = page(language, *rows, {"statistic": PLACEBO})
    return replace(made, rows=made.rows.iloc[:-1].astype({"suppressed": bool}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", PLACEBOS)
def test_how_many_differ_is_told_beside_what_chance_gives(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    assert shown(exhibits_checks.placebo_differences, placebo_page(language, variant)) == snapshot


def test_registers_that_are_not_invented_are_not_said_to_be() -> None:
    made = placebo_page("en", "none differs")
    real = replace(made, cohort=made.cohort.model_copy(update={"synthetic": False}))
    invented, told = (sentences_checks.placebo_finding(one) for one in (made, real))
    assert invented == f"{told} {sentences_checks.MESSAGES['invented']}"
