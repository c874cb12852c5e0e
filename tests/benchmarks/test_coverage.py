"""The pieces of the simulation of coverage: the truth it holds intervals against, and how it counts."""

import importlib.util
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from resultatbok.methods.intervals import Difference
from resultatbok.methods.treatment import EffectEstimate
from resultatbok.project import project_root

BENCHMARKS = project_root() / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def beside_each_other():
    """The modules of the benchmark find each other; last, since `coverage` is a library, too."""
    sys.path.append(str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def worlds():
    return importlib.import_module("coverage_worlds")


@pytest.fixture(scope="module")
def coverage():
    spec = importlib.util.spec_from_file_location("coverage_of_intervals", BENCHMARKS / "coverage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def population(worlds):
    """40 projects of 5 or 30 people in 20 municipalities, half of them Jobbsjansen's."""
    sizes = np.where(np.arange(40) % 4 < 2, 5, 30)
    project = np.repeat(np.arange(40), sizes)
    people = pd.DataFrame({"project": project, "municipality": project // 2})
    people["scheme"] = np.where(project % 2 == 1, "jobbsjansen", "introduction")
    log_odds = np.linspace(-2, 1.5, len(people)) + 0.8 * (project % 2)
    return worlds.Population(SimpleNamespace(complete=people), people, log_odds, 0.8)


@pytest.mark.parametrize("world", ["assumed", "jobbsjansen", "small"])
def test_the_true_probabilities_and_effect_are_the_means_over_draws(worlds, population, world):
    draws = [population.draw(world, sample) for sample in range(4000)]
    own = np.mean([draw.own for draw in draws], axis=0)
    attained = np.mean([draw.outcome for draw in draws], axis=0)
    np.testing.assert_allclose(own, draws[0].marginal, atol=0.016)
    np.testing.assert_allclose(attained, draws[0].marginal, atol=0.035)
    rng, sd = np.random.default_rng(1), worlds.WORLDS[world]
    z, places = rng.standard_normal(200_000), 0.37 * rng.standard_normal(200_000)
    for person in (0, 30, 500):
        arms = []
        for arm in (0, 1):
            base = population.log_odds[person] - 0.8 * population.treated[person] + 0.8 * arm
            spread = sd(np.array([bool(arm)]), population.small[[person]])
            arms.append(expit(base + places + spread * z).mean())
        assert draws[0].change[person] == pytest.approx(arms[1] - arms[0], abs=0.003)


def test_projects_differ_as_the_world_says(worlds, population):
    effects = {
        world: np.array([population.draw(world, s).effect for s in range(2000)]).std(axis=0) for world in worlds.WORLDS
    }
    treated, small = population.treated, population.small
    of_place = 0.37
    for world, kind, sd in (("assumed", treated, 0.62), ("jobbsjansen", treated, 1.1), ("jobbsjansen", ~treated, 0.5)):
        np.testing.assert_allclose(effects[world][kind], np.hypot(of_place, sd), rtol=0.08)
    np.testing.assert_allclose(effects["small"][small], np.hypot(of_place, 1.1), rtol=0.08)
    np.testing.assert_allclose(effects["small"][~small], np.hypot(of_place, 0.5), rtol=0.08)


def test_a_sample_is_the_same_whenever_it_is_drawn(population):
    first, again, other = (population.draw("assumed", s).outcome for s in (3, 3, 4))
    assert first.equals(again)
    assert not first.equals(other)


def test_a_linear_comparison_weighs_people_as_its_coefficient_does(worlds, population):
    """A regression on probabilities that are linear but for the effect gives the weighted mean of the effect."""
    rng, n = np.random.default_rng(2), len(population.index)
    unit = pd.Series(population.municipality)
    X = pd.DataFrame({"a": rng.normal(size=n) + population.treated, "b": rng.normal(size=n)})
    z, change = population.treated.astype(float), 0.1 + 0.2 * rng.random(n)
    p = 0.2 + 0.01 * unit + 0.03 * X["a"] - 0.02 * X["b"] + z * change
    columns = np.column_stack([z, X, pd.get_dummies(unit, dtype=float)])
    expected = np.linalg.lstsq(columns, p, rcond=None)[0][0]
    data = {"treated": pd.Series(z, name="treated"), "covariates": X, "municipality": unit}
    assert worlds.weighted_change(data, change, unit) == pytest.approx(expected)
    found = EffectEstimate("within", Difference(0, 1, -2, 2), n, 1, pd.Series(1.0, index=unit.index))
    assert worlds.true_effect(found, data, change) == pytest.approx(expected)


def test_the_true_effect_is_that_of_the_people_a_method_estimates(worlds):
    change, data = np.array([0.1, 0.2, 0.4, 0.8]), {"treated": pd.Series([1.0, 1.0, 0.0, 0.0])}

    def of(estimand, weights):
        found = EffectEstimate(estimand, Difference(0, 1, -2, 2), 4, 2, pd.Series(weights))
        return worlds.true_effect(found, data, change)

    assert of("att", [1.0, 0.0, 1.0, 0.0]) == pytest.approx(0.1)
    assert of("att", [1.0, 1.0, 0.0, 0.0]) == pytest.approx(0.15)
    assert of("ate", [2.0, 2.0, 2.0, 2.0]) == pytest.approx(0.375)
    e = np.array([0.2, 0.5, 0.3, 0.9])
    overlap = np.average(change, weights=e * (1 - e))
    assert of("ato", np.where([True, True, False, False], 1 - e, e)) == pytest.approx(overlap)


def test_a_right_interval_covers_and_a_narrow_one_is_found_out(coverage):
    rng, lines = np.random.default_rng(4), []
    for sample in range(1000):
        mean = 3 + rng.standard_normal()
        for name, factor in (("right", 1.0), ("narrow", 0.7), ("wide", 1.4)):
            lines.append(coverage.line("toy", name, "w", sample, Difference.around(mean, factor, 0.95), 3.0))
    table = coverage.summary(pd.DataFrame(lines)).set_index("estimator")
    assert table["low"]["right"] < 0.95 < table["high"]["right"]
    assert list(table["outside"]) == [False, True, True]
    np.testing.assert_allclose(table["se_ratio"], [1.0, 0.7, 1.4], rtol=0.07)
    assert table["coverage"]["narrow"] == pytest.approx(0.83, abs=0.03)
    assert abs(table["bias"]["right"]) < 100 * 3 / np.sqrt(1000)


def test_many_intervals_of_a_sample_are_counted_together_and_depend_on_each_other(coverage):
    """100 intervals that share half of their error: the simulation knows that it has 300 samples, not 30,000."""
    rng, lines = np.random.default_rng(5), []
    for sample in range(300):
        error = np.sqrt(0.5) * (rng.standard_normal() + rng.standard_normal(100))
        found = pd.DataFrame({"value": error, "low": error - 1.96, "high": error + 1.96})
        lines.append(coverage.line("toy", "many", "w", sample, found, np.zeros(100)))
    (row,) = coverage.summary(pd.DataFrame(lines)).to_dict("records")
    assert row["low"] < 0.95 < row["high"]
    assert row["high"] - row["low"] > 3 * 2 * 1.96 * np.sqrt(0.95 * 0.05 / 30_000)
    assert row["se_ratio"] == pytest.approx(1, abs=0.08)


def test_an_estimate_without_an_interval_does_not_count(coverage):
    found = coverage.line("toy", "none", "w", 0, Difference(0.1, np.nan, np.nan, np.nan), 0.1)
    assert (found["n"], found["covered"]) == (0, 0)


def test_the_page_has_the_tables_of_the_kept_summary(coverage):
    kept = pd.read_csv(coverage.SUMMARY)
    assert coverage.tables(kept) in coverage.PAGE.read_text(encoding="utf-8")
    told = pd.read_csv(coverage.CODING)["interval"]
    assert set(told) == set(kept.loc[kept["outside"], "estimator"].map(coverage.PRINTED).dropna())
