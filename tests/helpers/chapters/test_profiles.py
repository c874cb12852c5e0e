"""Described participants become rows of the individual model."""

import pytest

from helpers.chapters.individual.profiles import profile_design
from helpers.chapters.individual.typical import typical_participants
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk


def test_a_profile_has_the_described_values_in_both_schemes(small_study: Study) -> None:
    design = profile_design(small_study)
    for scheme, indicator in (("introduction", 0), ("jobbsjansen", 1)):
        row = design.loc[("typical_introduction", scheme)]
        assert (row["scheme"], row["male"], row["age"], row["duration_months"]) == (indicator, 1, 32, 27)
        assert row["norwegian_level"] == 3  # A2 on the scale from under A1 = 1
        assert row["origin_west_asia"] == 1
        assert row.filter(like="origin_").sum() == 1


def test_measures_and_what_is_called_mean_are_at_the_sample_mean(small_study: Study) -> None:
    row = profile_design(small_study).loc[("archetype", "jobbsjansen")]
    means = small_study.individual_design.mean()
    assert row["norwegian_level"] == pytest.approx(means["norwegian_level"])
    assert row["measure_amo_course"] == pytest.approx(means["measure_amo_course"])


def test_the_gap_of_a_profile_is_the_difference_of_its_two_predictions(desk: Desk) -> None:
    rows = typical_participants(desk).rows
    for group, part in rows.groupby("group"):
        probability = part[part["statistic"] == "probability"].set_index("scheme")["value"]
        gap = part.loc[part["statistic"] == "difference_pp", "value"].item()
        expected = 100 * (probability["jobbsjansen"] - probability["introduction"])
        assert gap == pytest.approx(expected), group
