"""Numbers of the effect chapter: what Jobbsjansen does beyond the introduction programme, and how sure that is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.chapters.common.samples import WOMEN
from helpers.chapters.effect.terms import COVARIATES, RATIOS
from helpers.study.fits.programme_effect import balance
from helpers.study.fits.programme_effect.benchmarks import Sensitivity, sensitivity
from helpers.study.fits.programme_effect.estimates import effect_estimates
from helpers.study.study import Study
from resultatbok.release.ledger import group_of, row


def programme_effect(study: Study) -> pd.DataFrame:
    """The effect by every method, and the participants it rests on, in all and of Jobbsjansen."""
    return pd.DataFrame([line for estimate in effect_estimates(study).to_dict("records") for line in _effect(estimate)])


def propensity_overlap(study: Study) -> pd.DataFrame:
    """Shares of each scheme's women by the probability of being in Jobbsjansen."""
    bins = balance.propensity_bins(study)
    return pd.DataFrame(
        {
            "statistic": "share",
            "value": bins["count"] / bins["total"],
            "scheme": bins["scheme"],
            "group": "propensity=" + bins["propensity"],
            "term": "participant_share",
            "sample": WOMEN,
            "n": bins["total"],
            "unit": "fraction",
        }
    )


def covariate_balance(study: Study) -> pd.DataFrame:
    """Standardised differences between the schemes' women, as they are and under the weights of each method."""
    return _balance_rows(balance.covariate_balance(study), "standardised_difference", "difference")


def balance_table(study: Study) -> pd.DataFrame:
    """The differences, ratios of variances, and how many equally weighted women the weights are worth.

    For a 0/1 characteristic the ratio of variances says the same as the difference, so these are left out.
    """
    measured = balance.covariate_balance(study)
    dummies = measured["covariate"].str.startswith("origin_") | measured["covariate"].isin(["male", "absence_high"])
    ratios = measured[~dummies & np.isfinite(measured["variance_ratio"])]
    sizes = balance.effective_sizes(study)
    effective = pd.DataFrame(
        {
            "statistic": "effective_sample_size",
            "value": sizes["size"],
            "scheme": sizes["scheme"],
            "group": "weights=" + sizes["weights"],
            "term": "participants",
            "sample": WOMEN,
            "n": sizes["n"],
        }
    )
    return pd.concat([covariate_balance(study), _balance_rows(ratios, "variance_ratio", "variance_ratio"), effective])


def unmeasured_difference(study: Study) -> pd.DataFrame:
    """Effect, risk ratio and E-values of the scheme among women, and the measured blocks on the same scale."""
    return pd.DataFrame([line for c in COVARIATES for line in _sensitivity_rows(sensitivity(study, c), c)])


def _effect(estimate: Mapping[Hashable, Any]) -> list[dict[str, Any]]:
    group, sample = group_of(estimator=estimate["method"], covariates=estimate["covariates"]), estimate["sample"]
    sizes = {"both": estimate["n"], "jobbsjansen": estimate["n_treated"]}
    return [
        row(
            "average_effect",
            group=group,
            term="scheme",
            sample=sample,
            n=estimate["n"],
            unit="fraction",
            **{name: estimate[name] for name in ("value", "std_error", "low", "high")},
        ),
        *(
            row("sample_size", n, scheme=scheme, group=group, term="participants", sample=sample, n=n)
            for scheme, n in sizes.items()
        ),
    ]


def _balance_rows(measured: pd.DataFrame, statistic: str, column: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statistic": statistic,
            "value": measured[column].round(6) + 0.0,
            "group": "weights=" + measured["weights"],
            "term": measured["covariate"],
            "sample": WOMEN,
            "n": measured["n"],
        }
    )


def _sensitivity_rows(found: Sensitivity, covariates: str) -> list[dict[str, Any]]:
    own: dict[str, Any] = {"group": group_of(covariates=covariates), "sample": WOMEN, "n": found.n}
    estimate, low, high = found.risk_ratios
    rows = [
        row("average_effect", found.effect, term="scheme", unit="fraction", **own),
        row("risk_ratio", estimate, term="scheme", low=low, high=high, unit="ratio", **own),
        row("e_value", found.e_values.estimate, term="scheme", low=found.e_values.limit, **own),
    ]
    for block, entry in found.blocks.iterrows():
        own["group"] = group_of(covariates=covariates, block=block)
        rows += [
            row("average_effect", entry["effect"], term="scheme", unit="fraction", **own),
            row("effect_change", entry["change"], term="scheme", unit="fraction", **own),
        ]
        if np.isfinite(entry["bias_factor"]):
            rows += [row("risk_ratio", entry[name], term=term, unit="ratio", **own) for name, term in RATIOS.items()]
            rows.append(row("bias_factor", entry["bias_factor"], term="scheme", unit="ratio", **own))
    return rows
