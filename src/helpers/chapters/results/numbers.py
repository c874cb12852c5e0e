"""Numbers of what became of the participants: why they left, results by year, and the 2019 evaluation's model."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.evaluation_numbers import SCHEME, by_part, count_of, details, level, spread_of
from helpers.chapters.common.model_rows import coefficient_rows, effect_row, odds_ratio_rows
from helpers.chapters.common.samples import PART_A
from helpers.study.fits.evaluation_model import EvaluationModel, evaluation_model
from helpers.study.study import Study
from resultatbok.methods.intervals import share_difference
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import row

OUTCOMES: Final = {
    "goal_attainment": "goal_attained",
    "transition_to_work": "work",
    "transition_to_education": "education",
}
"""Term of the ledger, and the 0/1 column that holds it."""
GROUP: Final = "model=evaluation_2019"
NEEDED: Final = ("world_region", "agency", "reduced_work_capacity", "work_home_country", "followup_need")


def evaluation_exits(study: Study) -> pd.DataFrame:
    """Main reason for leaving in the last year of the cohort, by part."""
    year = study.cohort.years.last
    left = _left(study, "exit_reason")
    frames = []
    for sample, own in by_part(left[left["year"] == year]):
        frames.append(spread_of(study, own, "exit_reason", f"year={year};main_exit_reason", sample=sample))
        frames.append(count_of(len(own), "discharged", group=f"year={year}", sample=sample))
    return pd.concat(frames, ignore_index=True)


def evaluation_results(study: Study) -> pd.DataFrame:
    """Goal attainment and transitions of those who left, by year and part, and the change of part A's attainment."""
    left = _left(study)
    known = left["transition"].notna()
    left = left.assign(**{name: (left["transition"] == name).where(known) for name in ("work", "education")})
    frames = []
    for sample, own in by_part(left):
        for term, column in OUTCOMES.items():
            shares = share_by(own, column, ["year"], level=level(study))
            groups = pd.Series([f"year={year:.0f}" for year in shares["year"]], index=shares.index)
            frames.append(share_rows(shares, SCHEME, groups, term, sample=sample))
    return pd.concat([*frames, _change(study, left[left["part"] == "a"])], ignore_index=True)


def _change(study: Study, own: pd.DataFrame) -> pd.DataFrame:
    """Goal attainment in the last year minus that in the first; none for a single year."""
    years = study.cohort.years
    if years.first == years.last:
        return pd.DataFrame()
    known = own.dropna(subset=["goal_attained"])
    later, earlier = (known.loc[known["year"] == year, "goal_attained"] for year in (years.last, years.first))
    found = share_difference(later.sum(), len(later), earlier.sum(), len(earlier), level(study))
    change = effect_row(
        "goal_attainment", found, min(len(later), len(earlier)), f"years={years.last}_minus_{years.first}"
    )
    return change.assign(statistic="difference", scheme=SCHEME, sample=PART_A)


def evaluation_odds(study: Study) -> pd.DataFrame:
    """Coefficients and odds ratios of the terms of table 7.5, how well they fit, and on whom they rest."""
    model = _model(study)
    fit, leavers = model.fit, model.leavers
    counts = [
        row("count", fit.n, term="observations", n=fit.n, unit="participants"),
        row("adjusted_r2", fit.r2_mcfadden_adjusted, n=fit.n),
        row("r2", fit.r2_mcfadden, n=fit.n),
        row("count", fit.n_groups or np.nan, term="clusters", n=fit.n, unit="projects"),
        row("count", leavers.n, term="leavers", unit="participants"),
        row("count", leavers.projects, term="projects_of_leavers", unit="projects"),
        row("count", leavers.n_unanswered, term="leavers_of_silent_projects", unit="participants"),
        row("count", leavers.projects_unanswered, term="silent_projects", unit="projects"),
    ]
    frames = [coefficient_rows(fit.terms, fit.n, GROUP), odds_ratio_rows(fit.terms, fit.n, GROUP), pd.DataFrame(counts)]
    return _named(pd.concat(frames, ignore_index=True))


def evaluation_effects(study: Study) -> pd.DataFrame:
    """The average marginal effects of the same model."""
    fit = _model(study).fit
    return _named(pd.concat([effect_row(str(t), fit.average_effect(str(t)), fit.n, GROUP) for t in fit.design]))


def evaluation_tested(study: Study) -> pd.DataFrame:
    """The p-value of each variable that was left out when it is added to the model, and what a search keeps."""
    model = _model(study)
    tested = [
        row("p_value", p, term=str(term), n=float(model.beside_n[str(term)]))
        for term, p in model.beside.sort_values().items()
    ]
    kept = [row("selected", place, term=term) for place, term in enumerate(model.selection.kept, 1)]
    return _named(pd.DataFrame([*tested, *kept]))


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(scheme=SCHEME, group=GROUP, sample=PART_A)


def _model(study: Study) -> EvaluationModel:
    details(study, *NEEDED)
    return evaluation_model(study)


def _left(study: Study, *needed: str) -> pd.DataFrame:
    """Everybody who left."""
    data = details(study, *needed)
    return data[data["status"] == "left"]
