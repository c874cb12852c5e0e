"""Numbers of what became of the participants, against plain counting and the model."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.results import numbers
from helpers.study.fits.evaluation_model import evaluation_model
from helpers.study.study import Study
from resultatbok.release.ledger import lookup
from resultatbok.release.rows import normalise


def left(study: Study, year: int) -> pd.DataFrame:
    details = study.registers.jobbsjansen_details
    return details[(details["status"] == "left") & (details["part"] == "a") & (details["year"] == year)]


def test_results_are_shares_of_those_who_left_in_the_year(small_study: Study) -> None:
    rows = normalise("results", numbers.evaluation_results(small_study))
    last, first = left(small_study, 2020), left(small_study, 2017)
    goal = lookup(rows, statistic="share", group="year=2020", term="goal_attainment", sample="part_a")
    assert goal["value"] == pytest.approx(last["goal_attained"].mean())
    work = lookup(rows, statistic="share", group="year=2020", term="transition_to_work", sample="part_a")
    assert work["value"] == pytest.approx((last["transition"].dropna() == "work").mean())
    change = lookup(rows, statistic="difference")
    gained = last["goal_attained"].mean() - first["goal_attained"].mean()
    assert (change["value"], change["group"]) == (pytest.approx(gained), "years=2020_minus_2017")


def test_reasons_for_leaving_are_those_of_the_last_year(small_study: Study) -> None:
    rows = normalise("exits", numbers.evaluation_exits(small_study))
    found = lookup(rows, statistic="share", group="main_exit_reason=paid_work;year=2020", sample="part_a")
    reasons = left(small_study, 2020)["exit_reason"].dropna()
    assert found["value"] == pytest.approx((reasons == "paid_work").mean())


def test_the_regression_s_numbers_are_the_model_s(small_study: Study) -> None:
    model = evaluation_model(small_study)
    odds = normalise("odds", numbers.evaluation_odds(small_study))
    ratio = lookup(odds, statistic="odds_ratio", term="absence")
    assert ratio["value"] == pytest.approx(np.exp(model.fit.terms.loc["absence", "coefficient"]))
    assert lookup(odds, statistic="count", term="observations")["value"] == model.fit.n
    assert lookup(odds, statistic="count", term="silent_projects")["value"] == model.leavers.projects_unanswered
    effects = numbers.evaluation_effects(small_study).set_index("term")["value"]
    assert effects["absence"] == pytest.approx(model.fit.average_effect("absence").value)
    tested = normalise("tested", numbers.evaluation_tested(small_study))
    assert tested["value"].is_monotonic_increasing
    assert lookup(tested, term="age")["value"] == pytest.approx(model.beside["age"])
