"""Model cards say what was found: each test's result in words, the sample, the fit and what the model is for."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.models import exhibits, sentences
from resultatbok.charts.theme import to_svg

NAN = float("nan")
OWN = "model=individual"
TESTS = {
    "agreement": ("p_value", f"{OWN};test=calibration", (0.01, 0.2, NAN)),
    "dependence": ("p_value", f"{OWN};test=dependence", (0.0001, 0.2, NAN)),
    "linearity": ("p_value", f"{OWN};test=linearity", (0.01, 0.2, NAN)),
    "inflation": ("vif", f"{OWN};test=collinearity", (5.0, 5.1, NAN)),
    "influence": ("influence", OWN, (1.0, 1.1, NAN)),
}
FOUND = [(name, value) for name, (_, _, values) in TESTS.items() for value in values]


def individual(**changed: float) -> list[dict[str, Any]]:
    """All rows of the individual model's card."""
    steps = {"all_leavers": 1000, "goal_known": 990, "complete_cases": 640}
    flow = [{"statistic": "count", "group": OWN, "term": step, "value": n} for step, n in steps.items()]
    fit = {"auc": 0.787, "brier": 0.185, "calibration_gap": 0.0257, "converged": 1, "loglik": -345.67, "r2": 0.198}
    tests = {name: {"statistic": s, "group": group, "value": values[1]} for name, (s, group, values) in TESTS.items()}
    tests["inflation"] |= {"term": "male"}
    tests["linearity"] |= {"term": "age"}
    for name, value in changed.items():
        tests[name]["value"] = value
    straight = {**tests["linearity"], "term": "duration_months", "value": 0.5}
    numbers = [{"statistic": name, "group": OWN, "value": value} for name, value in fit.items()]
    return [*flow, *numbers, *tests.values(), straight]


def multilevel(name: str, sd: float, p: float, normal: float, converged: float = 1) -> list[dict[str, Any]]:
    """All rows of a multilevel model's card."""
    group, level = f"model={name}", "project" if name == "project" else "municipality"
    steps = {"all_leavers": 1000, "goal_known": 990, "complete_cases": 640, "in_large_units": 500, "context_known": 410}
    if name == "full":
        del steps["in_large_units"]
    own = f"{group};level={level}"
    tested = [] if sd == 0 else [("p_value", f"{own};test=variation", p), ("effect_normality", own, normal)]
    numbers = [
        ("auc", group, 0.74),
        ("brier", group, 0.21),
        ("calibration_gap", group, 0.032),
        ("converged", group, converged),
        ("loglik", group, -200.5),
        ("r2", f"{group};effects=marginal", 0.36),
        ("r2", f"{group};effects=conditional", 0.43),
        ("auc", f"{group};effects=own", 0.83),
        ("group_sd", own, sd),
        ("influence", group, 0.2),
        *tested,
    ]
    return [
        *({"statistic": "count", "group": group, "term": step, "value": n} for step, n in steps.items()),
        *({"statistic": statistic, "group": g, "value": value} for statistic, g, value in numbers),
        {"statistic": "vif", "group": f"{group};test=collinearity", "term": "male", "value": 2.0},
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "value"), FOUND, ids=[f"{name} {value}" for name, value in FOUND])
def test_an_assumption_is_told_as_it_was_found(
    name: str, value: float, language: str, snapshot: SnapshotAssertion
) -> None:
    usual = sentences.assumption_lines(page(language, *individual()), "individual")
    found = sentences.assumption_lines(page(language, *individual(**{name: value})), "individual")
    changed = [line for line in found if line not in usual]
    order = ["agreement", "linearity", "inflation", "influence", "dependence"]
    assert changed in ([], [found[order.index(name)]])
    assert found[order.index(name)] == snapshot


LEVELS = {
    "zero": (0.0, NAN, NAN),
    "certain and normal": (0.3, 0.01, 0.98),
    "perhaps chance and not normal": (0.3, 0.3, 0.97),
    "test hidden": (0.3, NAN, NAN),
    "hidden": (NAN, 0.01, NAN),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", LEVELS)
def test_the_spread_of_a_level_is_told_as_it_was_found(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    rows = page(language, *multilevel("municipality", *LEVELS[variant]))
    assert sentences.assumption_lines(rows, "municipality") == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["individual", "municipality", "project", "full"])
def test_every_card_has_its_four_parts_with_its_own_numbers(
    name: str, language: str, snapshot: SnapshotAssertion
) -> None:
    rows = individual() if name == "individual" else multilevel(name, 0.3, 0.01, 0.99)
    table = exhibits.card(name)(page(language, *rows))
    parts = [[table.group_rows.get(n, ""), *line] for n, line in enumerate(table.rows)]
    assert all(all(line[1:]) for line in parts)
    assert parts == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("converged", [1, 0, NAN])
def test_it_is_said_whether_the_estimation_ended_where_it_should(
    converged: float, language: str, snapshot: SnapshotAssertion
) -> None:
    rows = page(language, *multilevel("full", 0.3, 0.01, 0.99, converged))
    assert sentences.fit_lines(rows, "full")[0] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prose_has_the_numbers_of_its_model(language: str, snapshot: SnapshotAssertion) -> None:
    cards = [
        (exhibits.model_card_individual, page(language, *individual())),
        (exhibits.model_card_full, page(language, *multilevel("full", 0.3, 0.01, 0.99))),
    ]
    told = {key: make(rows) for card, rows in cards for key, make in card.phrases.items()}
    hidden = page(language, {"statistic": "count", "value": 10}, {"statistic": "count"})
    assert [told, sentences.kept(hidden)] == snapshot


def calibration(language: str) -> Any:
    share = {"statistic": "share", "group": "model=full;tenth=1"}
    gaps = {"individual": 0.026, "municipality": 0.032, "project": NAN, "full": 0.011}
    return page(
        language,
        {**share, "term": "expected_goal_attainment", "value": 0.31},
        {**share, "term": "actual_goal_attainment", **interval(0.25, 0.28, 0.33)},
        *({"statistic": "calibration_gap", "group": f"model={name}", "value": gap} for name, gap in gaps.items()),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_distance_of_each_model_is_told(language: str, snapshot: SnapshotAssertion) -> None:
    rows, figure = calibration(language), exhibits.model_calibration
    phrases = {str(key): make(rows) for key, make in figure.phrases.items()}
    assert [exhibits.model_calibration.caption(rows), exhibits.model_calibration.alt(rows), phrases] == snapshot


def test_expected_and_actual_keep_their_places_in_the_drawing() -> None:
    drawn = exhibits.calibration_points(calibration("en")).iloc[0]
    assert drawn[["expected", "actual", "low", "high", "model"]].tolist() == [0.31, 0.28, 0.25, 0.33, "full"]
    assert drawn["model_label"] == "Full three-level model"
    assert "<svg" in to_svg(exhibits.calibration_chart(calibration("en")))
