"""Exhibits of the packages chapter: measures that went together in Jobbsjansen, and who reached the goal."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.rounding import rounding_note
from helpers.chapters.common.tell import in_words, inside_sentence, intervals_note, spoken
from helpers.chapters.packages.package_exits import adult_primary_finding, adult_primary_rows
from helpers.study.measures import single_measures
from helpers.study.package_naming import TYPES
from helpers.study.specification import OUTCOME
from resultatbok.charts.heatmap import share_heatmap
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.packages import LEAST_STABILITY, REST
from resultatbok.methods.shares import equal_shares_p, mean_by, share_by
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.release.rounding import to_be_rounded
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

N_CHARACTERISTIC = 3
"""How many measures name a package in the prose."""
LEAST_CHARACTERISTIC = 0.1
"""A measure that a smaller share of a package had is not among those named."""


@exhibit("package_measures", phrases="package_list n_packages")
def heat_map(desk: Desk) -> Exhibit:
    """Share of each package's participants who had each single measure."""
    words = desk.wording
    rows = desk.rows("package_measures", lambda: to_be_rounded(_profile_rows(desk)))
    keys = pd.DataFrame([group_keys(group) for group in rows["group"]])
    matrix = rows.assign(**keys).pivot_table(
        index="measure", columns="package", values="value", sort=False, dropna=False
    )
    measures = single_measures().loc[matrix.index]
    figure = share_heatmap(
        matrix.set_axis(_measure_names(words, measures)),
        row_groups=[words.label(f"type={t}") for t in measures["category"]],
        column_labels=[package_label(desk, name) for name in matrix.columns],
        format=words.percent,
    )
    told = {name: _characteristic(words, matrix[name], measures) for name in matrix.columns}
    listed = in_words([package_label(desk, name) for name in told], told.values())
    return Exhibit(
        key="package_measures",
        rows=rows,
        caption=words.text(
            "Share of each package's participants who had each measure. Measures by type, packages by size."
        )
        + " "
        + rounding_note(words),
        svg=to_svg(figure),
        alt=words.text("Most common measures in each package, of those whose share is shown. {values}.", values=listed),
        phrases={"package_list": listed, "n_packages": _count_packages(words, sum(n != REST for n in matrix.columns))},
    )


@exhibit("packages", phrases="n_package_participants unique_combinations mean_measures")
def package_table(desk: Desk) -> Exhibit:
    """Size, number of measures and stability of each package."""
    words = desk.wording
    rows = desk.rows("packages", lambda: _size_rows(desk))
    columns = [words.text("Package"), words.text("Participants"), words.text("Share")]
    columns += [words.text("Measures per participant, mean"), words.text("Stability")]
    lines = [
        [
            package_label(desk, name),
            words.count(lookup(part, statistic="count")["value"]),
            words.percent(lookup(part, statistic="share")["value"]),
            words.number(lookup(part, statistic="mean")["value"], 1),
            words.number(lookup(part, statistic="stability")["value"], 2) if name != REST else "",
        ]
        for name in dict.fromkeys(group_keys(group)["package"] for group in rows["group"] if group)
        if len(part := rows[rows["group"] == _group(name)])
    ]
    unique = lookup(rows, statistic="share", term="unique_measure_combination")
    mean = lookup(rows, statistic="mean", group="", term="number_of_measures")
    return Exhibit(
        key="packages",
        rows=rows,
        caption=words.text(
            "The measure packages. Stability is the mean Jaccard similarity between a package and its closest "
            "match in resampled data; below {limit} a cluster goes to the rest category.",
            limit=words.number(LEAST_STABILITY, 2),
        ),
        table=Table(
            [Column(head, numeric=i > 0) for i, head in enumerate(columns)],
            lines,
            note=hidden_note(rows, words),
        ),
        phrases={
            "n_package_participants": words.count(lookup(rows, statistic="count", group="")["value"]),
            "unique_combinations": words.percent(unique["value"]),
            "mean_measures": words.number(mean["value"], 1),
        },
    )


