"""Shapley values against the printed examples of Das Gupta (1993) and Wang (2000): averages over all orders."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.decomposition.shapley import MAX_PARTS, coalitions, shapley_values

EXAMPLES = Path(__file__).parents[3] / "reference" / "worked_examples"
PRINTED = pd.read_csv(EXAMPLES / "decomposition_outputs.csv")


def printed(case: str) -> pd.Series:
    rows = PRINTED[PRINTED["case"].str.startswith(case)]
    return rows.set_index("factor")["difference"].drop("crude")


def decompose(value: Callable[[np.ndarray], float], parts: int) -> np.ndarray:
    return shapley_values(np.array([value(members) for members in coalitions(parts)]))


@pytest.mark.parametrize(
    ("case", "before", "after"),
    [
        ("two factors", [0.6, 0.5], [0.3, 0.45]),
        ("three factors", [51.78746, 0.45919, 0.52638], [84.90502, 0.75756, 0.51065]),
    ],
)
def test_a_product_of_rates_has_das_guptas_parts(case: str, before: Sequence[float], after: Sequence[float]) -> None:
    found = decompose(lambda changed: float(np.prod(np.where(changed, after, before))), len(before))
    assert found == pytest.approx(printed(case).to_numpy(), abs=1e-5)


def test_cross_classified_structure_has_the_parts_printed_by_wang() -> None:
    """A cell's share is the product of a factor for age and one for ethnicity (Das Gupta 1993, chapter 6).

    At the mean of both populations' rates, as there: rate and structure are parted first, the structure after that.
    """
    cells = pd.read_csv(EXAMPLES / "decomposition_wang2000_inputs.csv")
    factors, rates = {}, []
    for population, part in cells.groupby("population"):
        size = part.pivot_table(index="ethnicity", columns="age_group", values="size")
        by_age, by_ethnicity, n = size.sum(axis=0), size.sum(axis=1), size.to_numpy().sum()
        age = np.sqrt(size.div(by_ethnicity, axis=0) * (by_age / n))
        ethnicity = np.sqrt(size.div(by_age, axis=1).mul(by_ethnicity / n, axis=0))
        factors[population] = [np.asarray(age), np.asarray(ethnicity)]
        rate = part.pivot_table(index="ethnicity", columns="age_group", values="rate_percent")
        rates.append(np.asarray(rate))

    def value(changed: np.ndarray) -> float:
        age, ethnicity = (factors["male" if c else "female"][k] for k, c in enumerate(changed))
        return float((np.mean(rates, axis=0) * age * ethnicity).sum())

    assert decompose(value, 2) == pytest.approx(printed("wang2000").drop("rate").to_numpy(), abs=1e-6)


def test_the_parts_add_up_and_a_part_that_adds_nothing_has_none() -> None:
    random = np.random.default_rng(3)
    four = random.normal(size=16)
    values = np.concatenate([four, four])  # the fifth part changes nothing
    found = shapley_values(values)
    assert found.sum() == pytest.approx(values[-1] - values[0])
    assert found[4] == pytest.approx(0, abs=1e-12)


def test_problems_along_other_axes_are_solved_one_by_one() -> None:
    values = np.random.default_rng(4).normal(size=(8, 3))
    assert shapley_values(values)[:, 1] == pytest.approx(shapley_values(values[:, 1]))


def test_values_must_be_those_of_all_coalitions() -> None:
    with pytest.raises(ValueError, match="power of two"):
        shapley_values(np.zeros(6))


@pytest.mark.parametrize("parts", [0, MAX_PARTS + 1])
def test_too_few_or_too_many_parts_are_refused(parts: int) -> None:
    with pytest.raises(ValueError, match="parts"):
        coalitions(parts)


@pytest.mark.parametrize("parts", [1, MAX_PARTS])
def test_each_coalition_occurs_once(parts: int) -> None:
    found = coalitions(parts)
    assert len(np.unique(found, axis=0)) == 2**parts
    assert not found[0].any()
    assert found[-1].all()
