"""The models of who gets which package: their predictors, which packages get one, and the test of all together."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from helpers.study.fits.package_models import LEAST_EVENTS, PREDICTORS, package_models, predictors
from helpers.study.study import Study
from resultatbok.methods.packages import REST


@pytest.fixture(scope="module")
def known(small_study: Study) -> pd.DataFrame:
    """The predictors of those who left part A and have everything known."""
    details = small_study.registers.jobbsjansen_details
    return predictors(details[(details["status"] == "left") & (details["part"] == "a")]).dropna()


def participant(**values: object) -> pd.DataFrame:
    """One participant's details."""
    details = {
        "education_detailed": 5.0,
        "norwegian_start": 2.0,
        "reduced_work_capacity": 0.0,
        "children_under_18": 2.0,
        "care": "with_partner",
        "work_home_country": 1.0,
        "work_norway": 0.0,
        "absence_level": 1.0,
        "age": 35.0,
        "world_region": "asia",
    }
    return pd.DataFrame([details | values])


@pytest.mark.parametrize(("level", "expected"), [(1.0, 0.0), (2.0, 1.0), (np.nan, np.nan)])
def test_absence_of_ten_per_cent_is_high(level: float, expected: float) -> None:
    found = predictors(participant(absence_level=level))["high_absence"].iloc[0]
    assert found == expected or (np.isnan(found) and np.isnan(expected))


@pytest.mark.parametrize(("level", "expected"), [(0.0, 1.0), (1.0, 0.0)])
def test_no_norwegian_is_below_the_lowest_level(level: float, expected: float) -> None:
    assert predictors(participant(norwegian_start=level))["norwegian_level_none"].iloc[0] == expected


@pytest.mark.parametrize(("care", "expected"), [("sole", [0.0, 1.0]), ("with_partner", [1.0, 0.0]), ("none", [0, 0])])
def test_care_is_with_a_partner_or_alone_or_none(care: str, expected: list[float]) -> None:
    found = predictors(participant(care=care))[["care_with_partner", "sole_carer"]]
    assert found.iloc[0].tolist() == expected


@pytest.mark.parametrize("column", ["care", "world_region", "norwegian_start"])
def test_what_is_not_known_is_missing(column: str) -> None:
    assert predictors(participant(**{column: np.nan})).isna().any(axis=None)
    assert predictors(participant()).notna().all(axis=None)


def test_every_package_with_enough_participants_but_the_rest_has_a_model(
    small_study: Study, known: pd.DataFrame
) -> None:
    models = package_models(small_study)
    sizes = small_study.packages.labels.reindex(known.index).value_counts()
    assert models.n == len(known)
    assert set(models.single) == {name for name, n in sizes.items() if name != REST and n >= LEAST_EVENTS}


def test_a_package_s_model_maximises_the_penalised_likelihood(small_study: Study, known: pd.DataFrame) -> None:
    name, fit = next(iter(package_models(small_study).single.items()))
    has = (small_study.packages.labels.reindex(known.index) == name).to_numpy(dtype=float)
    X = sm.add_constant(known[list(fit.design)]).to_numpy()

    def loss(params: np.ndarray) -> float:
        p = 1 / (1 + np.exp(-X @ params))
        information = (X * (p * (1 - p))[:, None]).T @ X
        return -float(has @ np.log(p) + (1 - has) @ np.log(1 - p)) - 0.5 * np.linalg.slogdet(information)[1]

    found = fit.terms["coefficient"].to_numpy()
    for i in range(len(found)):
        step = 0.01 * np.eye(len(found))[i]
        assert loss(found) <= min(loss(found + step), loss(found - step)) + 1e-9


def test_all_packages_together_are_tested_by_the_likelihood_ratio(small_study: Study, known: pd.DataFrame) -> None:
    models = package_models(small_study)
    assert list(models.together.index) == list(PREDICTORS)
    codes = small_study.packages.labels.reindex(known.index).astype("category").cat.codes
    scaled = (known - known.mean()) / known.std().replace(0.0, 1.0)

    def loglik(design: pd.DataFrame) -> float:
        return float(sm.MNLogit(codes, sm.add_constant(design)).fit(method="newton", maxiter=100, disp=False).llf)

    ratio = 2 * (loglik(scaled) - loglik(scaled.drop(columns="age")))
    assert models.together["age"] == pytest.approx(stats.chi2.sf(ratio, codes.nunique() - 1), abs=0.01)


def test_traits_that_nobody_with_a_package_has_are_named(small_study: Study, known: pd.DataFrame) -> None:
    models = package_models(small_study)
    labels = small_study.packages.labels.reindex(known.index)
    for name, nobody in models.nobody.items():
        most = known[labels == name].max()
        assert nobody == set(most.index[most == 0])
