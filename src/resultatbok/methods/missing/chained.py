"""Multiple imputation by chained equations with predictive mean matching, on statsmodels.

Each variable with gaps is regressed on all others; the coefficients are drawn from their distribution, and each gap is
filled with the value of somebody observed whose prediction is near (van Buuren 2018, Flexible Imputation of Missing
Data, sections 3.4 and 4.5). So imputed values are always values that occur, whatever the scale: 0/1, three levels of
education, quarter steps of Norwegian.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from statsmodels.imputation.mice import MICEData
from statsmodels.tools.sm_exceptions import SingularMatrixWarning

from resultatbok.methods.errors import ModelError
from resultatbok.methods.missing.scores import category_scores

Array = npt.NDArray[np.float64]

DONORS = 5
"""Observed persons among whom the giver of a value is drawn (van Buuren 2018, section 3.4.3)."""
BURN_IN = 10
"""Rounds through all variables before the first data set is kept."""
SPACING = 2
"""Rounds from one kept data set to the next."""


def impute(
    data: pd.DataFrame,
    n_imputations: int,
    *,
    seed: int,
    strata: pd.Series | None = None,
    interactions: Sequence[tuple[str, str]] = (),
) -> Iterator[pd.DataFrame]:
    """Complete data sets, one after the other.

    Args:
        data: Numeric columns and categorical ones, with gaps. All of them predict each other, so the outcome of the
            analysis belongs here too (Moons and others 2006).
        n_imputations: Data sets to make.
        seed: Seed of the draws.
        strata: What the rows are imputed apart by, on the same index and without gaps: every relation may then differ
            between the strata.
        interactions: Pairs of numeric columns whose product also predicts the others.

    Yields:
        The data with every gap filled, on their index and with their types.

    Raises:
        ModelError: Nobody in a stratum has a value of a column, or the strata have gaps.
    """
    groups = pd.Series(0, index=data.index) if strata is None else strata
    if groups.isna().any():
        raise ModelError(f"the strata {groups.name!r} have {int(groups.isna().sum())} missing values; expected none")
    seeds = np.random.SeedSequence(seed).spawn(groups.nunique())
    chains = [
        _chain(part, n_imputations, np.random.default_rng(own), interactions)
        for own, (_, part) in zip(seeds, data.groupby(groups, observed=True), strict=True)
    ]
    for parts in zip(*chains, strict=True):
        yield pd.concat(parts).loc[data.index].astype(data.dtypes.to_dict())


def _chain(
    data: pd.DataFrame, n_imputations: int, rng: np.random.Generator, interactions: Sequence[tuple[str, str]]
) -> Iterator[pd.DataFrame]:
    """The completed data sets of one stratum."""
    if unknown := [str(name) for name in data if data[name].isna().all()]:
        raise ModelError(f"nobody has a value of {', '.join(unknown)}; leave it out, or impute fewer strata")
    if not data.isna().any(axis=None):
        yield from (data for _ in range(n_imputations))
        return
    scores = {str(name): _scores(data, str(name)) for name in data.select_dtypes("category")}
    numeric = data.assign(**{name: data[name].astype(object).map(of) for name, of in scores.items()})
    chain = _Chain(numeric.reset_index(drop=True).astype(float), rng, sorted(scores), interactions)
    chain.update_all(BURN_IN)
    for _ in range(n_imputations):
        completed = chain.data.set_axis(data.index)
        names = {name: {score: category for category, score in of.items()} for name, of in scores.items()}
        yield completed.assign(**{str(name): completed[name].map(of) for name, of in names.items()})
        chain.update_all(SPACING)


def _scores(data: pd.DataFrame, name: str) -> dict[Any, float]:
    """A number for each category of a column; only their order and distances matter to the matching."""
    others = data.drop(columns=name).select_dtypes("number")
    return category_scores(data[name], others.fillna(others.mean()))


class _Chain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """statsmodels' chain with ready columns in place of its formulas, which take five times as long."""

    def __init__(
        self,
        data: pd.DataFrame,
        rng: np.random.Generator,
        factors: Sequence[str],
        interactions: Sequence[tuple[str, str]],
    ) -> None:
        self._factors = {name: np.unique(data[name].dropna())[1:] for name in factors}
        self._interactions = interactions
        super().__init__(data, k_pmm=DONORS, rng=rng)

    def update_all(self, n_iter: int = 1) -> None:
        """As in statsmodels; columns that determine each other are no fault, as only fitted values are used."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SingularMatrixWarning)
            super().update_all(n_iter)

    def get_fitting_data(self, vname: str) -> tuple[Array, Array, dict[str, Any], dict[str, Any]]:
        """Values of a variable and its predictors, where it is observed."""
        observed = self.ix_obs[vname]
        return self._column(vname)[observed], self._predictors(vname)[observed], {}, {}

    def get_split_data(self, vname: str) -> tuple[Array, Array, Array, dict[str, Any], dict[str, Any]]:
        """Observed values of a variable, and its predictors where it is observed and where it is not."""
        predictors = self._predictors(vname)
        observed = self.ix_obs[vname]
        return self._column(vname)[observed], predictors[observed], predictors[self.ix_miss[vname]], {}, {}

    def _column(self, name: str) -> Array:
        return cast(Array, self.data[name].to_numpy(dtype=float))

    def _predictors(self, of: str) -> Array:
        """A constant, the other columns, a 0/1 column per category of a factor, and the products."""
        columns = [np.ones(len(self.data))]
        for name in self.data.columns:
            if name != of:
                values = self._column(name)
                levels = self._factors.get(name)
                columns += [values] if levels is None else [(values == level).astype(float) for level in levels]
        columns += [self._column(a) * self._column(b) for a, b in self._interactions if of not in (a, b)]
        return np.column_stack([c for i, c in enumerate(columns) if i == 0 or np.ptp(c) > 0])
