"""The individual model step by step: the scheme alone, with characteristics, with measures; and without the scheme."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.comparison import comparison_table
from helpers.chapters.common.model_rows import coefficient_rows, effect_row, fit_rows, odds_ratio_rows
from helpers.chapters.common.tell import in_words, intervals_note, points_phrases, told_apart
from helpers.study.specification import CHARACTERISTICS, MEASURES, OUTCOME, origin_terms
from helpers.study.study import Study
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

INDIVIDUAL: Final = "individual"
WITH_SCHEME: Final = ("scheme", "scheme_characteristics", INDIVIDUAL)
TO_THE_WHOLE: Final = ("characteristics", "characteristics_measures", INDIVIDUAL)
"""The order of the 2022 report: characteristics, then measures, then the scheme."""


@exhibit(
    "stepwise",
    phrases="step_scheme step_scheme_interval step_scheme_characteristics step_scheme_characteristics_interval "
    "step_individual step_individual_interval stepwise_finding",
)
def stepwise(desk: Desk) -> Exhibit:
    """The average difference between the schemes as more is held equal, in percentage points."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        models = step_models(desk.study)
        chosen = [models[name] for name in WITH_SCHEME]
        return pd.concat(
            effect_row("scheme", desk.study.by_project(model).average_effect("scheme"), model.n, f"model={name}")
            for name, model in zip(WITH_SCHEME, chosen, strict=True)
        )

    rows = desk.rows("stepwise", numbers)
    labels = dict(
        zip(
            [f"model={name}" for name in WITH_SCHEME],
            [
                words.text("Nothing held equal"),
                words.text("Characteristics held equal"),
                words.text("Characteristics and measures held equal"),
            ],
            strict=True,
        )
    )
    told = rows.assign(label=rows["group"].map(labels), text=rows["value"].map(words.number))
    figure = interval_plot(
        told,
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
        value_text="text",
    )
    spoken = [words.signed_points(value / 100) for value in rows["value"]]
    keys = {f"step_{name}": {"group": f"model={name}"} for name in WITH_SCHEME}
    return Exhibit(
        key="stepwise",
        rows=rows,
        caption=words.text(
            "The difference between the schemes in three logistic models, with more and more held equal."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Average difference between the schemes. {values}.", values=in_words(told["label"], spoken)),
        phrases=points_phrases(words, rows, keys) | {"stepwise_finding": stepwise_finding(words, rows)},
    )


@exhibit(
    "stepwise_terms",
    phrases="r2_step_characteristics r2_step_characteristics_measures r2_step_individual origins_finding",
)
def stepwise_terms(desk: Desk) -> Exhibit:
    """Coefficients of the model step by step: characteristics, then measures, then the scheme."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        models = step_models(desk.study)
        return pd.concat(
            part
            for name in TO_THE_WHOLE
            for part in (
                coefficient_rows(models[name].terms, models[name].n, f"model={name}"),
                odds_ratio_rows(models[name].terms, models[name].n, f"model={name}"),
                fit_rows(models[name], f"model={name}"),
            )
        )

    rows = desk.rows("stepwise_terms", numbers)
    fits = {name: lookup(rows, statistic="r2", group=f"model={name}")["value"] for name in TO_THE_WHOLE}
    return Exhibit(
        key="stepwise_terms",
        rows=rows,
        caption=words.text(
            "The individual model step by step: coefficients (log-odds) with standard errors in brackets. First the "
            "characteristics, then the measures, then the scheme."
        ),
        table=comparison_table(desk, rows, TO_THE_WHOLE),
        phrases={f"r2_step_{name}": words.coefficient(value, 3) for name, value in fits.items()}
        | {"origins_finding": origins_finding(words, rows, _reference_origin(desk))},
    )


def step_models(study: Study) -> dict[str, LogitFit]:
    """The models of all steps on the complete cases; the last one is the study's individual model."""
    design, choices = study.individual_design, study.cohort.analysis
    characteristics = [*CHARACTERISTICS, *origin_terms(choices)]
    columns = {
        "scheme": ["scheme"],
        "scheme_characteristics": ["scheme", *characteristics],
        "characteristics": characteristics,
        "characteristics_measures": [*characteristics, *MEASURES],
    }
    outcome = study.complete[OUTCOME]
    fits = {n: fit_logit(outcome, design[names], level=choices.confidence_level) for n, names in columns.items()}
    return fits | {INDIVIDUAL: study.individual_model}


def stepwise_finding(words: Wording, rows: pd.DataFrame) -> str:
    """How much of the difference is left when all is held equal, as a sentence that follows the numbers."""
    raw, adjusted = (lookup(rows, group=f"model={name}") for name in (WITH_SCHEME[0], WITH_SCHEME[-1]))
    values = {
        "raw": words.points(raw["value"] / 100),
        "adjusted": words.points(adjusted["value"] / 100),
        "interval": words.interval(adjusted["low"] / 100, adjusted["high"] / 100, "points"),
    }
    if told_apart(adjusted) == "not_distinguishable":
        return words.text(
            "The difference is {raw} when nothing is held equal; when characteristics and measures are, it cannot be "
            "told apart from zero ({interval} percentage points).",
            **values,
        )
    return words.text(
        "The difference is {raw} when nothing is held equal and {adjusted} ({interval}) when characteristics and "
        "measures are.",
        **values,
    )


def _reference_origin(desk: Desk) -> str:
    return desk.wording.label(f"origin={desk.study.cohort.analysis.reference_origin}")


def origins_finding(words: Wording, rows: pd.DataFrame, reference: str) -> str:
    """Which country backgrounds are told apart from the reference without the measures and with them."""
    found = {}
    for name in TO_THE_WHOLE[:2]:
        terms = rows[(rows["statistic"] == "coefficient") & (rows["group"] == f"model={name}")]
        origins = terms[terms["term"].str.startswith("origin_")]
        apart = [words.label(t["term"]) for _, t in origins.iterrows() if told_apart(t) != "not_distinguishable"]
        found[name] = words.list(apart) if apart else words.text("none")
    if len(set(found.values())) == 1:
        return words.text(
            "Whether or not measures are held equal, these country backgrounds can be told apart from {reference}: "
            "{names}.",
            reference=reference,
            names=found["characteristics"],
        )
    return words.text(
        "These country backgrounds can be told apart from {reference} when measures are not held equal: {without}. "
        "When they are: {with_measures}.",
        reference=reference,
        without=found["characteristics"],
        with_measures=found["characteristics_measures"],
    )
