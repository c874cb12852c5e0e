"""Exhibits of the packages chapter: measures that went together, how they were found, and who reached the goal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.kinds import bars, lined, named_by, proportions, shares_alt, values_alt
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.phrases import A_NUMBER, number, share
from helpers.chapters.common.rounding import with_rounding
from helpers.chapters.common.tell import inside_sentence, keys_of, named_values, with_intervals
from helpers.chapters.packages import numbers, sentences
from helpers.chapters.packages.terms import CRITERIA, LEAST_STABILITY, MERGE, REST, TOGETHER
from helpers.cohort.measures import measure_types, single_measures
from resultatbok.charts.dendrogram import dendrogram
from resultatbok.charts.heatmap import share_heatmap
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.tables.table import Column
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

N_CHARACTERISTIC: Final = 3
"""How many measures name a package in the prose."""
LEAST_CHARACTERISTIC: Final = 0.1
"""A measure that a smaller share of a package had is not among those named."""


def heat_map(page: Page, cells: pd.DataFrame, types: pd.Series) -> Drawing:
    """Measures by type and packages, the darker the larger the share.

    Args:
        page: The page.
        cells: Shares by the names of measures and packages.
        types: Type of each measure by its code.
    """
    measures = keys_of(page.rows)["measure"].unique()
    return share_heatmap(
        cells,
        row_groups=[page.words.label(f"type={types[code]}") for code in measures],
        column_labels=list(cells.columns),
        format=page.words.percent,
    )


def shares_by(page: Page, key: str) -> pd.DataFrame:
    """Shares by measure and package, which stands in this key of the groups."""
    rows = page.rows.assign(**keys_of(page.rows))
    return rows.pivot_table(index="measure", columns=key, values="value", sort=False, dropna=False)


def n_packages(page: Page, key: str) -> str:
    """How many packages there are, without the rest category."""
    n = (keys_of(page.rows)[key].drop_duplicates() != REST).sum()
    return page.words.plural("{n} package", "{n} packages", n)


def most_common(words: Wording, cells: pd.DataFrame, n: int, least: float = 0.0) -> str:
    """The most common measures of each package, at most `n` with at least this share."""
    texts = []
    for shares in (cells.iloc[:, place] for place in range(cells.shape[1])):
        top = shares[shares >= least].nlargest(n)
        named = [f"{inside_sentence(str(name))} ({words.percent(share)})" for name, share in top.items()]
        texts.append(words.list(named) if named else words.text("Not shown"))
    return named_values(cells.columns, texts)


def single_cells(page: Page) -> pd.DataFrame:
    """Shares by single measure and package of Jobbsjansen, under the names that readers know."""
    cells = shares_by(page, "package")
    names = single_measures()[f"name_{page.words.language}"]
    return cells.set_axis(list(names[cells.index])).set_axis([package_label(page, p) for p in cells.columns], axis=1)


def package_list(page: Page) -> str:
    """The most common single measures of each package."""
    return most_common(page.words, single_cells(page), N_CHARACTERISTIC, LEAST_CHARACTERISTIC)


package_measures = Figure(
    key="package_measures",
    numbers=numbers.package_measures,
    chart=lambda page: heat_map(page, single_cells(page), single_measures()["category"]),
    caption=with_rounding(MESSAGES["package_measures.caption"]),
    alt=lambda page: page.words.text(MESSAGES["package_measures.alt"], values=package_list(page)),
    phrases={"package_list": package_list, "n_packages": lambda page: n_packages(page, "package")},
)


def cells_together(page: Page) -> pd.DataFrame:
    """Shares by measure and package of both schemes, under the names that readers know."""
    cells = shares_by(page, TOGETHER)
    names = [page.words.label(group_of(**{TOGETHER: package})) for package in cells.columns]
    return cells.set_axis([page.words.label(group_of(measure=m)) for m in cells.index]).set_axis(names, axis=1)


packages_together = Figure(
    key="packages_together",
    numbers=numbers.packages_together,
    chart=lambda page: heat_map(
        page, cells_together(page), measure_types().rename(lambda name: name.removeprefix("measure_"))
    ),
    caption=with_rounding(MESSAGES["packages_together.caption"]),
    alt=lambda page: page.words.text(
        MESSAGES["packages_together.alt"], values=most_common(page.words, cells_together(page), 1)
    ),
    phrases={"n_packages_together": lambda page: n_packages(page, TOGETHER)},
)


def packages_table(page: Page) -> Cells:
    """A line for each package."""
    words, rows = page.words, page.rows
    heads = words.texts("Package", "Participants", "Share", "Measures per participant, mean", "Stability")
    written: dict[str, Callable[[float], str]] = {
        "count": words.count,
        "share": words.percent,
        "mean": partial(words.number, decimals=1),
        "stability": partial(words.number, decimals=2),
    }
    lines = []
    for name in filter(None, keys_of(rows)["package"].unique()):
        values = rows[rows["group"] == group_of(package=name)].set_index("statistic")["value"]
        cells = [write(values[statistic]) if statistic in values else "" for statistic, write in written.items()]
        lines.append([package_label(page, name), *cells])
    return lined(page, heads, lines)


packages = Table(
    key="packages",
    numbers=numbers.packages,
    table=packages_table,
    caption=lambda page: page.words.text(MESSAGES["packages.caption"], limit=page.words.number(LEAST_STABILITY, 2)),
    phrases={
        "n_package_participants": number(Wording.count, A_NUMBER, statistic="count", group=""),
        "unique_combinations": share(statistic="share", term="unique_measure_combination"),
        "mean_measures": number(Wording.number, A_NUMBER, decimals=1, statistic="mean", group=""),
    },
)


def content_table(page: Page) -> Cells:
    """A line for each type of measure, a column for each package."""
    words, rows = page.words, page.rows
    means = rows[rows["statistic"] == "mean"]
    keys = keys_of(means)
    cells = means.assign(**keys).set_index(["category", "package"])["value"]
    names, kinds = keys["package"].unique(), keys["category"].unique()
    heads = [words.text("Type of measure"), *(package_label(page, n) if n else words.text("All") for n in names)]
    lines = [
        [
            words.label(group_of(category=kind)) if kind else words.text("All measures"),
            *(words.number(cells[kind, name], 1) for name in names),
        ]
        for kind in kinds
    ]
    return lined(page, heads, lines)


package_content = Table(key="package_content", numbers=numbers.package_content, table=content_table)


def attainment_rows(page: Page) -> pd.DataFrame:
    """The shares that reached the goal, with the packages' names."""
    rows = page.rows[page.rows["statistic"] == "share"]
    return rows.assign(label=[sentences.package_name(page, row) for _, row in rows.iterrows()])


