"""The individual model step by step and what it says of participants, against what happened."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.individual import numbers
from helpers.chapters.individual.terms import TO_THE_WHOLE
from helpers.study.fits.step_models import step_model
from helpers.study.study import Study
from resultatbok.release.ledger import lookup


@pytest.mark.parametrize(
    ("start", "ratio", "end"), [(0.5, 2, 2 / 3), (0.5, 1, 0.5), (0.25, 3, 0.5), (0.75, 1 / 3, 0.5)]
)
def test_an_odds_ratio_moves_the_odds_and_not_the_probability(start: float, ratio: float, end: float) -> None:
    assert numbers.moved(start, ratio) == pytest.approx(end)


def test_the_odds_in_words_are_those_of_the_model(small_study: Study) -> None:
    rows = numbers.odds_in_words(small_study)
    ratio = np.exp(small_study.individual_model.params["male"])
    half = lookup(rows, statistic="probability", term="male", group="model=individual;start=0.50")
    assert half["value"] == pytest.approx(ratio / (1 + ratio))
    assert half["low"] < half["value"] < half["high"]


def test_each_step_holds_more_equal(small_study: Study) -> None:
    assert list(step_model(small_study, "scheme").design) == ["scheme"]
    models = [step_model(small_study, name) for name in TO_THE_WHOLE]
    assert "scheme" not in models[1].design
    assert [model.llf for model in models] == sorted(model.llf for model in models)
    assert models[2] is small_study.individual_model


def test_with_nothing_held_equal_the_step_is_the_raw_gap(small_study: Study) -> None:
    attained = small_study.complete.groupby("scheme", observed=True)["goal_attained"].mean()
    step = lookup(numbers.stepwise(small_study), group="model=scheme")
    assert step["value"] == pytest.approx(attained["jobbsjansen"] - attained["introduction"], abs=1e-8)


def test_actual_less_predicted_is_the_difference_shown(small_study: Study) -> None:
    rows = numbers.predicted_by_level(small_study)
    wide = rows.pivot_table(index=["scheme", "group"], columns="term", values="value").dropna()
    assert np.allclose(wide["goal_attainment"] - wide["expected_goal_attainment"], wide["contribution"])


def test_over_all_its_participants_a_scheme_comes_out_as_predicted(small_study: Study) -> None:
    people = small_study.complete.assign(fitted=small_study.individual_model.fitted)
    means = people.groupby("scheme", observed=True)[["goal_attained", "fitted"]].mean()
    assert np.allclose(means["goal_attained"], means["fitted"], atol=1e-6)


def test_average_participants_have_the_means_of_their_scheme(small_study: Study) -> None:
    design = numbers.average_design(small_study)
    people = small_study.individual_design[small_study.complete["scheme"] == "jobbsjansen"]
    row = design.loc[("average_jobbsjansen", "introduction")]
    assert row["scheme"] == 0
    assert row["age"] == pytest.approx(people["age"].mean())
    assert row["measure_amo_course"] == pytest.approx(people["measure_amo_course"].mean())


def test_every_described_and_average_participant_is_predicted_in_both_schemes(small_study: Study) -> None:
    rows = numbers.typical_participants(small_study)
    counts = rows[rows["statistic"] == "probability"].groupby("group")["scheme"].nunique()
    assert (len(counts), set(counts)) == (5, {2})


@pytest.mark.parametrize(
    ("profile", "scheme"), [("typical_introduction", "introduction"), ("typical_jobbsjansen", "jobbsjansen")]
)
def test_a_typical_participant_belongs_to_a_scheme_and_the_archetype_to_both(profile: str, scheme: str) -> None:
    assert (numbers.scheme_of(profile), numbers.scheme_of("archetype")) == (scheme, "both")


def test_a_profile_has_the_described_values_in_both_schemes(small_study: Study) -> None:
    design = numbers.profile_design(small_study)
    for scheme, indicator in (("introduction", 0), ("jobbsjansen", 1)):
        row = design.loc[("typical_introduction", scheme)]
        assert (row["scheme"], row["male"], row["age"], row["duration_months"]) == (indicator, 1, 32, 27)
        assert row["norwegian_level"] == 3  # A2 on the scale from under A1 = 1
        assert row["origin_west_asia"] == 1
        assert row.filter(like="origin_").sum() == 1


def test_measures_and_what_is_called_mean_are_at_the_sample_mean(small_study: Study) -> None:
    row = numbers.profile_design(small_study).loc[("archetype", "jobbsjansen")]
    means = small_study.individual_design.mean()
    assert row["norwegian_level"] == pytest.approx(means["norwegian_level"])
    assert row["measure_amo_course"] == pytest.approx(means["measure_amo_course"])


def test_the_gap_of_a_profile_is_the_difference_of_its_two_predictions(small_study: Study) -> None:
    rows = numbers.typical_participants(small_study)
    for group, part in rows.groupby("group"):
        probability = part[part["statistic"] == "probability"].set_index("scheme")["value"]
        gap = part.loc[part["statistic"] == "difference", "value"].item()
        expected = probability["jobbsjansen"] - probability["introduction"]
        assert gap == pytest.approx(expected), group


def test_the_middle_half_holds_both_quartiles() -> None:
    assert numbers.in_the_middle(pd.Series([1.0, 2, 3, 4, 5])).tolist() == [False, True, True, True, False]


def test_candidates_run_both_schemes(small_study: Study) -> None:
    runs = small_study.complete.groupby("municipality", observed=True)["scheme"].nunique()
    candidates = numbers.candidate_municipalities(small_study)
    assert len(candidates) > 0
    assert (runs.loc[candidates.index] == 2).all()


def test_each_step_keeps_no_more_than_the_one_before(small_study: Study) -> None:
    rows = numbers.case_selection(small_study)
    counts = rows["value"].to_numpy().reshape(-1, 3)
    assert (np.diff(counts, axis=1) <= 0).all()
    assert counts[:, 0].sum() == len(numbers.candidate_municipalities(small_study))
    assert rows["group"].str.startswith("quadrant=").all()
