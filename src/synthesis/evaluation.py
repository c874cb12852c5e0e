"""What the 2019 evaluation prints about goal attainment as moments of the outcomes: figure 7.1 and table 7.5."""

from __future__ import annotations

import csv
from functools import cache

import numpy as np
import pandas as pd

from resultatbok.project import project_root
from synthesis.draws import Bools, logistic, settled
from synthesis.jobbsjansen_traits import EVALUATED
from synthesis.moments import Block
from synthesis.scene import Scene

EVALUATION = "data/published/evaluation_2019.csv"
PRINTED_PACKAGES = ("strong_work", "school")
TERMS = {
    "origin_africa": "africa",
    "education_level": "education_detailed",
    "reduced_work_capacity": "reduced_work_capacity",
    "absence": "absence_level",
    "work_experience_home_country": "work_home_country",
    "refugee_service": "refugee_service",
    "selection_close_followup_need": "followup_need",
    "part_time_work_followed_up": "ordinary_work",
    "foreign_education_recognition": "prior_learning_recognition",
    "stress_management": "stress_management",
    "society_orientation_course": "social_studies",
    "culture_film_music_theatre_painting": "culture_leisure",
}
"""The terms of table 7.5, and the column of `_columns` behind each."""
_MEASURES = ("ordinary_work", "prior_learning_recognition", "social_studies", "culture_leisure")
_OTHER_MEASURES = (
    *("norwegian_training", "language_practice", "other_norwegian", "vocational_course", "ordinary_work_practice"),
    *("other_work", "social_network", "health_promoting", "children_family", "other_society"),
    *("primary_school_subjects", "other_education"),
)
_ANSWERS = {
    **{"followup_need": (4.0, 1.0), "selection_motivation": (4.4, 0.6), "selection_health": (3.2, 0.9)},
    **{"selection_goal": (3.4, 1.0), "selection_norwegian": (3.0, 1.0), "local_interest": (3.3, 1.0)},
    **{"local_influence": (2.9, 0.9), "needs_adaptation": (4.1, 0.7), "user_involvement": (3.9, 0.7)},
    **{"n_partners": (6.0, 2.0), "practice_internal": (0.2, 0.4), "project_staff": (3.5, 2.0)},
}
"""The survey's answers, with a centre and a spread that make their multipliers alike."""
_FEWEST = 30  # complete participants, for the evaluation to say anything about a draw
_ROUNDS = 40
_SOFT, _PACKAGES_SOFT, _DROPPED_SOFT = 0.002, 0.004, 0.04
_PACKAGE = "package_"  # how the packages' columns begin
_RARE = 0.03  # a dropped variable that fewer have, or lack, is not aimed at


def evaluation_blocks(scene: Scene) -> list[Block]:
    """The evaluation's blocks, for those who left Jobbsjansen's part A in its years; none if they are too few."""
    columns, survey = _columns(scene)
    evaluated = scene.jobbsjansen & scene.people["year"].isin(EVALUATED).to_numpy()
    missing = scene.missing["education"] | scene.missing["jobbsjansen_absence"]
    counted = evaluated & survey & ~missing.to_numpy()
    if counted.sum() < _FEWEST:
        return []
    share = _total(scene, evaluated)
    return [*_packages(scene, evaluated, share), *_model(columns, counted, share)]


@cache
def published_evaluation() -> dict[str, float]:
    """Every printed value of the evaluation by its id."""
    with (project_root() / EVALUATION).open(encoding="utf-8", newline="") as file:
        return {row["id"]: float(row["value"]) for row in csv.DictReader(file) if row["value"]}


def _total(scene: Scene, evaluated: Bools) -> float:
    """The share that attained the goal: table 7.2, by the years' numbers."""
    years = scene.people.loc[evaluated, "year"]
    return float(years.map({year: published_evaluation()[f"t7_2_goal_attainment_{year}"] for year in EVALUATED}).mean())


