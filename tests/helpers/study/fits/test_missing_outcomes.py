"""Bounds take the right outcomes as unknown; shifts are those of women left out of the introduction programme."""

import numpy as np
import pytest

from helpers.study.fits import missing_outcomes
from helpers.study.fits.missing_outcomes import ODDS, is_complete, outcome_bounds, shifted_outcomes, women_who_left
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError


def test_a_woman_whose_reason_is_not_counted_or_who_is_no_complete_case_is_unknown(small_study: Study) -> None:
    people, found = women_who_left(small_study), outcome_bounds(small_study)
    assert (people["male"] == 0).all()
    uncounted, lost = people[OUTCOME].isna().sum(), (~is_complete(people)).sum()
    sizes = {unseen: (found[unseen, "manski"].n, found[unseen, "manski"].n_missing) for unseen, _ in found}
    expected = {"outcome_not_counted": (len(people), uncounted), "not_complete": (len(people), lost)}
    assert sizes == {unseen: size for unseen, size in expected.items() if size[1]}
    assert lost > uncounted


def test_whatever_is_unknown_the_observed_difference_lies_within_the_bounds(small_study: Study) -> None:
    attained = women_who_left(small_study).groupby("scheme", observed=True)[OUTCOME].mean()
    difference = attained["jobbsjansen"] - attained["introduction"]
    for (_, method), bounds in outcome_bounds(small_study).items():
        if method == "manski":
            assert bounds.low < bounds.lower <= difference <= bounds.upper < bounds.high


def test_the_more_of_those_left_out_attain_the_smaller_is_the_difference(small_study: Study) -> None:
    found = shifted_outcomes(small_study)
    assert found
    table = found.table
    assert list(table.index) == pytest.approx([np.log(odds) for odds in ODDS.values()])
    assert table["share"].is_monotonic_increasing
    assert table["value"].iloc[0] > table["value"].iloc[-1]
    people = women_who_left(small_study)
    left_out = people[~is_complete(people) & (people["scheme"] == "introduction")]
    assert table["share"].iloc[3] == pytest.approx(left_out[OUTCOME].mean(), abs=0.1)


def test_outcomes_of_those_left_out_are_not_used(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {}
    monkeypatch.setattr(missing_outcomes, "_shifted", lambda data, people, unseen, _: given.update(d=data, u=unseen))
    shifted_outcomes.__wrapped__(small_study)
    assert given["d"].loc[given["u"], OUTCOME].isna().all()
    assert given["d"].loc[~given["u"], OUTCOME].notna().all()


def test_what_cannot_be_modelled_is_none(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ModelError("nobody is left out")

    monkeypatch.setattr(missing_outcomes, "_shifted", refused)
    assert shifted_outcomes.__wrapped__(small_study) is None
