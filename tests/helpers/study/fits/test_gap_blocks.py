"""The blocks of the decomposition: everything the individual model knows and the context, each once."""

import numpy as np
import pytest

from helpers.study.fits.gap_blocks import STAGES, UNKNOWN, blocks_of, gap_design
from helpers.study.specification import MUNICIPAL, RESOURCES, individual_design
from helpers.study.study import Study


def test_every_column_is_in_one_block_and_every_block_in_one_stage(small_study: Study) -> None:
    design = gap_design(small_study, small_study.complete)
    blocks = blocks_of(design)
    placed = [column for columns in blocks.values() for column in columns]
    assert sorted(placed) == sorted(design.columns)
    stages = [block for members in STAGES.values() for block in members]
    assert list(blocks) == [block for block in stages if block in blocks]
    assert len(stages) == len(set(stages))


def test_the_columns_are_those_of_the_individual_model_and_the_context(small_study: Study) -> None:
    design = gap_design(small_study, small_study.complete)
    model = individual_design(small_study.complete, small_study.cohort.analysis)
    known = set(model.columns[model.min() < model.max()]) - {"scheme"}
    assert set(design.columns) - known <= {*MUNICIPAL, RESOURCES, *UNKNOWN}
    assert known <= set(design.columns)


def test_women_alone_have_no_block_of_gender(small_study: Study) -> None:
    women = small_study.complete.query("male == 0").reset_index(drop=True)
    assert "gender" not in blocks_of(gap_design(small_study, women))


def test_unknown_wage_costs_have_the_mean_and_an_indicator(small_study: Study) -> None:
    people = small_study.complete
    costs = small_study.registers.project_years.set_index(["project", "year"])["wage_costs_per_participant_1000_nok"]
    found = np.array(
        [costs.get((p, y), np.nan) for p, y in zip(people["project"], people["end_year"], strict=True)], dtype=float
    )
    design = gap_design(small_study, people)
    unknown = np.isnan(found)
    assert 0 < unknown.sum() < len(people)
    assert (design["resources_unknown"].to_numpy() == unknown).all()
    assert (design.loc[unknown, RESOURCES] == 0).all()
    assert design.loc[~unknown, RESOURCES].mean() == pytest.approx(0, abs=1e-9)
    assert np.corrcoef(design.loc[~unknown, RESOURCES], found[~unknown])[0, 1] == pytest.approx(1)
