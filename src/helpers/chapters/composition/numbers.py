"""Numbers of the composition chapter: the parts of the difference between the schemes, and for whom they differ."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from helpers.chapters.common.breakdowns import ESTIMATE, difference_row, gap_row
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.composition.terms import POOLED, ROUND_TO, STAGES, TESTS, UNEXPLAINED
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.for_whom_fits import for_whom_fits, groups_of, pooled
from helpers.study.fits.gap_fits import gap_fits
from helpers.study.fits.programme_effect.data import SAMPLES, people_of
from helpers.study.study import Study
from resultatbok.release.ledger import group_of, row

COEFFICIENTS: Final = {"pooled": "pooled", "own_second": "introduction", "own_first": "jobbsjansen"}
"""Rows of a decomposition whose first group is Jobbsjansen, and what the ledger calls them."""


def gap_parts(study: Study) -> pd.DataFrame:
    """The difference between the schemes among women, and its parts with what was known at entry."""
    return pd.concat([_gap(study, WOMEN), _part_rows(study, WOMEN, "entry", "pooled")])


def gap_table(study: Study) -> pd.DataFrame:
    """Every part of the difference, for women and for all, with what was known at entry and with what came later."""
    fits = [(*of, coefficients) for of, fit in gap_fits(study).items() for coefficients in fit.parts.index]
    return pd.concat(
        [
            *(_gap(study, sample) for sample in SAMPLES),
            *(_part_rows(study, *fit) for fit in fits if fit[-1] in COEFFICIENTS),
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
    level = study.cohort.analysis.confidence_level
    return gap_row(people_of(study.complete, sample), level=level).assign(sample=sample)


def _part_rows(study: Study, sample: str, covariates: str, coefficients: str) -> pd.DataFrame:
    """The parts, each stage's parts together, and what is unexplained."""
    found, level = gap_fits(study)[sample, covariates], study.cohort.analysis.confidence_level
    stages = {stage: [part for part in parts if part in found.blocks] for stage, parts in STAGES.items()}
    single = {part: [part] for part in (*found.blocks, UNEXPLAINED)}
    known = {"known": covariates} if covariates == "entry" else {}
    group = group_of(coefficients=COEFFICIENTS[coefficients], **known)
    n = found.n_first + found.n_second
    return pd.DataFrame(
        difference_row(
            "decomposition", found.sum_of(parts, coefficients, level), group=group, term=name, sample=sample, n=n
        )
        for name, parts in (single | stages).items()
        if parts
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
