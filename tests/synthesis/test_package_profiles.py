"""The packages' shares meet every printed share and mean of the 2019 evaluation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.registers import coding_tables
from synthesis.parameters import Parameters, load_parameters
from synthesis.profiles import profiles


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="module")
def table(parameters: Parameters) -> pd.DataFrame:
    fields = [field for field, *_ in parameters.single_measures]
    shares = profiles(parameters.packages, parameters.single_measures)
    return pd.DataFrame(shares, index=fields, columns=parameters.packages.names)


@pytest.fixture(scope="module")
def sizes(parameters: Parameters) -> np.ndarray:
    return np.array(parameters.packages.shares) / np.sum(parameters.packages.shares)


@pytest.mark.parametrize(
    ("package", "field", "printed"),
    [
        ("broad", "v3_2_3", 0.77),
        ("broad", "v3_2_2", 0.80),
        ("broad", "v3_3_7", 0.93),
        ("language_and_work", "v3_2_3", 0.91),
        ("strong_work", "v3_2_3", 1.00),
        ("school", "v3_1_1", 0.98),
        ("school", "v3_3_2", 0.91),
        ("school", "v3_1_7", 0.70),
    ],
)
def test_the_eight_printed_shares_are_not_shifted(
    package: str, field: str, printed: float, table: pd.DataFrame
) -> None:
    assert table.loc[field, package] == pytest.approx(printed)


@pytest.mark.parametrize(
    ("kind", "mean"),
    [("society", 2.71), ("work_oriented", 1.73), ("language", 1.71), ("education", 0.72), ("health", 0.80)],
)
def test_the_mean_number_of_measures_of_each_type_is_the_printed_one(
    kind: str, mean: float, parameters: Parameters, table: pd.DataFrame, sizes: np.ndarray
) -> None:
    fields = [field for field, _, one, *_ in parameters.single_measures if one == kind]
    assert (table.loc[fields] @ sizes).sum() == pytest.approx(mean, abs=1e-6)


@pytest.mark.parametrize(
    ("field", "share"),
    [("v3_2_3", 0.74), ("v3_1_1", 0.57), ("v3_1_3", 0.39), ("v3_1_5", 0.23), ("v3_2_10", 0.09), ("v3_3_1", 0.06)],
)
def test_the_measures_whose_totals_are_printed_have_them(
    field: str, share: float, table: pd.DataFrame, sizes: np.ndarray
) -> None:
    # The sizes that packages are drawn with differ a little from the printed ones, so that those found have them
    assert table.loc[field] @ sizes == pytest.approx(share, abs=0.015)


def test_only_career_guidance_is_common_beside_practice_in_the_strong_work_package(table: pd.DataFrame) -> None:
    assert set(table.index[table["strong_work"] > 0.5]) == {"v3_2_3", "v3_3_7"}


def test_no_measure_is_common_in_the_rest(table: pd.DataFrame) -> None:
    assert table["rest"].max() < 0.6


def test_types_are_those_of_the_coding_table(parameters: Parameters) -> None:
    coding = coding_tables()["single_measures"].set_index("code")["category"]
    assert {field: kind for field, _, kind, *_ in parameters.single_measures} == coding.to_dict()


def test_part_c_has_the_printed_means(parameters: Parameters) -> None:
    means: dict[str, float] = {}
    for _, _, kind, _, _, share in parameters.single_measures:
        means[kind] = means.get(kind, 0.0) + share
    expected = {"society": 1.59, "work_oriented": 1.49, "language": 1.36, "education": 0.72, "health": 0.67}
    assert means == pytest.approx(expected, abs=0.005)
