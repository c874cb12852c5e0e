"""The main model's columns are levels of what is ordered, curves of numbers, and years."""

import numpy as np
import pytest

from helpers.study.fits.main_model import main_blocks, main_columns
from helpers.study.specification import origin_terms
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.splines import spline_knots


def test_each_block_at_entry_has_its_form(small_study: Study) -> None:
    people, choices = women_of(small_study).complete, small_study.cohort.analysis
    blocks = main_blocks(people, choices)
    assert set(blocks) == {"age", "years_in_norway", "education", "origin", "end_year"}
    assert list(blocks["education"]) == ["education_some_schooling", "education_good_general"]
    assert (blocks["education"].sum(axis=1) == (people["education_level"] > 1)).all()
    assert blocks["age"].shape[1] == len(spline_knots(people["age"])) - 1
    assert blocks["age"]["age"].to_numpy() == pytest.approx(people["age"].to_numpy())
    assert set(blocks["origin"]) <= set(origin_terms(choices))
    years = sorted(people["end_year"].unique())
    assert list(blocks["end_year"]) == [f"end_year_{year}" for year in years[1:]]
    assert (blocks["end_year"].sum(axis=1) == (people["end_year"] > years[0])).all()


def test_gender_is_a_column_where_there_are_both(small_study: Study) -> None:
    columns = main_columns(small_study.complete, small_study.cohort.analysis)
    assert (columns["male"] == small_study.complete["male"]).all()
    assert "scheme" not in columns
    assert np.ptp(columns.to_numpy(), axis=0).min() > 0