attainment_by_package = Figure(
    key="attainment_by_package",
    numbers=numbers.attainment_by_package,
    chart=proportions(attainment_rows, msgid("Share of participants who reached the goal")),
    caption=with_intervals(MESSAGES["attainment_by_package.caption"]),
    alt=values_alt(MESSAGES["attainment_by_package.alt"], attainment_rows, Wording.percent),
    phrases={
        "packages_finding": sentences.packages_finding,
        "adult_primary_finding": sentences.adult_primary_finding,
    },
)


def adjusted_rows(page: Page) -> pd.DataFrame:
    """The differences from the largest package, with names and what is held equal."""
    rows = page.rows[page.rows["statistic"] != "reference_category"]
    keys = keys_of(rows)
    return rows.assign(
        label=[package_label(page, name) for name in keys["package"]],
        version=keys["version"],
        version_label=[page.words.label(group_of(version=version)) for version in keys["version"]],
    )


def adjusted_chart(page: Page) -> Drawing:
    """The differences with their intervals, as observed and adjusted, from a line at the largest package."""
    words, rows = page.words, adjusted_rows(page)
    return interval_plot(
        rows.assign(text=rows["value"].map(words.in_points)),
        value_text="text",
        series="version",
        x_label=words.text("Difference in goal attainment, percentage points"),
        format=words.in_points,
        reference=0.0,
        reference_label=sentences.package_name(page, lookup(page.rows, statistic="reference_category")),
    )


package_adjusted = Figure(
    key="package_adjusted",
    numbers=numbers.package_adjusted,
    chart=adjusted_chart,
    caption=with_intervals(MESSAGES["package_adjusted.caption"]),
    alt=values_alt(
        MESSAGES["package_adjusted.alt"],
        lambda page: adjusted_rows(page).query("version == 'adjusted'"),
        Wording.signed_points,
    ),
    phrases={"adjusted_packages_finding": sentences.adjusted_packages_finding},
)


