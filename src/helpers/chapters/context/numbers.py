"""Numbers of the context chapter: the multilevel models, and comparisons with the municipality held equal."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.chapters.common.breakdowns import difference_row, gap_row, share_rows
from helpers.chapters.common.model_rows import effect_row, model_rows, odds_ratio_rows, variation_row
from helpers.chapters.context.terms import LEVELS, STEPS, WOMAN, step_keys
from helpers.study.fits import municipal_comparison
from helpers.study.fits.context_models import context_effects, context_values
from helpers.study.fits.municipal_comparison import BESIDE
from helpers.study.models.multilevel import MultilevelFit
from helpers.study.specification import CONTEXT, OUTCOME
from helpers.study.study import Study
from resultatbok.methods.intervals import Difference, normal_quantile
from resultatbok.methods.mixed_logit import MixedLogitResults
from resultatbok.methods.shares import clustered_contrast, share_by
from resultatbok.release.rows import row


def context_terms(study: Study) -> pd.DataFrame:
    """Average marginal effects of the context variables in each multilevel model, and their standard deviations."""
    effects = [effect_row(term, effect, n, f"model={name}") for name, term, effect, n in context_effects(study)]
    spreads = [
        row("sd", values.std(), term=term, group=f"model={name}", n=len(values))
        for name, term, values in context_values(study)
    ]
    return pd.concat([*effects, pd.DataFrame(spreads)], ignore_index=True)


def variance_shares(study: Study) -> pd.DataFrame:
    """Each level's share of the unexplained variation, and the tests that the full model's levels add nothing."""
    every = model_rows(study)
    tests = [variation_row(study.full_model.results, level, "model=full") for level in LEVELS]
    return pd.concat([every[every["statistic"] == "icc"], pd.DataFrame(tests)])


def model_comparison(study: Study) -> pd.DataFrame:
    """Rows of the full model, the individual one and the two reduced multilevel models."""
    return model_rows(study)


def within_municipality(study: Study) -> pd.DataFrame:
    """Jobbsjansen minus the introduction programme, in all municipalities and within those that run both."""
    level, people = study.cohort.analysis.confidence_level, study.complete
    smaller = int(people["scheme"].value_counts().min())
    both = municipal_comparison.municipalities_with_both(study)
    rows = [
        comparison_row("all_held_equal", study.individual_model_by_project.average_effect("scheme"), smaller),
        *(
            comparison_row(f"within_{name}", estimate.difference, estimate.n_treated)
            for name, estimate in municipal_comparison.within_municipality(study).items()
        ),
        row("count", both, term="municipalities_with_both_schemes", unit="municipalities"),
    ]
    return pd.concat([gap_row(people, "comparison=all_as_measured", level=level), pd.DataFrame(rows)])


def beside_jobbsjansen(study: Study) -> pd.DataFrame:
    """Goal attainment of introduction programmes with and without Jobbsjansen in the municipality, and the gap."""
    comparison, level = municipal_comparison.beside_jobbsjansen(study), study.cohort.analysis.confidence_level
    table = share_by(comparison.participants, OUTCOME, [BESIDE], level=level).sort_values(BESIDE, ascending=False)
    places = "jobbsjansen_in_municipality=" + table[BESIDE].map({1.0: "yes", 0.0: "no"})
    shares = share_rows(table, "introduction", places, "goal_attainment").drop(columns="std_error")
    if len(table) < 2:
        return shares
    people, smaller = comparison.participants, int(table["n"].min())
    gap = clustered_contrast(people[OUTCOME], people[BESIDE], {1.0: 1, 0.0: -1}, people["municipality"], level=level)
    gaps = [comparison_row("as_measured", gap, smaller, "introduction")]
    if comparison.effect is not None:
        gaps.append(comparison_row("held_equal", comparison.effect, smaller, "introduction"))
    return pd.concat([shares, pd.DataFrame(gaps)])


def comparison_row(name: str, gap: Difference, n: int, scheme: str = "both") -> dict[str, object]:
    """A difference of shares as a row."""
    group = f"comparison={name}"
    return difference_row("difference", gap, scheme=scheme, group=group, term="goal_attainment", n=n)


def odds_ratios_municipality(study: Study) -> pd.DataFrame:
    """Odds ratios of the municipality model (figure 24 of the 2022 report)."""
    return fit_odds_ratios(study, study.municipality_model, "model=municipality")


def odds_ratios_project(study: Study) -> pd.DataFrame:
    """Odds ratios of the project model (figure 25 in chapter 5 of the 2022 report)."""
    return fit_odds_ratios(study, study.project_model, "model=project")


def fit_odds_ratios(study: Study, fit: MultilevelFit, group: str) -> pd.DataFrame:
    """Odds ratios of a multilevel model with the cohort's intervals."""
    return odds_ratio_rows(fit.results.terms(study.cohort.analysis.confidence_level), fit.results.nobs, group)


def example_woman(study: Study) -> pd.DataFrame:
    """Odds and probability of a woman in an average municipality in each situation, and the values behind them."""
    fit, choices = study.municipality_model, study.cohort.analysis
    rows: list[dict[str, object]] = []
    for step, term in STEPS.items():
        centre, error = log_odds(fit.results, term)
        half, p = normal_quantile(choices.confidence_level) * error, float(expit(centre))
        rows += [
            row(
                statistic,
                float(scale(centre)),
                term="goal_attainment",
                std_error=float(slope * error),
                low=float(scale(centre - half)),
                high=float(scale(centre + half)),
            )
            | step_keys(step)
            for statistic, scale, slope in (("odds", np.exp, np.exp(centre)), ("probability", expit, p * (1 - p)))
        ]
    age = fit.participants["age"].mean()
    rows.append(row("profile_value", age, scheme="introduction", group=WOMAN, term="age", unit="years"))
    columns = [CONTEXT[term] for term in STEPS.values() if term in CONTEXT]
    rows += [row("mean", fit.participants[name].mean(), group=WOMAN, term=name) for name in columns]
    sample = f"municipality_years_{choices.multilevel_min_participants}plus"
    return pd.DataFrame(rows).assign(sample=sample, n=fit.results.nobs)


def log_odds(results: MixedLogitResults, term: str) -> tuple[float, float]:
    """Log-odds of someone with 1 in a term and 0 in all others, in an average unit, and their standard error."""
    x = results.params.index.isin(["constant", term]).astype(float)
    return float(x @ results.params.to_numpy()), float(np.sqrt(x @ results.cov_params().to_numpy() @ x))
