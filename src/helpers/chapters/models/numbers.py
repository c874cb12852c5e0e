"""Numbers of the model cards: who is in a model, how it fits, how well calibrated it is, what was tested."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.model_rows import variation_row
from helpers.cohort.variables import NUMBER, in_model
from helpers.study.fits.context_models import multilevel_models
from helpers.study.fits.project_effects import project_effects
from helpers.study.models.multilevel import MultilevelFit
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import (
    LogitFit,
    area_under_curve,
    brier_score,
    calibration_table,
    dfbetas,
    hosmer_lemeshow,
    spline_test,
)
from resultatbok.methods.logit.collinearity import coefficient_inflation
from resultatbok.methods.mixed_logit import MixedLogitResults
from resultatbok.release.ledger import row

CARDS: Final = ("individual", "municipality", "project", "full")
"""The models that have a card, in the order of the cards."""

NUMERIC: Final = tuple(variable.name for variable in in_model("individual") if variable.type == NUMBER)
"""Terms of the individual model whose association with the log-odds is assumed to be a straight line."""

LARGE_UNITS: Final = {"municipality": ["municipality", "end_year"], "project": ["project", "end_year"]}
"""The units of the reduced models that must have enough leavers."""


def model_card_individual(study: Study) -> pd.DataFrame:
    """The card of the individual model."""
    return card_rows(study, "individual")


def model_card_municipality(study: Study) -> pd.DataFrame:
    """The card of the municipality model."""
    return card_rows(study, "municipality")


def model_card_project(study: Study) -> pd.DataFrame:
    """The card of the project model."""
    return card_rows(study, "project")


def model_card_full(study: Study) -> pd.DataFrame:
    """The card of the full three-level model."""
    return card_rows(study, "full")


def model_calibration(study: Study) -> pd.DataFrame:
    """Expected and actual goal attainment by tenth of the predicted probability, for each model."""
    level, rows = study.cohort.analysis.confidence_level, []
    for name in CARDS:
        outcome, fitted = predictions(study, name)
        for tenth, line in calibration_table(outcome, fitted, level=level).iterrows():
            keys = {"group": f"model={name};tenth={tenth}", "n": line["n"], "unit": "fraction"}
            limits = {"low": line["low"], "high": line["high"]}
            rows += [
                {"statistic": "share", "term": "expected_goal_attainment", "value": line["expected"], **keys},
                {"statistic": "share", "term": "actual_goal_attainment", "value": line["actual"], **limits, **keys},
            ]
        rows.append(calibration_gap(outcome, fitted, f"model={name}"))
    return pd.DataFrame(rows)


def card_rows(study: Study, name: str) -> pd.DataFrame:
    """All rows of one model's card."""
    outcome, fitted = predictions(study, name)
    rows = [*_flow(study, name), *_accuracy(outcome, fitted, f"model={name}")]
    if name == "individual":
        rows += _individual_rows(study, study.individual_model)
    else:
        rows += _multilevel_rows(multilevel_models(study)[name], name)
    return pd.DataFrame(rows)


@cache
def predictions(study: Study, name: str) -> tuple[pd.Series, pd.Series]:
    """Outcome and predicted probability of a model's rows; of a multilevel model in a unit drawn at random."""
    if name == "individual":
        return study.complete[OUTCOME], study.individual_model.fitted
    fit = multilevel_models(study)[name]
    return fit.participants[OUTCOME], fit.results.predict(effects="marginal")


def _flow(study: Study, name: str) -> list[dict[str, object]]:
    """From all leavers to the rows of the model, step by step."""
    everyone = study.participants
    steps = {"all_leavers": len(everyone), "goal_known": int(everyone[OUTCOME].notna().sum())}
    steps["complete_cases"] = len(study.complete)
    if name in LARGE_UNITS:
        steps["in_large_units"] = len(study.in_large_units(LARGE_UNITS[name]))
    if name != "individual":
        steps["context_known"] = multilevel_models(study)[name].results.nobs
    return [row("count", n, group=f"model={name}", term=step, unit="participants") for step, n in steps.items()]


