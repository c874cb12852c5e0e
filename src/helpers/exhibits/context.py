"""Exhibits of the context chapter: what the municipality and the project's resources mean for reaching the goal."""

from __future__ import annotations

import pandas as pd

from helpers.exhibits.comparison import comparison_table
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.model_rows import model_rows
from helpers.exhibits.tell import in_words, intervals_note, odds_ratio_chart, points_phrases, told_apart
from helpers.presentation.charts.stacked import stacked_shares
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import lookup
from helpers.presentation.wording import Wording
from helpers.specification import MUNICIPAL, RESOURCES

MODELS = ("individual", "municipality", "project", "full")
MULTILEVEL = MODELS[1:]
REDUCED = MODELS[1:3]
LEVELS = ("municipality", "project")
PROSE_LABELS = {
    "municipality_immigrant_share": "context=immigrant_share",
    "municipality_net_in_migration": "context=net_in_migration",
    "municipality_labour_market": "context=labour_market",
    "project_wage_per_participant": "context=wage_per_participant",
}
"""What the context variables are called inside a sentence."""


def model_comparison(desk: Desk) -> Exhibit:
    """Coefficients of the individual model, the two reduced multilevel models and the full one, side by side."""
    words = desk.wording
    rows = desk.ledger.record("model_comparison", model_rows(desk.study))
    keys = {
        f"effect_scheme_{model}": {"statistic": "average_marginal_effect", "group": f"model={model}"}
        for model in MULTILEVEL
    }
    return Exhibit(
        key="model_comparison",
        rows=rows,
        caption=words.text(
            "Coefficients (log-odds) with standard errors in brackets: the individual model, the two reduced "
            "multilevel models and the full one. Standardised variables are per standard deviation."
        ),
        table=comparison_table(desk, rows, MODELS),
        phrases=points_phrases(words, rows, keys)
        | _size_phrases(words, rows)
        | {"convergence": convergence_note(words, rows), "full_finding": full_finding(words, rows)},
    )


def variance_shares(desk: Desk) -> Exhibit:
    """How much of the variation in goal attainment lies between municipalities and between projects."""
    words = desk.wording
    every = model_rows(desk.study)
    rows = desk.ledger.record("variance_shares", every[every["statistic"] == "icc"])
    parts = _variance_parts(words, rows)
    figure = stacked_shares(
        parts,
        bar="label",
        part="part",
        value="value",
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
        | {
            f"icc_full_{level}": words.percent(lookup(rows, group=f"model=full;level={level}")["value"], 1)
            for level in LEVELS
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


def context_terms(desk: Desk) -> Exhibit:
    """Odds ratios of the municipal variables and of the project's resources, per standard deviation."""
    words = desk.wording
    rows = desk.ledger.record("context_terms", _context_rows(desk))
    told = rows.assign(
        label=[words.label(term) for term in rows["term"]], heading=[words.label(g) for g in rows["group"]]
    )
    listed = in_words(told["label"], told["value"].map(words.coefficient))
    return Exhibit(
        key="context_terms",
        rows=rows,
        caption=words.text("Odds ratios of municipal context and project resources.") + " " + intervals_note(desk),
        svg=odds_ratio_chart(desk, told, words.text("Odds ratio per standard deviation (logarithmic scale)")),
        alt=words.text("Odds ratios per standard deviation. {values}.", values=listed),
        phrases={"context_finding": context_finding(words, told)},
    )


def context_finding(words: Wording, told: pd.DataFrame) -> str:
    """Which of the context variables go with higher or lower odds, as sentences."""
    classes = [told_apart(r, from_value=1.0) for _, r in told.iterrows()]
    prose = [words.label(PROSE_LABELS[term]) for term in told["term"]]
    names = {c: [name for name, k in zip(prose, classes, strict=True) if k == c] for c in set(classes)}
    sentences = []
    if above := names.get("above"):
        sentences.append(words.text("Higher odds of reaching the goal go with {terms}.", terms=words.list(above)))
    if below := names.get("below"):
        sentences.append(words.text("Lower odds of reaching the goal go with {terms}.", terms=words.list(below)))
    if neither := names.get("not_distinguishable"):
        sentences.append(words.text("No association is found for {terms}.", terms=words.list(neither)))
    return " ".join(sentences)


def full_finding(words: Wording, rows: pd.DataFrame) -> str:
    """What the full model says of the scheme, as a sentence that follows the numbers."""
    effect = lookup(rows, statistic="average_marginal_effect", group="model=full")
    values = {
        "size": words.points(abs(effect["value"]) / 100),
        "interval": words.interval(effect["low"] / 100, effect["high"] / 100, "points"),
    }
    messages = {
        "above": words.text(
            "With everything held equal at once, Jobbsjansen lies {size} ahead ({interval}).", **values
        ),
        "below": words.text(
            "With everything held equal at once, Jobbsjansen lies {size} behind ({interval}).", **values
        ),
        "not_distinguishable": words.text(
            "With everything held equal at once, the schemes cannot be told apart ({interval} percentage points).",
            **values,
        ),
    }
    return messages[told_apart(effect)]


def convergence_note(words: Wording, rows: pd.DataFrame) -> str:
    """Whether the search for each model's estimates ended where it should, as a sentence."""
    failed = rows[(rows["statistic"] == "converged") & (rows["value"] != 1)]
    if failed.empty:
        return words.text("The estimation of all models converged.")
    names = words.list([words.label(group) for group in failed["group"]])
    return words.text(
        "The estimation did not converge, and the numbers are not to be used, for: {models}.", models=names
    )


def _context_rows(desk: Desk) -> pd.DataFrame:
    rows = model_rows(desk.study)
    reduced = rows["group"].isin([f"model={model}" for model in REDUCED])
    return rows[reduced & (rows["statistic"] == "odds_ratio") & rows["term"].isin([*MUNICIPAL, RESOURCES])]


def _size_phrases(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    phrases = {}
    for model, units in (("municipality", "municipalities"), ("project", "projects")):
        counts = rows[(rows["statistic"] == "count") & (rows["group"] == f"model={model}")]
        phrases[f"n_{model}_model"] = words.count(lookup(counts, term="observations")["value"])
        phrases[f"n_{units}"] = words.count(lookup(counts, term=units)["value"])
    return phrases
