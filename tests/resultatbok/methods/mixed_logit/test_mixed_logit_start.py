"""The plain logistic regression and the first guess of the variances."""

import numpy as np
import pytest

from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.mixed_logit.start import LARGEST_START, SMALLEST_START, plain_logit, start_sds


@pytest.mark.filterwarnings("ignore:.*have one row")
def test_plain_logit_equals_r_on_20000_rows(reference):
    data, expected = reference("d20k.csv.gz"), reference("../plain_logit_20k_coef.csv")
    covariates = [name for name in data.columns if name.startswith("x")]
    problem = mixed_logit_arrays(data["y"], data[covariates], data[["mun"]]).model.problem
    coefficients = plain_logit(problem, ["constant", *covariates])
    np.testing.assert_allclose(coefficients, expected["coef"], atol=1e-6)


@pytest.mark.parametrize(("outer_sd", "inner_sd"), [(0.6, 0.4), (0.8, 0.8)])
def test_first_guess_of_the_variances_is_near_the_truth(small_problem, outer_sd, inner_sd):
    problem = small_problem(rows=20_000, municipalities=300, projects=3, outer_sd=outer_sd, inner_sd=inner_sd)
    guess = start_sds(problem, plain_logit(problem, ["a", "b", "c"]))
    np.testing.assert_allclose(guess, [outer_sd, inner_sd], rtol=0.3)


def test_first_guess_stays_within_its_limits(small_problem):
    none, much = small_problem(outer_sd=0, inner_sd=0, rows=2000), small_problem(outer_sd=9, inner_sd=9, rows=2000)
    for problem in (none, much):
        guess = start_sds(problem, plain_logit(problem, ["a", "b", "c"]))
        assert ((guess >= SMALLEST_START) & (guess <= LARGEST_START)).all()
