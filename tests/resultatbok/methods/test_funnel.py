from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from resultatbok.methods.funnel import overdispersion, proportion_limits, smooth_proportion_limits

EXAMPLES = Path(__file__).parents[2] / "reference/worked_examples"
OUTPUTS = pd.read_csv(EXAMPLES / "overdispersion_outputs.csv")


def test_smooth_limits_of_a_share_agree_with_the_published_ones():
    published = pd.read_csv(EXAMPLES / "funnel_proportion_limits.csv")
    for level, name in ((0.95, "95"), (0.998, "998")):
        limits = smooth_proportion_limits(published["n"], 0.80642448, level) * 100
        assert limits["low"].to_numpy() == pytest.approx(published[f"lower_{name}_percent"].to_numpy(), abs=1e-5)
        assert limits["high"].to_numpy() == pytest.approx(published[f"upper_{name}_percent"].to_numpy(), abs=1e-5)


@pytest.mark.parametrize("n", [5, 17, 200])
def test_a_project_at_the_baseline_lies_within_the_exact_limits_at_least_so_often(n):
    row = proportion_limits([n], 0.56).iloc[0]
    inside = stats.binom.cdf(round(row["high"] * n), n, 0.56) - stats.binom.cdf(round(row["low"] * n) - 1, n, 0.56)
    narrower = stats.binom.cdf(round(row["high"] * n) - 1, n, 0.56) - stats.binom.cdf(round(row["low"] * n), n, 0.56)
    assert narrower < 0.95 <= inside


def test_variance_between_groups_widens_the_limits():
    narrow, wide = (smooth_proportion_limits([100], 0.5, between_sd=sd).iloc[0] for sd in (0, 0.05))
    assert wide["high"] - 0.5 == pytest.approx(np.sqrt(2) * (narrow["high"] - 0.5))


def test_overdispersion_agrees_with_the_published_example():
    groups = pd.read_csv(EXAMPLES / "overdispersion_inputs.csv")
    expected = OUTPUTS[OUTPUTS["case"] == "six_groups"].set_index("quantity")["value"]
    found = overdispersion(np.log(groups["observed"] / groups["expected"]), groups["expected"] ** -0.5, tail_share=0)
    assert found.phi == pytest.approx(expected.filter(like="phi").iloc[0], abs=1e-6)
    assert found.between_sd**2 == pytest.approx(expected.filter(like="tau2").iloc[0], abs=1e-8)


def test_groups_that_differ_by_chance_alone_are_not_overdispersed():
    rng = np.random.default_rng(2)
    std_error = rng.uniform(0.02, 0.1, 3_000)
    chance = overdispersion(rng.normal(0, std_error), std_error)
    real = overdispersion(rng.normal(0, np.hypot(std_error, 0.08)), std_error)
    assert chance.phi < 1 and chance.between_sd == 0
    assert real.phi > 1 and 0.05 < real.between_sd < 0.08  # drawn in at the ends


def test_without_tails_drawn_in_the_spread_is_that_of_all_groups() -> None:
    rng = np.random.default_rng(5)
    error = rng.uniform(0.02, 0.1, 4_000)
    distance = rng.normal(0, np.sqrt(error**2 + 0.1**2))
    assert overdispersion(distance, error, tail_share=0).between_sd == pytest.approx(0.1, abs=0.004)
    assert overdispersion(distance, error).between_sd < 0.09
