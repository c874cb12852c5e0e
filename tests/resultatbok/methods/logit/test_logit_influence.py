import numpy as np
import pytest
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from resultatbok.methods.logit import dfbetas, fit_logit, leverage


def test_leverage_adds_to_the_number_of_coefficients_and_agrees_with_statsmodels(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    X = np.column_stack([np.ones(len(design)), design])
    other = GLM(outcome.to_numpy(), X, Binomial()).fit().get_influence()
    assert leverage(fit).sum() == pytest.approx(5)
    assert leverage(fit).to_numpy() == pytest.approx(other.hat_matrix_diag, rel=1e-5)


def test_dfbetas_are_close_to_the_refit_without_the_row(small):
    outcome, design, _ = small
    fit = fit_logit(outcome, design)
    table = dfbetas(fit)
    assert table.columns.tolist() == fit.terms.index.tolist()
    for person in table.abs().max(axis=1).nlargest(3).index:
        without = fit_logit(outcome.drop(person), design.drop(person))
        change = (fit.params - without.params) / fit.terms["std_error"]
        assert table.loc[person].to_numpy() == pytest.approx(change.to_numpy(), abs=0.02)
