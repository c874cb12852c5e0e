import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import brier_score_loss, roc_auc_score

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import area_under_curve, brier_score, calibration_table, fit_logit, hosmer_lemeshow


def test_auc_and_brier_score_agree_with_scikit_learn(small):
    outcome, design, _ = small
    fitted = fit_logit(outcome, design).fitted.round(2)  # rounded, so that there are ties
    assert area_under_curve(outcome, fitted) == pytest.approx(roc_auc_score(outcome, fitted))
    assert brier_score(outcome, fitted) == pytest.approx(brier_score_loss(outcome, fitted))


def test_one_outcome_alone_has_no_auc():
    with pytest.raises(ModelError, match="same outcome"):
        area_under_curve(pd.Series([1, 1]), pd.Series([0.2, 0.3]))


def test_the_calibration_table_covers_everyone_and_adds_up(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    table = calibration_table(outcome, fit.fitted)
    assert table["n"].sum() == 400 and len(table) == 10
    assert table["count"].sum() == outcome.sum()
    assert (table["n"] * table["expected"]).sum() == pytest.approx(outcome.sum())
    assert table["expected"].is_monotonic_increasing
    assert ((table["low"] < table["actual"]) & (table["actual"] < table["high"])).all()


def test_hosmer_and_lemeshows_statistic_by_hand():
    # Four groups of 10 with probabilities .2 .4 .6 .8 and 3, 4, 5, 8 outcomes.
    fitted = pd.Series(np.repeat([0.2, 0.4, 0.6, 0.8], 10))
    outcome = pd.Series([float(i < k) for k in (3, 4, 5, 8) for i in range(10)])
    test = hosmer_lemeshow(outcome, fitted, n_groups=4).test
    assert test.statistic == pytest.approx(1 / 1.6 + 0 + 1 / 2.4 + 0)
    assert test.p_value == pytest.approx(stats.chi2.sf(test.statistic, 2))


def test_a_wrong_model_is_found_out_and_a_right_one_is_not():
    rng = np.random.default_rng(7)
    truth = pd.Series(rng.uniform(0.1, 0.9, 3000))
    outcome = pd.Series((rng.random(3000) < truth).astype(float))
    assert hosmer_lemeshow(outcome, truth).test.p_value > 0.05
    assert hosmer_lemeshow(outcome, truth**2).test.p_value < 1e-6


def test_two_different_probabilities_are_too_few():
    with pytest.raises(ModelError, match="fall in 2 groups"):
        hosmer_lemeshow(pd.Series([0, 1, 1, 0]), pd.Series([0.5, 0.5, 0.6, 0.5]))
