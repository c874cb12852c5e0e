"""Exhibits of the evaluation's measures: how many of each type, which most often, and Norwegian at start and end."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import intervals_note
from helpers.chapters.evaluation.evaluation_charts import parts_compared, stacked_bars
from helpers.chapters.evaluation.evaluation_rows import (
    PARTS,
    SCHEME,
    count_of,
    leavers,
    level,
    mean_of,
    sample,
    share_of,
    spread_rows,
)
from helpers.study.measures import single_measures
from helpers.study.package_naming import TYPES
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.pivot import from_rows

MOST_USED = 10
"""How many measures the figures of the most used show."""
NORWEGIAN = {0: "none", 1: "under_a1", 2: "a1", 3: "a2", 4: "b1", 5: "b2"}
A1_OR_LOWER, B_LEVEL = (0, 1, 2), (4, 5)


@exhibit("evaluation_measure_types", phrases="mean_number_of_measures_a n_measure_participants_a")
def measures_by_type(desk: Desk) -> Exhibit:
    """Mean number of measures of each type among those who left, by part."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        types = single_measures()["category"]
        frames = []
        for part, measures in _by_part(desk).items():
            kinds = types.reindex(measures.columns)
            for kind in TYPES:
                number = measures.loc[:, (kinds == kind).to_numpy()].sum(axis=1).astype(float)
                frames.append(mean_of(desk, number, part=part, term="number_of_measures", group={"category": kind}))
            frames.append(mean_of(desk, measures.sum(axis=1).astype(float), part=part, term="number_of_measures"))
            frames.append(count_of(len(measures), part=part, term="participants"))
        return pd.concat(frames, ignore_index=True)

    rows = desk.rows("evaluation_measure_types", numbers)
    means = rows[rows["statistic"] == "mean"]
    total = lookup(means, group="", sample=sample("a"))
    return Exhibit(
        key="evaluation_measure_types",
        rows=rows,
        caption=words.text("Mean number of measures of each type per participant, by part."),
        table=from_rows(
            means,
            words,
            index="group",
            columns="sample",
            cell="number",
            decimals=2,
            headers={"group": words.text("Type of measure")},
            labels={"": words.text("All measures")},
        ),
        phrases={
            "mean_number_of_measures_a": words.number(total["value"], 1),
            "n_measure_participants_a": words.count(lookup(rows, statistic="count", sample=sample("a"))["value"]),
        },
    )


@exhibit("evaluation_measures", phrases="most_used_measure share_most_used_measure")
def most_used(desk: Desk) -> Exhibit:
    """The measures that most of part A had, and how many of part C had them."""
    words = desk.wording
    rows = desk.rows("evaluation_measures", lambda: _measure_rows(desk))
    shares = rows[rows["statistic"] == "share"]
    names = single_measures()[f"name_{words.language}"].rename(lambda code: group_of(measure=code))
    svg, alt = parts_compared(desk, shares, labels=names, shown=MOST_USED)
    first = shares[shares["sample"] == sample("a")].sort_values("value", ascending=False, kind="stable").iloc[0]
    return Exhibit(
        key="evaluation_measures",
        rows=rows,
        caption=words.text("The ten measures that most of part A had, and how many of each part had them.")
        + " "
        + intervals_note(desk),
        svg=svg,
        alt=alt,
        phrases={
            "most_used_measure": names[first["group"]],
            "share_most_used_measure": words.percent(first["value"]),
        },
    )


@exhibit("evaluation_norwegian", phrases="share_a1_or_lower_at_start")
def norwegian(desk: Desk) -> Exhibit:
    """Level of Norwegian at the start and at the end among those who left part A."""
    words = desk.wording
    rows = desk.rows("evaluation_norwegian", lambda: _norwegian_rows(desk))
    low = lookup(rows, group="norwegian_level_at_start=a1_or_lower")
    keys = rows["group"].map(group_keys)
    shown = rows[[next(iter(k.values()), "") in NORWEGIAN.values() for k in keys]]
    told = shown.assign(
        bar=[words.text("At the start") if "start" in group else words.text("At the end") for group in shown["group"]],
        category=[words.label("norwegian=" + group.partition("=")[2]) for group in shown["group"]],
    )
    svg, alt = stacked_bars(desk, told)
    return Exhibit(
        key="evaluation_norwegian",
        rows=rows,
        caption=words.text("Level of Norwegian at the start and at the end, participants who left part A."),
        svg=svg,
        alt=alt,
        phrases={"share_a1_or_lower_at_start": words.percent(low["value"])},
    )


def _norwegian_rows(desk: Desk) -> pd.DataFrame:
    """Shares at each level at the start and at the end, and how many of part A are known."""
    left = leavers(desk, "norwegian_start", "norwegian_end")
    left = left[left["part"] == PARTS[0]]
    frames = []
    for when, column in (("start", "norwegian_start"), ("end", "norwegian_end")):
        named = left.assign(norwegian=left[column].map(NORWEGIAN).astype(pd.CategoricalDtype(list(NORWEGIAN.values()))))
        key = f"norwegian_level_at_{when}"
        frames.append(spread_rows(desk, named, "norwegian", key, PARTS[:1]))
        frames.append(count_of(int(left[column].notna().sum()), part="a", term=f"{key}_known"))
    known = left["norwegian_start"].dropna()
    for name, levels in (("a1_or_lower", A1_OR_LOWER), ("b_level", B_LEVEL)):
        inside = known.isin(levels).astype(float)
        group = {"norwegian_level_at_start": name}
        frames.append(share_of(desk, inside, part="a", group=group, term="participant_share"))
    return pd.concat(frames, ignore_index=True)


def _by_part(desk: Desk) -> dict[str, pd.DataFrame]:
    """The single measures of those who left, by part; every part that somebody left."""
    measures = desk.study.registers.jobbsjansen_measures
    details = desk.study.registers.jobbsjansen_details
    part = details.loc[details["status"] == "left", "part"].reindex(measures.index)
    return {name: measures[part == name] for name in PARTS if (part == name).any()}


def _measure_rows(desk: Desk) -> pd.DataFrame:
    """Share of each part with each measure, and each measure's rank."""
    frames = []
    for part, measures in _by_part(desk).items():
        for code in measures.columns:
            shares = share_by(measures[[code]].astype(float), code, level=level(desk))
            keys = {
                "statistic": "share",
                "scheme": SCHEME,
                "group": group_of(measure=code),
                "term": "participant_share",
            }
            numbers = shares[["value", "n", "std_error", "low", "high"]]
            frames.append(numbers.assign(**keys, sample=sample(part), unit="fraction"))
        ranks = measures.mean().rank(ascending=False, method="min")
        frames.append(
            pd.DataFrame(
                row(
                    "rank_max",
                    rank,
                    scheme=SCHEME,
                    group=group_of(measure=code),
                    term="rank",
                    sample=sample(part),
                    n=len(measures),
                )
                for code, rank in ranks.head(len(ranks)).items()
            )
        )
    return pd.concat(frames, ignore_index=True)
