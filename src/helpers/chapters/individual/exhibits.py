"""Exhibits of the individual chapter: one model of who reaches the goal, and what it says of participants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from helpers.chapters.common import kinds
from helpers.chapters.common.comparison import comparison_table, term_blocks
from helpers.chapters.common.kinds import in_blocks, lined, named_by, pivoted, shares_alt, values_alt
from helpers.chapters.common.phrases import number, points, share
from helpers.chapters.common.tell import or_not_shown, with_intervals
from helpers.chapters.individual import numbers, sentences
from helpers.chapters.individual.terms import (
    AVERAGES,
    EXPECTED,
    NUMBERS,
    STARTS,
    STEPS,
    TERMS,
    TO_THE_WHOLE,
    WITH_SCHEME,
    descriptions,
    start_group,
)
from helpers.cohort.settings import SCHEMES
from helpers.cohort.variables import categories
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.tables.table import Column
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

EDUCATION: Final = dict(enumerate(categories("education"), start=1))
HELD: Final = (
    msgid("Nothing held equal"),
    msgid("Characteristics held equal"),
    msgid("Characteristics and measures held equal"),
)
"""What each step `WITH_SCHEME` is called."""


def odds_ratio(term: str) -> Callable[[Page], str]:
    """The odds ratio of a term."""
    return number(Wording.coefficient, statistic="odds_ratio", term=term)


def fit_with(model: str) -> Callable[[Page], str]:
    """How well a model fits, with three decimals."""
    return number(Wording.coefficient, decimals=3, statistic="r2", group=f"model={model}")


def ratios(page: Page) -> pd.DataFrame:
    """The odds ratios, with the names of their terms and the headings that these stand under."""
    rows = page.rows[page.rows["statistic"] == "odds_ratio"]
    headings = term_headings(page)
    return rows.assign(label=rows["term"].map(page.words.label), heading=[headings[term] for term in rows["term"]])


def term_headings(page: Page) -> dict[str, str]:
    """The heading that each term of the model stands under."""
    return {term: heading for heading, block in term_blocks(page).items() for term in block}


def ratios_caption(page: Page) -> str:
    """What the chart shows, what its lines are and how to read it."""
    reading = page.words.text(MESSAGES["odds_ratios.line"])
    return f"{with_intervals(MESSAGES['odds_ratios.caption'])(page)} {reading}"


def moved_table(page: Page) -> Cells:
    """A line per term: its odds ratio, and what that makes of each starting point."""
    words, rows = page.words, page.rows
    heads = [words.text("{start} becomes", start=words.percent(start)) for start in STARTS]
    lines = []
    for term in TERMS:
        ratio = lookup(rows, statistic="odds_ratio", term=term)["value"]
        ends = [lookup(rows, term=term, group=start_group(start))["value"] for start in STARTS]
        lines.append([words.label(term), words.coefficient(ratio), *map(words.percent, ends)])
    return lined(page, [words.text("Term"), words.label("odds_ratio"), *heads], lines)


def model_table(page: Page) -> Cells:
    """Coefficients, odds ratios and marginal effects, a line per term under its heading, then the fit."""
    words, rows = page.words, page.rows
    heads, blocks = term_headings(page), dict[str, list[list[str]]]()
    for term in rows.loc[rows["statistic"] == "average_marginal_effect", "term"]:
        blocks.setdefault(heads[term], []).append(_term_line(words, rows[rows["term"] == term]))
    fit = {name: lookup(rows, statistic=name)["value"] for name in ("count", "loglik", "r2")}
    fitted = {
        words.label("observations"): words.count(fit["count"]),
        words.label("loglik"): words.number(fit["loglik"], 1),
        words.text("McFadden's pseudo R²"): words.coefficient(fit["r2"]),
    }
    constant = _term_line(words, rows[rows["term"] == "constant"])
    blocks[words.text("The model")] = [constant, *([name, value, *[""] * 5] for name, value in fitted.items())]
    names = words.texts("Term", "Coefficient", "Standard error", "p-value", "Odds ratio", "Interval")
    return in_blocks(page, names + words.texts("Marginal effect, points"), blocks)


def _term_line(words: Wording, rows: pd.DataFrame) -> list[str]:
    """One term's cells; the constant has no odds ratio and no marginal effect of interest."""
    coefficient = lookup(rows, statistic="coefficient")
    cells = [
        words.label(coefficient["term"]),
        words.coefficient(coefficient["value"]),
        words.coefficient(coefficient["std_error"]),
        words.p_value(lookup(rows, statistic="p_value")["value"], named=False),
    ]
    if coefficient["term"] == "constant":
        return [*cells, "", "", ""]
    ratio = lookup(rows, statistic="odds_ratio")
    effect = lookup(rows, statistic="average_marginal_effect")
    return [
        *cells,
        words.coefficient(ratio["value"]),
        words.interval(ratio["low"], ratio["high"], "coefficient"),
        words.in_points(effect["value"], 1),
    ]


