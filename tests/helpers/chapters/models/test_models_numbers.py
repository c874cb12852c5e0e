"""Numbers of the model cards: the sample flow ends in the model's rows, and calibration adds up."""

import pandas as pd
import pytest

from helpers.chapters.models import numbers
from helpers.chapters.models.numbers import CARDS, NUMERIC, card_rows, predictions
from helpers.study.specification import CHARACTERISTICS
from helpers.study.study import Study
from resultatbok.release.ledger import lookup


@pytest.mark.parametrize("name", CARDS)
def test_the_flow_narrows_from_all_leavers_to_the_rows_of_the_model(small_study: Study, name: str) -> None:
    flow = card_rows(small_study, name).query("statistic == 'count'")["value"]
    assert flow.is_monotonic_decreasing
    assert flow.iloc[0] == len(small_study.participants)
    assert flow.iloc[-1] == len(predictions(small_study, name)[0])


def test_the_numbers_are_those_of_the_fits(small_study: Study) -> None:
    fits = {
        "municipality": small_study.municipality_model.results.llf,
        "project": small_study.project_model.results.llf,
        "full": small_study.full_model.results.llf,
        "individual": small_study.individual_model.llf,
    }
    for name, loglik in fits.items():
        rows = getattr(numbers, f"model_card_{name}")(small_study)
        assert lookup(rows, statistic="loglik", group=f"model={name}")["value"] == loglik
        assert 0.5 < lookup(rows, statistic="auc", group=f"model={name}")["value"] < 1


def test_every_number_among_the_characteristics_is_tested_for_a_straight_line(small_study: Study) -> None:
    counted = [name for name in CHARACTERISTICS if small_study.complete[name].nunique() > 2]
    assert sorted(NUMERIC) == sorted(counted)
    tests = card_rows(small_study, "individual").query("group == 'model=individual;test=linearity'")
    assert list(tests["term"]) == list(NUMERIC)


def test_calibration_has_ten_groups_per_model_whose_persons_are_all(small_study: Study) -> None:
    rows = numbers.model_calibration(small_study)
    for name in CARDS:
        outcome, fitted = predictions(small_study, name)
        parts = {
            term: rows[rows["group"].str.startswith(f"model={name};tenth=") & (rows["term"] == term)]
            for term in ("actual_goal_attainment", "expected_goal_attainment")
        }
        for term, mean in zip(parts, (outcome.mean(), fitted.mean()), strict=True):
            assert len(parts[term]) == 10
            assert parts[term]["n"].sum() == len(outcome)
            assert (parts[term]["value"] * parts[term]["n"]).sum() / len(outcome) == pytest.approx(mean)
        actual, expected = parts.values()
        assert (actual["low"] <= actual["value"]).all() and (actual["value"] <= actual["high"]).all()
        gap = actual["value"].to_numpy() - expected["value"].to_numpy()
        assert lookup(rows, statistic="calibration_gap", group=f"model={name}")["value"] == pytest.approx(
            pd.Series(gap).abs().max()
        )
