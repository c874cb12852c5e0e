"""What the effect chapter says, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.effect import sentences
from resultatbok.exhibits.declaration import Page
from resultatbok.project import Language

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
@pytest.mark.parametrize(("sample", "covariates"), sentences.WHOM)
def test_the_finding_says_whom_it_is_about(
    sample: str, covariates: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    assert (
        sentences.effect_finding(sample, covariates)(effects_page(language, sample, covariates, UP, MORE)) == snapshot
    )


SIZES = {
    "shown": {"logit": (6200.0, 1400.0), "ipw": (850.0, 325.0)},
    "hidden": {"logit": (6200.0, 1400.0), "ipw": (float("nan"), float("nan"))},
    "no overlap": {"logit": (6200.0, 1400.0)},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SIZES)
def test_the_overlap_is_told_in_women_of_each_scheme(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    rows = [
        {"statistic": "sample_size", "scheme": scheme, "group": f"estimator={method};covariates={kind}"}
        | {"sample": sample, "value": size + (0 if (kind, sample) == ("entry", "women") else 7)}
        for method, sizes in SIZES[variant].items()
        for scheme, size in zip(("both", "jobbsjansen"), sizes, strict=True)
        for kind in ("entry", "all")
        for sample in ("women", "all")
    ]
    assert sentences.overlap_sizes(page(language, *rows)) == snapshot


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


RATIOS = {
    "accounts for all": (interval(1.2, 1.5, 1.9), 1.6),
    "makes it uncertain": (interval(1.2, 1.5, 1.9), 1.3),
    "could not even": (interval(1.2, 1.5, 1.9), 1.1),
    "makes a negative effect uncertain": (interval(0.53, 0.67, 0.83), 1.3),
    "could not even a negative effect": (interval(0.53, 0.67, 0.83), 1.19),
    "uncertain": (interval(0.9, 1.1, 1.3), 1.3),
    "reaches no effect": (interval(1.0, 1.1, 1.3), 1.3),
    "nothing measured": (interval(1.2, 1.5, 1.9), None),
    "hidden": (HIDDEN, 1.3),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", RATIOS)
def test_what_is_unmeasured_is_compared_with_what_is(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    ratio, bias = RATIOS[variant]
    rows: list[dict[str, Any]] = [
        {"statistic": "e_value", "group": "covariates=entry", "term": "scheme", "value": 2.5, "low": 1.8},
        {"statistic": "risk_ratio", "group": "covariates=entry", "term": "scheme", **ratio},
        {"statistic": "risk_ratio", "group": "covariates=all", "term": "scheme", **interval(0.5, 1, 2)},
    ]
    if bias:
        factor = {"statistic": "bias_factor", "term": "scheme"}
        rows += [
            factor | {"group": "covariates=entry;block=education", "value": bias},
            factor | {"group": "covariates=entry;block=age", "value": 1.01},
            factor | {"group": "covariates=all;block=age", "value": 9.0},
        ]
    assert sentences.unmeasured("entry")(page(language, *rows)) == snapshot


CHANGES: dict[str, tuple[float, ...]] = {"up": (0.142, -0.02), "down": (0.01, -0.036), "hidden": (float("nan"),)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CHANGES)
def test_the_largest_change_keeps_its_sign(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "effect_change", "group": f"covariates=entry;block={block}", "value": value}
        for block, value in zip(("education", "age"), CHANGES[variant], strict=False)
    ]
    later = {"statistic": "effect_change", "group": "covariates=all;block=norwegian", "value": 0.4}
    assert sentences.largest_change(page(language, *rows, later)) == snapshot
