"""Jobbsjansen's single measures given the packages, and the harmonised measures they amount to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from synthesis.draws import Ints, Streams, balanced_bernoulli
from synthesis.jobbsjansen_parameters import Packages, SingleMeasure
from synthesis.jobbsjansen_traits import EVALUATED
from synthesis.profiles import profiles


def draw_single_measures(
    packages: Packages, measures: Sequence[SingleMeasure], package: Ints, year: pd.Series, streams: Streams
) -> pd.DataFrame:
    """Draw the single measures; each is as common in each package, in the evaluation's years and others, as expected.

    Returns:
        One bool column per field `v3_*`, rows as in `year`.
    """
    rng, shares = streams.of("single measures"), profiles(packages, measures)
    evaluated = year.isin(EVALUATED).to_numpy()
    drawn = {}
    for (field, *_), row in zip(measures, shares, strict=True):
        order = np.lexsort((rng.random(len(package)), evaluated, package))
        drawn[field] = balanced_bernoulli(row[package], order, rng)
    return pd.DataFrame(drawn, index=year.index)


def harmonised(measures: Sequence[SingleMeasure], singles: pd.DataFrame) -> pd.DataFrame:
    """The harmonised measures: taken if one of the single measures is (tables 10-13 of the 2022 report)."""
    taken: dict[str, pd.Series] = {}
    for field, measure, *_ in measures:
        taken[measure] = taken[measure] | singles[field] if measure in taken else singles[field]
    return pd.DataFrame(taken)
