"""Which women of Jobbsjansen have nobody comparable in the other scheme, and what sets the schemes apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from helpers.study.fits.programme_effect.balance import readable, smallest_groups
from helpers.study.fits.programme_effect.data import columns_of_blocks, effect_data, overlap_of
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.positivity import outside_profile, treatment_partial_r2

GROUPS: Final = ("outside", "inside", "untreated")
"""Women of Jobbsjansen outside and inside the overlap, and those of the introduction programme."""


@dataclass(frozen=True)
class Outside:
    """Who is outside the overlap, and what sets the schemes apart.

    Attributes:
        profile: By covariate, the largest difference first: means of the `GROUPS`, `difference` (outside less inside,
            standard deviations), `smallest` (the fewest women behind it). Empty if all, or none, are inside.
        separation: By block of covariates: `partial_r2` with the scheme given the other blocks, and `alone`.
        sizes: Women of each of the `GROUPS`.
    """

    profile: pd.DataFrame
    separation: pd.DataFrame
    sizes: dict[str, int]


def outside(study: Study) -> Outside:
    """Who is outside the overlap by what was known at entry, among women.

    Raises:
        ModelError: The propensity cannot be estimated.
    """
    data = effect_data(study, "women", "entry")
    treated, inside = data["treated"], overlap_of(data)
    columns, cases = readable(data["covariates"]), treated == 1
    try:
        profile = outside_profile(columns, treated, inside)
        smallest = smallest_groups(columns[cases], inside[cases].astype(float))
        profile = profile.assign(smallest=smallest.reindex(profile.index))
    except ModelError:
        profile = pd.DataFrame(columns=[*GROUPS, "difference", "smallest"])
    return Outside(
        profile=profile,
        separation=treatment_partial_r2(treated, data["covariates"], columns_of_blocks(study, data)),
        sizes=dict(
            zip(GROUPS, (int((cases & ~inside).sum()), int((cases & inside).sum()), int((~cases).sum())), strict=True)
        ),
    )
