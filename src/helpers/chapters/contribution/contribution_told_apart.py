"""Which projects can be told apart: from the average, by the probability asked for, and from each other, by rank."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.contribution_projects import CLASSES, projects_sample, running_numbers, shrunken_projects
from helpers.chapters.common.tell import model_intervals_note
from helpers.study.fits.project_effects import project_ranks
from resultatbok.charts.curves import caterpillar
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.project_classes import class_by_probability
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.table import Column, Table

CUTOFFS: Final = (0.8, 0.9, 0.95, 0.975, 0.99)
"""Cut-offs of the probability that are compared; the cohort's own is among them or is added."""


@exhibit("contribution_cutoffs", phrases="expected_wrong")
def cutoffs(desk: Desk) -> Exhibit:
    """How many projects each cut-off tells apart, and how many of those are expected to be told apart wrongly."""
    words = desk.wording
    rows = desk.rows("contribution_cutoffs", lambda: _cutoff_rows(desk))
    own = f"cutoff={desk.study.cohort.analysis.probability_cutoff:g}"
    lines = []
    for group in dict.fromkeys(g.split(";")[0] for g in rows["group"]):
        counts = [lookup(rows, statistic="count", group=f"{group};contribution={c}")["value"] for c in CLASSES]
        wrong = lookup(rows, statistic="expected_wrong", group=group)["value"]
        name = words.percent(float(group.removeprefix("cutoff=")), 1)
        label = words.text("{cutoff} (in force)", cutoff=name) if group == own else name
        lines.append([label, *(words.count(n) for n in counts), words.number(wrong, 1)])
    columns = [
        Column(words.text("Probability at least"), numeric=False),
        *(Column(words.label(f"contribution={c}")) for c in CLASSES),
        Column(words.text("Expected to be wrong")),
    ]
    return Exhibit(
        key="contribution_cutoffs",
        rows=rows,
        caption=words.text(
            "Number of projects told apart from the average by the probability that is asked for, and how many of them "
            "the model itself expects to lie on the other side."
        ),
        table=Table(columns, lines),
        phrases={"expected_wrong": words.number(lookup(rows, statistic="expected_wrong", group=own)["value"], 1)},
    )


@exhibit("contribution_ranks", phrases="rank_width rank_share")
def ranks(desk: Desk) -> Exhibit:
    """How far each project's rank could be another; no project can be read off."""
    words = desk.wording
    rows = desk.rows("contribution_ranks", lambda: _rank_rows(desk))
    told = rows[rows["statistic"] == "rank"]
    told = told.assign(project_class=[group_keys(group)["contribution"] for group in told["group"]])
    told["project_class_label"] = [words.label(f"contribution={c}") for c in told["project_class"]]
    width = lookup(rows, statistic="rank_width")["value"]
    n = len(told)
    figure = caterpillar(
        told,
        series="project_class",
        x_label=words.text("Projects, by their mean rank"),
        y_label=words.text("Rank"),
        format=words.count,
        reference=(n + 1) / 2,
    )
    phrases = {"rank_width": words.count(width), "rank_share": words.percent(width / n)}
    return Exhibit(
        key="contribution_ranks",
        rows=rows,
        caption=words.text(
            "Rank of each project (1 is the largest contribution) with its interval. The dashed line is the "
            "middle rank."
        )
        + " "
        + model_intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text(
            "Of {n} projects the median one has a rank interval that is {width} ranks wide.",
            n=words.count(n),
            width=words.count(width),
        ),
        phrases=phrases,
    )


def _cutoff_rows(desk: Desk) -> pd.DataFrame:
    projects, sample = shrunken_projects(desk.study), projects_sample(desk.study)
    above, own = projects["probability_above"], desk.study.cohort.analysis.probability_cutoff
    wrong_side = np.minimum(above, 1 - above)
    rows = []
    for cutoff in sorted({*CUTOFFS, own}):
        classes, group = class_by_probability(above, cutoff), f"cutoff={cutoff:g}"
        rows += [
            row(
                "count",
                (classes == name).sum(),
                group=f"{group};contribution={name}",
                term="projects",
                sample=sample,
                unit="projects",
            )
            for name in CLASSES
        ]
        wrong = wrong_side[classes != "not_distinguishable"].sum()
        rows.append(
            row("expected_wrong", wrong, group=group, term="projects", sample=sample, n=len(projects), unit="projects")
        )
    return pd.DataFrame(rows)


def _rank_rows(desk: Desk) -> pd.DataFrame:
    projects, sample = shrunken_projects(desk.study), projects_sample(desk.study)
    numbers = running_numbers(desk.study)
    places = project_ranks(desk.study).loc[numbers.index].set_axis(numbers.to_numpy())
    rows = [
        row(
            "rank",
            round(float(place["rank"])),
            scheme=str(project["scheme"]),
            group=group_of(project=name, contribution=project["class"]),
            term="goal_attainment",
            sample=sample,
            n=float(project["rounded_size"]),
            low=round(float(place["low"])),
            high=round(float(place["high"])),
        )
        for (name, project), (_, place) in zip(projects.iterrows(), places.iterrows(), strict=True)
    ]
    width = (places["high"] - places["low"]).median()
    return pd.DataFrame([*rows, row("rank_width", width, term="projects", sample=sample, n=len(places))])
