"""Exhibits of the effect chapter: the effect by every method, who can be compared, what is not measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.phrases import share, with_interval
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import intervals_note, named_values, or_not_shown, scheme_group
from helpers.chapters.effect import numbers, sentences
from helpers.chapters.effect.terms import (
    COVARIATES,
    LATER,
    OVERLAP_LIMITS,
    RATIOS,
    SAMPLES,
    WHOSE,
    away_from_one,
    holding_equal,
)
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.bars import paired_bars
from resultatbok.charts.interactive.forest import interactive_forest
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.messages import side
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.tables.table import Column, hidden_note
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

EFFECT_AXIS: Final = msgid("Jobbsjansen minus introduction programme, percentage points")


def effects(page: Page) -> pd.DataFrame:
    """Effects with what they are called: method (`label`), covariates and sample, each with its key."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "average_effect"]
    keys = [group_keys(group) for group in rows["group"]]
    return rows.assign(
        covariates=[k["covariates"] for k in keys],
        label=[words.label(f"estimator={k['estimator']}") for k in keys],
        covariates_label=[words.label(f"covariates={k['covariates']}") for k in keys],
        sample_label=[sample_label(words, sample) for sample in rows["sample"]],
    )


def sample_label(words: Wording, sample: str) -> str:
    """What a sample is called above its effects."""
    return words.label("women") if sample == WOMEN else words.text("Women and men")


def forest(page: Page) -> str:
    """The effects with their intervals, women above all."""
    words, rows = page.words, effects(page)
    figure = interval_plot(
        rows.assign(text=rows["value"].map(words.in_points)),
        group="sample_label",
        series="covariates",
        value_text="text",
        x_label=words.text(EFFECT_AXIS),
        format=words.in_points,
        reference=0.0,
        reference_label=words.text("No difference"),
    )
    return to_svg(figure)


def forest_alt(page: Page) -> str:
    """The effects in words."""
    words, rows = page.words, effects(page)
    names = rows["sample_label"] + ", " + rows["covariates_label"] + ", " + rows["label"]
    listed = named_values(names, [or_not_shown(words, with_interval(words, row)) for _, row in rows.iterrows()])
    return words.text("Effects in percentage points. {values}.", values=listed)


def forest_caption(page: Page) -> str:
    """What the figure shows, what its lines are, and whether methods are missing."""
    caption = page.words.text(
        "The effect of taking part in Jobbsjansen instead of the introduction programme on reaching the goal, by "
        "several methods."
    )
    return " ".join(filter(None, [caption, intervals_note(page), sentences.methods_left_out(page)]))


def interactive(page: Page) -> Mapping[str, Any] | None:
    """The forest to choose sample and covariates in."""
    return interactive_forest(effects(page), page.words, page.words.text(EFFECT_AXIS))


programme_effect = Figure(
    key="programme_effect",
    numbers=numbers.programme_effect,
    chart=forest,
    caption=forest_caption,
    alt=forest_alt,
    interactive=interactive,
    phrases={
        "effect_entry": sentences.effect_finding(WOMEN, "entry"),
        "effect_later": sentences.effect_finding(WOMEN, "all"),
        "effect_both_genders": sentences.effect_finding("all", "entry"),
        "overlap_low": lambda page: page.words.percent(OVERLAP_LIMITS[0]),
        "overlap_high": lambda page: page.words.percent(OVERLAP_LIMITS[1]),
        ("overlap_sizes", "overlap_brief"): sentences.overlap_sizes,
    },
)


def effects_table(page: Page) -> Cells:
    """Whose average each effect is, and how many participants it rests on."""
    words, rows = page.words, page.rows
    methods = [m for m in WHOSE if any(group_keys(group)["estimator"] == m for group in rows["group"])]
    lines = [
        [
            words.label(f"estimator={method}"),
            words.label(f"estimand={WHOSE[method]}"),
            *(cell for kind in COVARIATES for cell in effect_cells(page, sample, method, kind)),
        ]
        for sample in SAMPLES
        for method in methods
    ]
    columns = [
        Column(words.text("Method"), numeric=False),
        Column(words.text("Whose average"), numeric=False),
        Column(words.text("Entry held equal: effect")),
        Column(words.text("Participants (in Jobbsjansen)")),
        Column(words.text("All held equal: effect")),
        Column(words.text("Participants (in Jobbsjansen)")),
    ]
    headings = {i * len(methods): sample_label(words, sample) for i, sample in enumerate(SAMPLES)}
    return Cells(columns, lines, group_rows=headings, note=hidden_note(rows, words))


