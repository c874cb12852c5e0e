import math

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS

from resultatbok.methods.trial import complier_effect
from resultatbok.methods.trial.arms import TrialError


def trial(n: int, seed: int, *, effect: float = 0.3, takers: float = 0.7) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    assigned = rng.permutation(np.repeat([0, 1], [n - n // 2, n // 2]))
    complier = rng.random(n) < takers
    received = assigned * complier
    chance = 0.2 + 0.15 * complier + effect * received
    return pd.DataFrame({"y": (rng.random(n) < chance) * 1.0, "z": assigned, "d": received})


def test_it_agrees_with_two_stage_least_squares() -> None:
    data = trial(200, 1).assign(constant=1.0)
    reference = IV2SLS(data["y"], data[["constant"]], data[["d"]], data[["z"]]).fit(cov_type="robust")
    found = complier_effect(data["y"], data["z"], data["d"])
    assert found.effect.value == pytest.approx(reference.params["d"], rel=1e-10)
    assert found.effect.std_error == pytest.approx(reference.std_errors["d"], rel=1e-10)


def test_everybody_complying_gives_the_difference_between_the_arms() -> None:
    data = trial(120, 2, takers=1.0)
    found = complier_effect(data["y"], data["z"], data["d"])
    arms = data.groupby("z")["y"].mean()
    assert found.effect.value == pytest.approx(arms[1] - arms[0])


def test_the_limits_are_where_the_test_of_the_arms_changes_its_mind() -> None:
    data = trial(300, 3)
    found = complier_effect(data["y"], data["z"], data["d"])
    for limit in (found.effect.low, found.effect.high):
        rest, arm = data["y"] - limit * data["d"], data["z"] == 1
        difference = rest[arm].mean() - rest[~arm].mean()
        error = math.sqrt(rest[arm].var(ddof=0) / arm.sum() + rest[~arm].var(ddof=0) / (~arm).sum())
        assert abs(difference) / error == pytest.approx(1.959964, rel=1e-5)


def test_the_interval_covers_at_its_level() -> None:
    covered = []
    for seed in range(400):
        data = trial(132, seed)
        effect = complier_effect(data["y"], data["z"], data["d"]).effect
        covered.append(effect.low <= 0.3 <= effect.high)
    assert 0.92 <= np.mean(covered) <= 0.98


def test_the_data_set_no_limit_when_hardly_anybody_received_it() -> None:
    data = trial(40, 5, takers=0.1)
    effect = complier_effect(data["y"], data["z"], data["d"]).effect
    assert (effect.low, effect.high) == (-math.inf, math.inf)


def test_unknown_outcomes_are_left_out() -> None:
    data = trial(60, 6)
    data.loc[3, "y"] = np.nan
    assert complier_effect(data["y"], data["z"], data["d"]).n == 59


def test_an_offer_that_changes_nothing_is_refused() -> None:
    data = trial(30, 7)
    with pytest.raises(TrialError, match="both arms"):
        complier_effect(data["y"], data["z"], pd.Series(np.zeros(30)))
