"""What follows from the common traits of Jobbsjansen's participants: more traits, projects, packages, measures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Floats, Ints, Streams
from synthesis.jobbsjansen_projects import draw_jobbsjansen_projects, project_names
from synthesis.jobbsjansen_traits import draw_traits
from synthesis.package_draws import draw_packages
from synthesis.parameters import Parameters
from synthesis.profiles import profiles
from synthesis.single_measures import draw_single_measures, harmonised

STRESS_MANAGEMENT = "v3_4_3"
"""The one single measure of table 7.5 that is not a harmonised measure too."""


def complete_jobbsjansen(
    p: Parameters, people: pd.DataFrame, names: pd.Series, effects: pd.Series, streams: Streams
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Draw traits, projects, packages and measures.

    Args:
        p: All parameters.
        people: As from `draw_participants`.
        names: The municipalities' names by number.
        effects: The projects' effects by the municipality's number, log odds.
        streams: Random numbers.

    Returns:
        The participants with the columns of `draw_traits`, start_year, project_name, agency, the project's answers,
        package, stress_management, the harmonised measures and norwegian_level; their single measures; the projects.
    """
    people = people.join(draw_traits(p.details, people, streams))
    people["start_year"] = start_years(people["year"], people["duration_months"], streams.of("start years"))
    districts = p.municipalities.jobbsjansen.district_projects
    people["project_name"] = project_names(people["municipality"], names, districts, streams)
    number_of_measures = profiles(p.packages, p.single_measures).sum(axis=0)
    placed = people.assign(project_effect=people["municipality"].map(effects))
    projects = draw_jobbsjansen_projects(p.packages, number_of_measures, p.survey, placed, streams)
    package = draw_packages(p.packages, people, projects, streams)
    singles = draw_single_measures(p.packages, p.single_measures, package, people["year"], streams)
    people = people.join(harmonised(p.single_measures, singles))
    people["package"] = [p.packages.names[k] for k in package]
    people["norwegian_level"] = people["norwegian"].astype(float)
    for answer in projects.columns.drop(["participants", "dominant"]):
        people[answer] = people["project_name"].map(projects[answer])
    people["stress_management"] = singles[STRESS_MANAGEMENT].astype(float)
    return people, singles, projects


def start_years(year: pd.Series, months: pd.Series | Floats, rng: np.random.Generator) -> Ints:
    """Year of starting, for someone who left in any month of a year after these months."""
    left = year.to_numpy(dtype=float) + rng.random(len(year))
    return np.floor(left - np.asarray(months, dtype=float) / 12).astype(np.int64)


def reported(leavers: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Everybody in the reporting: those who left part A, then the others; part and status said."""
    left = leavers.assign(part="a", status="left", norwegian_known=True)
    left["attained"] = left["attained"].astype(float)
    return pd.concat([left, others], ignore_index=True)