def effect_cells(page: Page, sample: str, method: str, covariates: str) -> list[str]:
    """Effect and participants of one method; dashes where it gives no estimate."""
    words, group = page.words, group_of(estimator=method, covariates=covariates)
    found = page.rows[(page.rows["group"] == group) & (page.rows["sample"] == sample)]
    if found.empty:
        return ["–", "–"]
    both, treated = (lookup(found, statistic="sample_size", scheme=s)["value"] for s in ("both", "jobbsjansen"))
    effect = lookup(found, statistic="average_effect")
    return [with_interval(words, effect), f"{words.count(both)} ({words.count(treated)})"]


programme_effect_table = Table(
    key="programme_effect_table",
    numbers=numbers.programme_effect,
    table=effects_table,
    caption="The effects in percentage points, with their intervals, whose average each method estimates, and the "
    "participants it uses.",
)


def propensities(page: Page) -> pd.DataFrame:
    """Shares of the women with the scheme's name and the probabilities."""
    words, rows = page.words, page.rows
    ends = [group_keys(group)["propensity"].split("..") for group in rows["group"]]
    return rows.assign(
        label=[words.interval(float(low) / 100, float(high) / 100, "percent") for low, high in ends],
        scheme_label=rows["scheme"].map(words.label),
    )


def propensity_chart(page: Page) -> str:
    """A pair of bars for each group of probabilities."""
    figure = paired_bars(
        propensities(page),
        series="scheme",
        x_label=page.words.text("Share of the scheme's women"),
        format=page.words.percent,
    )
    return to_svg(figure)


def propensity_alt(page: Page) -> str:
    """The shares in words."""
    words, rows = page.words, propensities(page)
    values = [or_not_shown(words, words.percent(value)) for value in rows["value"]]
    listed = named_values(rows["scheme_label"] + ", " + rows["label"], values)
    return words.text("Share of the women by probability of being in Jobbsjansen. {values}.", values=listed)


propensity_overlap = Figure(
    key="propensity_overlap",
    numbers=numbers.propensity_overlap,
    chart=propensity_chart,
    caption="The probability that a woman was in Jobbsjansen, given what was known of her at entry, among the women of "
    "each scheme. The schemes can only be compared where both have women.",
    alt=propensity_alt,
    phrases={
        "introduction_out_of_reach": share(**scheme_group("introduction", propensity="0..10")),
        "jobbsjansen_out_of_reach": share(**scheme_group("jobbsjansen", propensity="90..100")),
    },
)


def differences(page: Page) -> pd.DataFrame:
    """Standardised differences with the names of variable and weights, under headings by when they came."""
    words, rows = page.words, page.rows
    later, known = words.text("Later, unknown to the weights"), words.text("Known at entry")
    return rows.assign(
        label=rows["term"].map(words.label),
        weights=[group_keys(group)["weights"] for group in rows["group"]],
        weights_label=rows["group"].map(words.label),
        heading=[later if term in LATER else known for term in rows["term"]],
    )


def love_plot(page: Page) -> str:
    """The differences, a mark for each kind of weights."""
    words = page.words
    figure = interval_plot(
        differences(page),
        one_lane=True,
        group="heading",
        series="weights",
        x_label=words.text("Jobbsjansen minus introduction programme, standard deviations"),
        format=lambda x: words.number(x, 1),
        reference=0.0,
        reference_label=words.text("Alike"),
    )
    return to_svg(figure)


def love_plot_alt(page: Page) -> str:
    """The differences in words."""
    words, rows = page.words, differences(page)
    values = [or_not_shown(words, words.number(value, 2)) for value in rows["value"]]
    listed = named_values(rows["weights_label"] + ", " + rows["label"], values)
    return words.text("Standardised differences. {values}.", values=listed)


covariate_balance = Figure(
    key="covariate_balance",
    numbers=numbers.covariate_balance,
    chart=love_plot,
    caption="How alike the women of the two schemes are: standardised differences, as they are and as the methods "
    "match or weigh them on what was known at entry.",
    alt=love_plot_alt,
    phrases={
        ("largest_imbalance", "largest_imbalance_of"): sentences.largest_imbalance,
        "balance_finding": sentences.balance_finding,
    },
)


