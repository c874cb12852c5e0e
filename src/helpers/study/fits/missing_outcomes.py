"""What the women's effect can be, given that some outcomes are not counted and some women are no complete cases."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.cohort.variables import categories
from helpers.study.fits.imputation import imputation_data
from helpers.study.fits.specifications import effect_on_treated
from helpers.study.specification import OUTCOME, REQUIRED, main_columns, scheme_indicator
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.bounds import Bounds, lee_bounds, manski_bounds
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.missing import impute, tipping_point
from resultatbok.methods.missing.delta import TippingPoint

METHODS: Final = {"lee": lee_bounds, "manski": manski_bounds}
UNSEEN: Final = ("outcome_not_counted", "not_complete")
"""Whose outcome is taken as unknown: those whose reason for ending is not counted, or all who are no complete cases."""
ODDS: Final = {"1/8": 1 / 8, "1/4": 1 / 4, "1/2": 1 / 2, "1": 1.0, "2": 2.0, "4": 4.0, "8": 8.0}
"""Odds of the goal among those left out, times those of comparable women who are not."""
DATA_SETS: Final = 10
"""Completed data sets under each shift; more would cost more than they tell."""


def women_who_left(study: Study) -> pd.DataFrame:
    """All women who left, complete cases or not."""
    return study.participants[study.participants["male"] == 0].reset_index(drop=True)


def is_complete(people: pd.DataFrame) -> pd.Series:
    """Whether all that the models need is known of each."""
    return people[list(REQUIRED)].notna().all(axis=1)


@cache
def outcome_bounds(study: Study) -> dict[tuple[str, str], Bounds]:
    """Bounds of the observed difference, by whose outcome is unknown and by method; none where nobody's is."""
    people = women_who_left(study)
    outcomes = dict(zip(UNSEEN, (people[OUTCOME], people[OUTCOME].where(is_complete(people))), strict=True))
    treated, level = scheme_indicator(people), study.cohort.analysis.confidence_level
    return {
        (unseen, method): bounds(outcome, treated, groups=people["project"], level=level)
        for unseen, outcome in outcomes.items()
        if outcome.isna().any()
        for method, bounds in METHODS.items()
    }


@cache
def shifted_outcomes(study: Study) -> TippingPoint | None:
    """The main model's effect with the outcomes of those left out imputed, and made less or more likely.

    The shift is that of women left out of the introduction programme's complete cases; all others who are left out are
    imputed as they are. None where nobody is left out, or the outcome cannot be modelled.
    """
    people = women_who_left(study).dropna(subset=["municipality"]).reset_index(drop=True)
    unseen = ~is_complete(people)
    data = imputation_data(people.assign(**{OUTCOME: people[OUTCOME].where(~unseen)})).drop(columns="male")
    try:
        return _shifted(data, people[["scheme", "project"]], unseen, study.cohort.analysis)
    except ModelError:
        return None


@cached
def _shifted(data: pd.DataFrame, people: pd.DataFrame, unseen: pd.Series, choices: AnalysisChoices) -> TippingPoint:
    scheme = scheme_indicator(people)
    filled = impute(data, min(DATA_SETS, choices.n_imputations), seed=choices.seed, strata=people["scheme"])

    def estimate(completed: pd.DataFrame) -> Difference:
        columns = completed.drop(columns=OUTCOME)
        return effect_on_treated(
            fit_logit(completed[OUTCOME], columns, groups=people["project"], level=choices.confidence_level), scheme
        )

    women = (one.assign(scheme=people["scheme"], male=0.0) for one in filled)
    completed = [_main_design(one, choices).assign(scheme=scheme) for one in women]
    return tipping_point(
        completed,
        OUTCOME,
        unseen,
        scheme == 0,
        estimate,
        [float(np.log(odds)) for odds in ODDS.values()],
        seed=choices.seed,
        complete_df=estimate(completed[0]).freedom,
        level=choices.confidence_level,
    )


def _main_design(completed: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    """The outcome and the main model's columns of a completed data set, whose education is a number."""
    levels = categories("education")
    education = pd.Categorical.from_codes(completed["education_level"].astype(int) - 1, pd.Index(levels), ordered=True)
    columns = main_columns(completed.assign(education=education), choices)
    return columns.assign(**{OUTCOME: completed[OUTCOME]})
