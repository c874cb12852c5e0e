"""The individual model, and what projects contribute beyond it."""

from __future__ import annotations

import pandas as pd

from helpers.study import specification
from helpers.study.data import Data
from resultatbok.methods.contribution import contribution_indicators
from resultatbok.methods.logit import LogitFit, fit_logit


def individual_model(data: Data, design: pd.DataFrame) -> LogitFit:
    """Logistic regression of goal attainment on scheme, characteristics and measures (table 17, column 1)."""
    return fit_logit(data.complete[specification.OUTCOME], design, level=data.cohort.analysis.confidence_level)


def by_project(data: Data, fit: LogitFit) -> LogitFit:
    """A fit on the complete cases, with errors clustered by project."""
    return fit_logit(fit.outcome, fit.design, level=fit.level, groups=data.complete["project"])


def contributions(data: Data, model: LogitFit) -> pd.DataFrame:
    """Expected and actual goal attainment and the contribution of each project large enough, with its scheme."""
    indicators = contribution_indicators(
        data.complete[specification.OUTCOME],
        model.fitted,
        data.complete["project"],
        min_participants=data.cohort.analysis.project_min_participants,
        level=data.cohort.analysis.confidence_level,
    )
    schemes = data.complete.drop_duplicates("project").set_index("project")["scheme"]
    return indicators.assign(scheme=schemes.reindex(indicators.index).astype(str))
