"""The evaluation's model: its terms from the details of Jobbsjansen, and what is tested beside them."""

import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from helpers.study.fits.evaluation_model import FINAL, PACKAGES, candidates, evaluation_model
from helpers.study.study import Study


@pytest.fixture(scope="module")
def own(small_study: Study) -> pd.DataFrame:
    """Those who left part A."""
    details = small_study.registers.jobbsjansen_details
    return details[(details["status"] == "left") & (details["part"] == "a")]


def test_the_model_rests_on_those_about_whom_its_terms_are_known(small_study: Study, own: pd.DataFrame) -> None:
    table = candidates(small_study)
    assert table.leavers.n == len(own)
    assert table.design[list(FINAL)].notna().all(axis=None)
    assert 0 < len(table.design) <= len(own)
    assert table.design.index.isin(own.index).all()


def test_terms_are_those_of_the_details(small_study: Study, own: pd.DataFrame) -> None:
    design = candidates(small_study).design
    same = own.loc[design.index]
    assert design["origin_africa"].tolist() == (same["world_region"] == "africa").astype(float).tolist()
    assert design["refugee_service"].tolist() == (same["agency"] == "refugee_service").astype(float).tolist()
    assert design["absence"].tolist() == same["absence_level"].tolist()
    singles = small_study.registers.jobbsjansen_measures.loc[design.index]
    assert design["stress_management"].tolist() == singles["v3_4_3"].tolist()


def test_a_project_s_size_counts_all_who_left_it(small_study: Study, own: pd.DataFrame) -> None:
    table = candidates(small_study)
    sizes = own["project_name"].value_counts()
    assert table.design["project_size_participants"].tolist() == table.clusters.map(sizes).tolist()


def test_a_region_that_is_not_known_leaves_the_participant_out(small_study: Study, own: pd.DataFrame) -> None:
    unknown = own.index[own["world_region"].isna()]
    assert not candidates(small_study).design.index.isin(unknown).any()


def test_coefficients_and_clustered_errors_agree_with_statsmodels(small_study: Study) -> None:
    model, table = evaluation_model(small_study), candidates(small_study)
    names = list(model.fit.design)
    design = sm.add_constant(table.design[names])
    clusters = pd.factorize(table.clusters)[0]
    other = sm.Logit(table.outcome, design).fit(disp=False, cov_type="cluster", cov_kwds={"groups": clusters})
    assert model.fit.terms.loc[names, "coefficient"].to_numpy() == pytest.approx(
        other.params[names].to_numpy(), abs=1e-4
    )
    ratio = model.fit.terms.loc[names, "std_error"] / other.bse[names]
    assert ratio.between(0.85, 1.3).all()  # statsmodels has CR1, and so few clusters make it differ from CR2


def test_what_is_tested_beside_the_model_has_a_probability(small_study: Study) -> None:
    model = evaluation_model(small_study)
    assert model.beside.between(0, 1).all()
    assert not set(model.beside.index) & set(FINAL)
    assert PACKAGES in model.beside.index


def test_a_variable_beside_the_model_is_tested_as_by_statsmodels(small_study: Study) -> None:
    model, table = evaluation_model(small_study), candidates(small_study)
    names = [*model.fit.design, "age"]
    known = table.design[names].notna().all(axis=1)
    clusters = pd.factorize(table.clusters[known])[0]
    other = sm.Logit(table.outcome[known], sm.add_constant(table.design.loc[known, names])).fit(
        disp=False, cov_type="cluster", cov_kwds={"groups": clusters}
    )
    expected = 2 * stats.t.sf(abs(other.tvalues["age"]), len(set(clusters)) - 1)
    assert model.beside["age"] == pytest.approx(expected, abs=0.1)  # theirs is CR1, with more freedom


def test_the_search_keeps_only_what_it_was_given(small_study: Study) -> None:
    model, table = evaluation_model(small_study), candidates(small_study)
    assert set(model.selection.kept) <= set(table.design.columns)


def test_intervals_use_t_with_each_term_s_own_freedom(small_study: Study) -> None:
    terms, clusters = evaluation_model(small_study).fit.terms, evaluation_model(small_study).fit.n_groups
    assert clusters is not None
    known = terms[terms["freedom"].notna()]
    assert (known["freedom"] <= clusters - 1 + 1e-9).all()
    half = stats.t.ppf(0.975, known["freedom"]) * known["std_error"]
    assert (known["high"] - known["coefficient"]).to_numpy() == pytest.approx(half.to_numpy())


def test_each_variable_is_tested_on_those_about_whom_it_is_known(small_study: Study) -> None:
    model, table = evaluation_model(small_study), candidates(small_study)
    for name in model.beside_n.index.drop(PACKAGES):
        assert model.beside_n[name] == table.design[name].notna().sum()


def test_projects_that_did_not_answer_are_counted(small_study: Study, own: pd.DataFrame) -> None:
    leavers = candidates(small_study).leavers
    silent = own[own["followup_need"].isna()]
    assert (leavers.n_unanswered, leavers.projects_unanswered) == (len(silent), silent["project_name"].nunique())
    assert leavers.projects == own["project_name"].nunique()
