"""The projects of a cohort as the contribution chapter shows them: unnamed, numbered at random, sizes rounded.

See `docs/decisions/0003-names-of-projects.md`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.chapters.common.project_classes import CLASSES
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.project_effects import Definition, project_effects
from helpers.study.study import Study
from resultatbok.methods.project_classes import class_by_probability
from resultatbok.release.ledger import group_of, row

SIZE_STEP: Final = 5
"""Participants; sizes of projects are rounded to this before they are published."""


@cache
def running_numbers(study: Study) -> pd.Series:
    """The running number of each project by the name it has in the registers, in random order. Not for publication."""
    projects = study.contributions
    shuffled = projects.sample(frac=1, random_state=np.random.default_rng(study.cohort.analysis.seed))
    number = shuffled.groupby("scheme").cumcount() + 1
    return pd.Series(shuffled["scheme"] + "_" + number.astype(str).str.zfill(3), name="project")


def unnamed(study: Study, projects: pd.DataFrame) -> pd.DataFrame:
    """A table of projects in random order, with a running number instead of a name."""
    numbers = running_numbers(study)
    return projects.loc[numbers.index].set_axis(numbers.to_numpy())


@cache
def unnamed_projects(study: Study, definition: Definition = "entry") -> pd.DataFrame:
    """Raw contributions of the projects, unnamed, with a rounded size."""
    projects = unnamed(study, project_effects(study, definition).raw)
    return projects.assign(rounded_size=(projects["participants"] / SIZE_STEP).round().clip(lower=1) * SIZE_STEP)


@cache
def shrunken_projects(study: Study, definition: Definition = "entry") -> pd.DataFrame:
    """The same projects in the same order with their shrunken contributions, classed by the cohort's cut-off.

    Columns `scheme`, `participants`, `rounded_size`, `raw`, `contribution`, `low`, `high`, `probability_above`,
    `reliability`, `class`.
    """
    raw = unnamed_projects(study, definition)[["scheme", "participants", "rounded_size", "contribution"]]
    kept = ["contribution", "low", "high", "probability_above", "reliability"]
    shrunken = unnamed(study, project_effects(study, definition).contributions)[kept]
    table = raw.rename(columns={"contribution": "raw"}).join(shrunken)
    return table.assign(**{"class": class_of(study, table)})


def class_of(study: Study, projects: pd.DataFrame) -> pd.Series:
    """The class of shrunken contributions by the cohort's cut-off."""
    return class_by_probability(projects["probability_above"], study.cohort.analysis.probability_cutoff)


def projects_sample(study: Study, definition: Definition = "entry") -> str:
    """The ledger's name of the projects large enough to get an indicator, by the definition of it."""
    name = f"projects_{study.cohort.analysis.project_min_participants}plus"
    return name if definition == "report_2022" else f"{name}_{definition}"


def about_projects(study: Study, definition: Definition = "entry") -> dict[str, Any]:
    """The sample and the unit of ledger rows that count projects."""
    return {"sample": projects_sample(study, definition), "unit": "projects"}


def project_row(statistic: str, project: pd.Series, sample: str, **group: str) -> dict[str, object]:
    """A ledger row of one unnamed project with its contribution and interval, rounded.

    Args:
        statistic: What the number is.
        project: A line of `shrunken_projects`; its name is the running number.
        sample: From `projects_sample`.
        group: Keys of the ledger group beside the project.
    """
    return row(
        statistic,
        round(float(project["contribution"]), 2),
        scheme=str(project["scheme"]),
        group=group_of(project=project.name, **group),
        term="goal_attainment",
        sample=sample,
        n=float(project["rounded_size"]),
        low=round(float(project["low"]), 3),
        high=round(float(project["high"]), 3),
        unit="fraction",
    )


def class_rows(
    projects: pd.DataFrame, sample: str, classes: tuple[str, ...] = CLASSES, column: str = "class"
) -> list[dict[str, object]]:
    """The share of projects in each class, for all and by scheme."""
    parts = {"both": projects} | {s: projects[projects["scheme"] == s] for s in SCHEMES}
    return [
        row(
            "share",
            (part[column] == name).mean(),
            scheme=scheme,
            group=group_of(contribution=name),
            term="project_share",
            sample=sample,
            n=len(part),
            unit="projects",
        )
        for scheme, part in parts.items()
        for name in classes
    ]
