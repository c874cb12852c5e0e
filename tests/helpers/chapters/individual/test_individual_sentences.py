"""Sentences of the individual chapter turn with the numbers, and say what is not shown."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.individual import exhibits, sentences
from resultatbok.project import Language

SIDES = {
    "above": interval(0.03, 0.082, 0.13),
    "below": interval(-0.13, -0.082, -0.03),
    "uncertain": interval(-0.004, 0.02, 0.06),
    "hidden": {},
}


def effect(term: str, numbers: dict[str, float]) -> dict[str, Any]:
    return {"statistic": "average_marginal_effect", "term": term, **numbers}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("side", SIDES)
def test_the_model_speaks_of_the_scheme_and_of_levels(
    side: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    others = interval(0.2, 0.3, 0.4)
    for key, term in (
        ("scheme_finding", "scheme"),
        ("norwegian_finding", "norwegian_level"),
        ("education_finding", "education_level"),
    ):
        terms = ("scheme", "norwegian_level", "education_level")
        rows = [effect(name, SIDES[side] if name == term else others) for name in terms]
        assert exhibits.individual_model.phrases[key](page(language, *rows)) == snapshot(name=key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("side", [*SIDES, "nothing shown at first"])
def test_the_steps_say_what_is_left(side: str, language: Language, snapshot: SnapshotAssertion) -> None:
    values = {
        "scheme": interval(0.14, 0.171, 0.2) if side in SIDES else {},
        "scheme_characteristics": interval(0.2, 0.3, 0.4),
        "individual": SIDES.get(side, SIDES["above"]),
    }
    rows = [effect("scheme", numbers) | {"group": f"model={name}"} for name, numbers in values.items()]
    assert sentences.stepwise_finding(page(language, *rows)) == snapshot


ORIGINS = {
    "fewer with the measures": ([(-0.5, -0.1), (0.1, 0.3)], [(-0.4, 0.1), (0.1, 0.3)]),
    "the same": ([(-0.5, -0.1), (-0.1, 0.3)], [(-0.5, -0.1), (-0.1, 0.3)]),
    "none": ([(-0.5, 0.1), (-0.1, 0.3)], [(-0.5, 0.1), (-0.1, 0.3)]),
    "some are hidden": ([(-0.5, -0.1), None], [(-0.4, 0.1), None]),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", ORIGINS)
def test_origins_are_named_only_where_they_can_be_told_apart(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    rows = [
        {"statistic": "coefficient", "group": f"model={model}", "term": term}
        | ({} if limits is None else interval(limits[0], sum(limits) / 2, limits[1]))
        for model, found in zip(("characteristics", "characteristics_measures"), ORIGINS[variant], strict=True)
        for term, limits in zip(("origin_stateless", "origin_west_asia"), found, strict=True)
    ]
    assert sentences.origins_finding(page(language, *rows)) == snapshot


PREDICTED = {
    "both sides": [
        ("norwegian=a1", (0.02, 0.06, 0.09)),
        ("norwegian=b2", (-0.09, -0.05, -0.02)),
        ("norwegian=b1", (-0.01, 0.01, 0.03)),
    ],
    "two above": [("norwegian=a1", (0.02, 0.06, 0.09)), ("education=some_schooling", (0.05, 0.102, 0.15))],
    "below": [("education=some_schooling", (-0.15, -0.102, -0.05))],
    "one of them small": [("norwegian=a1", (0.02, 0.06, 0.09)), ("education=some_schooling", (-0.15, -0.102, -0.05))],
    "cut into parts": [
        ("duration_quantile=1", (0.02, 0.06, 0.09)),
        ("years_in_norway_quantile=1", (-0.09, -0.03, -0.02)),
    ],
    "none apart": [("norwegian=a1", (-0.02, 0.01, 0.04))],
    "some hidden": [("norwegian=a1", (0.02, 0.06, 0.09)), ("norwegian=b2", None)],
    "all hidden": [("norwegian=a1", None), ("norwegian=b2", None)],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", PREDICTED)
def test_large_groups_are_named_by_the_side_of_the_expected(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    rows = [
        {
            "statistic": "difference",
            "scheme": "jobbsjansen",
            "group": group,
            "term": "contribution",
            "n": 49 if variant == "one of them small" and "norwegian" in group else 50,
        }
        | ({} if limits is None else interval(*limits))
        for group, limits in PREDICTED[variant]
    ]
    of_introduction = {"statistic": "difference", "scheme": "introduction", "group": "age=20_29", "n": 70}
    rows.append(of_introduction | interval(-0.04, 0.01, 0.05))
    assert sentences.predicted_finding(page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("better", "worse"), [(2, 2), (1, 2), (2, 1), (7, 3), (None, 3), (3, None)])
def test_there_must_be_enough_places_of_both_kinds(
    better: int | None, worse: int | None, language: Language, snapshot: SnapshotAssertion
) -> None:
    counts = {"above_mean_positive": better, "below_mean_negative": worse, "above_mean_negative": 9}
    rows = [
        {"statistic": "count", "group": f"quadrant={name};comparable=yes"} | ({} if n is None else {"value": n})
        for name, n in counts.items()
    ]
    assert sentences.cases_finding(page(language, *rows)) == snapshot
