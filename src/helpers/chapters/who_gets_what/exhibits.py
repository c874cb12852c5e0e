"""Exhibits of who gets which package: by project, by agency, by what the participants are like, and by models."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.evaluation_pages import bars_alt, bars_chart, term_label
from helpers.chapters.common.kinds import lined
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.rounding import with_rounding
from helpers.chapters.common.tell import or_not_shown
from helpers.chapters.who_gets_what import numbers, sentences
from helpers.chapters.who_gets_what.terms import (
    ALL_PACKAGES,
    DOMINATED,
    LARGEST_SHARE,
    OVER_LIMIT,
    SIGNIFICANT,
    SMALLEST,
    package_model,
)
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys, lookup
from resultatbok.tables.table import Table as Cells
from resultatbok.words.numbers import is_hidden
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)


def projects_chart(page: Page) -> Drawing:
    """The share of each project's most common package, the largest project first."""
    words, rows = page.words, page.rows[page.rows["term"] == LARGEST_SHARE]
    return interval_plot(
        rows.assign(
            label=[project_name(words, group, n) for group, n in zip(rows["group"], rows["n"], strict=True)],
            text=rows["value"].map(words.percent),
        ),
        value_text="text",
        x_label=words.text("Share of the project's participants in its most common package"),
        format=words.percent,
        limits=(0.0, 1.0),
        reference=DOMINATED,
        reference_label=words.text("Dominated by one package"),
    )


def project_name(words: Wording, group: str, n: float) -> str:
    """A project's number, and its size unless that is hidden."""
    number = group_keys(group)["project"]
    if is_hidden(n):
        return words.text("Project {number}", number=number)
    return words.text("Project {number} ({n})", number=number, n=words.count(n))


def projects_alt(page: Page) -> str:
    """How many projects lie beyond the limit."""
    words, dominated = page.words, lookup(page.rows, term=OVER_LIMIT)
    message = MESSAGES["dominated.hidden" if dominated["suppressed"] else "dominated.share"]
    return words.text(message, share=words.percent(dominated["value"]), limit=words.percent(DOMINATED))


def agencies(page: Page) -> pd.DataFrame:
    """Shares of each package, a bar for each agency with its number of participants."""
    words, rows = page.words, page.rows
    keys = [group_keys(group) for group in rows["group"]]
    return rows.assign(
        bar=[words.label(f"agency={own['agency']}") for own in keys],
        category=[package_label(page, own["package"]) for own in keys],
        size=rows["n"].map(words.count),
    )


def packages(page: Page) -> pd.DataFrame:
    """Shares of each group of participants, a bar for each package."""
    shares = page.rows[page.rows["statistic"] != "mean"]
    rows = shares[shares["group"].str.startswith("package=")]
    keys = [group.split(";") for group in rows["group"]]
    return rows.assign(
        bar=[package_label(page, group_keys(package)["package"]) for package, _ in keys],
        category=[page.words.label(group) for _, group in keys],
    )


def predictors_table(page: Page) -> Cells:
    """Traits down the side, packages across the top, and what one model of all of them says at the right."""
    words, rows, names = page.words, page.rows, sentences.packages(page)
    together = rows[rows["group"] == ALL_PACKAGES]
    heads = [words.text("Trait"), *(package_label(page, name) for name in names), words.text("All packages, p-value")]
    lines = [
        [
            term_label(words, row["term"]),
            *(effect_cell(words, rows, package_model(name), row["term"]) for name in names),
            words.p_value(row["value"], named=False),
        ]
        for _, row in together.iterrows()
    ]
    return lined(page, heads, lines)


def effect_cell(words: Wording, rows: pd.DataFrame, group: str, term: str) -> str:
    """A trait's effect, with a star if it can be told apart from none; a dash for one that nobody has."""
    own = rows[(rows["group"] == group) & (rows["term"] == term)]
    if own.empty:
        return ""
    if (own["statistic"] == "nobody").any():
        return "–"
    effect, p = (lookup(own, statistic=name)["value"] for name in ("average_marginal_effect", "p_value"))
    return words.in_points(effect, 1) + ("*" if p < SIGNIFICANT else "")


def participants_in_models(page: Page) -> str:
    """How many participants the model of all packages has."""
    words, together = page.words, page.rows[page.rows["group"] == ALL_PACKAGES]
    return or_not_shown(words, words.count(together["n"].iloc[0]))


package_projects = Figure(
    key="package_projects",
    numbers=numbers.package_projects,
    chart=projects_chart,
    caption=lambda page: page.words.text(MESSAGES["package_projects.caption"], smallest=page.words.count(SMALLEST)),
    alt=projects_alt,
    phrases={
        "projects_dominated": sentences.dominated_projects,
        "dominated_limit": lambda page: page.words.percent(DOMINATED),
        "dominated_finding": sentences.measures_in_dominated,
    },
)
package_agencies = Figure(
    key="package_agencies",
    numbers=numbers.package_agencies,
    chart=bars_chart(agencies, note="size", ordered=False),
    caption=with_rounding(MESSAGES["package_agencies.caption"]),
    alt=bars_alt(agencies),
)
package_by_education = Figure(
    key="package_by_education",
    numbers=numbers.package_by_education,
    chart=bars_chart(packages),
    caption=with_rounding(MESSAGES["package_by_education.caption"]),
    alt=bars_alt(packages),
)
package_by_norwegian_level_at_start = Figure(
    key="package_by_norwegian_level_at_start",
    numbers=numbers.package_by_norwegian_level_at_start,
    chart=bars_chart(packages),
    caption=with_rounding(MESSAGES["package_by_norwegian_level_at_start.caption"]),
    alt=bars_alt(packages),
)
package_by_age_group = Figure(
    key="package_by_age_group",
    numbers=numbers.package_by_age_group,
    chart=bars_chart(packages),
    caption=with_rounding(MESSAGES["package_by_age_group.caption"]),
    alt=bars_alt(packages),
)
package_by_duration_group = Figure(
    key="package_by_duration_group",
    numbers=numbers.package_by_duration_group,
    chart=bars_chart(packages),
    caption=with_rounding(MESSAGES["package_by_duration_group.caption"]),
    alt=bars_alt(packages),
)
package_predictors = Table(
    key="package_predictors",
    numbers=numbers.package_predictors,
    table=predictors_table,
    phrases={
        "n_predictors_by_package": sentences.predictors_by_package,
        "n_package_models": participants_in_models,
    },
)
