"""The models of women only: the individual model, the two reduced multilevel models and the full one."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.chapters.common.comparison import comparison_table
from helpers.chapters.common.model_rows import coefficient_rows, effect_row, fit_rows, mixed_rows, odds_ratio_rows
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import points_phrases, told_apart
from helpers.chapters.common.version_rows import MODELS, multilevel_fits
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

EFFECT = "average_marginal_effect"


@cache
def women_rows(study: Study) -> pd.DataFrame:
    """Ledger rows of the models of women only (tables 19-21 and the full model)."""
    women = women_of(study)
    level, individual = study.cohort.analysis.confidence_level, women.individual_model
    effect = women.individual_model_by_project.average_effect("scheme")
    return pd.concat(
        [
            coefficient_rows(individual.terms, individual.n, "model=individual"),
            odds_ratio_rows(individual.terms, individual.n, "model=individual"),
            effect_row("scheme", effect, individual.n, "model=individual"),
            fit_rows(individual, "model=individual"),
            *(mixed_rows(fit, f"model={name}", level) for name, fit in multilevel_fits(women).items()),
        ]
    ).assign(sample=WOMEN)


@exhibit(
    "women_models",
    phrases="women_effect_individual women_effect_individual_interval women_effect_municipality "
    "women_effect_municipality_interval women_effect_project women_effect_project_interval women_effect_full "
    "women_effect_full_interval n_women_individual n_women_municipality n_women_project n_women_full "
    "women_finding",
)
def women_models(desk: Desk) -> Exhibit:
    """The models of women only, side by side."""
    words = desk.wording
    rows = desk.rows("women_models", lambda: women_rows(desk.study))
    keys = {f"women_effect_{model}": {"statistic": EFFECT, "group": f"model={model}"} for model in MODELS}
    observations = rows[(rows["statistic"] == "count") & (rows["term"] == "observations")]
    return Exhibit(
        key="women_models",
        rows=rows,
        caption=words.text(
            "Women only. Coefficients (log-odds) with standard errors in brackets: the individual model, the two "
            "reduced multilevel models and the full one. Standardised variables are per standard deviation."
        ),
        table=comparison_table(desk, rows, MODELS),
        phrases=points_phrases(words, rows, keys)
        | {f"n_women_{m}": words.count(lookup(observations, group=f"model={m}")["value"]) for m in MODELS}
        | {"women_finding": women_finding(words, rows)},
    )


def women_finding(words: Wording, rows: pd.DataFrame) -> str:
    """In which of the models the schemes can be told apart among women, as sentences."""
    effects = rows[rows["statistic"] == EFFECT]
    classes = [told_apart(row) for _, row in effects.iterrows()]
    named = {
        kind: [words.label(group) for group, found in zip(effects["group"], classes, strict=True) if found == kind]
        for kind in ("above", "below", "not_distinguishable")
    }
    sentences = []
    if named["above"]:
        sentences.append(
            words.text("Among women Jobbsjansen lies ahead in: {models}.", models=words.list(named["above"]))
        )
    if named["below"]:
        sentences.append(
            words.text("Among women Jobbsjansen lies behind in: {models}.", models=words.list(named["below"]))
        )
    if named["not_distinguishable"]:
        models = words.list(named["not_distinguishable"])
        sentences.append(words.text("Among women the schemes cannot be told apart in: {models}.", models=models))
    return " ".join(sentences)
