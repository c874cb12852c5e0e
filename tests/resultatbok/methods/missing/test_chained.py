"""Imputation: what it fills in, that it repeats, and that it takes away the bias of complete cases."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.missing import impute, pool

TRUE_EFFECT = 0.5


def drawn(seed: int, n: int = 2000) -> pd.DataFrame:
    """Persons whose `level` is missing more often when they reach the goal and have a low `x`."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    level = np.clip(np.round(2 + 0.5 * x + 0.8 * rng.normal(size=n)), 1, 3)
    log_odds = -1.5 + TRUE_EFFECT * x + 0.6 * level
    y = (rng.random(n) < 1 / (1 + np.exp(-log_odds))).astype(float)
    place = pd.Categorical(np.where(rng.random(n) < 1 / (1 + np.exp(-x)), "north", "south"))
    data = pd.DataFrame({"y": y, "x": x, "level": level, "high": (x > 1).astype(float), "place": place})
    data.loc[rng.random(n) < 1 / (1 + np.exp(0.8 - y + 0.8 * x)), "level"] = np.nan
    data.loc[rng.random(n) < 0.1, "high"] = np.nan
    data.loc[rng.random(n) < 0.1, "place"] = np.nan
    return data


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    return drawn(1)


def test_known_values_stay_and_gaps_get_values_that_occur(data: pd.DataFrame) -> None:
    for completed in impute(data, 2, seed=1):
        assert not completed.isna().any(axis=None)
        assert completed.index.equals(data.index)
        assert completed.dtypes.equals(data.dtypes)
        for name, column in data.items():
            known = column.notna()
            assert (completed[name][known] == column[known]).all()
            assert set(completed[name]) <= set(column.dropna())


def test_a_seed_repeats_and_another_differs(data: pd.DataFrame) -> None:
    first, again, other = (next(impute(data, 1, seed=seed)) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_data_sets_differ_in_the_gaps_alone(data: pd.DataFrame) -> None:
    one, two = impute(data, 2, seed=1)
    differs = one["level"] != two["level"]
    assert differs.any()
    assert not (differs & data["level"].notna()).any()


def test_strata_are_imputed_apart(data: pd.DataFrame) -> None:
    """Where level and stratum never met, no value crosses over."""
    strata = pd.Series(np.where(np.arange(len(data)) % 2, "odd", "even"), index=data.index)
    data = data.assign(level=data["level"].where(strata == "even", data["level"] + 10))
    completed = next(impute(data, 1, seed=1, strata=strata))
    assert completed.loc[strata == "odd", "level"].min() > 10
    assert completed.loc[strata == "even", "level"].max() < 10


def test_a_product_can_predict(data: pd.DataFrame) -> None:
    """`level` follows x upwards for those with high = 1 and downwards for the others."""
    known = data.dropna()
    turned = known.assign(level=known["x"] * (2 * known["high"] - 1))
    gaps = turned.assign(level=turned["level"].mask(np.arange(len(turned)) % 3 == 0))
    hidden = gaps["level"].isna()
    errors = [
        (next(impute(gaps, 1, seed=1, interactions=pairs)).loc[hidden, "level"] - turned.loc[hidden, "level"]).std()
        for pairs in ([], [("x", "high")])
    ]
    assert errors[1] < errors[0] / 2


def test_complete_data_come_back_as_they_are(data: pd.DataFrame) -> None:
    known = data.dropna()
    pd.testing.assert_frame_equal(next(impute(known, 1, seed=1)), known)


def test_a_column_that_nobody_has_in_a_stratum_is_named(data: pd.DataFrame) -> None:
    strata = pd.Series(np.where(data["x"] > 0, "a", "b"), index=data.index)
    with pytest.raises(ModelError, match="nobody has a value of level"):
        next(impute(data.assign(level=data["level"].where(strata == "a")), 1, seed=1, strata=strata))


def test_strata_with_gaps_are_refused(data: pd.DataFrame) -> None:
    strata = pd.Series("a", index=data.index, name="scheme").where(data["x"] > 0)
    with pytest.raises(ModelError, match="'scheme' have"):
        next(impute(data, 1, seed=1, strata=strata))


def test_imputation_takes_away_the_bias_of_complete_cases() -> None:
    found: dict[str, list[float]] = {"complete": [], "imputed": []}
    for seed in range(6):
        data = drawn(seed)[["y", "x", "level"]]
        known = data.dropna()
        found["complete"].append(fit_logit(known["y"], known[["x", "level"]]).params["x"])
        fits = [fit_logit(d["y"], d[["x", "level"]]).terms for d in impute(data, 5, seed=seed)]
        tables = [pd.DataFrame([fit[column] for fit in fits]) for column in ("coefficient", "std_error")]
        found["imputed"].append(pool(*(t.reset_index(drop=True) for t in tables))["value"]["x"])
    error = {name: abs(np.mean(values) - TRUE_EFFECT) for name, values in found.items()}
    assert error["complete"] > 0.1
    assert error["imputed"] < 0.05
