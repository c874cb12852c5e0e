"""Jobbsjansen's projects: their names, and what they differ in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Floats, Streams, nearest
from synthesis.jobbsjansen_packages import dominant_packages
from synthesis.jobbsjansen_parameters import Packages, Survey
from synthesis.jobbsjansen_sets import projects_near
from synthesis.jobbsjansen_survey import survey_answers
from synthesis.jobbsjansen_traits import EVALUATED

NAV = "nav"


def project_names(municipality: pd.Series, names: pd.Series, districts: list[str], streams: Streams) -> pd.Series:
    """`Jobbsjansen` and the municipality; in the largest one a district instead."""
    places = municipality.map(names).astype(object)
    largest = municipality.value_counts(sort=False).sort_index().idxmax() if len(municipality) else ""
    drawn = np.array(districts, dtype=object)[streams.of("districts").integers(0, len(districts), len(places))]
    return "Jobbsjansen " + places.where(municipality != largest, drawn)


def draw_jobbsjansen_projects(
    packages: Packages, measures: Floats, survey: Survey, people: pd.DataFrame, streams: Streams
) -> pd.DataFrame:
    """Draw what the projects differ in.

    Args:
        packages: Sizes of the agencies, and how many projects one package dominates.
        measures: Mean number of measures in each package.
        survey: The questions of the survey.
        people: Participants of part A with project_name, year and project_effect (log odds).
        streams: Random numbers.

    Returns:
        Index project_name: participants (who left in the evaluation's years, or in all years if none did), agency,
        dominant (the package that dominates, or empty), and a column per answer, missing where the project did not
        answer.
    """
    rng = streams.of(f"jobbsjansen projects {survey.draw}")
    projects = _sizes(people)
    projects["agency"] = _agencies(packages, projects, rng)
    projects["dominant"] = dominant_packages(packages, projects, measures, rng, streams)
    return projects.drop(columns="effect").join(survey_answers(survey, projects, rng))


def _sizes(people: pd.DataFrame) -> pd.DataFrame:
    evaluated = people[people["year"].isin(EVALUATED)]
    counted = evaluated if len(evaluated) else people
    sizes = counted["project_name"].value_counts().reindex(sorted(people["project_name"].unique())).fillna(0)
    projects = sizes.astype(int).rename("participants").rename_axis("project_name").to_frame()
    effect = people.groupby("project_name")["project_effect"].mean().reindex(projects.index)
    weights = projects["participants"] if projects["participants"].sum() else None
    projects["effect"] = effect - np.average(effect, weights=weights) if len(effect) else effect
    return projects


def _agencies(packages: Packages, projects: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    sizes = projects["participants"]
    agency, total = pd.Series(NAV, index=sizes.index), float(sizes.sum())
    for name, share in sorted(packages.agency_shares.items(), key=lambda item: item[1]):
        free = (agency == NAV) & (sizes > 0)
        count = nearest(packages.agency_projects[name] * int((sizes > 0).sum()))
        agency[projects_near(sizes.where(free, 0), share * total, max(count, 1), projects["effect"], rng)] = name
    return agency
