"""Differences that should be zero: each trait with the others adjusted for, and places with and without Jobbsjansen."""

import numpy as np
import pandas as pd
import pytest

from helpers.study.fits.municipal_comparison import beside_jobbsjansen
from helpers.study.fits.placebo import placebos
from helpers.study.specification import OUTCOME, main_blocks
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.specification_curve import linear_difference
from resultatbok.methods.treatment import varying


def test_a_trait_is_adjusted_for_the_other_blocks_and_not_for_its_own(small_study: Study) -> None:
    women = women_of(small_study)
    people, treated = women.complete, women.individual_design["scheme"]
    blocks = main_blocks(people, small_study.cohort.analysis)
    own = linear_difference(
        blocks["education"]["education_good_general"],
        treated,
        varying(treated, main_columns_without(blocks, "education")),
        groups=people["project"],
    )
    (found,) = [p for p in placebos(small_study) if p.outcome == "education_good_general"]
    assert (found.comparison, found.n, found.effect.value) == ("schemes", len(people), pytest.approx(own.value))
    (older,) = [p for p in placebos(small_study) if p.outcome == "age=35_plus"]
    own = linear_difference(
        (people["age"] >= 35).astype(float),
        treated,
        varying(treated, main_columns_without(blocks, "age")),
        groups=people["project"],
    )
    assert (older.effect.value, older.effect.high) == pytest.approx((own.value, own.high))


def main_columns_without(blocks: dict[str, pd.DataFrame], block: str) -> pd.DataFrame:
    return pd.concat([columns for name, columns in blocks.items() if name != block], axis=1)


def test_municipalities_are_compared_among_the_introduction_programme_s_participants(small_study: Study) -> None:
    found = {p.outcome: p for p in placebos(small_study) if p.comparison == "municipalities"}
    beside = beside_jobbsjansen(small_study)
    if beside.effect:
        assert found[OUTCOME].effect == beside.effect
    people = small_study.participants
    places = people.loc[people["scheme"] == "jobbsjansen", "municipality"].unique()
    ours = people[people["scheme"] == "introduction"]
    share = ours[OUTCOME].isna().groupby(ours["municipality"].isin(places)).mean()
    uncounted = found["end_reason_not_counted"]
    assert uncounted.effect.value == pytest.approx(share[True] - share[False])
    assert uncounted.n == len(ours)


def test_p_values_are_adjusted_for_their_number(small_study: Study) -> None:
    found = sorted(placebos(small_study), key=lambda p: p.p_value)
    p = np.array([one.p_value for one in found])
    steps = p * len(p) / (np.arange(len(p)) + 1)
    expected = np.minimum.accumulate(steps[::-1])[::-1]
    assert [one.adjusted for one in found] == pytest.approx(list(np.minimum(expected, 1)))
    for one in found:
        level = small_study.cohort.analysis.confidence_level
        assert (one.effect.low <= 0 <= one.effect.high) == (one.p_value >= 1 - level)
