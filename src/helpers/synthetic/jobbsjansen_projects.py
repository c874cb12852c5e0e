"""Jobbsjansen's projects: their names, the agency responsible, which measure package dominates, and their survey.

The evaluation found that packages and most of what the survey asked do not matter for the goal. With some thirty
projects they would by chance in any one draw; so of many draws one is taken that has little to do with the projects'
effects.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from helpers.synthetic.draws import Bools, Floats, Streams
from helpers.synthetic.jobbsjansen_parameters import Packages, Survey
from helpers.synthetic.jobbsjansen_traits import EVALUATED

NAV = "nav"
_ALWAYS = "refugee_service"  # its projects are few, and a term of table 7.5
_STEEPEST = 4.0  # power of the size by which projects are drawn
_TRIES = 2_000  # random sets of projects among which the one whose participants come nearest a number is taken
_SETS = 400  # as many, of those that one package dominates
_CLOSER = 100  # the best of them are looked at closer
_ANSWERS = 25  # draws of an answer, of which the one least related to the projects' effects is taken
_UNEVEN = 0.05  # share of the participants that a difference of one in mean effects is as bad as
_FITTING = 100  # rounds of fitting totals in turn
_CLEARLY = 0.75  # share of one package, a little above the 0.70 of figure 3.19


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
    rng = streams.of("jobbsjansen projects")
    projects = _sizes(people)
    projects["agency"] = _agencies(packages, projects, rng)
    projects["dominant"] = _dominant(packages, projects, measures, rng, streams)
    answers = _answers(survey, projects, rng)
    return projects.drop(columns="effect").join(answers.where(_responding(survey, projects, rng)))


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
        count = round(packages.agency_projects[name] * int((sizes > 0).sum()))
        agency[_near(sizes.where(free, 0), share * total, max(count, 1), projects["effect"], rng)] = name
    return agency


def _responding(survey: Survey, projects: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Which projects answer the survey: as many as did, with as many participants, and all of the refugee services."""
    sizes = projects["participants"]
    always = (projects["agency"] == _ALWAYS) & (sizes > 0)
    wanted = survey.answered / 916 * float(sizes.sum()) - float(sizes[always].sum())
    count = round(survey.answered_projects * int((sizes > 0).sum())) - int(always.sum())
    return always | _near(sizes.mask(always, 0), wanted, max(count, 1), projects["effect"], rng)


def _near(sizes: pd.Series, wanted: float, count: int, effect: pd.Series, rng: np.random.Generator) -> pd.Series:
    """So many projects whose participants come as near a number, and mean effect as near 0, as in the best of many."""
    candidates = np.flatnonzero(sizes > 0)
    size = sizes.to_numpy(dtype=float)
    drawn = rng.random((_TRIES, len(candidates))) ** (1.0 / _evenly(size[candidates], wanted, count))
    sets = candidates[np.argsort(-drawn, axis=1)[:, :count]]
    reached = size[sets].sum(axis=1)
    mean = (size * effect.to_numpy(dtype=float))[sets].sum(axis=1) / np.maximum(reached, 1.0)
    gaps = np.abs(reached - wanted) / max(size.sum(), 1.0) + _UNEVEN * np.abs(mean)
    chosen = sets[int(np.argmin(gaps))] if len(candidates) else sets
    return pd.Series(np.isin(np.arange(len(sizes)), chosen), index=sizes.index)


def _evenly(size: Floats, wanted: float, count: int) -> Floats:
    """Weights with which a random set of so many projects has about as many participants as wanted."""
    if not len(size):
        return np.ones(0)
    mean, scaled = wanted / count, size / size.mean()

    def excess(power: float) -> float:
        weight = scaled**power
        return float((weight * size).sum() / weight.sum()) - mean

    ends = (-_STEEPEST, _STEEPEST)
    if excess(ends[0]) >= 0 or excess(ends[1]) <= 0:
        return np.asarray(scaled ** ends[0 if excess(ends[0]) >= 0 else 1], dtype=np.float64)
    return np.asarray(scaled ** float(brentq(excess, *ends)), dtype=np.float64)


def _dominant(
    packages: Packages, projects: pd.DataFrame, measures: Floats, rng: np.random.Generator, streams: Streams
) -> pd.Series:
    """Half of the projects, mostly small ones: the best of many draws.

    Good is one whose participants are as large a share of all as they should be and have as many measures, once the
    agencies' and packages' totals are met.
    """
    size, settings = projects["participants"].to_numpy(dtype=float), packages.dominated
    candidates = np.flatnonzero(size > 0)
    never_placed = (size == 0) & (rng.random(len(size)) < settings.projects)
    weight = size[candidates] ** -2.0
    found = []
    for _ in range(_SETS if len(candidates) else 0):
        count = round(settings.projects * len(candidates))
        drawn = rng.choice(candidates, size=count, replace=False, p=weight / weight.sum())
        placed, short = _placed(packages, projects, np.isin(np.arange(len(size)), drawn) | never_placed)
        found.append((short / size.sum() + abs(size[drawn].sum() / size.sum() - settings.participants), placed))
    found.sort(key=lambda pair: pair[0])
    gaps = [_gap(packages, projects.assign(dominant=placed), measures, streams) for _, placed in found[:_CLOSER]]
    return found[int(np.argmin(gaps))][1] if found else pd.Series("", index=projects.index)