def _accuracy(outcome: pd.Series, fitted: pd.Series, group: str) -> list[dict[str, object]]:
    """Area under the curve, Brier score, and the largest distance between expected and actual in a tenth."""
    return [
        row("auc", area_under_curve(outcome, fitted), group=group, n=len(outcome)),
        row("brier", brier_score(outcome, fitted), group=group, n=len(outcome)),
        calibration_gap(outcome, fitted, group),
    ]


def calibration_gap(outcome: pd.Series, fitted: pd.Series, group: str) -> dict[str, object]:
    """The largest distance between expected and actual goal attainment in a tenth."""
    table = calibration_table(outcome, fitted)
    gap = float((table["actual"] - table["expected"]).abs().max())
    return row("calibration_gap", gap, group=group, n=len(outcome), unit="fraction")


def _individual_rows(study: Study, model: LogitFit) -> list[dict[str, object]]:
    group, n = "model=individual", model.n
    calibration = hosmer_lemeshow(study.complete[OUTCOME], model.fitted).test
    influence = dfbetas(model).abs().max().max()
    mixed = project_effects(study, "report_2022").common
    dependence = mixed.lr_test().p_value if mixed.group_sd.iloc[0] > 0 else 1.0
    return [
        row("converged", float(model.converged), group=group, n=n),
        row("loglik", model.llf, group=group, n=n),
        row("r2", model.r2_mcfadden, group=group, n=n),
        row("chi2", calibration.statistic, group=f"{group};test=calibration", n=n),
        row("p_value", calibration.p_value, group=f"{group};test=calibration", n=n),
        *(_linearity(model, term) for term in NUMERIC),
        _inflation(model.cov_params().drop(index="constant", columns="constant"), group, n),
        row("influence", float(influence), group=group, n=n, unit="standard errors"),
        row("p_value", dependence, group=f"{group};test=dependence", n=n),
    ]


def _linearity(model: LogitFit, term: str) -> dict[str, object]:
    """The p-value of a curve against the straight line; 1 where the values are too few for a curve."""
    try:
        p_value = spline_test(model, term).p_value
    except ModelError:
        p_value = 1.0
    return row("p_value", p_value, group="model=individual;test=linearity", term=term, n=model.n)


def _multilevel_rows(fit: MultilevelFit, name: str) -> list[dict[str, object]]:
    results, group = fit.results, f"model={name}"
    n, r2 = results.nobs, results.pseudo_r2()
    own = results.predict(effects="posterior")
    cov = results.cov_params().drop(index="constant", columns="constant")
    return [
        row("converged", float(results.converged), group=group, n=n),
        row("loglik", results.llf, group=group, n=n),
        *(row("r2", r2[kind], group=f"{group};effects={kind}", n=n) for kind in ("marginal", "conditional")),
        row("auc", area_under_curve(fit.participants[OUTCOME], own), group=f"{group};effects=own", n=n),
        _inflation(cov, group, n),
        *(entry for level in results.group_sd.index for entry in _level_rows(results, str(level), group)),
        row("influence", float(_cooks_distance(results)), group=group, n=n),
    ]


def _inflation(cov: pd.DataFrame, group: str, n: int) -> dict[str, object]:
    """The term whose standard error its correlation with the others widens most."""
    factors = coefficient_inflation(cov)["gvif"]
    return row("vif", float(factors.max()), group=f"{group};test=collinearity", term=str(factors.idxmax()), n=n)


def _level_rows(results: MixedLogitResults, level: str, group: str) -> list[dict[str, object]]:
    """Spread of a level with its test, and how well its effects follow the normal curve."""
    n, own = results.nobs, f"{group};level={level}"
    spread = float(results.group_sd[level])
    rows = [row("group_sd", spread, group=own, n=n)]
    if spread == 0:
        return rows
    quantiles = results.effect_quantiles(level)
    normality = float(np.corrcoef(quantiles["theoretical"], quantiles["sample"])[0, 1])
    return [
        *rows,
        variation_row(results, level, group),
        row("effect_normality", normality, group=own, n=n),
    ]


def _cooks_distance(results: MixedLogitResults) -> float:
    """The largest change of the coefficients by leaving out one unit, as Cook's distance."""
    return float(results.influence()["cooks_distance"].max())
