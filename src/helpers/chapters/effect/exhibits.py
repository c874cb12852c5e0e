"""Exhibits of the effect chapter: the declared answer, every method, who can be compared, what is not measured."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common import kinds
from helpers.chapters.common.kinds import bars, in_blocks, values_alt
from helpers.chapters.common.phrases import share, with_interval
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import intervals_note, named_values, scheme_group, with_intervals
from helpers.chapters.effect import numbers, sentences
from helpers.chapters.effect.terms import COVARIATES, LATER, OVERLAP_LIMITS, SAMPLES, TIMES, WHOSE
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.colour import NO_SERIES
from resultatbok.charts.curves import points_and_curves
from resultatbok.charts.interactive.forest import interactive_forest
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.tables.table import Column, hidden_note
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)


def targets(page: Page) -> pd.DataFrame:
    """The declared effect and those beside it, with whom each is about and how many women of Jobbsjansen these are."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "average_effect"]
    years, headings = words.text("By year of leaving"), words.text("Women of Jobbsjansen")
    keys = [group_keys(group) for group in rows["group"]]
    sizes = page.rows[(page.rows["statistic"] == "sample_size") & (page.rows["scheme"] == "jobbsjansen")]
    named = [f"end_year={k['end_year']}" if "end_year" in k else f"target={k['target']}" for k in keys]
    return rows.assign(
        label=[
            f"{words.label(name)} ({words.count(lookup(sizes, group=group)['value'])})"
            for name, group in zip(named, rows["group"], strict=True)
        ],
        heading=[years if "end_year" in k else headings for k in keys],
        text=[with_interval(words, row) for _, row in rows.iterrows()],
    )


declared_effect = Figure(
    key="declared_effect",
    numbers=numbers.declared_effect,
    chart=kinds.differences(targets, MESSAGES["effect_axis"], group="heading"),
    caption=with_intervals(MESSAGES["declared_effect.caption"]),
    alt=values_alt(
        MESSAGES["declared_effect.alt"],
        lambda page: targets(page).loc[lambda rows: ~rows["group"].str.contains("end_year")],
    ),
    phrases={
        "effect_declared": sentences.declared_finding,
        "effect_comparable": sentences.comparable_finding,
        "effect_within": sentences.within_finding,
        "effect_years": sentences.years_finding,
        "effect_before_pandemic": sentences.before_pandemic_finding,
        "effect_bounds": sentences.bounds_finding,
    },
)


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


def forest_caption(page: Page) -> str:
    """What the figure shows, what its lines are, and whether methods are missing."""
    caption = page.words.text(MESSAGES["programme_effect.caption"])
    return " ".join(filter(None, [caption, intervals_note(page), sentences.methods_left_out(page)]))