@exhibit("attainment_by_package", phrases="packages_finding adult_primary_finding")
def attainment_by_package(desk: Desk) -> Exhibit:
    """Goal attainment among the participants of each package."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        frames = [_attainment_rows(desk), adult_primary_rows(desk, packages_sample(desk))]
        return pd.concat(frames, ignore_index=True)

    rows = desk.rows("attainment_by_package", numbers)
    labels = [package_label(desk, name) if (name := group_keys(g).get("package")) else "" for g in rows["group"]]
    told = rows.assign(label=labels)
    after = adult_primary_finding(words, told)
    told = told[told["statistic"] == "share"]
    figure = interval_plot(
        told.assign(text=told["value"].map(words.percent)),
        value_text="text",
        x_label=words.text("Share of participants who reached the goal"),
        format=words.percent,
        limits=(0.0, 1.0),
    )
    listed = in_words(told["label"], [spoken(words, words.percent(value)) for value in told["value"]])
    differ = lookup(rows, statistic="p_value")["value"] < 1 - desk.study.cohort.analysis.confidence_level
    named = told[~told["suppressed"] & (told["group"] != _group(REST))].sort_values("value")
    return Exhibit(
        key="attainment_by_package",
        rows=rows,
        caption=words.text("Goal attainment by measure package, Jobbsjansen.") + " " + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Share who reached the goal. {values}.", values=listed),
        phrases={
            "packages_finding": packages_finding(words, named, differ=bool(differ)),
            "adult_primary_finding": after,
        },
    )


def packages_finding(words: Wording, named: pd.DataFrame, *, differ: bool) -> str:
    """How far apart the highest and the lowest attainment are, and whether the packages differ at all, as a sentence.

    Args:
        words: The reader's language.
        named: The packages without the rest category, from the lowest attainment to the highest.
        differ: Whether the attainment of all these packages differs by more than chance accounts for.
    """
    if len(named) < 2:
        return words.text("There are not two packages whose goal attainment can be compared.")
    worst, best = named.iloc[0], named.iloc[-1]
    values = {
        "best": inside_sentence(best["label"]),
        "best_share": words.percent(best["value"]),
        "worst": inside_sentence(worst["label"]),
        "worst_share": words.percent(worst["value"]),
    }
    if differ:
        return words.text(
            "Goal attainment differs between the packages by more than chance accounts for: from {worst_share} "
            "({worst}) to {best_share} ({best}).",
            **values,
        )
    return words.text(
        "Goal attainment runs from {worst_share} ({worst}) to {best_share} ({best}), but the packages cannot be told "
        "apart: chance alone could spread them as much.",
        **values,
    )


def _count_packages(words: Wording, n: int) -> str:
    return words.plural("{n} package", "{n} packages", n)


def _measure_names(words: Wording, measures: pd.DataFrame) -> list[str]:
    return list(measures[f"name_{words.language}"])


def _characteristic(words: Wording, profile: pd.Series, measures: pd.DataFrame) -> str:
    """The most common measures of a package, with their shares."""
    names = pd.Series(_measure_names(words, measures), index=profile.index)
    top = profile[profile >= LEAST_CHARACTERISTIC].nlargest(N_CHARACTERISTIC)
    if top.empty:
        return words.text("Not shown")
    return words.list([f"{inside_sentence(names.loc[code])} ({words.percent(top.loc[code])})" for code in top.index])


def packages_sample(desk: Desk) -> str:
    """The ledger's name for those whose packages are found: a part of Jobbsjansen, or several."""
    parts = desk.study.cohort.jobbsjansen_parts
    return f"part_{parts[0]}" if len(parts) == 1 else "all"


def _group(name: str, **more: str) -> str:
    return group_of(package=name, **more)


def _profile_rows(desk: Desk) -> pd.DataFrame:
    """Share of each package's participants with each measure; measures by type, packages by size."""
    packages = desk.study.packages
    order = (
        single_measures()
        .loc[packages.profiles.columns]
        .assign(type=lambda t: pd.Categorical(t["category"], TYPES, ordered=True))
    )
    codes = order.sort_values("type", kind="stable").index
    return pd.DataFrame(
        row(
            "share",
            packages.profiles.loc[name, code],
            scheme="jobbsjansen",
            group=_group(name, measure=code),
            term="participant_share",
            sample=packages_sample(desk),
            n=packages.sizes[name],
            unit="fraction",
        )
        for code in codes
        for name in packages.sizes.index
    )


def _size_rows(desk: Desk) -> pd.DataFrame:
    packages, measures = desk.study.packages, desk.study.registers.single_measures
    total = len(measures)
    data = pd.DataFrame({"package": packages.labels, "measures": measures.sum(axis=1)})
    means = mean_by(data, "measures", ["package"]).set_index("package")
    about: dict[str, Any] = {"scheme": "jobbsjansen", "sample": packages_sample(desk)}
    rows = [
        row("count", total, term="participants", n=total, unit="participants", **about),
        row(
            "mean",
            data["measures"].mean(),
            term="number_of_measures",
            n=total,
            std_error=float(data["measures"].astype(float).std() / total**0.5),
            **about,
        ),
        row(
            "share",
            1 - measures.duplicated(keep=False).mean(),
            **about,
            term="unique_measure_combination",
            n=total,
            unit="fraction",
        ),
    ]
    for name in (str(name) for name in packages.sizes.index if name in packages.profiles.index):
        size, mean = float(packages.sizes[name]), float(means["value"][name])
        keys: dict[str, Any] = {**about, "group": _group(name)}
        rows += [
            row("count", size, **keys, term="participants", n=total, unit="participants"),
            row("share", size / total, **keys, term="participant_share", n=total, unit="fraction"),
            row("mean", mean, **keys, term="number_of_measures", n=size),
        ]
        if name != REST:
            rows.append(row("stability", float(packages.stability[name]), **keys, n=size))
    return pd.DataFrame(rows)


def _attainment_rows(desk: Desk) -> pd.DataFrame:
    packages = desk.study.packages
    participants = desk.study.participants.set_index("participant_id")
    order = [str(name) for name in packages.sizes.index]
    data = pd.DataFrame(
        {
            OUTCOME: participants[OUTCOME].reindex(packages.labels.index),
            "package": pd.Categorical(packages.labels, order, ordered=True),
        }
    )
    shares = share_by(data, OUTCOME, ["package"], level=desk.study.cohort.analysis.confidence_level)
    groups = shares["package"].astype(str).map(_group)
    named = shares[shares["package"].astype(str) != REST]
    equal = row(
        "p_value",
        equal_shares_p(named["count"], named["n"]),
        scheme="jobbsjansen",
        group=group_of(test="equal_shares"),
        term="goal_attainment",
        sample=packages_sample(desk),
        n=named["n"].sum(),
    )
    told = share_rows(shares, "jobbsjansen", groups, "goal_attainment", sample=packages_sample(desk))
    return pd.concat([told, pd.DataFrame([equal])], ignore_index=True)
