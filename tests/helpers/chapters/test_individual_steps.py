"""The individual model step by step, in words, and against what happened."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.individual.odds import moved, odds_in_words
from helpers.chapters.individual.predicted import predicted_by_level, predicted_finding
from helpers.chapters.individual.profiles import average_design, scheme_of
from helpers.chapters.individual.stepwise import origins_finding, step_models, stepwise, stepwise_finding
from helpers.chapters.individual.typical import typical_participants
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

WORDS = Wording("en")


@pytest.mark.parametrize(
    ("start", "ratio", "end"), [(0.5, 2, 2 / 3), (0.5, 1, 0.5), (0.25, 3, 0.5), (0.75, 1 / 3, 0.5)]
)
def test_an_odds_ratio_moves_the_odds_and_not_the_probability(start: float, ratio: float, end: float) -> None:
    assert moved(start, ratio) == pytest.approx(end)


def test_the_odds_in_words_are_those_of_the_model(desk: Desk) -> None:
    rows = odds_in_words(desk).rows
    ratio = np.exp(desk.study.individual_model.coefficients["male"])
    half = lookup(rows, statistic="probability", term="male", group="model=individual;start=0.50")
    assert half["value"] == pytest.approx(ratio / (1 + ratio))
    assert half["low"] < half["value"] < half["high"]


def test_each_step_holds_more_equal(small_study: Study) -> None:
    models = step_models(small_study)
    assert list(models["scheme"].design) == ["scheme"]
    assert "scheme" not in models["characteristics_measures"].design
    logliks = [models[name].loglik for name in ("characteristics", "characteristics_measures", "individual")]
    assert logliks == sorted(logliks)
    assert models["individual"] is small_study.individual_model


def test_with_nothing_held_equal_the_step_is_the_raw_gap(desk: Desk) -> None:
    attained = desk.study.complete.groupby("scheme", observed=True)["goal_attained"].mean()
    step = lookup(stepwise(desk).rows, group="model=scheme")
    assert step["value"] == pytest.approx(100 * (attained["jobbsjansen"] - attained["introduction"]), abs=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(6, 15, "6 to 15) when"), (-15, -6, "−15 to −6) when"), (-3, 6, "cannot be told apart from zero (−3 to 6")],
)
def test_the_step_sentence_follows_the_numbers(low: float, high: float, words: str) -> None:
    rows = pd.DataFrame(
        {
            "group": ["model=scheme", "model=individual"],
            "value": [17.0, (low + high) / 2],
            "low": [14.0, low],
            "high": [19.0, high],
            "statistic": "average_marginal_effect",
        }
    )
    assert words in stepwise_finding(WORDS, rows)


def test_origins_are_named_only_where_they_can_be_told_apart() -> None:
    rows = pd.DataFrame(
        {
            "statistic": "coefficient",
            "group": ["model=characteristics"] * 2 + ["model=characteristics_measures"] * 2,
            "term": ["origin_stateless", "origin_west_asia"] * 2,
            "low": [-0.5, -0.1, -0.4, -0.1],
            "high": [-0.1, 0.3, 0.1, 0.3],
        }
    )
    assert "apart from Europe when measures are not held equal: Stateless. When they are: none." in origins_finding(
        WORDS, rows, "Europe"
    )
    same = rows.assign(high=[-0.1, 0.3, -0.1, 0.3])
    assert origins_finding(WORDS, same, "Europe").endswith("can be told apart from Europe: Stateless.")


def test_actual_less_predicted_is_the_difference_shown(desk: Desk) -> None:
    rows = predicted_by_level(desk).rows
    wide = rows.pivot_table(index=["scheme", "group"], columns="term", values="value").dropna()
    assert np.allclose(100 * (wide["goal_attainment"] - wide["expected_goal_attainment"]), wide["contribution"])


def test_over_all_its_participants_a_scheme_comes_out_as_predicted(small_study: Study) -> None:
    people = small_study.complete.assign(fitted=small_study.individual_model.fitted)
    means = people.groupby("scheme", observed=True)[["goal_attained", "fitted"]].mean()
    assert np.allclose(means["goal_attained"], means["fitted"], atol=1e-6)


def difference(scheme: str, group: str, low: float, high: float) -> dict[str, object]:
    return {"scheme": scheme, "group": group, "value": (low + high) / 2, "low": low, "high": high, "suppressed": False}


def test_the_prediction_sentence_names_the_groups_on_each_side() -> None:
    rows = pd.DataFrame(
        [
            difference("introduction", "norwegian=a1", -1, 1),
            difference("jobbsjansen", "norwegian=a1", 2, 9),
            difference("jobbsjansen", "norwegian=b2", -9, -2),
        ]
    )
    sentence = predicted_finding(WORDS, rows)
    assert "Introduction programme: in no group" in sentence
    assert "Jobbsjansen: of 2 groups, more reach the goal than predicted in 1 and fewer in 1." in sentence


def test_the_prediction_sentence_names_the_group_that_lies_farthest() -> None:
    rows = pd.DataFrame(
        [
            difference("jobbsjansen", "norwegian=a1", 2, 9),
            difference("jobbsjansen", "education=some_schooling", -15, -5),
        ]
    )
    assert "for level of education (some schooling) (−10 percentage points)." in predicted_finding(WORDS, rows)


def test_average_participants_have_the_means_of_their_scheme(small_study: Study) -> None:
    design = average_design(small_study)
    people = small_study.individual_design[small_study.complete["scheme"] == "jobbsjansen"]
    row = design.loc[("average_jobbsjansen", "introduction")]
    assert row["scheme"] == 0
    assert row["age"] == pytest.approx(people["age"].mean())
    assert row["measure_amo_course"] == pytest.approx(people["measure_amo_course"].mean())


def test_every_described_and_average_participant_is_predicted_in_both_schemes(desk: Desk) -> None:
    rows = typical_participants(desk).rows
    counts = rows[rows["statistic"] == "probability"].groupby("group")["scheme"].nunique()
    assert (len(counts), set(counts)) == (5, {2})


@pytest.mark.parametrize(
    ("profile", "scheme"), [("typical_introduction", "introduction"), ("typical_jobbsjansen", "jobbsjansen")]
)
def test_a_typical_participant_belongs_to_a_scheme_and_the_archetype_to_both(profile: str, scheme: str) -> None:
    assert (scheme_of(profile), scheme_of("archetype")) == (scheme, "both")
