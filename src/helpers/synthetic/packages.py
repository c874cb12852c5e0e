"""Jobbsjansen's measure packages and the single measures in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.synthetic.draws import Floats, Ints, Streams
from helpers.synthetic.parameters import Packages, Parameters

_ROUNDS = 60  # of proportional fitting to the package sizes; the shares settle within 1e-6


def draw_packages(settings: Packages, people: pd.DataFrame, streams: Streams) -> Ints:
    """Draw each participant's package, depending on education, Norwegian, age and the project's habits.

    Returns:
        Position of the package in `settings.names`.
    """
    rng = streams.of("packages")
    traits = (
        (people["education"] - 2.5, settings.education),
        (people["norwegian"] - 3.5, settings.norwegian),
        ((people["age"] - 36) / 10, settings.age),
    )
    eta = sum(np.outer(value, slopes) for value, slopes in traits)
    sites, site = np.unique(people["municipality"].to_numpy(dtype=str), return_inverse=True)
    eta = eta + settings.project_sd * rng.standard_normal((len(sites), len(settings.names)))[site]
    probability = _with_sizes(np.asarray(eta), np.array(settings.shares) / np.sum(settings.shares))
    below = np.cumsum(probability, axis=1)[:, :-1] < rng.random(len(people))[:, None]
    return np.asarray(below.sum(axis=1), dtype=np.int64)


def single_measures(parameters: Parameters, package: Ints, streams: Streams) -> pd.DataFrame:
    """Draw the single measures given the packages.

    Returns:
        One bool column per field `v3_*`.
    """
    rng = streams.of("single measures")
    return pd.DataFrame(
        {
            field: rng.random(len(package)) < np.array(shares)[package]
            for field, _, _, shares in parameters.single_measures
        }
    )


def harmonised(parameters: Parameters, singles: pd.DataFrame) -> pd.DataFrame:
    """The harmonised measures: taken if one of the single measures is (tables 10-13)."""
    taken: dict[str, pd.Series] = {}
    for field, measure, _, _ in parameters.single_measures:
        taken[measure] = taken[measure] | singles[field] if measure in taken else singles[field]
    return pd.DataFrame(taken)


def _with_sizes(eta: Floats, sizes: Floats) -> Floats:
    """Probabilities whose means are the sizes: the packages' constants by proportional fitting."""
    constants = np.log(sizes)
    for _ in range(_ROUNDS):
        odds = np.exp(eta + constants)
        probability = odds / odds.sum(axis=1, keepdims=True)
        constants = constants + np.log(sizes / probability.mean(axis=0))
    return np.asarray(probability)