programme_effect = Figure(
    key="programme_effect",
    numbers=numbers.programme_effect,
    chart=kinds.differences(effects, MESSAGES["effect_axis"], group="sample_label", series="covariates"),
    caption=forest_caption,
    alt=values_alt(MESSAGES["programme_effect.alt"], effects, names=("sample_label", "covariates_label", "label")),
    interactive=lambda page: interactive_forest(effects(page), page.words, page.words.text(MESSAGES["effect_axis"])),
    phrases={
        "effect_entry": sentences.effect_finding(WOMEN, "entry"),
        "effect_later": sentences.effect_finding(WOMEN, "all"),
        "effect_both_genders": sentences.effect_finding("all", "entry"),
        "overlap_low": lambda page: page.words.percent(OVERLAP_LIMITS[0]),
        "overlap_high": lambda page: page.words.percent(OVERLAP_LIMITS[1]),
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
        Column(words.text("Same background: effect")),
        Column(words.text("Participants (in Jobbsjansen)")),
        Column(words.text("Same background and programme: effect")),
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


programme_effect_table = Table(key="programme_effect_table", numbers=numbers.programme_effect, table=effects_table)


def propensities(page: Page) -> pd.DataFrame:
    """Shares of the women with the scheme's name and the probabilities."""
    words, rows = page.words, page.rows
    ends = [group_keys(group)["propensity"].split("..") for group in rows["group"]]
    return rows.assign(
        label=[words.interval(float(low) / 100, float(high) / 100, "percent") for low, high in ends],
        scheme_label=rows["scheme"].map(words.label),
    )


propensity_overlap = Figure(
    key="propensity_overlap",
    numbers=numbers.propensity_overlap,
    chart=bars(propensities, msgid("Share of the scheme's women")),
    alt=values_alt(MESSAGES["propensity_overlap.alt"], propensities, Wording.percent, names=("scheme_label", "label")),
    phrases={
        "introduction_out_of_reach": share(**scheme_group("introduction", propensity="0..10")),
        "jobbsjansen_out_of_reach": share(**scheme_group("jobbsjansen", propensity="90..100")),
    },
)


def differences(page: Page) -> pd.DataFrame:
    """Standardised differences with the names of variable and weights, under headings by when they came."""
    words, rows = page.words, page.rows
    later, known = words.text("What happened in the programme"), words.text("Background and year of leaving")
    return rows.assign(
        label=rows["term"].map(words.label),
        weights=[group_keys(group)["weights"] for group in rows["group"]],
        weights_label=rows["group"].map(words.label),
        heading=[later if term in LATER else known for term in rows["term"]],
    )


def love_plot(page: Page) -> Drawing:
    """The differences, a mark for each kind of weights."""
    words = page.words
    return interval_plot(
        differences(page),
        one_lane=True,
        group="heading",
        series="weights",
        x_label=words.text("Jobbsjansen minus introduction programme, standard deviations"),
        format=lambda x: words.number(x, 1),
        reference=0.0,
        reference_label=words.text("No difference"),
    )


covariate_balance = Figure(
    key="covariate_balance",
    numbers=numbers.covariate_balance,
    chart=love_plot,
    alt=values_alt(MESSAGES["covariate_balance.alt"], differences, Wording.number, 2, names=("weights_label", "label")),
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
    blocks = {}
    for heading, statistic, about, decimals in parts:
        found = rows[rows["statistic"] == statistic]
        values = found.set_index([about, "group"])["value"]
        names = SCHEMES if about == "scheme" else dict.fromkeys(found[about])
        blocks[heading] = [
            [words.label(n), *(words.number(values[n, w], decimals) if (n, w) in values else "" for w in weights)]
            for n in names
        ]
    return in_blocks(page, [words.text("Variable"), *map(words.label, weights)], blocks)


balance_table = Table(key="balance_table", numbers=numbers.balance_table, table=balance_cells)


def profile_table(page: Page) -> Cells:
    """Means inside and outside the overlap with their difference, then what each block tells of the scheme."""
    words, rows = page.words, page.rows
    means = rows[rows["statistic"] == "mean"].set_index(["term", "scheme", "group"])["value"]
    told = rows[rows["statistic"] == "partial_r2"].set_index("group")["value"]
    places = (("jobbsjansen", "overlap=outside"), ("jobbsjansen", "overlap=inside"), ("introduction", ""))
    women = [
        [
            words.label(line["term"]),
            *(words.number(means[line["term"], *at], 1) if (line["term"], *at) in means else "" for at in places),
            words.number(line["value"], 2),
            "",
            "",
        ]
        for _, line in rows[rows["statistic"] == "standardised_difference"].iterrows()
    ]
    schemes = []
    for block in dict.fromkeys(group_keys(group)["block"] for group in told.index):
        shares = [words.percent(told[group_of(block=block, given=given)], 1) for given in ("others", "nothing")]
        schemes.append([words.label(group_of(block=block)), "", "", "", "", *shares])
    heads = words.texts(
        "Background",
        "Jobbsjansen, without comparable women: mean",
        "Jobbsjansen, with comparable women: mean",
        "Introduction programme: mean",
        "Without less with, standard deviations",
        "Explains of the scheme, beside the others",
        "Explains of the scheme, alone",
    )
    above_schemes = words.text("The schemes") if women else ""
    return in_blocks(page, heads, {words.text("The women"): women, above_schemes: schemes})


outside_overlap = Table(
    key="outside_overlap",
    numbers=numbers.outside_overlap,
    table=profile_table,
    phrases={("separation", "separation_of"): sentences.separation_finding},
)


def sensitivity_table(page: Page) -> Cells:
    """What an unrecorded trait must explain, what the recorded ones explain, and what one as strong would leave."""
    words, rows = page.words, page.rows
    value = lookup(rows, statistic="robustness_value")
    empty = [""] * (len(TIMES) + 1)
    needed = {
        words.text("To explain the difference away"): value["value"],
        words.text("To make it uncertain"): value["low"],
    }
    unrecorded = [[name, *[words.percent(share, 1)] * 2, *empty] for name, share in needed.items()]
    recorded = []
    for block in dict.fromkeys(group_keys(group)["block"] for group in rows["group"] if group):
        own = rows[rows["group"] == group_of(block=block)]
        explains = [words.percent(lookup(own, statistic="partial_r2", term=t)["value"], 1) for t in ("scheme", "goal")]
        left = [rows[rows["group"] == group_of(block=block, times=times)] for times in TIMES]
        without = lookup(own, statistic="average_effect")
        recorded.append(
            [
                words.label(group_of(block=block)),
                *explains,
                *(with_interval(words, found.iloc[0]) if len(found) else "–" for found in left),
                words.in_points(without["value"]),
            ]
        )
    heads = words.texts(
        "Trait",
        "Explains of the scheme",
        "Explains of the goal",
        "Difference adjusted for a trait as strong",
        "Twice as strong",
        "Three times as strong",
        "Difference if it is left out",
    )
    blocks = {words.text("An unrecorded trait"): unrecorded, words.text("Recorded"): recorded}
    return in_blocks(page, heads, blocks)


unmeasured_difference = Table(
    key="unmeasured_difference",
    numbers=numbers.unmeasured_difference,
    table=sensitivity_table,
    phrases={
        "effect_robustness": sentences.robustness_finding,
        "effect_linear": sentences.linear_finding,
        "effect_e_value": sentences.e_value_finding,
        ("largest_change", "largest_change_of"): sentences.largest_change,
    },
)


def contour_points(page: Page) -> pd.DataFrame:
    """Where a trait as strong as each block lies, and the one that is just strong enough with both."""
    words, rows = page.words, page.rows
    found = rows[rows["statistic"] == "partial_r2"]
    table = found.pivot_table(index="group", columns="term", values="value", sort=False, dropna=False).reset_index()
    value = lookup(rows, statistic="robustness_value")["value"]
    enough = pd.DataFrame({"group": [NO_SERIES], "scheme": value, "goal": value})
    points = pd.concat([table, enough], ignore_index=True)
    blocks = [group_keys(group).get("block", NO_SERIES) for group in points["group"]]
    names = [words.label(group_of(block=b)) if b else words.text("Just enough (robustness value)") for b in blocks]
    return points.assign(block=blocks, block_label=names)


def contour_lines(page: Page) -> pd.DataFrame:
    """The corners of the lines on which so much of the effect is left."""
    rows = page.rows[(page.rows["statistic"] == "contour") & ~page.rows["suppressed"]]
    keys = [group_keys(group) for group in rows["group"]]
    return pd.DataFrame(
        {
            "scheme": [float(k["r2_scheme"]) for k in keys],
            "goal": rows["value"].to_numpy(),
            "curve": [k["contour"] for k in keys],
            "curve_label": [page.words.label(group_of(contour=k["contour"])) for k in keys],
        }
    )


def contours_chart(page: Page) -> Drawing:
    """The lines, with the points among them."""
    words = page.words
    return points_and_curves(
        contour_points(page),
        contour_lines(page),
        x="scheme",
        y="goal",
        series="block",
        x_label=words.text("Share of the variation in scheme that a trait explains"),
        y_label=words.text("Share of the variation in goal attainment that it explains"),
        x_format=words.percent,
        y_format=words.percent,
    )


def contours_alt(page: Page) -> str:
    """Where the points lie, in words."""
    words, points = page.words, contour_points(page)
    places = [
        words.text("{x} and {y}", x=words.percent(x), y=words.percent(y))
        for x, y in points[["scheme", "goal"]].to_numpy()
    ]
    return words.text(MESSAGES["unmeasured_contours.alt"], values=named_values(points["block_label"], places))


unmeasured_contours = Figure(
    key="unmeasured_contours",
    numbers=numbers.unmeasured_contours,
    chart=contours_chart,
    alt=contours_alt,
)
