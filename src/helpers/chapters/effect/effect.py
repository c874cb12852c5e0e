"""Exhibits of the effect chapter: what Jobbsjansen does beyond the introduction programme, by every method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from helpers.chapters.common.tell import in_words, intervals_note
from helpers.chapters.effect.effect_words import effect_finding, methods_left_out
from helpers.study.fits.programme_effect.data import COVARIATES, SAMPLES
from helpers.study.fits.programme_effect.estimates import METHODS, effect_estimates
from resultatbok.charts.interactive.forest import interactive_forest
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import drawing, to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.treatment import OVERLAP_LIMITS
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

WHOSE: Final = {
    "logit": "everyone",
    "mixed": "everyone",
    "within": "within_municipalities",
    "matching": "treated_in_overlap",
    "ipw": "in_overlap",
    "aipw": "in_overlap",
    "crossfit": "in_overlap",
    "overlap": "overlap_weighted",
}
"""Whose average effect each method estimates, as the book says it."""


@exhibit(
    "programme_effect",
    phrases="effect_entry effect_later effect_both_genders overlap_low overlap_high n_methods overlap_brief "
    "overlap_sizes",
)
def forest(desk: Desk) -> Exhibit:
    """The programme's effect by every method, with two sets of covariates, for women and for all."""
    words = desk.wording
    rows = desk.rows("programme_effect", lambda: effect_rows(desk))
    told = with_names(words, rows[rows["statistic"] == "average_effect"])
    x_label = words.text("Jobbsjansen minus introduction programme, percentage points")
    figure = interval_plot(
        told.assign(text=[words.number(value) for value in told["value"]]),
        group="sample_label",
        series="covariates",
        value_text="text",
        x_label=x_label,
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
    )
    listed = in_words(
        [f"{s}, {c}, {m}" for s, c, m in told[["sample_label", "covariates_label", "label"]].itertuples(index=False)],
        [
            f"{words.number(v)} ({words.interval(lo / 100, hi / 100, 'points')})"
            for v, lo, hi in told[["value", "low", "high"]].to_numpy()
        ],
    )
    return Exhibit(
        key="programme_effect",
        rows=rows,
        caption=words.text(
            "The effect of taking part in Jobbsjansen instead of the introduction programme on reaching the goal, by "
            "several methods."
        )
        + " "
        + intervals_note(desk)
        + methods_left_out(words, told),
        svg=to_svg(figure),
        alt=words.text("Effects in percentage points. {values}.", values=listed),
        interactive=interactive_forest(told, words, x_label) if drawing() else None,
        phrases=_phrases(words, rows),
    )


@exhibit("programme_effect_table")
def effects_table(desk: Desk) -> Exhibit:
    """The same effects in numbers, with whose average each is and how many participants it rests on."""
    words = desk.wording
    rows = desk.rows("programme_effect_table", lambda: effect_rows(desk))
    effects = rows[rows["statistic"] == "average_effect"]
    methods = [m for m in METHODS if effects["group"].str.contains(f"estimator={m};", regex=False).any()]
    lines = [[*_names(words, method), *_cells(words, rows, sample, method)] for sample in SAMPLES for method in methods]
    columns = [
        Column(words.text("Method"), numeric=False),
        Column(words.text("Whose average"), numeric=False),
        Column(words.text("Entry held equal: effect")),
        Column(words.text("Participants (in Jobbsjansen)")),
        Column(words.text("All held equal: effect")),
        Column(words.text("Participants (in Jobbsjansen)")),
    ]
    headings = {i * len(methods): sample_label(words, sample) for i, sample in enumerate(SAMPLES)}
    return Exhibit(
        key="programme_effect_table",
        rows=rows,
        caption=words.text(
            "The effects in percentage points, with their intervals, whose average each method estimates, and the "
            "participants it uses."
        ),
        table=Table(columns, lines, group_rows=headings, note=hidden_note(rows, words)),
    )


def effect_rows(desk: Desk) -> pd.DataFrame:
    """Ledger rows of every estimate: the effect in percentage points, and the rows used of Jobbsjansen and in all."""
    rows = []
    for entry in effect_estimates(desk.study).to_dict("records"):
        group = group_of(estimator=entry["method"], covariates=entry["covariates"])
        rows += [
            row(
                "average_effect",
                100 * entry["value"],
                group=group,
                term="scheme",
                sample=entry["sample"],
                n=entry["n"],
                std_error=100 * entry["std_error"],
                low=100 * entry["low"],
                high=100 * entry["high"],
                unit="percentage points",
            ),
            _size(entry["n"], "both", group, entry["sample"]),
            _size(entry["n_treated"], "jobbsjansen", group, entry["sample"]),
        ]
    return pd.DataFrame(rows)


