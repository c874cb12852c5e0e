"""Exhibits on job support: a trial of an offer drawn by lot, and measures set beside each other."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.kinds import differences, having, lined, named_by, pivoted, proportions, values_alt
from helpers.chapters.common.phrases import interval_of, share
from helpers.chapters.common.tell import named_values, or_not_shown, with_intervals
from helpers.chapters.support import numbers, sentences
from helpers.chapters.support.terms import ANALYSES, ARMS, HYPOTHETICAL, MONTHS, SIDES, WANTED_POWER, WORK
from resultatbok.charts.lines import trend
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_of, lookup
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)


def baseline_table(page: Page) -> Cells:
    """Each characteristic by arm, and how far the arms are apart in it."""
    words, rows = page.words, page.rows
    first, last = words.texts("Before the measure", "Standardised difference")
    lines = []
    for term in rows["term"].unique():
        own = rows[rows["term"] == term]
        difference = lookup(own, statistic="standardised_difference")["value"]
        arms = [share_or_mean(words, lookup(own, group=group_of(arm=arm))) for arm in ARMS]
        lines.append([words.label(term), *arms, words.number(difference, 2)])
    return lined(page, [first, *(words.label(group_of(arm=arm)) for arm in ARMS), last], lines)


def share_or_mean(words: Wording, row: pd.Series) -> str:
    """The number of one side of a comparison."""
    return words.percent(row["value"]) if row["statistic"] == "share" else words.number(row["value"], 1)


work_effects: Final = named_by("group", "difference", "complier_effect")


def work_alt(page: Page) -> str:
    """The three effects in words."""
    effects = work_effects(page)
    texts = [sentences.effect_with_interval(page.words, effect) for _, effect in effects.iterrows()]
    return page.words.text(MESSAGES["trial_work.alt"], values=named_values(effects["label"], texts))


def effects_table(page: Page) -> Cells:
    """Both outcomes, three ways: what was compared, the effect and its test."""
    words = page.words
    heads = words.texts("Analysis", "With the measure", "Without it", "Effect", "Interval", "p-value")
    lines = [effects_line(page, outcome, analysis) for outcome in (WORK, MONTHS) for analysis in ANALYSES]
    return lined(page, heads, lines, {0: words.label(WORK), len(ANALYSES): words.label(MONTHS)})


def effects_line(page: Page, outcome: str, analysis: str) -> list[str]:
    """One analysis of one outcome; an effect on those who take the measure has the test of the offer, and no sides."""
    words, own = page.words, page.rows[page.rows["term"] == outcome]
    of_compliers, name = analysis == "compliers", group_of(analysis=analysis)
    effect = own[(own["group"] == name) & (own["statistic"] != "p_value")].iloc[0]
    tested = group_of(analysis="offered") if of_compliers else name
    sides = [
        "" if of_compliers else share_or_mean(words, lookup(own, group=f"{name};{group_of(measure_received=side)}"))
        for side in SIDES
    ]
    return [
        words.label(name),
        *sides,
        words.in_points(effect["value"]) if outcome == WORK else words.number(effect["value"], 1),
        interval_of(words, effect) if outcome == WORK else words.interval(effect["low"], effect["high"], decimals=1),
        words.p_value(lookup(own, statistic="p_value", group=tested)["value"], named=False),
    ]


def power_chart(page: Page) -> Drawing:
    """Power by the true difference, a curve for each size of the trial."""
    words, power = page.words, page.rows[page.rows["statistic"] == "power"]
    keys = power["group"].str.extract(r"times=(?P<times>\d+);difference_points=(?P<difference>\d+)")
    return trend(
        power.assign(
            series="times_" + keys["times"],
            difference=keys["difference"].astype(float),
            series_label=participants(words, power),
        ),
        x="difference",
        series="series",
        y_label=words.text("Probability of finding it"),
        x_label=words.text("True difference between the arms, percentage points"),
        format=words.percent,
        x_format=words.number,
        limits=(0.0, 1.0),
    )


def power_alt(page: Page) -> str:
    """The smallest difference that each size of the trial finds, in words."""
    words = page.words
    smallest = page.rows[page.rows["statistic"] == "smallest_detectable_difference"]
    texts = [or_not_shown(words, words.points(value)) for value in smallest["value"]]
    return words.text(
        MESSAGES["trial_power.alt"],
        power=words.percent(WANTED_POWER),
        values=named_values(participants(words, smallest), texts) or words.text("(no difference is large enough)"),
    )


def participants(words: Wording, rows: pd.DataFrame) -> list[str]:
    """How many participants each row is about."""
    return [
        words.text("(number not shown)") if pd.isna(n) else words.plural("{n} participant", "{n} participants", n)
        for n in rows["n"]
    ]


def measures_by_share(page: Page) -> pd.DataFrame:
    """Shares in work by measure with their labels, the highest first."""
    rows = page.rows[(page.rows["statistic"] == "share") & (page.rows["group"] != "")]
    rows = rows.sort_values("value", ascending=False)
    return rows.assign(label=[page.words.label(group) for group in rows["group"]])


ways: Final = named_by("term")

trial_flow = Table(
    key="trial_flow",
    numbers=numbers.trial_flow,
    table=pivoted(having("count"), "count", {"term": msgid("Participants")}, "group"),
    phrases={
        "trial_n": sentences.participants_drawn,
        "trial_received": share(statistic="share"),
    },
)
trial_baseline = Table(
    key="trial_baseline",
    numbers=numbers.trial_baseline,
    table=baseline_table,
    phrases={
        ("trial_largest_imbalance", "trial_largest_imbalance_in"): sentences.largest_imbalance,
        "trial_balance_finding": sentences.balance_finding,
    },
)
trial_work = Figure(
    key="trial_work",
    numbers=numbers.trial_work,
    chart=differences(work_effects, msgid("Difference in being in work after 12 months, percentage points")),
    caption=with_intervals(MESSAGES["trial_work.caption"]),
    alt=work_alt,
    phrases={
        ("trial_offered", "trial_received_effect", "trial_compliers"): sentences.three_effects,
        "trial_finding": sentences.trial_finding,
    },
)
trial_effects = Table(
    key="trial_effects",
    numbers=numbers.trial_effects,
    table=effects_table,
    phrases={"trial_months_finding": sentences.months_finding},
)
trial_power = Figure(
    key="trial_power",
    numbers=numbers.trial_power,
    chart=power_chart,
    alt=power_alt,
    phrases={
        "trial_smallest": sentences.smallest_found,
        ("trial_wanted_power", "trial_hypothetical"): sentences.asked_of_the_trial,
        "trial_power": share(statistic="power", group=group_of(times=1, difference_points=round(100 * HYPOTHETICAL))),
    },
)
supported_employment_in_work = Figure(
    key="supported_employment_in_work",
    numbers=numbers.supported_employment_in_work,
    chart=proportions(measures_by_share, msgid("Share in work 12 months after the start")),
    caption=with_intervals(MESSAGES["supported_employment_in_work.caption"]),
    alt=values_alt(MESSAGES["supported_employment_in_work.alt"], measures_by_share, Wording.percent),
    phrases={
        "support_all": share(statistic="share", group=""),
        "support_finding": sentences.work_finding,
        ("n_support_measures", "support_without_data"): sentences.measures_compared,
    },
)
supported_employment_dimensions = Figure(
    key="supported_employment_dimensions",
    numbers=numbers.supported_employment_dimensions,
    chart=differences(
        ways,
        msgid("Difference in the share in work for one step more, percentage points"),
        decimals=1,
        none=msgid("No association"),
    ),
    caption=with_intervals(MESSAGES["supported_employment_dimensions.caption"]),
    alt=values_alt(MESSAGES["supported_employment_dimensions.alt"], ways, Wording.signed_points, 1),
    phrases={("dimensions_finding", "n_dimensions"): sentences.ways_of_working},
)
job_specialist_answers = Table(
    key="job_specialist_answers",
    numbers=numbers.job_specialist_answers,
    table=pivoted(having("mean"), "number", {"group": msgid("Supported-employment measure")}, "term", 1),
    phrases={"n_specialists": sentences.specialists_answered},
)
