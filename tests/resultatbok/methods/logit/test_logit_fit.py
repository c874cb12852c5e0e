from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import norm, t
from statsmodels.discrete.discrete_model import Logit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit

REFERENCE = Path(__file__).parents[3] / "reference"


def test_coefficients_and_errors_agree_with_the_reference_fit(simulated_fit):
    expected = pd.read_csv(REFERENCE / "plain_logit_20k_coef.csv")
    terms = simulated_fit.terms
    assert ["(Intercept)", *terms.index[1:]] == expected["term"].tolist()
    distance = (terms["coefficient"].to_numpy() - expected["coef"]) / expected["se"]
    assert distance.abs().max() < 1e-5
    assert terms["std_error"].to_numpy() == pytest.approx(expected["se"].to_numpy(), rel=1e-5)
    assert simulated_fit.converged and simulated_fit.n == 20_000


def test_odds_ratios_limits_and_stars_follow_from_the_coefficients(small):
    outcome, design, _ = small
    terms = fit_logit(outcome, design, level=0.9).terms
    z = norm.ppf(0.95)
    b, half = terms["coefficient"].to_numpy(), z * terms["std_error"].to_numpy()
    assert terms["low"].to_numpy() == pytest.approx(b - half)
    assert terms["odds_ratio_high"].to_numpy() == pytest.approx(np.exp(b + half))
    for row in terms.itertuples():
        assert len(row.stars) == (row.p_value < 0.1) + (row.p_value < 0.05) + (row.p_value < 0.01)


def test_likelihoods_and_pseudo_r2_agree_with_statsmodels(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    X = np.column_stack([np.ones(len(design)), design])
    other = Logit(outcome.to_numpy(), X).fit(disp=0)
    assert (fit.llf, fit.llnull) == pytest.approx((other.llf, other.llnull))
    assert fit.aic == pytest.approx(other.aic)
    assert fit.r2_mcfadden == pytest.approx(other.prsquared)
    assert fit.fitted.index.equals(outcome.index)
    assert fit.r2_mcfadden_adjusted == pytest.approx(1 - (other.llf - 5) / other.llnull)


def test_what_is_said_of_a_clustered_fit_has_the_freedom_of_its_own_contrast(small):
    outcome, design, groups = small
    plain, fit = fit_logit(outcome, design), fit_logit(outcome, design, groups=groups)
    assert fit.n_groups == 50
    assert fit.params.to_numpy() == pytest.approx(plain.params.to_numpy())
    assert (plain.terms["freedom"] == np.inf).all()
    effect = fit.average_effect("male")
    assert effect.freedom == pytest.approx(fit.average_effects().loc["male", "freedom"])
    assert effect.effective_clusters == effect.freedom + 1 < 50
    assert effect.high - effect.value == pytest.approx(t.ppf(0.975, effect.freedom) * effect.std_error)
    people = design.iloc[[0, 1]]
    table, X = fit.predict(people), np.column_stack([np.ones(2), people])
    half = t.ppf(0.975, [fit.freedom(x) for x in X]) * np.sqrt(np.diag(X @ fit.cov_params().to_numpy() @ X.T))
    assert table["high"].to_numpy() == pytest.approx(expit(X @ fit.params.to_numpy() + half))
    assert fit.predicted_difference(people.iloc[0], people.iloc[1]).freedom != effect.freedom


def test_predictions_have_intervals_on_the_logit_scale(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    profiles = pd.DataFrame(
        {"age": [30, 50], "label": ["young", "old"], "male": [1, 0], "origin_b": 0, "origin_c": [0, 1]},
        index=["young", "old"],
    )
    table = fit.predict(profiles)
    X = np.array([[1, 1, 30, 0, 0], [1, 0, 50, 0, 1.0]])
    eta = X @ fit.params.to_numpy()
    half = norm.ppf(0.975) * np.sqrt(np.diag(X @ fit.cov_params().to_numpy() @ X.T))
    assert table["probability"].to_numpy() == pytest.approx(expit(eta))
    assert table["high"].to_numpy() == pytest.approx(expit(eta + half))
    assert table.index.tolist() == ["young", "old"]


def test_a_profile_without_a_column_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match="lack 'age'"):
        fit_logit(outcome, design).predict(design.drop(columns="age"))


def test_a_profile_with_a_missing_value_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match="missing values in 'age'"):
        fit_logit(outcome, design).predict(design.assign(age=np.nan).head(2))


def test_a_model_without_columns_is_the_share(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design[[]])
    assert expit(fit.params["constant"]) == pytest.approx(outcome.mean())
    assert fit.r2_mcfadden == pytest.approx(0, abs=1e-9)


def test_intervals_cover_at_their_level():
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(200):
        x = pd.DataFrame({"x": rng.normal(size=300)})
        y = pd.Series((rng.random(300) < expit(0.3 + 0.7 * x["x"])).astype(int))
        row = fit_logit(y, x).terms.loc["x"]
        covered += row["low"] < 0.7 < row["high"]
    assert 0.91 <= covered / 200 <= 0.99