def effects(page: Page) -> dict[str, str]:
    """Average marginal effects of the terms that the prose speaks of."""
    terms = ("scheme", "male", "education_level", "norwegian_level", "measure_ordinary_work_practice")
    told = [points(f"effect_{term}", statistic="average_marginal_effect", term=term)(page) for term in terms]
    return {key: text for phrases in told for key, text in phrases.items()}


def steps(page: Page) -> pd.DataFrame:
    """The differences with what is held equal in each."""
    labels = {f"model={name}": page.words.text(text) for name, text in zip(WITH_SCHEME, HELD, strict=True)}
    return page.rows.assign(label=page.rows["group"].map(labels))


probabilities: Final = named_by("group", "probability")


def typical_chart(page: Page) -> Drawing:
    """The predicted probabilities with their intervals, a dot per scheme."""
    return interval_plot(
        probabilities(page),
        series="scheme",
        x_label=page.words.text("Predicted probability of reaching the goal"),
        format=page.words.percent,
        limits=(0.0, 1.0),
    )


def typical_phrases(page: Page) -> dict[str, str]:
    """Each participant's probability in each scheme."""
    return {
        f"{profile}_{scheme}": share(statistic="probability", group=group_of(profile=profile), scheme=scheme)(page)
        for profile in (*descriptions().index, *AVERAGES)
        for scheme in SCHEMES
    }


def described_table(page: Page) -> Cells:
    """A line per characteristic: first what has a name, then the numbers, from the ledger's rows."""
    words, described = page.words, descriptions()
    groups = [group_of(profile=profile) for profile in described.index]
    named = {
        "gender": described["male"].map({0: words.text("Woman"), 1: words.text("Man")}),
        "origin": "origin=" + described["origin"],
        "education": "education=" + described["education_level"].map(EDUCATION),
        "norwegian": "norwegian=" + described["norwegian"],
        "absence": described["absence_high"].map({0: "absence=low", 1: "absence=high"}),
    }
    lines = [[words.label(name), *(_described(words, key) for key in keys)] for name, keys in named.items()]
    for name in NUMBERS:
        values = [lookup(page.rows, term=name, group=group)["value"] for group in groups]
        lines.append([words.label(name), *map(words.number, values)])
    heads = [words.text("Characteristic"), *map(words.label, groups)]
    return Cells([Column(head, numeric=False) for head in heads], lines)


def _described(words: Wording, key: str) -> str:
    """What the model is told of somebody; a key of the labels, or already in words."""
    if "=" not in key:
        return key
    return words.text("Average") if key.endswith("=mean") else words.label(key)


differences: Final = named_by("group", "difference")
"""Actual minus predicted."""


def predicted_chart(page: Page) -> Drawing:
    """Actual minus predicted with intervals, a dot per scheme, under the characteristic."""
    words, rows = page.words, differences(page)
    return interval_plot(
        rows.assign(heading=[words.label(_characteristic(group)) for group in rows["group"]]),
        group="heading",
        series="scheme",
        x_label=words.text("Actual minus predicted goal attainment, percentage points"),
        format=words.in_points,
        reference=0.0,
        reference_label=words.text("As predicted"),
    )


