"""What an unrecorded trait would have to explain to take the effect away, beside what the recorded ones explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.study.fits.programme_effect.data import (
    Data,
    columns_of_blocks,
    effect_data,
    effect_on_treated,
    main_model,
)
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.sensitivity import (
    EValue,
    LinearSensitivity,
    block_strength,
    e_value,
    linear_sensitivity,
    risk_ratio,
    strength_bounds,
)

TIMES: Final = (1, 2, 3)
"""How many times as strong as a recorded block an unrecorded trait is taken to be."""
CORNERS: Final = np.round(np.geomspace(0.005, 0.9, 24), 4)
"""Partial R2 with the scheme at which a contour has a corner."""
CONTOURS: Final[dict[str, dict[str, Any]]] = {"half": {"left": 0.5}, "uncertain": {"of_interval": True}, "zero": {}}
"""Where the effect is halved, where its interval reaches zero, where it is gone."""


@dataclass(frozen=True)
class Unmeasured:
    """The effect in a linear model, what would take it away, and what recorded blocks are worth.

    Attributes:
        effect: The scheme's coefficient among women (a fraction), with errors by project.
        robustness: Robustness value, and that of the interval.
        n: Rows.
        e_values: On the scale of risk ratios, for the estimate and for the limit nearer to no effect.
        blocks: By block: `r2_scheme`, `r2_goal` (partial R2), `without` (the declared effect if the block is left out)
            and its `change` (fractions).
        bounds: `block`, `times`, and what something so many times as strong has at most and would leave: `r2_scheme`,
            `r2_goal`, `value`, `low`, `high`. Not there where nothing can be so strong.
        contours: `contour`, `r2_scheme`, `r2_goal` of its corners.
    """

    effect: Difference
    robustness: tuple[float, float]
    n: int
    e_values: EValue
    blocks: pd.DataFrame
    bounds: pd.DataFrame
    contours: pd.DataFrame


def unmeasured(study: Study) -> Unmeasured:
    """The sensitivity of the women's effect with the covariates of the main model.

    Raises:
        ModelError: A model cannot be fitted.
    """
    data = effect_data(study, "women", "entry")
    return _unmeasured(data, columns_of_blocks(study, data), study.cohort.analysis.confidence_level)


@cached
def _unmeasured(data: Data, blocks: dict[str, list[str]], level: float) -> Unmeasured:
    own = {name: data[name] for name in ("outcome", "treated", "covariates", "groups")}
    linear = linear_sensitivity(**own, level=level)
    terms = main_model(data, level).terms
    ratios = [float(terms[name]["scheme"]) for name in ("odds_ratio", "odds_ratio_low", "odds_ratio_high")]
    declared, rows, bounds = effect_on_treated(data, level).value, {}, []
    for name, columns in blocks.items():
        others = data["covariates"].drop(columns=columns)
        strength = block_strength(data["outcome"], data["treated"], data["covariates"][columns], others)
        without = effect_on_treated(data | {"covariates": others}, level).value
        rows[name] = {
            "r2_scheme": strength[0],
            "r2_goal": strength[1],
            "without": without,
            "change": without - declared,
        }
        bounds += _bounds(linear, name, strength)
    return Unmeasured(
        effect=Difference.around(linear.estimate, linear.std_error, level, linear.freedom),
        robustness=(linear.robustness_value(), linear.robustness_value_of_interval()),
        n=len(data["outcome"]),
        e_values=e_value(*(risk_ratio(ratio) for ratio in ratios)),
        blocks=pd.DataFrame.from_dict(rows, orient="index"),
        bounds=pd.DataFrame(bounds),
        contours=_contours(linear),
    )


def _bounds(linear: LinearSensitivity, block: str, strength: tuple[float, float]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for times in TIMES:
        try:
            most = strength_bounds(*strength, times)
        except ModelError:
            break  # said in the exhibit: nothing can be so strong
        left = linear.adjusted(*most)
        own = {"block": block, "times": times, "r2_scheme": most[0], "r2_goal": most[1]}
        rows.append(own | {name: getattr(left, name) for name in ("value", "low", "high")})
    return rows


def _contours(linear: LinearSensitivity) -> pd.DataFrame:
    """Corners of the lines on which two partial R2 just halve the effect, make it uncertain, or take it away."""
    lines = [
        pd.DataFrame({"contour": name, "r2_scheme": CORNERS, "r2_goal": linear.contour(CORNERS, **kind)})
        for name, kind in CONTOURS.items()
    ]
    return pd.concat(lines, ignore_index=True).dropna()
