"""Agreement with glmmTMB (Laplace) and lme4 (quadrature) on real and simulated data.

Tolerances: coefficients and effects in their standard errors, standard errors and standard deviations
relative.
"""

import numpy as np
import pytest

from resultatbok.methods.mixed_logit import mixed_logit_arrays

pytestmark = pytest.mark.filterwarnings("ignore:.*groups have one row:resultatbok.methods.errors.ModelWarning")

COEFFICIENTS, STD_ERRORS, LOGLIK, SDS, EFFECTS = 0.005, 0.002, 0.001, 0.001, 0.005
COVARIATES = [f"x{j:02d}" for j in range(1, 34)]
FITS = [
    "contra_laplace",
    "contra_agq9",
    "contra_agq25",
    "gui_laplace",
    "d20k_m_laplace",
    "d20k_p_laplace",
    "d20k_mp_laplace",
]


@pytest.fixture(scope="module")
def fits(reference, fit_columns):
    contraception, immunisation, large = (
        reference(name) for name in ("contraception.csv", "guImmun.csv", "d20k.csv.gz")
    )
    contraception["I(age^2)"] = contraception["age"] ** 2
    for data, name in ((contraception, "use"), (immunisation, "immun")):
        data[name] = data[name] == "Y"

    def contra(points):
        columns = ["urban", "age", "I(age^2)", "livch"]
        return fit_columns(contraception, columns, ["district"], "use", quadrature_points=points)

    def simulated(groups):
        return fit_columns(large, COVARIATES, groups, "y")

    household = ["kid2p", "mom25p", "ord", "ethn", "momEd", "husEd", "momWork", "rural", "pcInd81"]
    return {
        "contra_laplace": contra(1),
        "contra_agq9": contra(9),
        "contra_agq25": contra(25),
        "gui_laplace": fit_columns(immunisation, household, ["comm", "mom"], "immun"),
        "d20k_m_laplace": simulated(["mun"]),
        "d20k_p_laplace": simulated(["proj"]),
        "d20k_mp_laplace": simulated(["mun", "proj"]),
    }


@pytest.fixture(scope="module")
def singular(reference):
    data = reference("d20ks_singular.csv.gz")
    return mixed_logit_arrays(data["y"], data[COVARIATES], data[["mun", "proj"]])


def assert_fixed_effects_agree(fit, expected):
    assert list(fit.params.index[1:]) == [term.replace(" ", "") for term in expected["term"]][1:]
    error = expected["se"].to_numpy()
    assert np.abs((fit.params.to_numpy() - expected["coef"].to_numpy()) / error).max() < COEFFICIENTS
    assert np.abs(fit.bse.to_numpy() / error - 1).max() < STD_ERRORS


def modes(fit, ranef, **options):
    """Ours and the other program's effects, one frame per level, aligned."""
    for level, name in enumerate(fit.group_sd.index):
        grouping = name if level == 0 else f"{name}:{fit.group_sd.index[0]}"
        theirs = ranef[ranef["grpvar"].isin([grouping])]
        ours = fit.group_effects(name, **options)
        keys = [str(key) if level == 0 else f"{key[1]}:{key[0]}" for key in ours.index]
        yield ours, theirs.assign(grp=theirs["grp"].astype(str)).set_index("grp").loc[keys]


@pytest.mark.parametrize("name", FITS)
def test_converges_with_the_reference_log_likelihood(fits, reference, name):
    assert fits[name].converged
    assert (fits[name].group_sd > 0).all()
    assert fits[name].llf == pytest.approx(reference(f"{name}_fit.csv")["loglik"][0], abs=LOGLIK)


@pytest.mark.parametrize("name", FITS)
def test_fixed_effects_and_standard_errors_agree(fits, reference, name):
    assert_fixed_effects_agree(fits[name], reference(f"{name}_coef.csv"))


@pytest.mark.parametrize("name", FITS)
def test_group_standard_deviations_agree(fits, reference, name):
    expected = reference(f"{name}_vc.csv")
    expected.index = expected["group"].str.split(":").str[0]
    sds = fits[name].group_sd
    assert set(sds.index) == set(expected.index)
    assert np.abs(sds / expected["sd"] - 1).max() < SDS


@pytest.mark.parametrize("name", FITS)
def test_conditional_effects_agree(fits, reference, name):
    checked = 0
    for ours, theirs in modes(fits[name], reference(f"{name}_ranef.csv")):
        assert (
            np.abs((ours["effect"].to_numpy() - theirs["condval"].to_numpy()) / ours["sd"].to_numpy()).max() < EFFECTS
        )
        checked += len(theirs)
    assert checked == len(reference(f"{name}_ranef.csv"))


@pytest.mark.parametrize("name", ["contra_agq9", "contra_agq25"])
def test_effect_uncertainty_given_the_parameters_agrees_with_quadrature(fits, reference, name):
    [(ours, theirs)] = modes(fits[name], reference(f"{name}_ranef.csv"))
    assert np.abs(ours["sd"].to_numpy() / theirs["condsd"].to_numpy() - 1).max() < STD_ERRORS


def test_effect_uncertainty_given_the_parameters_agrees_at_both_levels(fits, reference):
    for ours, theirs in modes(fits["d20k_mp_laplace"], reference("d20k_mp_conditional_modes_given_parameters.csv")):
        assert np.abs(ours["sd"].to_numpy() / theirs["condsd"].to_numpy() - 1).max() < STD_ERRORS


@pytest.mark.parametrize("name", ["contra_laplace", "gui_laplace", "d20k_m_laplace", "d20k_mp_laplace"])
def test_effect_uncertainty_with_that_of_the_parameters_agrees(fits, reference, name):
    for ours, theirs in modes(fits[name], reference(f"{name}_ranef.csv"), parameter_uncertainty=True):
        assert np.abs(ours["sd"].to_numpy() / theirs["condsd"].to_numpy() - 1).max() < STD_ERRORS


def test_a_standard_deviation_at_the_boundary_has_no_error(singular):
    assert singular.converged
    assert singular.group_sd["mun"] == 0
    assert np.isnan(singular.group_sd_se["mun"])
    assert singular.group_sd_se["proj"] > 0


def test_the_boundary_case_agrees_in_all_the_rest(singular, reference):
    expected = reference("d20ks_mp_laplace_coef.csv")
    assert (
        np.abs((singular.params.to_numpy() - expected["coef"].to_numpy()) / expected["se"].to_numpy()).max()
        < COEFFICIENTS
    )
    assert np.abs(singular.bse.to_numpy() / expected["se"].to_numpy() - 1).max() < STD_ERRORS
    assert singular.llf == pytest.approx(reference("d20ks_mp_laplace_fit.csv")["loglik"][0], abs=LOGLIK)
    sds = reference("d20ks_mp_laplace_vc.csv").set_index("group")["sd"]
    assert singular.group_sd["proj"] == pytest.approx(sds["proj:mun"], rel=SDS)
    (municipal, _), (ours, theirs) = modes(singular, reference("d20ks_mp_laplace_ranef.csv"))
    assert (municipal["effect"] == 0).all()
    assert np.abs((ours["effect"].to_numpy() - theirs["condval"].to_numpy()) / ours["sd"].to_numpy()).max() < EFFECTS