def balance_cells(page: Page) -> Cells:
    """Differences, ratios of variances, and what the weights leave of the sample, a column for each kind of weights."""
    words, rows = page.words, page.rows
    parts = (  # heading, statistic, what a line is about, decimals
        (words.text("Standardised difference"), "standardised_difference", "term", 2),
        (words.text("Ratio of variances"), "variance_ratio", "term", 2),
        (words.text("Effective number of women"), "effective_sample_size", "scheme", 0),
    )
    weights = list(dict.fromkeys(rows["group"]))
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for heading, statistic, about, decimals in parts:
        headings[len(lines)] = heading
        found = rows[rows["statistic"] == statistic]
        values = found.set_index([about, "group"])["value"]
        names = SCHEMES if about == "scheme" else dict.fromkeys(found[about])
        lines += [
            [words.label(n), *(words.number(values[n, w], decimals) if (n, w) in values else "" for w in weights)]
            for n in names
        ]
    columns = [Column(words.text("Variable"), numeric=False), *(Column(words.label(w)) for w in weights)]
    return Cells(columns, lines, group_rows=headings, note=hidden_note(rows, words))


balance_table = Table(
    key="balance_table",
    numbers=numbers.balance_table,
    table=balance_cells,
    caption="Balance in numbers. A difference within a tenth of a standard deviation and a ratio near one are commonly "
    "called balanced. The effective number says how many equally weighted women the weights are worth.",
)


def sensitivity_table(page: Page) -> Cells:
    """What an unmeasured difference would have to do, and what each measured block does."""
    words = page.words
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for covariates in COVARIATES:
        headings[len(lines)] = words.label(f"covariates={covariates}")
        rows = holding_equal(page.rows, covariates)
        lines += needed_lines(words, rows)
        of_blocks = rows[rows["group"].str.contains("block=")]
        lines += [block_line(words, part, str(group)) for group, part in of_blocks.groupby("group", sort=False)]
    columns = [
        Column(words.text("What is not held equal"), numeric=False),
        Column(words.text("More common in a scheme, times")),
        Column(words.text("The goal is more likely, times")),
        Column(words.text("Can shift the ratio by at most, times")),
        Column(words.text("Effect without it, points")),
        Column(words.text("Change, points")),
    ]
    return Cells(columns, lines, group_rows=headings, note=hidden_note(page.rows, words))


def needed_lines(words: Wording, rows: pd.DataFrame) -> list[list[str]]:
    """What is needed to explain the effect away and to make it uncertain, and the effect."""
    e_values = lookup(rows, statistic="e_value")
    ratio = lookup(rows, statistic="risk_ratio", term="scheme")
    effect = lookup(rows, statistic="average_effect", group=e_values["group"])
    needed = {words.text("Unmeasured, to explain it away"): (e_values["value"], away_from_one(ratio["value"]))}
    if side(ratio, from_value=1.0) in ("above", "below"):
        nearer = min(away_from_one(ratio["low"]), away_from_one(ratio["high"]))
        needed[words.text("Unmeasured, to make it uncertain")] = (e_values["low"], nearer)
    return [
        *([label, *[words.coefficient(e)] * 2, words.coefficient(bias), "", ""] for label, (e, bias) in needed.items()),
        [words.text("The effect as estimated"), "", "", "", words.in_points(effect["value"], 1), ""],
    ]


def block_line(words: Wording, rows: pd.DataFrame, group: str) -> list[str]:
    """What a measured block does; dashes where its strength cannot be said."""
    found = rows.set_index(["statistic", "term"])["value"]
    keys = [*(("risk_ratio", term) for term in RATIOS.values()), ("bias_factor", "scheme")]
    ratios = [words.coefficient(found[key]) if key in found else "–" for key in keys]
    points = [words.in_points(found[key, "scheme"], 1) for key in ("average_effect", "effect_change")]
    return [words.label(group_of(block=group_keys(group)["block"])), *ratios, *points]


unmeasured_difference = Table(
    key="unmeasured_difference",
    numbers=numbers.unmeasured_difference,
    table=sensitivity_table,
    caption="How strong an unmeasured difference would have to be to explain the effect among women away (E-values), "
    "and how strong the measured ones are, with everything else in the model held equal.",
    phrases={
        "unmeasured_entry": sentences.unmeasured("entry"),
        "unmeasured_all": sentences.unmeasured("all"),
        ("largest_change", "largest_change_of"): sentences.largest_change,
    },
)
