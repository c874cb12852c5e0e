import numpy as np
import pytest
from scipy import stats
from statsmodels.discrete.discrete_model import Logit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit, likelihood_ratio_test, wald_test


def test_the_likelihood_ratio_of_nested_models(small):
    outcome, design, _ = small
    small_fit, large_fit = fit_logit(outcome, design[["male", "age"]]), fit_logit(outcome, design)
    test = likelihood_ratio_test(small_fit, large_fit)
    assert test.statistic == pytest.approx(2 * (large_fit.llf - small_fit.llf))
    assert test.p_value == pytest.approx(stats.chi2.sf(test.statistic, 2))


def test_without_clusters_the_joint_wald_test_is_chi_square(small):
    outcome, design, _ = small
    X = np.column_stack([np.ones(len(design)), design])
    expected = Logit(outcome.to_numpy(), X).fit(disp=0).wald_test(np.eye(5)[3:], use_f=False, scalar=True)
    test = wald_test(fit_logit(outcome, design), ["origin_b", "origin_c"])
    assert test.p_value == pytest.approx(float(expected.pvalue), rel=1e-6)


def test_models_that_are_not_nested_are_refused(small):
    outcome, design, _ = small
    first, second = fit_logit(outcome, design[["male"]]), fit_logit(outcome, design[["age", "origin_b"]])
    with pytest.raises(ModelError, match=r"not nested.*only in the smaller: \['male'\]"):
        likelihood_ratio_test(first, second)
    with pytest.raises(ModelError, match="not nested"):
        likelihood_ratio_test(first, first)


def test_models_of_different_rows_are_refused(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match=r"different rows \(390 and 400\)"):
        likelihood_ratio_test(fit_logit(outcome[:390], design[["male"]][:390]), fit_logit(outcome, design))


def test_an_unknown_term_has_no_wald_test(small):
    outcome, design, _ = small
    with pytest.raises(ModelError, match="no term 'scheme'"):
        wald_test(fit_logit(outcome, design), ["scheme"])
