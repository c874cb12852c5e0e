"""Who gets which package: one logistic model per package, as the 2019 evaluation did, and one model of them all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm

from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.logit import LogitFit, fit_firth
from resultatbok.methods.packages import REST

PREDICTORS = (
    "education_level",
    "norwegian_level_none",
    "reduced_work_capacity",
    "children_under_18",
    "care_with_partner",
    "sole_carer",
    "work_experience_home_country",
    "work_experience_norway",
    "high_absence",
    "age",
    "origin_africa",
    "origin_europe",
    "origin_middle_east",
)
HIGH_ABSENCE = 2
"""Absence from this step (10 per cent) counts as high."""
LEAST_EVENTS = 10
"""Participants with and without a package that its model needs at least."""


@dataclass(frozen=True)
class PackageModels:
    """The models of who gets which package.

    Attributes:
        single: A logistic model per package, by its name, by Firth's penalised likelihood, since packages are small and
            some traits nobody with the package has; packages that too few have are left out.
        together: p-value of each predictor in a multinomial model of all packages (a likelihood ratio test).
        nobody: By package, the traits that nobody who has it has.
        n: Participants about whom everything is known.
    """

    single: dict[str, LogitFit]
    together: pd.Series
    nobody: dict[str, frozenset[str]]
    n: int


def package_models(study: Study) -> PackageModels:
    """The models on the participants who left part A."""
    details = study.registers.jobbsjansen_details
    own = details[(details["status"] == "left") & (details["part"] == "a")]
    design = predictors(own)
    packages = study.packages.labels.reindex(own.index)
    known = design.notna().all(axis=1) & packages.notna()
    return _fit(design[known], packages[known], study.cohort.analysis.confidence_level)


def predictors(own: pd.DataFrame) -> pd.DataFrame:
    """What the models explain the packages by, as numbers."""
    known_region, known_care = own["world_region"].notna(), own["care"].notna()
    columns = {
        "education_level": own["education_detailed"],
        "norwegian_level_none": (own["norwegian_start"] == 0).where(own["norwegian_start"].notna()),
        "reduced_work_capacity": own["reduced_work_capacity"],
        "children_under_18": own["children_under_18"],
        "care_with_partner": (own["care"] == "with_partner").where(known_care),
        "sole_carer": (own["care"] == "sole").where(known_care),
        "work_experience_home_country": own["work_home_country"],
        "work_experience_norway": own["work_norway"],
        "high_absence": (own["absence_level"] >= HIGH_ABSENCE).where(own["absence_level"].notna()),
        "age": own["age"],
    }
    columns |= {
        f"origin_{region}": (own["world_region"] == region).where(known_region)
        for region in ("africa", "europe", "middle_east")
    }
    return pd.DataFrame(columns).astype(float)[list(PREDICTORS)]


@cached
def _fit(design: pd.DataFrame, packages: pd.Series, level: float) -> PackageModels:
    single, nobody = {}, {}
    for name in packages.value_counts().index:
        has = (packages == name).astype(float)
        if name != REST and LEAST_EVENTS <= has.sum() <= len(has) - LEAST_EVENTS:
            single[str(name)] = fit_firth(has, design.loc[:, design.min() < design.max()], level=level)
            nobody[str(name)] = frozenset(design.columns[design[has == 1].max() == 0])
    return PackageModels(single, _together(design, packages), nobody, len(design))


def _together(design: pd.DataFrame, packages: pd.Series) -> pd.Series:
    """Likelihood ratio tests of each predictor in the multinomial model."""
    from scipy import stats

    codes = packages.astype("category").cat.codes
    full = _multinomial(codes, design)
    tests = {}
    for name in design:
        smaller = _multinomial(codes, design.drop(columns=name))
        tests[str(name)] = float(stats.chi2.sf(max(0.0, 2 * (full - smaller)), codes.nunique() - 1))
    return pd.Series(tests, name="p_value")


def _multinomial(codes: pd.Series, design: pd.DataFrame) -> float:
    scaled = (design - design.mean()) / design.std().replace(0.0, 1.0)
    fit = sm.MNLogit(codes.to_numpy(), sm.add_constant(scaled.to_numpy())).fit(method="bfgs", maxiter=500, disp=False)
    return float(np.asarray(fit.llf))