def _gap(packages: Packages, projects: pd.DataFrame, measures: Floats, streams: Streams) -> float:
    """How far the dominated projects are from what is printed of them, with the packages that they get."""
    size, settings = projects["participants"].to_numpy(dtype=float), packages.dominated
    table = package_targets(packages, projects, size, streams)
    dominated = table.max(axis=1) > _CLEARLY * size
    if not dominated.any():
        return np.inf
    mean = float((table[dominated] @ measures).sum() / size[dominated].sum())
    share = size[dominated].sum() / size.sum()
    half = dominated.sum() / (size > 0).sum()
    missed = abs(mean - settings.measures) + 4 * abs(share - settings.participants) + abs(half - settings.projects)
    return float(missed + _unevenness(table, projects["effect"].to_numpy(dtype=float)))


def _unevenness(table: Floats, effect: Floats) -> float:
    """How far the packages' mean project effects are from 0 (root mean square, log odds)."""
    totals = np.maximum(table.sum(axis=0), 1e-9)
    return float(np.sqrt((((table * effect[:, None]).sum(axis=0) / totals) ** 2).mean()))


def _placed(packages: Packages, projects: pd.DataFrame, dominated: Bools) -> tuple[pd.Series, float]:
    """The largest first, each dominated project has the package of which its agency has most left to place.

    Returns:
        The packages, and how many participants more they would need than the agencies have.
    """
    short = 0.0
    prefer = np.array([packages.dominated.strong_work if name == "strong_work" else 1.0 for name in packages.names])
    placed = np.full(len(projects), "", dtype=object)
    size, agencies = projects["participants"].to_numpy(dtype=float), projects["agency"].to_numpy()
    left = {name: np.array(shares) * size[agencies == name].sum() for name, shares in packages.agencies.items()}
    for i in np.argsort(-size, kind="stable"):
        if dominated[i]:
            free = left[agencies[i]]
            fits = free - packages.dominated.share * size[i]
            package = int(np.argmax(np.where(fits >= 0, free * prefer, fits - free.sum())))
            short += max(-float(fits[package]), 0.0)
            free[package] -= packages.dominated.share * size[i]
            placed[i] = packages.names[package]
    return pd.Series(placed, index=projects.index), short


def _answers(survey: Survey, projects: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    sizes, table = projects["participants"], pd.DataFrame(index=projects.index)

    def unrelated(spread: Callable[[Floats], Floats]) -> Floats:
        return _unrelated([spread(rng.standard_normal(len(sizes))) for _ in range(_ANSWERS)], projects)

    for name, asked in survey.answers.items():
        table[name] = unrelated(partial(_answer, asked))
    table["n_partners"] = unrelated(lambda z: np.clip(np.round(survey.partners[0] + survey.partners[1] * z), 0, 20))
    few = NormalDist().inv_cdf(survey.practice_internal)
    table["practice_internal"] = unrelated(lambda z: (z < few).astype(float))
    mean, log_sd = survey.participants_per_staff
    size = sizes.to_numpy(dtype=float)
    table["project_staff"] = unrelated(lambda z: np.round(size / mean * np.exp(log_sd * z) + 0.25, 2))
    return table


def _answer(asked: tuple[float, float], z: Floats) -> Floats:
    return np.clip(np.round(asked[0] + asked[1] * z), 1, 5)


def _unrelated(draws: list[Floats], projects: pd.DataFrame) -> Floats:
    """The draw that goes least with the projects' effects, each project counting by its participants."""
    weight = projects["participants"].to_numpy(dtype=float)
    effect = weight * projects["effect"].to_numpy(dtype=float)  # their sum is 0

    def related(draw: Floats) -> float:
        mean = np.average(draw, weights=weight) if weight.sum() else 0.0
        return abs(float(effect @ draw)) / max(float(np.sqrt(weight @ (draw - mean) ** 2)), 1e-9)

    return min(draws, key=related)


def package_targets(packages: Packages, projects: pd.DataFrame, sizes: Floats, streams: Streams) -> Floats:
    """How many of each project's participants have each package.

    The dominated projects have mostly theirs, the others a draw around their agency's shares; then the agencies' and
    the packages' totals are fitted in turn.

    Args:
        packages: Shares.
        projects: As from `draw_jobbsjansen_projects`.
        sizes: Participants of each project to place.
        streams: Random numbers.

    Returns:
        One row per project, one column per package, not whole numbers; rows add to the sizes.
    """
    rng = streams.of("packages of projects")
    weights = np.array(
        [_weights(packages, a, d, rng) for a, d in zip(projects["agency"], projects["dominant"], strict=True)]
    )
    agencies = projects["agency"].to_numpy()
    table = weights * sizes[:, None]
    for _ in range(_FITTING):
        for agency, shares in packages.agencies.items():
            here = agencies == agency
            wanted = np.array(shares) / np.sum(shares) * sizes[here].sum()
            table[here] *= np.divide(wanted, table[here].sum(axis=0), where=wanted > 0, out=np.zeros_like(wanted))
        table *= (np.array(packages.shares) / np.sum(packages.shares) * sizes.sum() / table.sum(axis=0)) ** 0.5
        table *= np.divide(sizes, table.sum(axis=1), where=sizes > 0, out=np.zeros_like(sizes))[:, None]
    return np.asarray(table)


def _weights(packages: Packages, agency: str, dominant: str, rng: np.random.Generator) -> Floats:
    base = np.maximum(np.array(packages.agencies[agency]), 1e-6)
    base = base / base.sum()
    if dominant:
        rest = np.where(np.array(packages.names) == dominant, 0.0, base)
        return np.where(rest == 0, packages.dominated.share, rest / rest.sum() * (1 - packages.dominated.share))
    drawn = rng.dirichlet(packages.varied.concentration * base + 0.02)
    return np.minimum(drawn, packages.varied.largest) + 1e-4
