"""What each project adds in a model with random project effects: the fits behind the shrunken contributions.

The model has the columns of the individual model and one random intercept per project, on all complete cases, so
that it expects of participants what the raw contribution expects of them, and knows how much projects differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from helpers.study.specification import OUTCOME, standardised
from helpers.study.study import Study
from resultatbok.methods.mixed_logit import MixedLogitResults, mixed_logit_arrays
from resultatbok.methods.shrinkage import no_difference, rank_intervals, shrunken_contributions

SIZE = "project_size"
"""Column of the size-dependent model: the logarithm of a project's participants, standardised over projects."""


@dataclass(frozen=True)
class ProjectEffects:
    """Shrunken contributions and where they come from.

    Attributes:
        contributions: One line per project with a raw contribution, from `shrunken_contributions`.
        effects: Each project's effect on the log-odds with its standard deviation; 0 if projects do not differ.
        results: The model.
    """

    contributions: pd.DataFrame
    effects: pd.DataFrame
    results: MixedLogitResults

    @property
    def group_sd(self) -> float:
        """Standard deviation between projects on the log-odds scale."""
        return float(self.results.group_sd.iloc[0])


@cache
def project_effects(study: Study) -> ProjectEffects:
    """Contributions drawn towards the average of all projects of the scheme."""
    data = study.complete
    results = mixed_logit_arrays(data[OUTCOME], study.individual_design, data[["project"]])
    return ProjectEffects(*_contributions(study, results, None), results)


@cache
def project_effects_by_size(study: Study) -> ProjectEffects:
    """Contributions drawn towards what projects of the same size contribute on average."""
    size = _log_size(study)
    column = size.reindex(study.complete["project"]).to_numpy()
    design = study.individual_design.assign(**{SIZE: column})
    results = mixed_logit_arrays(study.complete[OUTCOME], design, study.complete[["project"]])
    return ProjectEffects(*_contributions(study, results, size), results)


@cache
def project_ranks(study: Study) -> pd.DataFrame:
    """Mean rank of each project that has a contribution, with its interval; 1 is the largest effect."""
    effects, choices = project_effects(study).effects, study.cohort.analysis
    if project_effects(study).group_sd == 0:  # projects that do not differ can have any rank
        effects = effects.assign(sd=1.0)
    return rank_intervals(effects, level=choices.confidence_level, seed=choices.seed)


def _contributions(
    study: Study, results: MixedLogitResults, size: pd.Series | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contributions and effects of the projects with an indicator; a size adds its own part to the effect."""
    kept, spread = study.contributions.index, float(results.group_sd.iloc[0])
    effects = results.group_effects("project", parameter_uncertainty=True)
    if spread == 0:
        return no_difference(study.contributions["participants"]), effects.loc[kept]
    slope = 0.0 if size is None else float(results.params[SIZE])
    if size is not None:
        effects = effects.assign(effect=effects["effect"] + slope * size.reindex(effects.index))
        spread = float(np.hypot(spread, slope))
    project = study.complete["project"]
    table = shrunken_contributions(
        _log_odds(study, results), project, effects, spread, level=study.cohort.analysis.confidence_level
    )
    return table.loc[kept], effects.loc[kept]


def _log_odds(study: Study, results: MixedLogitResults) -> pd.Series:
    """The fixed part of everyone's log-odds in a project of average size."""
    design = study.individual_design
    fixed = design.to_numpy() @ results.params[design.columns].to_numpy() + results.params["constant"]
    return pd.Series(fixed, index=design.index, name="log_odds")


def _log_size(study: Study) -> pd.Series:
    """Logarithm of the participants of each project, standardised over the projects."""
    counts = study.complete["project"].value_counts()
    return standardised(pd.Series(np.log(counts.to_numpy()), index=counts.index, name=SIZE))