def with_names(words: Wording, effects: pd.DataFrame) -> pd.DataFrame:
    """Effects with what they are called: method (`label`), covariates and sample, each with its key."""
    keys = [group_keys(group) for group in effects["group"]]
    return effects.assign(
        estimator=[k["estimator"] for k in keys],
        covariates=[k["covariates"] for k in keys],
        label=[words.label(f"estimator={k['estimator']}") for k in keys],
        covariates_label=[words.label(f"covariates={k['covariates']}") for k in keys],
        sample_label=[sample_label(words, sample) for sample in effects["sample"]],
    )


def sample_label(words: Wording, sample: str) -> str:
    """What a sample is called above its effects."""
    return words.label("women") if sample == "women" else words.text("Women and men")


def _size(n: int, scheme: str, group: str, sample: str) -> dict[str, object]:
    return row("sample_size", n, scheme=scheme, group=group, term="participants", sample=sample, n=n)


def _phrases(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    effects = with_names(words, rows[rows["statistic"] == "average_effect"])
    women = effects[effects["sample"] == "women"]
    parts = {kind: women[women["covariates"] == kind] for kind in COVARIATES}
    everyone = effects[(effects["sample"] == "all") & (effects["covariates"] == "entry")]
    low, high = OVERLAP_LIMITS
    return {
        "effect_entry": effect_finding(words, parts["entry"], "entry"),
        "effect_later": effect_finding(words, parts["all"], "all"),
        "effect_both_genders": effect_finding(words, everyone, "both_genders"),
        "overlap_low": words.percent(low),
        "overlap_high": words.percent(high),
        "n_methods": words.count(len(parts["entry"])),
        **_overlap_sizes(words, rows),
    }


def _overlap_sizes(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    """How many women of each scheme are in the overlap and in all, or that the overlap is too small to be used."""
    everyone, treated = (_sizes(rows, "logit", scheme) for scheme in ("both", "jobbsjansen"))
    used, used_treated = (_sizes(rows, "ipw", scheme) for scheme in ("both", "jobbsjansen"))
    if everyone is None or treated is None or used is None or used_treated is None:
        none = words.text("Too few women could have been in either for these methods to be used.")
        alone = words.text("The methods share their data, so they are not answers independent of each other.")
        return {"overlap_sizes": none, "overlap_brief": alone}
    return {
        "overlap_brief": words.text(
            "The methods share their data, so they are not answers independent of each other; and those that only use "
            "women who could have been in either scheme rest on {treated} of the {all_treated} women in Jobbsjansen.",
            treated=words.count(used_treated),
            all_treated=words.count(treated),
        ),
        "overlap_sizes": words.text(
            "These are {treated} of the {all_treated} women in Jobbsjansen and {rest} of the {all_rest} in the "
            "introduction programme.",
            treated=words.count(used_treated),
            all_treated=words.count(treated),
            rest=words.count(used - used_treated),
            all_rest=words.count(everyone - treated),
        ),
    }


def _sizes(rows: pd.DataFrame, method: str, scheme: str) -> float | None:
    group = group_of(estimator=method, covariates="entry")
    found = rows[(rows["statistic"] == "sample_size") & (rows["group"] == group) & (rows["sample"] == "women")]
    found = found[(found["scheme"] == scheme) & ~found["suppressed"]]
    return float(found["value"].iloc[0]) if len(found) else None


def _names(words: Wording, method: str) -> Sequence[str]:
    return [words.label(f"estimator={method}"), words.label(f"estimand={WHOSE[method]}")]


def _cells(words: Wording, rows: pd.DataFrame, sample: str, method: str) -> list[str]:
    """Effect and participants with each set of covariates; a dash where the method gives no estimate."""
    cells: list[str] = []
    for covariates in COVARIATES:
        group = group_of(estimator=method, covariates=covariates)
        found = rows[(rows["group"] == group) & (rows["sample"] == sample)]
        if found.empty:
            cells += ["–", "–"]
            continue
        effect = lookup(found, statistic="average_effect")
        both, treated = (lookup(found, statistic="sample_size", scheme=s)["value"] for s in ("both", "jobbsjansen"))
        cells += [
            f"{words.number(effect['value'])} ({words.interval(effect['low'] / 100, effect['high'] / 100, 'points')})",
            f"{words.count(both)} ({words.count(treated)})",
        ]
    return cells
