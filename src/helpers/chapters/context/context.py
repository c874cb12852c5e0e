"""Exhibits of the context chapter: what the municipality and the project's resources mean for reaching the goal."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.comparison import comparison_table
from helpers.chapters.common.model_card_rows import variation_row
from helpers.chapters.common.model_rows import effect_row, model_rows
from helpers.chapters.common.tell import in_words, intervals_note, points_phrases
from helpers.chapters.context.context_findings import context_finding, convergence_note, full_finding, level_note
from helpers.chapters.context.context_models import LEVELS, MODELS, MULTILEVEL, REDUCED, context_effects, context_values
from helpers.study.specification import MUNICIPAL, RESOURCES
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.stacked import stacked_shares
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup, row
from resultatbok.words.wording import Wording


@exhibit(
    "model_comparison",
    phrases="effect_scheme_full effect_scheme_full_interval effect_scheme_municipality "
    "effect_scheme_municipality_interval effect_scheme_project effect_scheme_project_interval "
    "n_municipality_model n_municipalities n_project_model n_project_model_units convergence full_finding",
)
def model_comparison(desk: Desk) -> Exhibit:
    """Coefficients of the full model, the individual one and the two reduced multilevel models, side by side."""
    words = desk.wording
    rows = desk.rows("model_comparison", lambda: model_rows(desk.study))
    keys = {
        f"effect_scheme_{model}": {"statistic": "average_marginal_effect", "group": f"model={model}"}
        for model in MULTILEVEL
    }
    return Exhibit(
        key="model_comparison",
        rows=rows,
        caption=words.text(
            "Coefficients (log-odds) with standard errors in brackets: the full model, the individual model and the "
            "two reduced multilevel models. Standardised variables are per standard deviation."
        ),
        table=comparison_table(desk, rows, MODELS),
        phrases=points_phrases(words, rows, keys)
        | _size_phrases(words, rows)
        | {"convergence": convergence_note(words, rows), "full_finding": full_finding(words, rows)},
    )


@exhibit(
    "variance_shares",
    phrases="icc_municipality icc_project icc_municipality_interval icc_project_interval icc_full_municipality "
    "icc_full_project icc_full_participant level_finding",
)
def variance_shares(desk: Desk) -> Exhibit:
    """How much of the variation in goal attainment lies between municipalities and between projects."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        tests = pd.DataFrame([variation_row(desk.study.full_model.results, level, "model=full") for level in LEVELS])
        every = model_rows(desk.study)
        return pd.concat([every[every["statistic"] == "icc"], tests])

    rows = desk.rows("variance_shares", numbers)
    parts = _variance_parts(words, rows)
    figure = stacked_shares(
        parts,
        bar="label",
        part="part",
        x_label=words.text("Share of the unexplained variation, on the log-odds scale"),
        format=words.percent,
        ordered=False,
    )
    between = parts[parts["shown"]]
    listed = in_words(
        [f"{label}, {part}" for label, part in zip(between["label"], between["part"], strict=True)],
        [words.percent(value, 1) for value in between["value"]],
    )
    icc = {m: lookup(rows, group=f"model={m}") for m in REDUCED}
    full = {level: lookup(rows, group=f"model=full;level={level}") for level in LEVELS}
    p_values = {level: lookup(rows, group=f"model=full;level={level};test=variation")["value"] for level in LEVELS}
    return Exhibit(
        key="variance_shares",
        rows=rows,
        caption=words.text(
            "Variation between municipalities and between projects, as a share of the variation that the "
            "explanatory variables of each model leave."
        ),
        svg=to_svg(figure),
        alt=words.text("Share of the variation between units. {values}.", values=listed),
        phrases={f"icc_{m}": words.percent(r["value"], 1) for m, r in icc.items()}
        | {f"icc_{m}_interval": words.interval(r["low"], r["high"], "percent", 1) for m, r in icc.items()}
        | {f"icc_full_{level}": words.percent(r["value"], 1) for level, r in full.items()}
        | {
            "icc_full_participant": words.percent(1 - sum(r["value"] for r in full.values()), 1),
            "level_finding": level_note(words, full, p_values, 1 - desk.study.cohort.analysis.confidence_level),
        },
    )


