"""How much an unmeasured difference would have to matter, beside how much the measured ones do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.study.fits.programme_effect.data import Data, block_columns, effect_data
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.sensitivity import EValue, benchmark, e_value, risk_ratio


@dataclass(frozen=True)
class Sensitivity:
    """The effect in a logistic regression, what would explain it away, and the measured benchmarks.

    Attributes:
        effect: Average marginal effect (a fraction).
        odds_ratio: Odds ratio of the scheme, with its interval.
        n: Rows.
        e_values: For the estimate and for the limit nearer to no effect.
        blocks: By block of covariates: `treatment_ratio`, `outcome_ratio`, `bias_factor` (risk ratios, all at
            least 1), `effect` without the block and its `change` (fractions).
    """

    effect: float
    odds_ratio: tuple[float, float, float]
    n: int
    e_values: EValue
    blocks: pd.DataFrame

    @property
    def risk_ratios(self) -> list[float]:
        """The estimate and its limits as risk ratios."""
        return [risk_ratio(ratio) for ratio in self.odds_ratio]


def sensitivity(study: Study, covariates: str, sample: str = "women") -> Sensitivity:
    """E-values of the scheme's effect and a benchmark for each block of covariates.

    Args:
        study: The study.
        covariates: `entry` or `all`.
        sample: `women` or `all`.

    Raises:
        ModelError: The model cannot be fitted.
    """
    data = effect_data(study, sample, covariates)
    present = set(data["covariates"].columns)
    columns = block_columns(study.cohort.analysis, covariates)
    blocks = {name: [c for c in of_block if c in present] for name, of_block in columns.items()}
    return _sensitivity(data, {k: v for k, v in blocks.items() if v}, study.cohort.analysis.confidence_level)


@cached
def _sensitivity(data: Data, blocks: dict[str, list[str]], level: float) -> Sensitivity:
    full = _fit(data, data["covariates"], level)
    estimate, low, high = (
        float(full.terms[name]["scheme"]) for name in ("odds_ratio", "odds_ratio_low", "odds_ratio_high")
    )
    effect = full.average_effect("scheme").value
    rows = {name: _block(data, columns, effect, level) for name, columns in blocks.items()}
    return Sensitivity(
        effect=effect,
        odds_ratio=(estimate, low, high),
        n=full.n,
        e_values=e_value(*(risk_ratio(r) for r in (estimate, low, high))),
        blocks=pd.DataFrame.from_dict(rows, orient="index"),
    )


def _block(data: Data, columns: list[str], effect: float, level: float) -> dict[str, float]:
    others = data["covariates"].drop(columns=columns)
    without = _fit(data, others, level).average_effect("scheme").value
    try:
        found = benchmark(data["outcome"], data["treated"], data["covariates"][columns], others)
        ratios = (found.treatment_ratio, found.outcome_ratio, found.bias_factor)
    except ModelError:
        ratios = (np.nan, np.nan, np.nan)
    names = ("treatment_ratio", "outcome_ratio", "bias_factor")
    return dict(zip(names, ratios, strict=True)) | {"effect": without, "change": without - effect}


def _fit(data: Data, covariates: pd.DataFrame, level: float) -> LogitFit:
    design = covariates.assign(scheme=data["treated"])
    return fit_logit(data["outcome"], design, level=level, groups=data["groups"])
