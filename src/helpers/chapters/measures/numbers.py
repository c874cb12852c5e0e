"""Numbers of what the participants are given: measures of each type, each measure, and Norwegian at start and end."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from helpers.chapters.common.evaluation_numbers import (
    SCHEME,
    by_part,
    count_of,
    grouped,
    leavers,
    mean_of,
    share_of,
    spread_of,
)
from helpers.chapters.measures.terms import A1_OR_LOWER, B_LEVEL
from helpers.cohort.measures import single_measures
from helpers.study.package_naming import TYPES
from helpers.study.study import Study
from resultatbok.release.ledger import row

LEVELS: Final = {0: "none", 1: "under_a1", 2: "a1", 3: "a2", 4: "b1", 5: "b2"}


def evaluation_measure_types(study: Study) -> pd.DataFrame:
    """Mean number of measures of each type among those who left, by part."""
    types = single_measures()["category"]
    term = "number_of_measures"
    frames = []
    for sample, measures in _by_part(study):
        kinds = types.reindex(measures.columns)
        for kind in TYPES:
            number = measures.loc[:, (kinds == kind).to_numpy()].sum(axis=1)
            frames.append(mean_of(study, number, term, group=f"category={kind}", sample=sample))
        frames.append(mean_of(study, measures.sum(axis=1), term, sample=sample))
        frames.append(count_of(len(measures), "participants", sample=sample))
    return pd.concat(frames, ignore_index=True)


def evaluation_measures(study: Study) -> pd.DataFrame:
    """Share of each part with each measure, and each measure's rank."""
    frames = []
    for sample, measures in _by_part(study):
        had = measures.astype(float)
        frames += [share_of(study, had[code], f"measure={code}", sample=sample) for code in had]
        about: dict[str, Any] = {"scheme": SCHEME, "term": "rank", "sample": sample, "n": len(had)}
        ranks = had.mean().rank(ascending=False, method="min").to_dict()
        rows = [row("rank_max", rank, group=f"measure={code}", **about) for code, rank in ranks.items()]
        frames.append(pd.DataFrame(rows))
    return pd.concat(frames, ignore_index=True)


def evaluation_norwegian(study: Study) -> pd.DataFrame:
    """Levels of Norwegian at the start and at the end among those who left part A, and how many are known."""
    left = leavers(study, "norwegian_start", "norwegian_end")
    left = left[left["part"] == "a"]
    frames = []
    for when in ("start", "end"):
        known = left[f"norwegian_{when}"].dropna()
        levels = grouped(known, LEVELS).to_frame("level")
        frames.append(spread_of(study, levels, "level", f"norwegian_level_at_{when}"))
        frames.append(count_of(len(known), f"norwegian_level_at_{when}_known"))
    start = left["norwegian_start"].dropna()
    for group, low, high in ((A1_OR_LOWER, 0, 2), (B_LEVEL, 4, 5)):
        frames.append(share_of(study, start.between(low, high).astype(float), group))
    return pd.concat(frames, ignore_index=True)


def _by_part(study: Study) -> list[tuple[str, pd.DataFrame]]:
    """The single measures of those who left each part."""
    measures, details = study.registers.jobbsjansen_measures, study.registers.jobbsjansen_details
    left = details[details["status"] == "left"].reindex(measures.index)
    return [(sample, measures.loc[own.index]) for sample, own in by_part(left)]
