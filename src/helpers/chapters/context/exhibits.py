"""Exhibits of the context chapter: what the municipality and the project's resources mean for reaching the goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from helpers.chapters.common.comparison import comparison_table
from helpers.chapters.common.phrases import number, points
from helpers.chapters.common.tell import named_values, odds_ratio_chart, or_not_shown, with_intervals
from helpers.chapters.context import numbers, sentences
from helpers.chapters.context.terms import LEVELS, MODELS, MULTILEVEL, WOMAN, step_keys
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.stacked import stacked_shares
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import lookup
from resultatbok.tables.table import Column
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

SAID: Final = Messages(__name__)


def share_between(group: str) -> Callable[[Page], str]:
    """A level's share of the variation with a decimal."""
    hidden = msgid("a share that is not shown")
    return number(lambda words, share: words.percent(share, 1), hidden, statistic="icc", group=group)


def standard_deviation(term: str, write: Callable[[Wording, float], str]) -> Callable[[Page], str]:
    """The standard deviation of a context variable in its own unit."""
    return number(write, statistic="sd", term=term)


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
        text=[words.in_points(value, 1) for value in effects["value"]],
    )


def context_chart(page: Page) -> str:
    """The effects with their intervals, model by model."""
    words = page.words
    figure = interval_plot(
        context_effects(page),
        group="heading",
        value_text="text",
        x_label=words.text("Change in goal attainment per standard deviation, percentage points"),
        format=words.in_points,
        reference=0.0,
        reference_label=words.text("No association"),
    )
    return to_svg(figure)


def context_alt(page: Page) -> str:
    """The effects in words."""
    words, effects = page.words, context_effects(page)
    listed = named_values(effects["heading"] + ", " + effects["label"], signed(words, effects["value"]))
    return words.text(SAID["context_terms.alt"], values=listed)


def signed(words: Wording, values: pd.Series) -> list[str]:
    """Differences in percentage points with their sign and a decimal."""
    return [or_not_shown(words, words.signed_points(value, 1)) for value in values]


