"""The decompositions of the difference between the schemes that the composition chapter shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from helpers.study.fits.gap_blocks import STAGES, blocks_of, gap_design
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
def gap_fits(study: Study) -> Mapping[str, GapDecomposition]:
    """The decompositions by name; the difference is Jobbsjansen minus the introduction programme.

    `women` is the main one. `women_projects` draws projects instead of participants, `women_entry` knows only what
    participants were when they entered. `all` has no coefficients of one scheme alone: Jobbsjansen has too few men for
    coefficients of its own.
    """
    everyone = study.complete
    women = everyone[everyone["male"] == 0].reset_index(drop=True)
    seed, design = study.cohort.analysis.seed, gap_design(study, women)
    blocks = blocks_of(design)
    entry = {block: columns for block, columns in blocks.items() if block in STAGES["entry"]}
    at_entry = design[[column for columns in entry.values() for column in columns]]
    for_women = _data(women, design, blocks)
    design_of_all = gap_design(study, everyone)
    for_all = _data(everyone, design_of_all, blocks_of(design_of_all))
    return {
        "women": _bootstrap(for_women, replicates=REPLICATES, seed=seed),
        "women_projects": _bootstrap(for_women, replicates=REPLICATES, seed=seed, clusters=women["project"], own=False),
        "women_entry": _bootstrap(_data(women, at_entry, entry), replicates=REPLICATES, seed=seed, own=False),
        "all": _bootstrap(for_all, replicates=REPLICATES, seed=seed, own=False),
    }


def _data(participants: pd.DataFrame, design: pd.DataFrame, blocks: Mapping[str, list[str]]) -> GapData:
    first = scheme_indicator(participants) == 1
    return GapData.of(participants[OUTCOME], first, design, blocks, prior_sd=PRIOR_SD)