def _packages(scene: Scene, evaluated: Bools, total: float) -> list[Block]:
    """Figure 7.1: two packages are printed, and the others are about even."""
    package = scene.people["package"].to_numpy()
    shares = {name: published_evaluation()[f"f7_1_{name}_goal_attainment"] for name in PRINTED_PACKAGES}
    rest = evaluated & ~np.isin(package, PRINTED_PACKAGES)
    printed = sum(share * int((evaluated & (package == name)).sum()) for name, share in shares.items())
    even = (total * int(evaluated.sum()) - printed) / max(int(rest.sum()), 1)
    blocks = []
    for name in [*PRINTED_PACKAGES, *sorted(set(package[rest]))]:
        group = scene.jobbsjansen & (package == name)
        counted = evaluated & group
        if counted.any():
            target = np.array([shares.get(name, even) * counted.sum()])
            columns = group[:, None].astype(float)
            blocks.append(Block(f"package_{name}", "figure 7.1", (name,), columns, counted, target, _SOFT))
    return blocks


def _model(columns: pd.DataFrame, counted: Bools, total: float) -> list[Block]:
    """Table 7.5, with the constant that gives the total; and what was tested beside it and had no effect."""
    here = columns[list(TERMS.values())].to_numpy(dtype=float)
    slopes = np.log([published_evaluation()[f"t7_5_{term}_odds_ratio"] for term in TERMS])
    eta = here[counted] @ slopes
    constant = 0.0
    for _ in range(_ROUNDS):
        p = logistic(eta + constant)
        constant += float((total - p.mean()) / (p * (1 - p)).mean())
    p = logistic(eta + constant)
    terms = Block("evaluation", "table 7.5", tuple(TERMS), here, counted, here[counted].T @ p, _SOFT)
    found = [terms]
    dropped = _dropped(columns, counted)
    packages = [name for name in dropped if name.startswith(_PACKAGE)]
    for name, those, softness in (
        ("evaluation_dropped", [name for name in dropped if name not in packages], _DROPPED_SOFT),
        ("evaluation_packages", packages, _PACKAGES_SOFT),
    ):
        if those:
            others = columns[those].to_numpy(dtype=float)
            found.append(Block(name, "ch7.2", tuple(those), others, counted, others[counted].T @ p, softness))
    return found


def _dropped(columns: pd.DataFrame, counted: Bools) -> list[str]:
    """The variables that were tested and dropped, without those that hardly anyone has or lacks."""
    found = []
    for name in columns.columns:
        values = columns.loc[counted, name]
        rare = set(values.unique()) <= {0.0, 1.0} and not _RARE < settled(values.mean()) < settled(1 - _RARE)
        if name not in TERMS.values() and not rare and settled(values.std()) > 0:
            found.append(str(name))
    return found


def _columns(scene: Scene) -> tuple[pd.DataFrame, Bools]:
    """Every variable of the model and of those tested beside it, about zero, and 0 outside Jobbsjansen.

    Returns:
        The columns, and whose project answered the survey.
    """
    people, here = scene.people, scene.jobbsjansen
    survey = here & people["followup_need"].notna().to_numpy()
    start = people["norwegian_start"].astype(float)
    table = pd.DataFrame(
        {
            "africa": people["world_region"] == "africa",
            "europe": people["world_region"] == "europe",
            "middle_east": people["world_region"] == "middle_east",
            "asia": people["world_region"] == "asia",
            "education_detailed": people["education_detailed"].astype(float) - 7,
            "reduced_work_capacity": people["reduced_work_capacity"] == 1,
            "absence_level": people["absence_level"].astype(float) - 1,
            "work_home_country": people["work_home_country"].astype(float) - 2,
            "refugee_service": people["agency"] == "refugee_service",
            "norwegian_start": start.fillna(3.0) - 3,
            "age_decades": (people["age"].astype(float) - 37) / 10,
            "residence": (people["years_in_norway"].astype(float) - 9) / 5,
            "work_norway": people["work_norway"] == 1,
            "children": people["children_under_18"].astype(float) - 2,
            "with_partner": people["care"] == "with_partner",
            "sole_carer": people["care"] == "sole",
        },
        index=people.index,
    ).astype(float)
    for name in sorted(set(people.loc[here, "package"]))[1:]:
        table[f"{_PACKAGE}{name}"] = people["package"] == name
    table["stress_management"] = people["stress_management"] == 1
    for name in (*_MEASURES, *_OTHER_MEASURES):
        table[name] = people[name].astype(float)
    for name, (centre, spread) in _ANSWERS.items():
        answers = (people[name].astype(float) - centre) / spread
        table[name] = answers - answers[survey].mean()  # few projects: their mean would move all of Jobbsjansen
    return table.astype(float).fillna(0.0).where(pd.Series(here, index=people.index), 0.0), np.asarray(survey)
