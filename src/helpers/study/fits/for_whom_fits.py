"""The difference between the schemes among women who are alike, by level of education, of Norwegian, and by both."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from helpers.study.fits.large_cells import estimable, is_large, merged_levels
from helpers.study.specification import OUTCOME, individual_design, scheme_indicator
from helpers.study.study import Study
from resultatbok.methods.pooling import partial_pooling
from resultatbok.methods.subgroup_effects import SubgroupEffects, subgroup_effects
from resultatbok.release.ledger import group_of

BREAKDOWNS = ("none", "education", "norwegian", "both")
FEWEST_TO_POOL = 3
"""Groups; of fewer nothing is known of how much they differ."""


@cache
def for_whom_fits(study: Study) -> Mapping[str, SubgroupEffects]:
    """A model for each of `BREAKDOWNS` with groups that are large enough, which are named as in the ledger."""
    people = study.complete
    women = people[people["male"] == 0].reset_index(drop=True)
    fits = {}
    for name in BREAKDOWNS:
        groups = groups_of(women, name)
        if groups.notna().any():
            fits[name] = _fit(study, women, groups)
    return fits


def pooled(study: Study, breakdown: str) -> pd.DataFrame:
    """The effects of one breakdown drawn towards their mean, as far as they are uncertain; two groups are not.

    Returns:
        By group: `value`, `std_error`, `low`, `high`.
    """
    fit = for_whom_fits(study)[breakdown]
    if len(fit.table) < FEWEST_TO_POOL:
        return fit.table
    return partial_pooling(fit.table["value"], fit.cov, level=study.cohort.analysis.confidence_level).table


def groups_of(participants: pd.DataFrame, breakdown: str) -> pd.Series:
    """The group of each participant, an ordered categorical; missing where the group would be too small.

    Args:
        participants: Complete cases of one sample.
        breakdown: One of `BREAKDOWNS`.
    """
    if breakdown == "none":
        return _ordered(pd.Series("", index=participants.index), [""])
    education = participants["education"].astype(str)
    norwegian = participants["norwegian"].astype(str)
    if breakdown == "norwegian":
        merged = merged_levels(participants, "norwegian")
        names = {level: group_of(norwegian=group) for level, group in merged.items() if group}
        return _ordered(norwegian.map(names), list(names.values()))
    found: dict[tuple[str, str], str] = {}
    for level in participants["education"].cat.categories:
        part = participants[education == level]
        if breakdown == "education":
            found |= {(level, n): group_of(education=level) for n in norwegian.unique() if is_large(part)}
        else:
            merged = merged_levels(part, "norwegian")
            found |= {(level, n): group_of(education=level, norwegian=g) for n, g in merged.items() if g}
    keys = pd.Series(list(zip(education, norwegian, strict=True)), index=participants.index)
    return _ordered(keys.map(found), list(found.values()))


def _ordered(groups: pd.Series, names: list[str]) -> pd.Series:
    return groups.astype(pd.CategoricalDtype(list(dict.fromkeys(names)), ordered=True)).rename("group")


def _fit(study: Study, women: pd.DataFrame, groups: pd.Series) -> SubgroupEffects:
    """The individual model with a coefficient of the scheme in each group; Norwegian counts within the groups."""
    kept = groups.notna()
    people, group = women[kept], groups[kept].cat.remove_unused_categories()
    outcome = people[OUTCOME]
    design = individual_design(people, study.cohort.analysis).drop(columns=["scheme", "education_level"])
    within = design["norwegian_level"] - design.groupby(group, observed=True)["norwegian_level"].transform("mean")
    columns = design.assign(norwegian_level=within)
    if not str(group.iloc[0]).startswith("education"):
        columns = columns.assign(education_level=people["education_level"])
    level = study.cohort.analysis.confidence_level
    return subgroup_effects(
        outcome,
        scheme_indicator(people),
        estimable(columns, outcome),
        group,
        groups=people["project"],
        level=level,
    )