def n_clusters(page: Page) -> int:
    """The number of clusters, which the packages are made of."""
    return int(lookup(page.rows, statistic="count", term="clusters")["value"])


def clusters_tried(page: Page) -> list[int]:
    """The numbers of clusters that were compared; none where the cohort file sets it."""
    tried = page.rows[page.rows["statistic"] == CRITERIA[0]]
    return [int(group_keys(group)["clusters"]) for group in tried["group"]]


def choice_table(page: Page) -> Cells:
    """A line for each number of clusters that was tried, or the one that is set."""
    words, chosen = page.words, n_clusters(page)
    heads = words.texts("Clusters", "Adjusted BIC", "BIC", "Silhouette")
    formats: list[Callable[[float], str]] = [words.count, words.count, partial(words.number, decimals=2)]
    written = dict(zip(CRITERIA, formats, strict=True))
    lines = []
    for k in clusters_tried(page):
        values = [write(lookup(page.rows, statistic=c, group=f"clusters={k}")["value"]) for c, write in written.items()]
        lines.append([words.count(k), *values, words.text("chosen") if k == chosen else ""])
    return Cells(
        [*map(Column, heads), Column(words.text("Choice"), numeric=False)],
        lines or [[words.count(chosen), "", "", "", words.text("set")]],
    )


def choice_caption(page: Page) -> str:
    """What the criteria mean, or that the number is set."""
    if not clusters_tried(page):
        return page.words.text(MESSAGES["package_choice.is_set"])
    return page.words.text(MESSAGES["package_choice.caption"])


package_choice = Table(
    key="package_choice",
    numbers=numbers.package_choice,
    table=choice_table,
    caption=choice_caption,
    phrases={
        "n_clusters": number(Wording.count, A_NUMBER, statistic="count", term="clusters"),
        "package_agreement": number(Wording.number, A_NUMBER, decimals=2, statistic="adjusted_rand_index"),
    },
)


def merges(page: Page) -> np.ndarray:
    """The last joins of the tree, a line each, the highest last."""
    rows = page.rows
    return np.column_stack([rows.loc[rows["statistic"] == part, "value"] for part in MERGE])


def tree_chart(page: Page) -> Drawing:
    """The tree, with the height at which it is cut."""
    words, rows, joined = page.words, page.rows, merges(page)
    return dendrogram(
        joined,
        [words.count(size) for size in rows.loc[rows["statistic"] == "rounded_count", "value"]],
        y_label=words.text("Dissimilarity at which branches are joined"),
        x_label=words.text("Participants in the branch, to the nearest five"),
        format=words.number,
        cut=cut_height(joined, n_clusters(page)),
    )


def cut_height(joined: np.ndarray, clusters: int) -> float | None:
    """A height between the join that leaves one cluster more and the one that leaves one less."""
    if not 1 < clusters <= len(joined):
        return None
    return float(joined[-clusters, 2] + joined[-clusters + 1, 2]) / 2


def tree_alt(page: Page) -> str:
    """The heights of the joins that the cut leaves out, and of the first below it."""
    heights = merges(page)[::-1, MERGE.index("merge_height")][: n_clusters(page)]
    values = ", ".join(map(page.words.number, heights))
    return page.words.text(MESSAGES["package_tree.alt"], values=values)


package_tree = Figure(
    key="package_tree",
    numbers=numbers.package_tree,
    chart=tree_chart,
    caption=lambda page: page.words.text(MESSAGES["package_tree.caption"], n=page.words.count(n_clusters(page))),
    alt=tree_alt,
)


packages_together_sizes = Figure(
    key="packages_together_sizes",
    numbers=numbers.packages_together_sizes,
    chart=bars(named_by("group"), msgid("Share of the scheme's participants")),
    alt=shares_alt(MESSAGES["packages_together_sizes.alt"], lambda page: page.rows),
    phrases={"sizes_together_finding": sentences.sizes_together_finding},
)


attained_together: Final = named_by("group", "share")

packages_together_attainment = Figure(
    key="packages_together_attainment",
    numbers=numbers.packages_together_attainment,
    chart=proportions(attained_together, msgid("Share of participants who reached the goal"), series="scheme"),
    caption=with_intervals(MESSAGES["packages_together_attainment.caption"]),
    alt=shares_alt(MESSAGES["packages_together_attainment.alt"], attained_together),
    phrases={"attainment_together_finding": sentences.attainment_together_finding},
)
