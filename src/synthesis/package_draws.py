"""Who has which measure package: the projects' habits, and models of each package against all others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import SETTLED, Floats, Ints, Streams, logistic, settled
from synthesis.jobbsjansen_packages import package_targets
from synthesis.jobbsjansen_parameters import Packages
from synthesis.jobbsjansen_traits import blocks

_ROUNDS = 80
_RIDGE, _RIDGE_OF_FEW = 1e-3, 0.02  # of the steps; with few participants they would else swing for ever
_FEW = 500
_STEP_DECIMALS = 6  # of what the steps add up to, so that no last digit grows from one to the next
_NEVER = -9.0  # a coefficient that stands for nobody
_YOUNG, _OLDER = 25, 45
_LITTLE, _STARTED_LOWER_SECONDARY, _HIGHER = 3, 5, 9
_B_LEVEL = 4
_SWAPS = 60  # proposals per participant of evening out a draw
_LARGEST_EVENED = 5_000  # larger draws are even enough


def draw_packages(packages: Packages, people: pd.DataFrame, projects: pd.DataFrame, streams: Streams) -> Ints:
    """Draw each participant's package.

    The probabilities meet the projects' numbers of each package, and the moments of the models of `jobbsjansen.yml`;
    so do the draws themselves, nearly, as long as there are few participants.

    Args:
        packages: Sizes and models.
        people: Participants of part A with the common traits, those of `draw_traits` and project_name.
        projects: As from `draw_jobbsjansen_projects`.
        streams: Random numbers.

    Returns:
        Position of the package in `packages.names`.
    """
    package = np.zeros(len(people), dtype=np.int64)
    for number, rows in enumerate(blocks(people["year"])):
        rng = streams.of(f"packages {number}")
        here = people.iloc[rows]
        predictors = predictor_table(here)[packages.predictors].to_numpy(dtype=float)
        project = projects.index.get_indexer(pd.Index(here["project_name"]))
        counts = np.bincount(project, minlength=len(projects)).astype(float)
        targets = package_targets(packages, projects, counts, streams)
        wanted, never = _moments(packages, predictors)
        probability = _fitted(targets, project, predictors, wanted, never)
        drawn = _pick(probability, rng)
        if len(here) <= _LARGEST_EVENED:
            drawn = _evened(drawn, probability, targets, project, predictors, wanted, rng)
        package[rows] = drawn
    return package


def predictor_table(people: pd.DataFrame) -> pd.DataFrame:
    """The variables of table 3.2, and the groups of figures 3.15-3.18."""
    start = people["norwegian_start"]
    return pd.DataFrame(
        {
            "reduced_work_capacity": people["reduced_work_capacity"],
            "has_children": people["children_under_18"] > 0,
            "work_norway": people["work_norway"],
            "africa": people["world_region"] == "africa",
            "europe": people["world_region"] == "europe",
            "middle_east": people["world_region"] == "middle_east",
            "sole_carer": people["care"] == "sole",
            "with_partner": people["care"] == "with_partner",
            "high_absence": people["absence_high"],
            "work_home_country": people["work_home_country"],
            "education_detailed": people["education_detailed"],
            "norwegian_start": start.fillna(start.mean() if start.notna().any() else 0.0),
            "norwegian_none": start == 0,
            "norwegian_b": start >= _B_LEVEL,
            "norwegian_unknown": start.isna(),
            "young": people["age"] < _YOUNG,
            "age_45_plus": people["age"] >= _OLDER,
            "duration_months": people["duration_months"],
            "little_education": people["education_detailed"] <= _LITTLE,
            "higher_education": people["education_detailed"] >= _HIGHER,
            "started_lower_secondary": people["education_detailed"] == _STARTED_LOWER_SECONDARY,
        },
        index=people.index,
    ).astype(float)


def _moments(packages: Packages, predictors: Floats) -> tuple[Floats, Floats]:
    """Expected sums of the predictors in each package by its own model, and who can have it (a factor 0 or 1)."""
    n, sizes = len(predictors), np.array(packages.shares) / np.sum(packages.shares)
    wanted, possible = np.full((len(sizes), predictors.shape[1]), np.nan), np.ones((n, len(sizes)))
    for k, name in enumerate(packages.names):
        if name not in packages.models:
            continue
        slopes = np.array([packages.models[name].get(x, 0.0) for x in packages.predictors])
        possible[:, k] = (predictors[:, slopes <= _NEVER] == 0).all(axis=1)
        eta = predictors @ np.where(slopes <= _NEVER, 0.0, slopes)
        wanted[k] = predictors.T @ _with_sum(eta, possible[:, k], sizes[k] * n)
    return wanted, possible


def _with_sum(eta: Floats, possible: Floats, total: float) -> Floats:
    constant = np.log(total / max(len(eta) - total, 1e-9)) - eta.mean()
    for _ in range(_ROUNDS):
        p = possible * logistic(eta + constant)
        constant += np.clip((total - p.sum()) / max((p * (1 - p)).sum(), 1e-9), -1.0, 1.0)
    return p


def _fitted(targets: Floats, project: Ints, predictors: Floats, wanted: Floats, possible: Floats) -> Floats:
    """Probabilities with the projects' totals and the packages' moments: scaling and Newton steps in turn."""
    centre, spread = predictors.mean(axis=0), np.maximum(predictors.std(axis=0), 1e-9)
    x = (predictors - centre) / spread
    sums = (wanted - centre * np.nansum(targets, axis=0)[:, None]) / spread
    slopes = np.zeros_like(sums)
    habits = np.log(np.maximum(targets, 1e-9))[project]
    scale = np.zeros_like(targets)
    ridge = (_RIDGE if len(x) >= _FEW else _RIDGE_OF_FEW) * len(x) * np.eye(x.shape[1])
    for _ in range(_ROUNDS):
        odds = possible * np.exp(np.clip(habits + scale[project] + x @ slopes.T, -40, 40))
        p = odds / odds.sum(axis=1, keepdims=True)
        for k in np.flatnonzero(~np.isnan(sums[:, 0])):
            weight = p[:, k] * (1 - p[:, k])
            information = (x * weight[:, None]).T @ x + ridge
            step = np.clip(0.5 * np.linalg.solve(information, sums[k] - x.T @ p[:, k]), -0.5, 0.5)
            slopes[k] = settled(slopes[k] + step, _STEP_DECIMALS)
        reached = np.zeros_like(targets)
        np.add.at(reached, project, p)
        step = 0.5 * np.clip(np.log(np.maximum(targets, 1e-6) / np.maximum(reached, 1e-6)), -1, 1)
        scale = settled(scale + step, _STEP_DECIMALS)
    return np.asarray(settled(p))


def _pick(probability: Floats, rng: np.random.Generator) -> Ints:
    below = settled(np.cumsum(probability, axis=1)[:, :-1]) < rng.random(len(probability))[:, None]
    return np.asarray(below.sum(axis=1), dtype=np.int64)


def _evened(
    package: Ints,
    probability: Floats,
    targets: Floats,
    project: Ints,
    predictors: Floats,
    wanted: Floats,
    rng: np.random.Generator,
) -> Ints:
    """Move single participants to other packages, proposed by their probabilities, while the sums come nearer."""
    n, k = probability.shape
    who = rng.integers(0, n, _SWAPS * n)
    proposed = _pick(probability[who], rng)
    x = predictors / np.maximum(predictors.std(axis=0) * np.sqrt(n), 1e-9)
    wanted = np.nan_to_num(wanted / np.maximum(predictors.std(axis=0) * np.sqrt(n), 1e-9))
    modelled = (wanted != 0).any(axis=1).astype(float)
    member = np.eye(k)[package]
    gap = member.T @ x - wanted
    count = np.zeros_like(targets)
    np.add.at(count, project, member)
    count -= targets
    package = package.copy()
    for i, new in zip(who, proposed, strict=True):
        old, j = package[i], project[i]
        if old == new:
            continue
        change = 2 * (count[j, new] - count[j, old] + 1) / np.sqrt(n)
        change += (
            2
            * 4
            * (
                modelled[new] * (gap[new] @ x[i] + x[i] @ x[i] / 2)
                - modelled[old] * (gap[old] @ x[i] - x[i] @ x[i] / 2)
            )
        )
        if round(float(change), SETTLED) < 0:
            package[i] = new
            gap[old] -= x[i]
            gap[new] += x[i]
            count[j, old] -= 1
            count[j, new] += 1
    return package
