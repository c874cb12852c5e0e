"""Exhibits of the context chapter: what the municipality and the project's resources mean for reaching the goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from helpers.chapters.common.comparison import comparison_table
from helpers.chapters.common.kinds import Rows, differences, odds_ratios, values_alt
from helpers.chapters.common.phrases import A_SHARE, number, points
from helpers.chapters.common.tell import with_intervals
from helpers.chapters.context import numbers, sentences
from helpers.chapters.context.terms import LEVELS, MODELS, MULTILEVEL, WOMAN, step_keys
from resultatbok.charts.stacked import stacked_shares
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import lookup
from resultatbok.tables.table import Column
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)


def share_between(group: str) -> Callable[[Page], str]:
    """A level's share of the variation with a decimal."""
    return number(Wording.percent, A_SHARE, decimals=1, statistic="icc", group=group)


def counted(model: str, term: str) -> Callable[[Page], str]:
    """How many observations or units a model has."""
    return number(Wording.count, statistic="count", group=f"model={model}", term=term)


def of_woman(statistic: str, scheme: str, write: Callable[[Wording, float], str]) -> Callable[[Page], str]:
    """A number of the woman in an average municipality."""
    return number(write, statistic=statistic, group=WOMAN, scheme=scheme)


def context_effects(page: Page) -> pd.DataFrame:
    """The effects of the context variables with their labels, below the models' names."""
    words, effects = page.words, page.rows[page.rows["statistic"] == "average_marginal_effect"]
    return effects.assign(
        label=[words.label(term) for term in effects["term"]],
        heading=[words.label(group) for group in effects["group"]],
    )


context_terms = Figure(
    key="context_terms",
    numbers=numbers.context_terms,
    chart=differences(
        context_effects,
        msgid("Change in goal attainment per standard deviation, percentage points"),
        decimals=1,
        none=msgid("No association"),
        group="heading",
    ),
    caption=with_intervals(MESSAGES["context_terms.caption"]),
    alt=values_alt(
        MESSAGES["context_terms.alt"],
        context_effects,
        Wording.signed_points,
        1,
        names=("heading", "label"),
    ),
    phrases={
        "context_finding": sentences.context_finding,
        "sd_immigrant_share": number(Wording.points, decimals=1, statistic="sd", term="municipality_immigrant_share"),
        "sd_net_in_migration": number(Wording.number, decimals=1, statistic="sd", term="municipality_net_in_migration"),
        "sd_labour_market": number(Wording.points, decimals=1, statistic="sd", term="municipality_labour_market"),
        "sd_wage": number(Wording.count, statistic="sd", term="project_wage_per_participant"),
    },
)


def variance_parts(page: Page) -> pd.DataFrame:
    """The parts of each model's bar: its levels (zero where the model has none) and what is left to participants."""
    parts, rows, words = [], page.rows[page.rows["statistic"] == "icc"], page.words
    for model in MULTILEVEL:
        group, left = f"model={model}", 1.0
        for level in LEVELS:
            own = rows.loc[rows["group"].isin([f"{group};level={level}"] + [group] * (level == model)), "value"]
            share = own.sum(skipna=False)
            parts.append((group, level, share, len(own) > 0))
            left -= share
        parts.append((group, "participant", left, False))
    made = pd.DataFrame(parts, columns=["model", "level", "value", "has_level"])
    return made.assign(label=made["model"].map(words.label), part=[words.label(f"level={v}") for v in made["level"]])


def variance_chart(page: Page) -> Drawing:
    """A bar for each model."""
    return stacked_shares(
        variance_parts(page),
        bar="label",
        part="part",
        x_label=page.words.text("Share of the unexplained variation, on the log-odds scale"),
        format=page.words.percent,
        ordered=False,
    )


variance_shares = Figure(
    key="variance_shares",
    numbers=numbers.variance_shares,
    chart=variance_chart,
    alt=values_alt(
        MESSAGES["variance_shares.alt"],
        lambda page: variance_parts(page).query("has_level"),
        Wording.percent,
        1,
        names=("label", "part"),
    ),
    phrases={
        "icc_municipality": share_between("model=municipality"),
        "icc_municipality_interval": sentences.icc_interval("municipality"),
        "icc_project": share_between("model=project"),
        "icc_project_interval": sentences.icc_interval("project"),
        "icc_full_municipality": share_between("model=full;level=municipality"),
        "icc_full_project": share_between("model=full;level=project"),
        "icc_full_participant": sentences.participant_share,
        "level_finding": sentences.level_finding,
    },
)

EFFECT: Final = "average_marginal_effect"

