"""What the contribution chapter says, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.contribution import sentences
from resultatbok.project import Language

CLASSES = ("above", "not_distinguishable", "below")
Rows = list[dict[str, Any]]


def numbered(row: dict[str, Any], value: float | None) -> dict[str, Any]:
    return row if value is None else row | {"value": value}


PLACED = {"none": (0.0, 0.9, 0.1), "one": (0.01, 0.98, 0.01), "several": (0.2, 0.5, 0.3), "hidden": (None, 0.5, 0.5)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", PLACED)
def test_projects_are_counted_by_class(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    rows = [
        numbered({"statistic": "share", "group": f"contribution={c}", "n": 100}, value)
        for c, value in zip(CLASSES, PLACED[variant], strict=True)
    ]
    assert sentences.projects_placed(page(language, *rows)) == snapshot


DIFFER = {
    "differ": (0.4, 0.049),
    "may not differ": (0.4, 0.051),
    "no spread": (0.0, 1.0),
    "hidden": (None, None),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", DIFFER)
def test_the_sentence_on_projects_follows_the_test(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    spread, p_value = DIFFER[variant]
    rows = [numbered({"statistic": "group_sd"}, spread), numbered({"statistic": "p_value"}, p_value)]
    assert sentences.project_finding(page(language, *rows)) == snapshot


WRONG = {
    "none placed": ((0, 0), 0.0),
    "fewer than one": ((30, 40), 0.99),
    "one": ((30, 40), 1.2),
    "several": ((30, 40), 1.6),
    "hidden": ((30, 40), None),
    "a hidden count": ((None, 40), 1.6),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", WRONG)
def test_errors_are_told_of_the_limit_in_use(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    (above, below), wrong = WRONG[variant]
    rows = [
        *(
            numbered({"statistic": "count", "group": f"cutoff=0.975;contribution={c}"}, n)
            for c, n in zip(CLASSES, (above, 100, below), strict=True)
        ),
        {"statistic": "count", "group": "cutoff=0.9;contribution=above", "value": 999},
        {"statistic": "expected_wrong", "group": "cutoff=0.9", "value": 99.0},
        numbered({"statistic": "expected_wrong", "group": "cutoff=0.975"}, wrong),
    ]
    assert sentences.wrong_side(page(language, *rows)) == snapshot


DISCOVERED: dict[str, tuple[int | None, int]] = {"none": (0, 0), "one": (1, 0), "several": (5, 2), "hidden": (None, 1)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", DISCOVERED)
def test_discoveries_are_counted_and_crossed(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    agreed, alone = DISCOVERED[variant]
    counts = {("above", "above"): agreed, ("above", "not_distinguishable"): alone, ("not_distinguishable", "below"): 7}
    rows = [
        numbered(
            {"statistic": "count", "group": f"method=false_discovery;own={own};contribution={main}"},
            counts.get((own, main), 0),
        )
        for own in CLASSES
        for main in CLASSES
    ]
    rows.append({"statistic": "count", "group": "method=exact;own=above;contribution=above", "value": 99})
    assert sentences.discovery_finding(page(language, *rows)) == snapshot


SPREADS: dict[str, tuple[str, dict[str, float | None], tuple[float, float]]] = {
    "small projects differ more": ("project_size", {"scheme": 0.8, "project_size": 0.001}, (0.84, 0.59)),
    "small projects differ less": ("project_size", {"scheme": 0.8, "project_size": 0.001}, (0.5, 0.59)),
    "Jobbsjansen differs more": ("scheme", {"scheme": 0.0001, "project_size": 0.01}, (1.1, 0.5)),
    "Jobbsjansen differs less": ("scheme", {"scheme": 0.0001, "project_size": 0.01}, (0.4, 0.5)),
    "no test refuses": ("one", {"scheme": 0.8, "project_size": 0.2}, (0.6, 0.6)),
    "one scheme": ("one", {"project_size": 0.2}, (0.6, 0.6)),
    "no test": ("one", {}, (0.6, 0.6)),
    "hidden": ("one", {"scheme": None}, (0.6, 0.6)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SPREADS)
def test_the_spread_in_use_is_said_with_its_test(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    used, tests, sds = SPREADS[variant]
    between = {"term": "project"}
    rows = [between | {"statistic": "rule", "group": f"spread={used}", "value": 1.0}]
    rows += [between | numbered({"statistic": "p_value", "group": f"spread={n}"}, p) for n, p in tests.items()]
    rows += [
        between | {"statistic": "group_sd", "group": f"spread={used};kind={kind}", "value": sd}
        for kind, sd in zip(sentences.FIRST.get(used, ()), sds, strict=False)
    ]
    assert sentences.spread_finding(page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("p_value", [0.049, 0.051, None])
def test_the_assumption_on_participants_follows_its_test(
    p_value: float | None, language: Language, snapshot: SnapshotAssertion
) -> None:
    row = numbered({"statistic": "p_value", "group": "project_means=yes"}, p_value)
    assert sentences.means_finding(page(language, row)) == snapshot


LASTING: dict[str, dict[str, float] | None] = {
    "lasts": interval(0.5, 0.8, 1.0),
    "uncertain": interval(-0.1, 0.4, 0.9),
    "reversed": interval(-0.9, -0.5, -0.1),
    "hidden": {},
    "not computed": None,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", LASTING)
def test_what_lasts_follows_its_interval(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    found, years = LASTING[variant], {"group": "years=consecutive"}
    rows: Rows = [{"statistic": "correlation", "group": "project_means=yes", "value": 0.7}]
    if found is not None:
        rows += [years | {"statistic": "correlation", "value": 0.31}, years | {"statistic": "stability"} | found]
    assert sentences.stability_finding(page(language, *rows)) == snapshot
