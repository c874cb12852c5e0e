"""The measures of the introduction programme's participants."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Streams, highest, nearest, yes
from synthesis.parameters import Parameters

SCHOOL = "school"  # the two school measures, which nearly always go together
SCHOOL_MEASURES = ("primary_school_subjects", "upper_secondary_subjects")


def introduction_measures(parameters: Parameters, people: pd.DataFrame, streams: Streams, scale: float) -> pd.DataFrame:
    """The harmonised measures of each participant, from the normal variables drawn along with the traits.

    Returns:
        One bool column per measure, rows as in `people`.
    """
    shares = parameters.introduction_measures
    taken = {name: yes(people[f"latent_{name}"].to_numpy(), share) for name, share in shares.items() if name != SCHOOL}
    school = yes(people[f"latent_{SCHOOL}"].to_numpy(), shares[SCHOOL])
    rng = streams.of("school measures")
    order, done = np.where(school, rng.random(len(people)), -1.0), 0
    for name in SCHOOL_MEASURES:
        taken[name] = school
    for name in SCHOOL_MEASURES:
        other = next(measure for measure in SCHOOL_MEASURES if measure != name)
        count = nearest(parameters.only_one_school_measure[name] * scale)
        only = highest(order, done + count) & ~highest(order, done)
        taken[other], done = taken[other] & ~only, done + count
    return pd.DataFrame(taken, index=people.index)


def nir_fields(parameters: Parameters, measures: pd.DataFrame, streams: Streams) -> pd.DataFrame:
    """The register's own fields behind the harmonised measures: one or several of a measure's fields are ticked.

    Returns:
        One bool column per field of the register, in its order.
    """
    rng = streams.of("register fields")
    fields: dict[str, pd.Series] = {}
    by_measure: dict[str, list[str]] = {}
    for measure, field, share in parameters.nir_measure_fields:
        drawn = pd.Series(rng.random(len(measures)) < share, index=measures.index)
        fields[field] = drawn & measures[measure] if measure in measures else drawn
        by_measure.setdefault(measure, []).append(field)
    for measure, names in by_measure.items():
        if measure in measures:
            ticked = np.logical_or.reduce([fields[name] for name in names])
            fields[names[0]] = fields[names[0]] | (measures[measure] & ~ticked)
    return pd.DataFrame(fields)
