"""The multilevel models side by side, where the variation lies, and comparisons with the municipality held equal."""

import numpy as np
import pytest

from helpers.chapters.context import numbers
from helpers.chapters.context.terms import WOMAN
from helpers.study.study import Study
from resultatbok.release.ledger import lookup

UNITS = {
    "municipality_immigrant_share": "immigrant_share",
    "municipality_net_in_migration": "net_in_migration_per_1000",
    "municipality_labour_market": "selected_industries_share",
}


def test_the_comparison_has_the_coefficients_of_the_models(small_study: Study) -> None:
    rows = numbers.model_comparison(small_study)
    fit = small_study.full_model.results
    found = lookup(rows, statistic="coefficient", term="norwegian_level", group="model=full")
    assert found["value"] == pytest.approx(fit.params["norwegian_level"])
    assert found["std_error"] == pytest.approx(fit.bse["norwegian_level"])


def test_the_shares_of_variation_are_those_of_the_models(small_study: Study) -> None:
    rows = numbers.variance_shares(small_study)
    icc = small_study.full_model.results.icc()["icc"]
    for level in ("municipality", "project"):
        assert lookup(rows, group=f"model=full;level={level}")["value"] == pytest.approx(icc[level])
    assert (rows["statistic"] == "icc").sum() == 4


def test_context_effects_are_fractions_and_those_of_the_full_model_come_first(small_study: Study) -> None:
    rows = numbers.context_terms(small_study)
    effects = rows[rows["statistic"] == "average_marginal_effect"]
    assert list(effects["group"]) == ["model=full"] * 3 + ["model=municipality"] * 3 + ["model=project"]
    assert set(effects["unit"]) == {"fraction"}
    fit = small_study.full_model.results
    for term in UNITS:
        ours = lookup(effects, term=term, group="model=full")["value"]
        assert ours == pytest.approx(fit.average_marginal_effect(term)["value"].iloc[0])


def test_the_standard_deviation_of_each_context_variable_is_that_of_its_own_column(small_study: Study) -> None:
    rows = numbers.context_terms(small_study)
    people = small_study.full_model.participants
    for term, column in UNITS.items():
        found = lookup(rows, statistic="sd", term=term)
        assert (found["value"], found["n"]) == (pytest.approx(people[column].std()), len(people))
    wages = small_study.project_model.participants["wage_costs_per_participant_1000_nok"]
    wage = lookup(rows, statistic="sd", term="project_wage_per_participant")
    assert (wage["value"], wage["n"], wage["group"]) == (pytest.approx(wages.std()), len(wages), "model=project")


def test_odds_ratios_are_those_of_their_model_without_the_constant(small_study: Study) -> None:
    for name, fit, make in (
        ("municipality", small_study.municipality_model, numbers.odds_ratios_municipality),
        ("project", small_study.project_model, numbers.odds_ratios_project),
    ):
        rows = make(small_study)
        found = lookup(rows, statistic="odds_ratio", group=f"model={name}", term="scheme")
        assert found["value"] == pytest.approx(np.exp(fit.results.params["scheme"]))
        assert "constant" not in set(rows["term"])


def test_the_woman_in_an_average_municipality_has_the_odds_of_the_constant(small_study: Study) -> None:
    rows, params = numbers.example_woman(small_study), small_study.municipality_model.results.params
    average = lookup(rows, statistic="odds", group=WOMAN, scheme="introduction")["value"]
    p = lookup(rows, statistic="probability", group=WOMAN, scheme="introduction")
    assert average == pytest.approx(np.exp(params["constant"]))
    assert p["value"] == pytest.approx(average / (1 + average))
    assert p["low"] < p["value"] < p["high"]
    jobbsjansen = lookup(rows, statistic="odds", group=WOMAN, scheme="jobbsjansen")["value"]
    assert jobbsjansen == pytest.approx(average * np.exp(params["scheme"]))
    more = lookup(rows, statistic="odds", group=f"{WOMAN};more=net_in_migration")["value"]
    assert more == pytest.approx(average * np.exp(params["municipality_net_in_migration"]))


def test_the_comparison_within_municipalities_counts_those_with_both(small_study: Study) -> None:
    rows = numbers.within_municipality(small_study)
    people = small_study.complete
    schemes = people.groupby("municipality")["scheme"].nunique()
    assert lookup(rows, statistic="count")["value"] == (schemes == 2).sum()
    measured = lookup(rows, group="comparison=all_as_measured")
    means = people.groupby("scheme", observed=True)["goal_attained"].mean()
    assert measured["value"] == pytest.approx(means["jobbsjansen"] - means["introduction"])
    equal = lookup(rows, group="comparison=all_held_equal")
    effect = small_study.individual_model_by_project.average_effect("scheme")
    for name in ("value", "std_error", "low", "high"):
        assert equal[name] == pytest.approx(getattr(effect, name))
    assert equal["n"] == measured["n"] == people["scheme"].value_counts().min()


def test_introduction_programmes_are_compared_by_their_municipality(small_study: Study) -> None:
    rows = numbers.beside_jobbsjansen(small_study)
    shares = rows[rows["statistic"] == "share"]
    assert set(rows["scheme"]) == {"introduction"}
    yes, no = (lookup(shares, group=f"jobbsjansen_in_municipality={v}") for v in ("yes", "no"))
    people = small_study.full_model.participants
    ours = people[people["scheme"] == "introduction"]
    has = ours["municipality"].isin(people.loc[people["scheme"] == "jobbsjansen", "municipality"].unique())
    assert yes["value"] == pytest.approx(ours.loc[has, "goal_attained"].mean(), abs=0.02)
    gap = lookup(rows, group="comparison=as_measured")["value"]
    assert gap == pytest.approx(yes["value"] - no["value"])