model_comparison = Table(
    key="model_comparison",
    numbers=numbers.model_comparison,
    table=lambda page: comparison_table(page, MODELS),
    phrases={
        ("effect_scheme_municipality", "effect_scheme_municipality_interval"): points(
            "effect_scheme_municipality", statistic=EFFECT, group="model=municipality"
        ),
        ("effect_scheme_project", "effect_scheme_project_interval"): points(
            "effect_scheme_project", statistic=EFFECT, group="model=project"
        ),
        "n_municipality_model": counted("municipality", "observations"),
        "n_municipalities": counted("municipality", "municipalities"),
        "n_project_model": counted("project", "observations"),
        "n_project_model_units": counted("project", "projects"),  # `n_projects` are those with a contribution
        "convergence": sentences.convergence,
        "full_finding": sentences.difference_finding(MESSAGES.by_side("full"), EFFECT, "model=full"),
    },
)


def comparisons(labels: Mapping[str, str]) -> Rows:
    """Gives differences in points as messages call them; missing where one could not be computed."""

    def rows(page: Page) -> pd.DataFrame:
        found = page.rows[page.rows["statistic"] == "difference"].set_index("group")[["value", "low", "high"]]
        return found.reindex(list(labels)).assign(label=page.words.texts(*labels.values()))

    return rows


within: Final = comparisons(MESSAGES.choices("within_labels"))
beside: Final = comparisons(MESSAGES.choices("beside_labels"))

within_municipality = Figure(
    key="within_municipality",
    numbers=numbers.within_municipality,
    chart=differences(within, msgid("Jobbsjansen minus the introduction programme, points"), decimals=1),
    caption=with_intervals(MESSAGES["within_municipality.caption"]),
    alt=values_alt(MESSAGES["comparisons_alt"], within, Wording.signed_points, 1),
    phrases={
        "n_municipalities_both": number(Wording.count, term="municipalities_with_both_schemes"),
        "within_finding": sentences.difference_finding(
            MESSAGES.by_side("within"), "difference", "comparison=within_held_equal"
        ),
    },
)

beside_jobbsjansen = Figure(
    key="beside_jobbsjansen",
    numbers=numbers.beside_jobbsjansen,
    chart=differences(beside, msgid("With Jobbsjansen minus without, percentage points"), decimals=1),
    caption=with_intervals(MESSAGES["beside_jobbsjansen.caption"]),
    alt=values_alt(MESSAGES["comparisons_alt"], beside, Wording.signed_points, 1),
    phrases={
        "beside_yes": sentences.beside_share("yes"),
        "beside_no": sentences.beside_share("no"),
        "beside_finding": sentences.difference_finding(
            MESSAGES.by_side("beside"), "difference", "comparison=held_equal"
        ),
    },
)


def odds(page: Page) -> pd.DataFrame:
    """The odds ratios with their labels, below what their terms are about."""
    terms = page.rows["term"]
    return page.rows.assign(
        label=terms.map(page.words.label), heading=[page.words.text(heading(term)) for term in terms]
    )


def heading(term: str) -> str:
    """What a term of the reduced models is about."""
    if term == "scheme":
        return msgid("Scheme")
    of_context = term.startswith(("municipality_", "project_"))
    return msgid("Municipality and project") if of_context else msgid("Characteristics")


odds_alt: Final = values_alt(MESSAGES["odds_alt"], odds, Wording.coefficient)

odds_ratios_municipality = Figure(
    key="odds_ratios_municipality",
    numbers=numbers.odds_ratios_municipality,
    chart=odds_ratios(odds),
    caption=with_intervals(MESSAGES["odds_ratios_municipality.caption"]),
    alt=odds_alt,
)

odds_ratios_project = Figure(
    key="odds_ratios_project",
    numbers=numbers.odds_ratios_project,
    chart=odds_ratios(odds),
    caption=with_intervals(MESSAGES["odds_ratios_project.caption"]),
    alt=odds_alt,
)


def woman_table(page: Page) -> Cells:
    """Probability and odds in each of her situations."""
    words, lines = page.words, []
    for step, label in MESSAGES.choices("step_labels").items():
        p, odds = (lookup(page.rows, statistic=s, **step_keys(step)) for s in ("probability", "odds"))
        interval = words.interval(p["low"], p["high"], "percent")
        lines.append([words.text(label), words.percent(p["value"]), interval, words.coefficient(odds["value"])])
    columns = [words.text("Probability"), words.text("Interval"), words.label("odds")]
    return Cells([Column(words.text("The woman is in"), numeric=False), *(Column(name) for name in columns)], lines)


example_woman = Table(
    key="example_woman",
    numbers=numbers.example_woman,
    table=woman_table,
    phrases={
        "woman_probability": of_woman("probability", "introduction", Wording.percent),
        "woman_odds": of_woman("odds", "introduction", Wording.coefficient),
        "woman_jobbsjansen": of_woman("probability", "jobbsjansen", Wording.percent),
        "woman_age": of_woman("profile_value", "introduction", Wording.years),
    },
)
