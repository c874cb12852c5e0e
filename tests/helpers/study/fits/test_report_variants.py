"""Versions of the report's models, against plain computations."""

import numpy as np
import pandas as pd
import pytest

from helpers.study.fits.report_variants import _with_one_more, of_scheme, with_wage_costs, without
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError


def test_a_schemes_model_is_of_its_participants_and_has_no_scheme(small_study: Study) -> None:
    fit = of_scheme(small_study, "introduction")
    assert fit.n == (small_study.complete["scheme"] == "introduction").sum()
    assert "scheme" not in fit.design and "male" in fit.design


def test_a_schemes_model_that_has_no_finite_estimate_is_refused(small_study: Study) -> None:
    with pytest.raises(ModelError, match="separated by 'measure_sheltered_work_practice'"):
        of_scheme(small_study, "jobbsjansen")


def test_a_term_is_left_out(small_study: Study) -> None:
    assert set(small_study.individual_design) - set(without(small_study, "scheme").design) == {"scheme"}


def test_where_the_added_variable_is_unknown_the_others_keep_their_own_columns(small_study: Study) -> None:
    model = small_study.project_model
    values = pd.Series(np.arange(len(model.participants), dtype=float)).sample(frac=1, random_state=3).sort_index()
    values[:40] = np.nan
    wider = _with_one_more(model, "project", "invented", values)
    assert len(wider.design) == len(model.participants) - 40
    assert wider.design["male"].tolist() == wider.participants["male"].tolist()


def test_the_added_variable_is_standardised(small_study: Study) -> None:
    added = with_wage_costs(small_study).design["project_total_wage_costs"]
    assert (added.mean(), added.std()) == (pytest.approx(0, abs=1e-9), pytest.approx(1, abs=1e-3))