def shares_table(page: Page) -> Cells:
    """A line per group under its characteristic; predicted and actual per scheme."""
    words, shares = page.words, page.rows[page.rows["statistic"] == "share"]
    terms = {EXPECTED: words.text("predicted"), "goal_attainment": words.text("actual")}
    heads = [f"{words.label(scheme)}, {name}" for scheme in SCHEMES for name in terms.values()]
    blocks: dict[str, list[list[str]]] = {}
    for group in shares["group"].drop_duplicates():
        cells = [_cell(words, shares, group, scheme, term) for scheme in SCHEMES for term in terms]
        blocks.setdefault(words.label(_characteristic(group)), []).append([words.label(group), *cells])
    return in_blocks(replace(page, rows=shares), [words.text("Group"), *heads], blocks)


def _characteristic(group: str) -> str:
    return next(iter(group_keys(group)))


def _cell(words: Wording, shares: pd.DataFrame, group: str, scheme: str, term: str) -> str:
    """A share, a colon where it is hidden, blank where the scheme has nobody in the group."""
    found = shares[(shares["group"] == group) & (shares["scheme"] == scheme) & (shares["term"] == term)]
    return words.percent(found["value"].item()) if len(found) else ""


def cases(step: str) -> Callable[[Page], str]:
    """How many municipalities a step of the choice leaves."""

    def phrase(page: Page) -> str:
        count = page.rows.loc[_steps(page) == step, "value"].sum(skipna=False)
        return or_not_shown(page.words, page.words.count(count))

    return phrase


def _steps(page: Page) -> pd.Series:
    """The step of the choice that each row is of, from its group without the quadrant."""
    parts = page.rows["group"].str.split(";")
    return parts.map(lambda part: STEPS[";".join(p for p in part if not p.startswith("quadrant="))])


