import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from statsmodels.discrete.discrete_model import Logit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit


def test_effects_agree_with_statsmodels(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    X = pd.DataFrame({"constant": 1.0, **design})
    margins = Logit(outcome, X).fit(disp=0).get_margeff(at="overall", dummy=True).summary_frame()
    for term in design.columns:
        effect = fit.average_effect(term)
        row = margins.loc[term]
        assert effect.value == pytest.approx(row.iloc[0], rel=1e-6)
        assert effect.std_error == pytest.approx(row["Std. Err."], rel=1e-4)
        assert effect.low == pytest.approx(row["Conf. Int. Low"], abs=1e-5)


def test_the_effect_of_a_category_is_against_the_reference_category(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    factor = ["origin_b", "origin_c"]
    shares = [fit.predict(design.assign(origin_b=b, origin_c=0.0))["probability"].mean() for b in (1.0, 0.0)]
    assert fit.average_effect("origin_b", factor).value == pytest.approx(shares[0] - shares[1])
    assert fit.average_effect("origin_b", factor).value != pytest.approx(fit.average_effect("origin_b").value)


def test_the_error_of_a_category_effect_is_that_of_numerical_differentiation(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    ones = np.column_stack([np.ones(400), design.assign(origin_b=1.0, origin_c=0.0)])
    zeros = np.column_stack([np.ones(400), design.assign(origin_b=0.0, origin_c=0.0)])
    b = fit.params.to_numpy()
    gradient = np.array(
        [
            (
                np.mean(expit(ones @ (b + h)) - expit(zeros @ (b + h)))
                - np.mean(expit(ones @ (b - h)) - expit(zeros @ (b - h)))
            )
            / 2e-6
            for h in np.eye(5) * 1e-6
        ]
    )
    expected = np.sqrt(gradient @ fit.cov_params().to_numpy() @ gradient)
    assert fit.average_effect("origin_b", ["origin_b", "origin_c"]).std_error == pytest.approx(expected, rel=1e-5)


def test_all_effects_come_in_one_table(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    table = fit.average_effects()
    assert table.index.tolist() == list(design.columns)
    single = fit.average_effect("origin_c")
    assert table.loc["origin_c"].tolist() == list(vars(single).values())


def test_an_unknown_term_is_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match="no term 'agee'"):
        fit_logit(outcome, design).average_effect("agee")


def test_a_number_is_no_category(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match="'age' is not 0/1"):
        fit_logit(outcome, design).average_effect("age", ["age", "origin_b"])


def test_the_effect_on_some_is_the_mean_change_over_them_alone(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    some = fit.fitted > fit.fitted.quantile(0.9)
    changed = [fit.predict(design[some].assign(origin_b=b))["probability"].mean() for b in (1.0, 0.0)]
    effect = fit.average_effect("origin_b", over=some)
    assert effect.value == pytest.approx(changed[0] - changed[1])
    assert effect.value != pytest.approx(fit.average_effect("origin_b").value, abs=1e-5)
    steps = [fit.params.to_numpy() + sign * h for h in np.eye(len(fit.params)) * 1e-6 for sign in (1, -1)]
    rows = [np.column_stack([np.ones(some.sum()), design[some].assign(origin_b=b)]) for b in (1.0, 0.0)]
    values = [np.mean(expit(rows[0] @ b) - expit(rows[1] @ b)) for b in steps]
    gradient = (np.array(values[::2]) - np.array(values[1::2])) / 2e-6
    assert effect.std_error == pytest.approx(np.sqrt(gradient @ fit.cov_params().to_numpy() @ gradient), rel=1e-5)


def test_an_effect_over_nobody_or_over_other_rows_is_refused(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    with pytest.raises(ModelError, match="no row to average"):
        fit.average_effect("origin_b", over=outcome > 1)
    with pytest.raises(ModelError, match="different indexes"):
        fit.average_effect("origin_b", over=(design["origin_b"] == 1)[::-1])
