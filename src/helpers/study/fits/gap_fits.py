"""The decompositions of the difference between the schemes that the composition chapter shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from helpers.study.fits.gap_blocks import gap_blocks
from helpers.study.fits.programme_effect.data import COVARIATES, SAMPLES, people_of
from helpers.study.specification import OUTCOME, scheme_indicator
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.decomposition import GapData, GapDecomposition, bootstrap_gap

REPLICATES = 200
"""Bootstrap samples; enough for standard errors, not for percentiles."""

PRIOR_SD = 2.5
"""Standard deviation, in log-odds, of the prior that keeps the coefficients of rare categories finite."""

_bootstrap = cached(bootstrap_gap)


@cache
def gap_fits(study: Study) -> Mapping[tuple[str, str], GapDecomposition]:
    """The decompositions by sample and covariates; the difference is Jobbsjansen minus the introduction programme.

    Women with what was known at entry are the main one, and have coefficients of either scheme alone, too: for both
    sexes Jobbsjansen has too few men. Projects are drawn anew, not participants.
    """
    return {(sample, covariates): _fit(study, sample, covariates) for sample in SAMPLES for covariates in COVARIATES}


def _fit(study: Study, sample: str, covariates: str) -> GapDecomposition:
    people = people_of(study.complete, sample)
    blocks = gap_blocks(study, people, covariates)
    columns = {part: [str(column) for column in design] for part, design in blocks.items()}
    design, first = pd.concat(blocks.values(), axis=1), scheme_indicator(people) == 1
    return _bootstrap(
        GapData.of(people[OUTCOME], first, design, columns, prior_sd=PRIOR_SD),
        people["project"],
        replicates=REPLICATES,
        seed=study.cohort.analysis.seed,
        own=(sample, covariates) == (SAMPLES[0], COVARIATES[0]),
    )