context_terms = Figure(
    key="context_terms",
    numbers=numbers.context_terms,
    chart=context_chart,
    caption=with_intervals(SAID["context_terms.caption"]),
    alt=context_alt,
    phrases={
        "context_finding": sentences.context_finding,
        "sd_immigrant_share": standard_deviation("municipality_immigrant_share", lambda words, sd: words.points(sd, 1)),
        "sd_net_in_migration": standard_deviation(
            "municipality_net_in_migration", lambda words, sd: words.number(sd, 1)
        ),
        "sd_labour_market": standard_deviation("municipality_labour_market", lambda words, sd: words.points(sd, 1)),
        "sd_wage": standard_deviation("project_wage_per_participant", Wording.count),
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


def variance_chart(page: Page) -> str:
    """A bar for each model."""
    figure = stacked_shares(
        variance_parts(page),
        bar="label",
        part="part",
        x_label=page.words.text("Share of the unexplained variation, on the log-odds scale"),
        format=page.words.percent,
        ordered=False,
    )
    return to_svg(figure)


def variance_alt(page: Page) -> str:
    """The shares of the levels in words."""
    words, parts = page.words, variance_parts(page).query("has_level")
    texts = [or_not_shown(words, words.percent(value, 1)) for value in parts["value"]]
    listed = named_values(parts["label"] + ", " + parts["part"], texts)
    return words.text(SAID["variance_shares.alt"], values=listed)


variance_shares = Figure(
    key="variance_shares",
    numbers=numbers.variance_shares,
    chart=variance_chart,
    alt=variance_alt,
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
    table=lambda page: comparison_table(page, page.rows, MODELS),
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
        "full_finding": sentences.difference_finding(SAID.by_side("full"), EFFECT, "model=full"),
    },
)


def comparisons(page: Page, labels: Mapping[str, str]) -> pd.DataFrame:
    """Differences in points with their labels; missing where one could not be computed."""
    rows = page.rows[page.rows["statistic"] == "difference"].set_index("group")[["value", "low", "high"]]
    rows = rows.reindex(list(labels))
    texts = [page.words.in_points(value, 1) for value in rows["value"]]
    return rows.assign(label=[page.words.text(label) for label in labels.values()], text=texts)


def comparisons_chart(labels: Mapping[str, str], x_label: str) -> Callable[[Page], str]:
    """Differences in points with their intervals."""

    def draw(page: Page) -> str:
        figure = interval_plot(
            comparisons(page, labels),
            value_text="text",
            x_label=page.words.text(x_label),
            format=page.words.in_points,
            reference=0.0,
            reference_label=page.words.text("No difference"),
        )
        return to_svg(figure)

    return draw


def comparisons_alt(labels: Mapping[str, str]) -> Callable[[Page], str]:
    """Differences in points in words."""

    def text(page: Page) -> str:
        rows = comparisons(page, labels)
        listed = named_values(rows["label"], signed(page.words, rows["value"]))
        return page.words.text(SAID["comparisons_alt"], values=listed)

    return text


within_municipality = Figure(
    key="within_municipality",
    numbers=numbers.within_municipality,
    chart=comparisons_chart(
        SAID.choices("within_labels"), msgid("Jobbsjansen minus the introduction programme, points")
    ),
    caption=with_intervals(SAID["within_municipality.caption"]),
    alt=comparisons_alt(SAID.choices("within_labels")),
    phrases={
        "n_municipalities_both": number(Wording.count, term="municipalities_with_both_schemes"),
        "within_finding": sentences.difference_finding(
            SAID.by_side("within"), "difference", "comparison=within_held_equal"
        ),
    },
)

beside_jobbsjansen = Figure(
    key="beside_jobbsjansen",
    numbers=numbers.beside_jobbsjansen,
    chart=comparisons_chart(SAID.choices("beside_labels"), msgid("With Jobbsjansen minus without, percentage points")),
    caption=with_intervals(SAID["beside_jobbsjansen.caption"]),
    alt=comparisons_alt(SAID.choices("beside_labels")),
    phrases={
        "beside_yes": sentences.beside_share("yes"),
        "beside_no": sentences.beside_share("no"),
        "beside_finding": sentences.difference_finding(SAID.by_side("beside"), "difference", "comparison=held_equal"),
    },
)


def odds_chart(page: Page) -> str:
    """The odds ratios on a logarithmic axis, below what their terms are about."""
    words, terms = page.words, page.rows["term"]
    rows = page.rows.assign(label=terms.map(words.label), heading=[words.text(heading(term)) for term in terms])
    return odds_ratio_chart(page, rows, words.text("Odds ratio (logarithmic scale)"))


def heading(term: str) -> str:
    """What a term of the reduced models is about."""
    if term == "scheme":
        return msgid("Scheme")
    of_context = term.startswith(("municipality_", "project_"))
    return msgid("Municipality and project") if of_context else msgid("Characteristics")


def odds_alt(page: Page) -> str:
    """The odds ratios in words."""
    words = page.words
    texts = [or_not_shown(words, words.coefficient(value)) for value in page.rows["value"]]
    return words.text(SAID["odds_alt"], values=named_values(page.rows["term"].map(words.label), texts))


odds_ratios_municipality = Figure(
    key="odds_ratios_municipality",
    numbers=numbers.odds_ratios_municipality,
    chart=odds_chart,
    caption=with_intervals(SAID["odds_ratios_municipality.caption"]),
    alt=odds_alt,
)

odds_ratios_project = Figure(
    key="odds_ratios_project",
    numbers=numbers.odds_ratios_project,
    chart=odds_chart,
    caption=with_intervals(SAID["odds_ratios_project.caption"]),
    alt=odds_alt,
)


def woman_table(page: Page) -> Cells:
    """Probability and odds in each of her situations."""
    words, lines = page.words, []
    for step, label in SAID.choices("step_labels").items():
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