odds_ratios = Figure(
    key="odds_ratios",
    numbers=numbers.odds_ratios,
    chart=kinds.odds_ratios(ratios),
    caption=ratios_caption,
    alt=values_alt(MESSAGES["odds_ratios.alt"], ratios, Wording.coefficient),
    phrases={
        "odds_ratio_scheme": odds_ratio("scheme"),
        "odds_ratio_education_level": odds_ratio("education_level"),
        "odds_ratio_norwegian_level": odds_ratio("norwegian_level"),
        "odds_ratio_male": odds_ratio("male"),
    },
)
odds_in_words = Table(
    key="odds_in_words",
    numbers=numbers.odds_in_words,
    table=moved_table,
    phrases={
        "odds_start": lambda page: page.words.percent(STARTS[1]),
        "odds_scheme_from_half": share(term="scheme", group=start_group(STARTS[1])),
    },
)
individual_model = Table(
    key="individual_model",
    numbers=numbers.individual_model,
    table=model_table,
    phrases={
        (
            "effect_scheme",
            "effect_scheme_interval",
            "effect_male",
            "effect_male_interval",
            "effect_education_level",
            "effect_education_level_interval",
            "effect_norwegian_level",
            "effect_norwegian_level_interval",
            "effect_measure_ordinary_work_practice",
            "effect_measure_ordinary_work_practice_interval",
        ): effects,
        "n_individual": number(Wording.count, statistic="count"),
        "r2_individual": number(Wording.coefficient, statistic="r2"),
        "scheme_finding": sentences.effect_finding(MESSAGES.by_side("scheme"), "scheme"),
        "norwegian_finding": sentences.effect_finding(
            MESSAGES.by_side("level"), "norwegian_level", msgid("One more level of Norwegian")
        ),
        "education_finding": sentences.effect_finding(
            MESSAGES.by_side("level"), "education_level", msgid("One more level of education")
        ),
    },
)
stepwise = Figure(
    key="stepwise",
    numbers=numbers.stepwise,
    chart=kinds.differences(steps, msgid("Jobbsjansen minus the introduction programme, percentage points")),
    caption=with_intervals(MESSAGES["stepwise.caption"]),
    alt=values_alt(MESSAGES["stepwise.alt"], steps, Wording.signed_points),
    phrases={
        ("step_scheme", "step_scheme_interval"): points("step_scheme", group="model=scheme"),
        ("step_scheme_characteristics", "step_scheme_characteristics_interval"): points(
            "step_scheme_characteristics", group="model=scheme_characteristics"
        ),
        ("step_individual", "step_individual_interval"): points("step_individual", group="model=individual"),
        "stepwise_finding": sentences.stepwise_finding,
    },
)
stepwise_terms = Table(
    key="stepwise_terms",
    numbers=numbers.stepwise_terms,
    table=lambda page: comparison_table(page, TO_THE_WHOLE),
    phrases={
        "r2_step_characteristics": fit_with("characteristics"),
        "r2_step_characteristics_measures": fit_with("characteristics_measures"),
        "r2_step_individual": fit_with("individual"),
        "origins_finding": sentences.origins_finding,
    },
)
described_participants = Table(
    key="described_participants",
    numbers=numbers.described_participants,
    table=described_table,
)
typical_participants = Figure(
    key="typical_participants",
    numbers=numbers.typical_participants,
    chart=typical_chart,
    caption=with_intervals(MESSAGES["typical_participants.caption"]),
    alt=shares_alt(MESSAGES["typical_participants.alt"], probabilities),
    phrases={
        (
            "archetype_introduction",
            "archetype_jobbsjansen",
            "typical_introduction_introduction",
            "typical_introduction_jobbsjansen",
            "typical_jobbsjansen_introduction",
            "typical_jobbsjansen_jobbsjansen",
            "average_introduction_introduction",
            "average_introduction_jobbsjansen",
            "average_jobbsjansen_introduction",
            "average_jobbsjansen_jobbsjansen",
        ): typical_phrases,
        ("archetype_gap", "archetype_gap_interval"): points(
            "archetype_gap", statistic="difference", group="profile=archetype"
        ),
        ("average_introduction_gap", "average_introduction_gap_interval"): points(
            "average_introduction_gap", statistic="difference", group="profile=average_introduction"
        ),
        ("average_jobbsjansen_gap", "average_jobbsjansen_gap_interval"): points(
            "average_jobbsjansen_gap", statistic="difference", group="profile=average_jobbsjansen"
        ),
    },
)
predicted_by_level = Figure(
    key="predicted_by_level",
    numbers=numbers.predicted_by_level,
    chart=predicted_chart,
    caption=with_intervals(MESSAGES["predicted_by_level.caption"]),
    alt=values_alt(MESSAGES["predicted_alt"], differences, Wording.signed_points, names=("label", "scheme_label")),
    phrases={"predicted_by_level_finding": sentences.predicted_finding},
)
predicted_by_background = Figure(
    key="predicted_by_background",
    numbers=numbers.predicted_by_background,
    chart=predicted_chart,
    caption=with_intervals(MESSAGES["predicted_by_background.caption"]),
    alt=values_alt(MESSAGES["predicted_alt"], differences, Wording.signed_points, names=("label", "scheme_label")),
    phrases={"predicted_by_background_finding": sentences.predicted_finding},
)
predicted_table = Table(key="predicted_table", numbers=numbers.predicted_table, table=shares_table)
case_selection = Table(
    key="case_selection",
    numbers=numbers.case_selection,
    table=pivoted(
        lambda page: page.rows.assign(sample=_steps(page)),
        "count",
        {"quadrant": msgid("Introduction programme")},
        "sample",
        labels={
            "all": msgid("Run both schemes"),
            "comparable": msgid("Of these comparable"),
            "jobbsjansen": msgid("Of these with Jobbsjansen above its average"),
        },
    ),
    phrases={
        "cases_both": cases("all"),
        "cases_comparable": cases("comparable"),
        "cases_finding": sentences.cases_finding,
    },
)
