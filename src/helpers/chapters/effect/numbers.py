"""Numbers of the effect chapter: what Jobbsjansen does beyond the introduction programme, and how sure that is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.chapters.common.samples import WOMEN
from helpers.chapters.effect.terms import TARGETS
from helpers.cohort.variables import NUMBER, in_main_model, variables
from helpers.study.fits.programme_effect import balance
from helpers.study.fits.programme_effect.declared import Declared, declared
from helpers.study.fits.programme_effect.estimates import effect_estimates
from helpers.study.fits.programme_effect.outside import GROUPS, outside
from helpers.study.fits.programme_effect.unmeasured import unmeasured
from helpers.study.study import Study
from resultatbok.release.ledger import group_of, row

NUMBERS: Final = tuple(v.name for v in in_main_model() if v.type == NUMBER)
OVERLAP: Final[dict[str, dict[str, Any]]] = {
    "outside": {"scheme": "jobbsjansen", "group": "overlap=outside"},
    "inside": {"scheme": "jobbsjansen", "group": "overlap=inside"},
    "untreated": {"scheme": "introduction"},
}
MOST_BLOCKS: Final = 5
"""As many as the chart can tell apart: those that would leave least of the effect."""


def declared_effect(study: Study) -> pd.DataFrame:
    """The declared effect, those beside it, by year of leaving, and what it can be if nothing is assumed."""
    found = declared(study)
    effects = {str(target): effect for target, effect in found.effects.iterrows()}
    rows = [
        *(line for t in TARGETS if t in effects for line in _declared(effects[t], target=t)),
        *(line for year, of in found.by_year.iterrows() for line in _declared(of, target="treated", end_year=year)),
        *_bounds(found),
    ]
    if np.isfinite(found.years_differ):
        n, group = int(found.by_year["n"].sum()), group_of(target="treated", test="years")
        rows.append(row("p_value", found.years_differ, group=group, sample=WOMEN, n=n))
    return pd.DataFrame(rows)


def outside_overlap(study: Study) -> pd.DataFrame:
    """The women of Jobbsjansen outside the overlap beside the others, and what the blocks tell of the scheme.

    Means are given of numbers only: those of 0/1 characteristics would be shares of single groups.
    """
    found = outside(study)
    rows = []
    for term, entry in found.profile.iterrows():
        own: dict[str, Any] = {"term": term, "sample": WOMEN}
        rows.append(row("standardised_difference", entry["difference"], n=entry["smallest"], **own))
        if term in NUMBERS:
            rows += [row("mean", entry[g], **OVERLAP[g], n=found.sizes[g], **own) for g in GROUPS]
    for block, told in found.separation.iterrows():
        n = sum(found.sizes.values())
        rows += [
            row("partial_r2", told[name], group=group_of(block=block, given=given), term="scheme", sample=WOMEN, n=n)
            for name, given in (("partial_r2", "others"), ("alone", "nothing"))
        ]
    return pd.DataFrame(rows)


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
    numbers = measured["covariate"].isin([v.name for v in variables() if v.type == NUMBER])
    ratios = measured[numbers & np.isfinite(measured["variance_ratio"])]
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
    """What something unrecorded must explain to take the effect away, and what the recorded blocks are worth."""
    found = unmeasured(study)
    own: dict[str, Any] = {"sample": WOMEN, "n": found.n}
    value, of_interval = found.robustness
    rows = [
        row("average_effect", **_parts(found.effect), term="scheme", unit="fraction", **own),
        row("robustness_value", value, low=min(value, of_interval), term="scheme", unit="fraction", **own),
        row("e_value", found.e_values.estimate, term="scheme", low=found.e_values.limit, **own),
    ]
    for block, entry in found.blocks.iterrows():
        own["group"] = group_of(block=block)
        rows += [
            *(row("partial_r2", entry[f"r2_{term}"], term=term, unit="fraction", **own) for term in ("scheme", "goal")),
            row("average_effect", entry["without"], term="scheme", unit="fraction", **own),
            row("effect_change", entry["change"], term="scheme", unit="fraction", **own),
        ]
    for _, bound in found.bounds.iterrows():
        own["group"] = group_of(block=bound["block"], times=bound["times"])
        left: dict[str, Any] = {name: bound[name] for name in ("value", "low", "high")}
        rows.append(row("average_effect", **left, term="scheme", unit="fraction", **own))
    return pd.DataFrame(rows)


def unmeasured_contours(study: Study) -> pd.DataFrame:
    """Lines on which the effect is halved, uncertain or gone, and where something as strong as each block lies."""
    found = unmeasured(study)
    own: dict[str, Any] = {"sample": WOMEN, "n": found.n, "unit": "fraction"}
    as_strong = found.bounds[found.bounds["times"] == 1].sort_values("value").head(MOST_BLOCKS)
    points = [
        row("partial_r2", bound[f"r2_{term}"], group=group_of(block=bound["block"], times=1), term=term, **own)
        for _, bound in as_strong.iterrows()
        for term in ("scheme", "goal")
    ]
    corners = [
        row("contour", at["r2_goal"], group=group_of(contour=at["contour"], r2_scheme=at["r2_scheme"]), **own)
        for _, at in found.contours.iterrows()
    ]
    value = row("robustness_value", found.robustness[0], term="scheme", **own)
    return pd.DataFrame([*points, value, *corners])


def _parts(effect: Any) -> dict[str, Any]:  # noqa: ANN401 - a Difference or a row of a table
    return {name: float(getattr(effect, name)) for name in ("value", "std_error", "low", "high")}


def _declared(effect: pd.Series, **group: object) -> list[dict[str, Any]]:
    own: dict[str, Any] = {"group": group_of(**group), "sample": WOMEN, "n": effect["n"]}
    return [
        row("average_effect", **_parts(effect), term="scheme", unit="fraction", **own),
        row("sample_size", effect["n"], term="participants", **own),
        row("sample_size", effect["n_treated"], scheme="jobbsjansen", term="participants", **own),
    ]


def _bounds(found: Declared) -> list[dict[str, Any]]:
    if found.bounds is None:
        return []
    own: dict[str, Any] = {"term": "scheme", "sample": WOMEN, "n": found.bounds.n, "unit": "fraction"}
    lower, upper = (group_of(target="treated", bound=name) for name in ("lower", "upper"))
    return [
        row("effect_bound", found.bounds.lower, group=lower, low=found.bounds.low, **own),
        row("effect_bound", found.bounds.upper, group=upper, high=found.bounds.high, **own),
    ]


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
