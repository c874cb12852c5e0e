"""Which measure package dominates a project of Jobbsjansen's, and how many of its participants have each.

The evaluation found that packages do not matter for the goal. With some thirty projects they would by chance in any
one draw; so of many draws one is taken whose packages have little to do with the projects' effects.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Bools, Floats, Streams, nearest, settled
from synthesis.jobbsjansen_parameters import Packages

_SETS = 400  # random sets of projects that one package dominates
_CLOSER = 100  # the best of them are looked at closer
_FITTING = 100  # rounds of fitting totals in turn
_CLEARLY = 0.75  # share of one package, a little above the 0.70 of figure 3.19


def dominant_packages(
    packages: Packages, projects: pd.DataFrame, measures: Floats, rng: np.random.Generator, streams: Streams
) -> pd.Series:
    """Half of the projects, mostly small ones: the best of many draws.

    Good is one whose participants are as large a share of all as they should be and have as many measures, once the
    agencies' and packages' totals are met.

    Args:
        packages: Shares, and how many projects one package dominates.
        projects: Index project_name, with participants, agency and effect (log odds, mean 0).
        measures: Mean number of measures in each package.
        rng: Random numbers of the projects.
        streams: Random numbers of the packages.

    Returns:
        Index project_name, the package that dominates, or empty.
    """
    size, settings = projects["participants"].to_numpy(dtype=float), packages.dominated
    candidates = np.flatnonzero(size > 0)
    never_placed = (size == 0) & (rng.random(len(size)) < settings.projects)
    weight = size[candidates] ** -2.0
    found = []
    for _ in range(_SETS if len(candidates) else 0):
        count = nearest(settings.projects * len(candidates))
        drawn = rng.choice(candidates, size=count, replace=False, p=weight / weight.sum())
        placed, short = _placed(packages, projects, np.isin(np.arange(len(size)), drawn) | never_placed)
        found.append((short / size.sum() + abs(size[drawn].sum() / size.sum() - settings.participants), placed))
    found.sort(key=lambda pair: float(settled(pair[0])))
    gaps = [_gap(packages, projects.assign(dominant=placed), measures, streams) for _, placed in found[:_CLOSER]]
    return found[int(np.argmin(settled(gaps)))][1] if found else pd.Series("", index=projects.index)


def _gap(packages: Packages, projects: pd.DataFrame, measures: Floats, streams: Streams) -> float:
    """How far the dominated projects are from what is printed of them, with the packages that they get."""
    size, settings = projects["participants"].to_numpy(dtype=float), packages.dominated
    table = package_targets(packages, projects, size, streams)
    dominated = table.max(axis=1) > settled(_CLEARLY * size) + 1e-6
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
            fits = settled(free - packages.dominated.share * size[i])
            package = int(np.argmax(settled(np.where(fits >= 0, free * prefer, fits - free.sum()))))
            short += max(-float(fits[package]), 0.0)
            free[package] -= packages.dominated.share * size[i]
            placed[i] = packages.names[package]
    return pd.Series(placed, index=projects.index), short


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
    return np.asarray(settled(table))


def _weights(packages: Packages, agency: str, dominant: str, rng: np.random.Generator) -> Floats:
    base = np.maximum(np.array(packages.agencies[agency]), 1e-6)
    base = base / base.sum()
    if dominant:
        rest = np.where(np.array(packages.names) == dominant, 0.0, base)
        return np.where(rest == 0, packages.dominated.share, rest / rest.sum() * (1 - packages.dominated.share))
    drawn = rng.dirichlet(packages.varied.concentration * base + 0.02)
    return np.minimum(drawn, packages.varied.largest) + 1e-4
