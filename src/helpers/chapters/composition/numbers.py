"""Numbers of the composition chapter: the parts of the difference between the schemes, and for whom they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.breakdowns import ESTIMATE, difference_row, gap_row
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.composition.terms import POOLED, ROUND_TO, STAGES, TESTS, UNEXPLAINED
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.for_whom_fits import for_whom_fits, groups_of, pooled
from helpers.study.fits.gap_fits import gap_fits
from helpers.study.study import Study
from resultatbok.methods.decomposition import GapDecomposition
from resultatbok.release.ledger import group_of, row

COEFFICIENTS: Final = {"pooled": "pooled", "own_second": "introduction", "own_first": "jobbsjansen"}
"""Rows of a decomposition whose first group is Jobbsjansen, and what the ledger calls them."""


def gap_parts(study: Study) -> pd.DataFrame:
    """The difference between the schemes among women, and its stages."""
    return pd.concat([_gap(study, WOMEN), _stage_rows(study, "women", "pooled")])


def gap_table(study: Study) -> pd.DataFrame:
    """Every part of the difference: by whose coefficients, for women and for all, and with less known."""
    parts = [(WOMEN, name) for name in COEFFICIENTS] + [("all", "pooled")]
    return pd.concat(
        [
            *(_gap(study, sample) for sample in (WOMEN, "all")),
            *(rows(study, *part) for part in parts for rows in (_block_rows, _stage_rows)),
            _stage_rows(study, "women_projects", "pooled", drawn="projects"),
            _stage_rows(study, "women_entry", "pooled", known="entry"),
        ]
    )


def effects_by_group(study: Study) -> pd.DataFrame:
    """The difference in each group of women, by itself and pooled, its participants, and the tests of equality."""
    women = study.complete[study.complete["male"] == 0]
    rows: list[dict[str, Any]] = []
    for name, fit in for_whom_fits(study).items():
        sizes = women.groupby([groups_of(women, name), "scheme"], observed=True).size()
        for group, effect in fit.table.iterrows():
            rows += [_effect(str(group), effect), *(_size(sizes, str(group), scheme) for scheme in SCHEMES)]
        pooling = pooled(study, name).assign(n=fit.table["n"])
        rows += [_effect(str(group), effect) | {"statistic": POOLED} for group, effect in pooling.iterrows()]
        if fit.equality is not None:
            tests = {"chi2": fit.equality.statistic, "p_value": fit.equality.p_value}
            rows += [row(name_, value, term=TESTS[name], sample=WOMEN, n=fit.fit.n) for name_, value in tests.items()]
    return pd.DataFrame(rows)


def _gap(study: Study, sample: str) -> pd.DataFrame:
    """The difference itself among the complete cases of a sample."""
    people = study.complete
    chosen = people[people["male"] == 0] if sample == WOMEN else people
    return gap_row(chosen, level=study.cohort.analysis.confidence_level).assign(sample=sample)


def _stage_rows(study: Study, fit: str, coefficients: str, **group: str) -> pd.DataFrame:
    """The stages and what stays."""
    known = gap_fits(study)[fit].blocks
    stages = {name: [block for block in blocks if block in known] for name, blocks in STAGES.items()}
    parts = {name: blocks for name, blocks in stages.items() if blocks} | {UNEXPLAINED: [UNEXPLAINED]}
    return _part_rows(study, fit, parts, coefficients, **group)


def _block_rows(study: Study, fit: str, coefficients: str) -> pd.DataFrame:
    """The blocks, but for one that is a stage of its own."""
    blocks = {block: [block] for block in gap_fits(study)[fit].blocks if block not in STAGES}
    return _part_rows(study, fit, blocks, coefficients)


def _part_rows(
    study: Study, fit: str, parts: Mapping[str, Iterable[str]], coefficients: str, **group: str
) -> pd.DataFrame:
    found: GapDecomposition = gap_fits(study)[fit]
    level = study.cohort.analysis.confidence_level
    sums = {name: found.sum_of(list(blocks), coefficients, level) for name, blocks in parts.items()}
    return pd.DataFrame(
        difference_row(
            "decomposition",
            part,
            group=group_of(coefficients=COEFFICIENTS[coefficients], **group),
            term=name,
            sample=fit.split("_")[0],
            n=found.n_first + found.n_second,
        )
        for name, part in sums.items()
    )


def _effect(group: str, effect: pd.Series) -> dict[str, Any]:
    return row(
        "average_marginal_effect",
        group=group,
        term="scheme",
        sample=WOMEN,
        n=_rounded(effect["n"]),
        unit="fraction",
        **{name: effect[name] for name in ESTIMATE},
    )


def _size(sizes: pd.Series, group: str, scheme: str) -> dict[str, Any]:
    size = _rounded(sizes[group, scheme])
    return row("rounded_count", size, scheme=scheme, group=group, term="participants", sample=WOMEN, n=size)


def _rounded(size: float) -> float:
    return ROUND_TO * round(size / ROUND_TO)
