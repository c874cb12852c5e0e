"""Numbers of what the participants are given, against plain counting."""

import pandas as pd
import pytest

from helpers.chapters.measures import numbers
from helpers.study.study import Study
from resultatbok.release.ledger import lookup
from resultatbok.release.rows import normalise


@pytest.fixture
def left(small_study: Study) -> pd.DataFrame:
    details = small_study.registers.jobbsjansen_details
    return details[(details["status"] == "left") & (details["part"] == "a")]


def test_measures_are_counted_by_type(small_study: Study, left: pd.DataFrame) -> None:
    rows = normalise("types", numbers.evaluation_measure_types(small_study))
    measures = small_study.registers.jobbsjansen_measures.reindex(left.index)
    coding = pd.read_csv("data/coding/single_measures.csv").set_index("code")["category"]
    language = [code for code in measures if coding[code] == "language"]
    found = lookup(rows, statistic="mean", group="category=language", sample="part_a")
    assert found["value"] == pytest.approx(measures[language].sum(axis=1).mean())
    total = lookup(rows, statistic="mean", group="", sample="part_a")
    assert total["value"] == pytest.approx(measures.sum(axis=1).mean())


def test_the_most_used_measure_has_the_first_rank(small_study: Study, left: pd.DataFrame) -> None:
    rows = normalise("measures", numbers.evaluation_measures(small_study))
    shares = small_study.registers.jobbsjansen_measures.reindex(left.index).mean()
    group = f"measure={shares.idxmax()}"
    assert lookup(rows, statistic="share", group=group, sample="part_a")["value"] == shares.max()
    assert lookup(rows, statistic="rank_max", group=group, sample="part_a")["value"] == 1


def test_norwegian_is_of_those_whose_level_is_known(small_study: Study, left: pd.DataFrame) -> None:
    rows = normalise("norwegian", numbers.evaluation_norwegian(small_study))
    known = left["norwegian_start"].dropna()
    low = lookup(rows, group="norwegian_level_at_start=a1_or_lower")
    assert (low["value"], low["n"]) == (pytest.approx((known <= 2).mean()), len(known))
    end = lookup(rows, group="norwegian_level_at_end=b1")
    assert end["value"] == pytest.approx((left["norwegian_end"].dropna() == 4).mean())
