"""The multilevel models side by side, and where the variation lies."""

import pytest

from helpers.exhibits.context import MODELS, full_finding, model_comparison, variance_shares
from helpers.exhibits.exhibit import Desk
from helpers.presentation.ledger import lookup
from helpers.presentation.wording import Wording


def test_each_model_has_a_column_with_its_own_terms(desk: Desk) -> None:
    exhibit = model_comparison(desk)
    table = exhibit.table
    assert table is not None
    assert len(table.columns) == 1 + len(MODELS)
    lines = {row[0]: row[1:] for row in table.rows}
    assert all(lines["Jobbsjansen, compared with the introduction programme"])
    assert [bool(cell) for cell in lines["Level of Norwegian"]] == [True, False, False, True]
    assert [bool(cell) for cell in lines["Some schooling"]] == [False, True, True, False]


def test_the_cells_are_the_models_coefficients(desk: Desk) -> None:
    rows = model_comparison(desk).rows
    fit = desk.study.full_model.results
    found = lookup(rows, statistic="coefficient", term="norwegian_level", group="model=full")
    assert found["value"] == pytest.approx(fit.params["norwegian_level"])
    assert found["std_error"] == pytest.approx(fit.bse["norwegian_level"])


def test_the_shares_of_variation_are_those_of_the_models(desk: Desk) -> None:
    rows = variance_shares(desk).rows
    icc = desk.study.full_model.results.icc()["icc"]
    for level in ("municipality", "project"):
        assert lookup(rows, group=f"model=full;level={level}")["value"] == pytest.approx(icc[level])
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("low", "high", "words"), [(1, 5, "ahead"), (-5, -1, "behind"), (-1, 5, "cannot be told apart")]
)
def test_the_sentence_on_the_full_model_follows_its_numbers(desk: Desk, low: float, high: float, words: str) -> None:
    rows = model_comparison(desk).rows.copy()
    effect = (rows["statistic"] == "average_marginal_effect") & (rows["group"] == "model=full")
    rows.loc[effect, ["low", "value", "high"]] = [low, (low + high) / 2, high]
    assert words in full_finding(Wording("en"), rows)
