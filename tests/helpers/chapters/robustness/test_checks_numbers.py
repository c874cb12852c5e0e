"""The rows of what the answer is put to are those of the fits that they name."""

import pytest

from helpers.chapters.robustness import numbers_checks, terms
from helpers.chapters.robustness.terms import ADJUSTED_P, CHANGE, DECLARED, EFFECT, ODDS, PLACEBO
from helpers.study.fits import missing_outcomes, specifications
from helpers.study.fits.missing_outcomes import is_complete, outcome_bounds, shifted_outcomes, women_who_left
from helpers.study.fits.placebo import placebos
from helpers.study.fits.specifications import women_curve
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.release.rows import group_keys, group_of, lookup, normalise


def test_names_are_those_of_the_fits() -> None:
    assert group_of(**specifications.DECLARED) == DECLARED
    assert tuple(specifications.DECLARED) == terms.CHOICES
    assert tuple(missing_outcomes.ODDS) == ODDS


def test_every_specification_is_a_row_the_main_model_first(small_study: Study) -> None:
    rows, curve = normalise("x", numbers_checks.specification_curve(small_study)), women_curve(small_study)
    assert curve
    assert len(rows) == len(curve.table)
    assert rows["group"].iloc[0] == DECLARED
    assert (rows["value"].iloc[0], rows["high"].iloc[0]) == (curve.declared["value"], curve.declared["high"])
    assert {tuple(group_keys(group)) for group in rows["group"]} == {terms.CHOICES}
    for _, one in curve.table.tail(3).iterrows():
        found = lookup(rows, group=group_of(**{choice: one[choice] for choice in terms.CHOICES}))
        assert (found["value"], found["low"], found["n"]) == (one["value"], one["low"], one["n"])


def test_a_change_is_the_mean_over_pairs_that_differ_in_one_choice(small_study: Study) -> None:
    specified = numbers_checks.specification_curve(small_study).set_index("group")["value"]
    rows = normalise("x", numbers_checks.choice_changes(small_study))
    changes = []
    for group, value in specified.items():
        keys = group_keys(str(group))
        pair = group_of(**{**keys, "adjusted": "main"})
        if keys["adjusted"] == "without_age" and pair in specified:
            changes.append(value - specified[pair])
    found = lookup(rows, group="adjusted=without_age")
    assert (found["value"], found["low"], found["high"]) == pytest.approx(
        (sum(changes) / len(changes), min(changes), max(changes))
    )
    assert set(rows["statistic"]) == {CHANGE}
    assert not rows["group"].str.startswith("clusters").any()
    assert "form=logit" not in set(rows["group"])


def test_without_a_curve_there_are_no_rows(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers_checks, "women_curve", lambda _: None)
    assert normalise("x", numbers_checks.specification_curve(small_study)).empty
    assert normalise("x", numbers_checks.choice_changes(small_study)).empty


def test_both_ends_of_the_bounds_have_the_interval_and_those_who_are_unknown(small_study: Study) -> None:
    rows = normalise("x", numbers_checks.bounded_effect(small_study))
    for (unseen, method), bounds in outcome_bounds(small_study).items():
        own = rows[rows["group"] == group_of(unseen=unseen, method=method)]
        assert [lookup(own, term=end)["value"] for end in ("lower", "upper")] == [bounds.lower, bounds.upper]
        assert set(own["n"]) == {bounds.n_missing}
        assert (set(own["low"]), set(own["high"])) == ({bounds.low}, {bounds.high})
    assert len(rows) == 2 * len(outcome_bounds(small_study))


def test_each_shift_has_its_effect_and_share_and_what_came_of_them_stands_beside(small_study: Study) -> None:
    rows, found = normalise("x", numbers_checks.shifted_effect(small_study)), shifted_outcomes(small_study)
    assert found
    for odds, (_, one) in zip(ODDS, found.table.iterrows(), strict=True):
        own = rows[rows["group"] == group_of(gender="female", odds=odds)]
        effect, share = lookup(own, statistic=EFFECT), lookup(own, statistic="probability")
        assert (effect["value"], effect["low"], share["value"]) == (one["value"], one["low"], one["share"])
    people = women_who_left(small_study)
    left_out = people[~is_complete(people) & (people["scheme"] == "introduction")]
    actual = lookup(rows, statistic="share")
    assert (actual["value"], actual["n"]) == (pytest.approx(left_out[OUTCOME].mean()), left_out[OUTCOME].notna().sum())


def test_what_cannot_be_shifted_leaves_the_share(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers_checks, "shifted_outcomes", lambda _: None)
    assert set(numbers_checks.shifted_effect(small_study)["statistic"]) == {"share"}


def test_each_placebo_has_its_difference_and_both_p_values(small_study: Study) -> None:
    rows = normalise("x", numbers_checks.placebo_differences(small_study))
    for one in placebos(small_study):
        own = rows[(rows["group"] == group_of(comparison=one.comparison)) & (rows["term"] == one.outcome)]
        effect, p, adjusted = (lookup(own, statistic=name) for name in (PLACEBO, "p_value", ADJUSTED_P))
        assert (effect["value"], effect["low"], effect["n"]) == (one.effect.value, one.effect.low, one.n)
        assert (p["value"], adjusted["value"]) == (one.p_value, one.adjusted)
        assert effect["sample"] == ("women" if one.comparison == "schemes" else "all")