def _variance_parts(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    """The parts of each model's bar: its levels (zero where the model has none) and what is left to participants."""
    parts = []
    for model in MULTILEVEL:
        group = f"model={model}"
        own = {
            level: rows[rows["group"].isin([f"{group};level={level}"] + [group] * (level == model))] for level in LEVELS
        }
        shares = {level: float(found["value"].sum()) for level, found in own.items()}
        parts += [(group, level, share, len(own[level]) > 0) for level, share in shares.items()]
        parts.append((group, "participant", 1 - sum(shares.values()), False))
    told = pd.DataFrame(parts, columns=["model", "level", "value", "shown"])
    return told.assign(label=told["model"].map(words.label), part=[words.label(f"level={v}") for v in told["level"]])


@exhibit("context_terms", phrases="context_finding sd_immigrant_share sd_net_in_migration sd_labour_market sd_wage")
def context_terms(desk: Desk) -> Exhibit:
    """What municipal context and resources go with, in percentage points per standard deviation, model by model."""
    words = desk.wording
    rows = desk.rows("context_terms", lambda: _context_rows(desk))
    effects = rows[rows["statistic"] == "average_marginal_effect"]
    told = effects.assign(
        label=[words.label(term) for term in effects["term"]],
        heading=[words.label(g) for g in effects["group"]],
        text=[words.number(value, 1) for value in effects["value"]],
    )
    figure = interval_plot(
        told,
        group="heading",
        value_text="text",
        x_label=words.text("Change in goal attainment per standard deviation, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("No association"),
    )
    listed = in_words(
        [f"{heading}, {label}" for heading, label in zip(told["heading"], told["label"], strict=True)],
        [words.signed_points(value / 100, 1) for value in told["value"]],
    )
    units = {term: lookup(rows, statistic="sd", term=term)["value"] for term in (*MUNICIPAL, RESOURCES)}
    return Exhibit(
        key="context_terms",
        rows=rows,
        caption=words.text(
            "Municipal context and project resources: average change in the probability of reaching the goal when the "
            "variable is one standard deviation higher, all else in the model equal."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Percentage points per standard deviation. {values}.", values=listed),
        phrases={
            "context_finding": context_finding(words, _leading(told)),
            "sd_immigrant_share": words.points(units[MUNICIPAL[0]], 1),
            "sd_net_in_migration": words.number(units[MUNICIPAL[1]], 1),
            "sd_labour_market": words.points(units[MUNICIPAL[2]], 1),
            "sd_wage": words.count(units[RESOURCES]),
        },
    )


def _leading(told: pd.DataFrame) -> pd.DataFrame:
    """One row per variable: that of the full model, or of the only model that has the variable."""
    return told.drop_duplicates("term")


def _context_rows(desk: Desk) -> pd.DataFrame:
    """Average marginal effects of the context variables in each multilevel model, and their standard deviations."""
    study = desk.study
    effects = [effect_row(term, effect, n, f"model={name}") for name, term, effect, n in context_effects(study)]
    spreads = [
        row("sd", values.std(), term=term, group=f"model={name}", n=len(values))
        for name, term, values in context_values(study)
    ]
    return pd.concat([*effects, pd.DataFrame(spreads)], ignore_index=True)


def _size_phrases(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    phrases = {}
    sizes = {
        "municipality": ("municipalities", "n_municipalities"),
        "project": ("projects", "n_project_model_units"),  # `n_projects` are those with a contribution
    }
    for model, (units, key) in sizes.items():
        counts = rows[(rows["statistic"] == "count") & (rows["group"] == f"model={model}")]
        phrases[f"n_{model}_model"] = words.count(lookup(counts, term="observations")["value"])
        phrases[key] = words.count(lookup(counts, term=units)["value"])
    return phrases
