"""Model cards: the sample flow ends in the model's rows, results are said as they were found, calibration adds up."""

import pandas as pd
import pytest
from helpers.chapters.common.model_card_rows import CARDS, card_rows, multilevel_fit, predictions

from helpers.chapters.models.model_card_texts import assumption_lines
from helpers.chapters.models.model_cards import calibration, full_card, individual_card, municipality_card, project_card
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup


def told(desk: Desk, rows: pd.DataFrame, name: str) -> str:
    return " ".join(text for line in assumption_lines(desk, rows, name) for text in line)


@pytest.mark.parametrize("name", CARDS)
def test_the_flow_narrows_from_all_leavers_to_the_rows_of_the_model(desk: Desk, name: str) -> None:
    flow = card_rows(desk.study, name).query("statistic == 'count'")["value"]
    assert flow.is_monotonic_decreasing
    assert flow.iloc[0] == len(desk.study.participants)
    assert flow.iloc[-1] == len(predictions(desk.study, name)[0])


@pytest.mark.parametrize("make", [individual_card, municipality_card, project_card, full_card])
def test_every_card_has_its_four_parts_in_order(desk: Desk, make) -> None:  # type: ignore[no-untyped-def]
    table = make(desk).table
    assert list(table.group_rows.values()) == ["Sample", "Estimation and fit", "Assumptions", "Use"]
    assert all(cell for line in table.rows for cell in line)


def test_the_numbers_are_those_of_the_fits(desk: Desk) -> None:
    individual, full = card_rows(desk.study, "individual"), card_rows(desk.study, "full")
    assert lookup(individual, statistic="loglik")["value"] == desk.study.individual_model.loglik
    assert lookup(full, statistic="loglik")["value"] == multilevel_fit(desk.study, "full").results.llf
    assert 0.5 < lookup(individual, statistic="auc", group="model=individual")["value"] < 1


def test_calibration_has_ten_groups_per_model_whose_persons_are_all(desk: Desk) -> None:
    rows = calibration(desk).rows
    for name in CARDS:
        tenths = rows[rows["group"].str.startswith(f"model={name};tenth=") & (rows["term"] == "actual_goal_attainment")]
        assert len(tenths) == 10
        assert tenths["n"].sum() == len(predictions(desk.study, name)[0])


@pytest.mark.parametrize(
    ("statistic", "group", "value", "words"),
    [
        ("p_value", "model=individual;test=calibration", 0.01, "Some disagreement"),
        ("p_value", "model=individual;test=calibration", 0.2, "No disagreement"),
        ("p_value", "model=individual;test=dependence", 0.01, "They are not"),
        ("p_value", "model=individual;test=dependence", 0.2, "No dependence"),
        ("p_value", "model=individual;test=linearity", 0.2, "none of them"),
        ("p_value", "model=individual;test=linearity", 0.01, "A curve would fit better for"),
        ("vif", "model=individual;test=collinearity", 5.0, "Yes: the largest"),
        ("vif", "model=individual;test=collinearity", 5.1, "Not all"),
        ("influence", "model=individual", 1.0, "Holds: the largest influence"),
        ("influence", "model=individual", 1.1, "One has much weight"),
    ],
)
def test_an_assumption_is_told_as_it_was_found(
    desk: Desk, statistic: str, group: str, value: float, words: str
) -> None:
    rows = card_rows(desk.study, "individual").copy()
    rows.loc[(rows["statistic"] == statistic) & (rows["group"] == group), "value"] = value
    assert words in told(desk, rows, "individual")


@pytest.mark.parametrize(
    ("sd", "p_value", "words"),
    [(0.0, None, "singular"), (0.3, 0.01, "more than chance gives"), (0.3, 0.3, "may be chance")],
)
def test_the_spread_of_a_level_is_told_as_it_was_found(
    desk: Desk, sd: float, p_value: float | None, words: str
) -> None:
    group = "model=municipality;level=municipality"
    rows = card_rows(desk.study, "municipality")
    rows = rows[~rows["group"].str.startswith(group)]
    extra = [{"statistic": "group_sd", "group": group, "value": sd}]
    if p_value is not None:
        extra += [
            {"statistic": "p_value", "group": f"{group};test=variation", "value": p_value},
            {"statistic": "effect_normality", "group": group, "value": 0.97},
        ]
    text = told(desk, pd.concat([rows, pd.DataFrame(extra)]), "municipality")
    assert words in text
    assert ("depart from the normal curve" in text) == (p_value is not None)
