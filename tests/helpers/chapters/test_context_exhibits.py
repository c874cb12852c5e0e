"""The multilevel models side by side, where the variation lies, and comparisons with the municipality held equal."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.context.context import context_terms, model_comparison, variance_shares
from helpers.chapters.context.context_findings import full_finding, level_note
from helpers.chapters.context.context_models import MODELS
from helpers.chapters.context.context_odds import example_woman, municipality_odds_ratios, project_odds_ratios
from helpers.chapters.context.context_within import beside_comparison, beside_finding, within_comparison, within_finding
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording


def test_each_model_has_a_column_with_its_own_terms(desk: Desk) -> None:
    exhibit = model_comparison(desk)
    table = exhibit.table
    assert table is not None
    assert len(table.columns) == 1 + len(MODELS)
    lines = {row[0]: row[1:] for row in table.rows}
    assert all(lines["Jobbsjansen, compared with the introduction programme"])
    assert [bool(cell) for cell in lines["Level of Norwegian"]] == [True, True, False, False]
    assert [bool(cell) for cell in lines["Some schooling"]] == [False, False, True, True]


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
    assert (rows["statistic"] == "icc").sum() == 4


@pytest.mark.parametrize(
    ("low", "high", "words"), [(1, 5, "ahead"), (-5, -1, "behind"), (-1, 5, "cannot be told apart")]
)
def test_the_sentence_on_the_full_model_follows_its_numbers(desk: Desk, low: float, high: float, words: str) -> None:
    rows = model_comparison(desk).rows.copy()
    effect = (rows["statistic"] == "average_marginal_effect") & (rows["group"] == "model=full")
    rows.loc[effect, ["low", "value", "high"]] = [low, (low + high) / 2, high]
    assert words in full_finding(Wording("en"), rows)


def test_the_context_is_told_in_points_and_the_full_model_first(desk: Desk) -> None:
    rows = context_terms(desk).rows
    effects = rows[rows["statistic"] == "average_marginal_effect"]
    assert effects["group"].iloc[0] == "model=full"
    assert set(effects["unit"]) == {"percentage points"}
    fit = desk.study.full_model.results
    term = "municipality_immigrant_share"
    ours = lookup(effects, term=term, group="model=full")["value"]
    assert ours == pytest.approx(100 * fit.average_marginal_effect(term)["value"].iloc[0])
    assert len(effects) == 7


@pytest.mark.parametrize(
    ("municipality", "project", "words"),
    [
        (0.05, 0.1, "variation at both levels"),
        (0.0, 0.1, "between municipalities is exactly zero"),
        (0.1, 0.0, "projects within a municipality is exactly zero"),
        (0.0, 0.0, "no variation at either level"),
    ],
)
def test_a_level_at_zero_is_explained(municipality: float, project: float, words: str) -> None:
    full = {"municipality": pd.Series({"value": municipality}), "project": pd.Series({"value": project})}
    assert words in level_note(Wording("en"), full, {"municipality": 0.01, "project": 0.01}, 0.05)


@pytest.mark.parametrize(
    ("municipality", "project", "words"),
    [
        (0.01, 0.04, "at both levels, more than chance"),
        (0.05, 0.01, "between projects, more than chance gives; that between municipalities may be chance"),
        (0.01, 0.05, "between municipalities, more than chance gives; that between the projects"),
        (0.2, 0.3, "either may be chance"),
    ],
)
def test_a_level_is_said_to_vary_only_where_its_test_says_so(municipality: float, project: float, words: str) -> None:
    full = {level: pd.Series({"value": 0.05}) for level in ("municipality", "project")}
    assert words in level_note(Wording("en"), full, {"municipality": municipality, "project": project}, 0.05)


def test_odds_ratios_have_the_published_keys(desk: Desk) -> None:
    rows = pd.concat([municipality_odds_ratios(desk).rows, project_odds_ratios(desk).rows])
    fit = desk.study.municipality_model.results
    found = lookup(rows, statistic="odds_ratio", group="model=municipality", term="scheme")
    assert found["value"] == pytest.approx(np.exp(fit.params["scheme"]))
    assert lookup(rows, group="model=project", term="project_wage_per_participant")["value"] > 0
    assert "constant" not in set(rows["term"])


def test_the_woman_in_an_average_municipality_has_the_odds_of_the_constant(desk: Desk) -> None:
    rows = example_woman(desk).rows
    group = "profile=municipality_average_woman"
    odds = lookup(rows, statistic="odds", group=group, scheme="introduction")["value"]
    p = lookup(rows, statistic="probability", group=group, scheme="introduction")
    assert odds == pytest.approx(np.exp(desk.study.municipality_model.results.params["constant"]))
    assert p["value"] == pytest.approx(odds / (1 + odds))
    assert p["low"] < p["value"] < p["high"]


def test_the_comparison_within_municipalities_counts_those_with_both(desk: Desk) -> None:
    rows = within_comparison(desk).rows
    schemes = desk.study.complete.groupby("municipality")["scheme"].nunique()
    assert lookup(rows, statistic="count")["value"] == (schemes == 2).sum()
    measured = lookup(rows, group="comparison=all_as_measured")["value"]
    means = desk.study.complete.groupby("scheme", observed=True)["goal_attained"].mean()
    assert measured == pytest.approx(100 * (means["jobbsjansen"] - means["introduction"]))


def test_introduction_programmes_are_compared_by_their_municipality(desk: Desk) -> None:
    rows = beside_comparison(desk).rows
    shares = rows[rows["statistic"] == "share"]
    assert set(shares["scheme"]) == {"introduction"}
    yes, no = (lookup(shares, group=f"jobbsjansen_in_municipality={v}") for v in ("yes", "no"))
    gap = lookup(rows, group="comparison=as_measured")["value"]
    assert gap == pytest.approx(100 * (yes["value"] - no["value"]))


@pytest.mark.parametrize(
    ("low", "high", "within", "beside"),
    [
        (1.0, 5.0, "more often: 3", "do better"),
        (-5.0, -1.0, "less often: 3", "do worse"),
        (-1.0, 2.0, "cannot be told apart", "cannot be told apart"),
    ],
)
def test_the_sentences_on_municipalities_follow_their_intervals(
    low: float, high: float, within: str, beside: str
) -> None:
    gap = {"value": (low + high) / 2, "low": low, "high": high, "suppressed": False}
    words = Wording("en")
    assert within in within_finding(words, pd.DataFrame([gap | {"group": "comparison=within_held_equal"}]))
    assert beside in beside_finding(words, pd.DataFrame([gap | {"group": "comparison=held_equal"}]))


def test_it_is_said_when_municipalities_cannot_be_compared() -> None:
    none = pd.DataFrame({"group": ["comparison=as_measured"], "value": [1.0], "suppressed": [False]})
    assert "too few municipalities" in within_finding(Wording("en"), none)
    assert "too few to compare" in beside_finding(Wording("en"), none)
