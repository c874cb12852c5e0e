"""The declared answer, and those that stand beside it: whose effect, of whom it is known, and in which years.

The target is all women of Jobbsjansen: what the scheme changed for them, on average, with the covariates of the main
model held equal. Beside it: those of them who have comparable women in the other scheme, the same municipality, each
year of leaving, and the years before the pandemic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers.study.fits.programme_effect.data import (
    FEWEST,
    Data,
    effect_data,
    effect_on_treated,
    overlap_of,
    overlap_part,
    part_of,
)
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.bounds import Bounds, outside_bounds
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.subgroup_effects import subgroup_effects
from resultatbok.methods.within import within_difference

PANDEMIC_YEAR: Final = 2020


@dataclass(frozen=True)
class Declared:
    """The declared effect among women and what stands beside it.

    Attributes:
        effects: By target: `value`, `std_error`, `low`, `high` (fractions), `n` and `n_treated` (rows used). `treated`
            is the declared one; `comparable`, `same_municipality` (the main model on the women of municipalities with
            both schemes), `within_municipality` (those compared within them) and `before_pandemic` are there where they
            can be estimated.
        by_year: The same by year of leaving, from one model.
        years_differ: p-value of the test that the effect is the same in every year; missing where there is no test.
        bounds: What the effect on all can be if nothing is assumed of those without anybody comparable.
    """

    effects: pd.DataFrame
    by_year: pd.DataFrame
    years_differ: float
    bounds: Bounds | None


def declared(study: Study) -> Declared:
    """The declared effect among women, and what stands beside it."""
    return _declared(effect_data(study, "women", "entry"), study.cohort.analysis.confidence_level)


@cached
def _declared(data: Data, level: float) -> Declared:
    both = data["treated"].groupby(data["municipality"], observed=True).transform("nunique") == 2
    earlier = data["end_year"] < PANDEMIC_YEAR
    rows = {"treated": _row(effect_on_treated(data, level), data)}
    bounds = None
    try:
        part = overlap_part(data)
        comparable = effect_on_treated(part, level)
        rows["comparable"] = _row(comparable, part)
        bounds = outside_bounds(
            comparable, overlap_of(data), data["outcome"], data["treated"], groups=data["groups"], level=level
        )
    except ModelError:
        pass  # said in the exhibit: nobody is comparable
    for target, kept in (("same_municipality", both), ("before_pandemic", earlier)):
        enough = _enough(data["treated"][kept])
        if enough and not kept.all():
            part = part_of(data, kept)
            rows[target] = _row(effect_on_treated(part, level), part)
    if both.any():
        own = {name: data[name] for name in ("outcome", "treated", "covariates")}
        within = within_difference(unit=data["municipality"], level=level, **own)
        rows["within_municipality"] = _row(within.difference, part_of(data, both))
    by_year, years_differ = _by_year(data, level)
    return Declared(pd.DataFrame.from_dict(rows, orient="index"), by_year, years_differ, bounds)


def _enough(treated: pd.Series) -> bool:
    return bool(treated.value_counts().reindex([0.0, 1.0], fill_value=0).min() >= FEWEST)


def _row(effect: Difference, data: Data) -> dict[str, float]:
    return vars(effect) | {"n": len(data["treated"]), "n_treated": int(data["treated"].sum())}


def _by_year(data: Data, level: float) -> tuple[pd.DataFrame, float]:
    """The effect on the treated of each year with enough women of either scheme, and the test that years are equal."""
    sizes = data["treated"].groupby(data["end_year"])
    years = [year for year, treated in sizes if _enough(treated)]
    part = part_of(data, data["end_year"].isin(years))
    covariates = part["covariates"].loc[:, ~part["covariates"].columns.str.startswith("end_year_")]
    found = subgroup_effects(
        part["outcome"],
        part["treated"],
        covariates,
        part["end_year"].astype(pd.CategoricalDtype(years)),
        groups=part["groups"],
        over=part["treated"] == 1,
        level=level,
    )
    table = found.table.drop(columns="n").assign(n=sizes.size()[years], n_treated=sizes.sum()[years].astype(int))
    return table, found.equality.p_value if found.equality else np.nan
