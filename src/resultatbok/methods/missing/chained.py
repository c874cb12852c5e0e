"""Multiple imputation by chained equations: matching for numbers, a multinomial draw for categories.

Each variable with gaps is predicted from all others, round after round (van Buuren 2018, Flexible Imputation of Missing
Data, section 4.5). A gap in a number is filled with the value of somebody observed whose prediction is near (section
3.4), as R's `mice` does by `pmm`: givers are predicted with the estimated coefficients and gaps with drawn ones (type 1
matching), so imputed values are always values that occur, whatever the scale. A gap in a category is drawn from a
multinomial logistic model, as by `polyreg`, here of a bootstrap sample so that its uncertainty counts too.
statsmodels' chain matches with drawn coefficients on both sides, which gives errors that are too small.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import linalg

from resultatbok.methods.errors import ModelError

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

DONORS = 5
"""Observed persons among whom the giver of a value is drawn (van Buuren 2018, section 3.4.3)."""
BURN_IN = 10
"""Rounds through all variables before the first data set is kept."""
SPACING = 2
"""Rounds from one kept data set to the next."""
RIDGE = 1e-5
"""Added to each column's sum of squares, as a share of it: columns that determine each other are no fault (`mice`)."""
CATEGORY_ROWS = 5000
"""Persons in the bootstrap sample that a category is predicted from; a larger one costs more than it tells."""
CATEGORY_PENALTY = 0.1
"""On squared coefficients of standardised columns: finite where a rare category is predicted without error."""


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
    chain = _Chain(data, rng, interactions)
    for rounds in (BURN_IN, *[SPACING] * (n_imputations - 1)):
        chain.update(rounds)
        yield chain.completed()


class _Chain:
    """The values of one stratum, and beside them the columns that predict with them.

    Columns are centred and scaled by what is observed, which changes no prediction; a category has a 0/1 column for
    each but its first. `_slots` says which columns are a variable's own.
    """

    def __init__(self, data: pd.DataFrame, rng: np.random.Generator, interactions: Sequence[tuple[str, str]]) -> None:
        self._data, self._rng = data, rng
        names = [str(name) for name in data]
        categories = {str(name) for name in data.select_dtypes("category")}
        self._values = {
            name: np.array(data[name].cat.codes if name in categories else data[name], dtype=float) for name in names
        }
        missing = {name: data[name].isna().to_numpy() for name in names}
        by_gaps = sorted(names, key=lambda name: int(missing[name].sum()))
        self._gaps = {name: np.flatnonzero(missing[name]) for name in by_gaps if missing[name].any()}
        self._known = {name: np.flatnonzero(~missing[name]) for name in self._gaps}
        self._levels = {name: np.unique(self._values[name][~missing[name]])[1:] for name in categories}
        self._scale = {name: _scale(self._values[name][~missing[name]]) for name in names if name not in self._levels}
        self._slots: dict[str, slice] = {}
        position = 1  # behind the constant
        for name in names:
            width = len(self._levels[name]) if name in self._levels else 1
            self._slots[name] = slice(position, position + width)
            position += width
        self._products = {(a, b): position + i for i, (a, b) in enumerate(interactions)}
        self._columns: Array = np.ones((len(data), position + len(interactions)))
        for name in names:
            if name in self._gaps:
                self._values[name][self._gaps[name]] = rng.choice(
                    self._values[name][self._known[name]], len(self._gaps[name])
                )
            self._write(name)

    def update(self, rounds: int) -> None:
        """Fill the gaps anew, variable by variable, those with the fewest gaps first."""
        for _ in range(rounds):
            for name, gaps in self._gaps.items():
                drawn = self._drawn(name) if name in self._levels else self._matched(name)
                self._values[name][gaps] = drawn
                self._write(name)

    def completed(self) -> pd.DataFrame:
        """The data with their gaps filled."""
        return self._data.assign(**{name: self._as_given(name) for name in self._gaps})

    def _as_given(self, name: str) -> Array | pd.Categorical[int]:
        values, dtype = self._values[name], self._data[name].dtype
        if isinstance(dtype, pd.CategoricalDtype):
            return pd.Categorical.from_codes(values.astype(int), dtype=dtype)
        return values.copy()

    def _write(self, name: str) -> None:
        """Bring the columns of a variable, and its products with others, up to date."""
        if name in self._levels:
            self._columns[:, self._slots[name]] = self._values[name][:, None] == self._levels[name]
        else:
            centre, scale = self._scale[name]
            self._columns[:, self._slots[name]] = ((self._values[name] - centre) / scale)[:, None]
        for (a, b), position in self._products.items():
            if name in (a, b):
                self._columns[:, position] = (
                    self._columns[:, self._slots[a].start] * self._columns[:, self._slots[b].start]
                )

    def _predictors(self, of: str) -> Rows:
        """Positions of the columns that predict a variable: all but its own and their products."""
        own = {*range(*self._slots[of].indices(self._columns.shape[1]))}
        own |= {position for pair, position in self._products.items() if of in pair}
        return np.array([j for j in range(self._columns.shape[1]) if j not in own])

    def _matched(self, name: str) -> Array:
        """Values of observed persons whose predictions are near those of the gaps."""
        gaps, known, own = self._gaps[name], self._known[name], self._slots[name].start
        absent = self._columns[gaps]
        gram = self._columns.T @ self._columns - absent.T @ absent
        chosen = self._predictors(name)
        squares = np.diag(gram)[chosen]
        information = gram[np.ix_(chosen, chosen)] + np.diag(np.where(squares > 0, RIDGE * squares, 1.0))
        factor = linalg.cholesky(information, lower=True)
        estimate, drawn = np.zeros(len(gram)), np.zeros(len(gram))
        estimate[chosen] = linalg.cho_solve((factor, True), gram[chosen, own])
        predicted = (self._columns @ estimate)[known]
        rest = self._columns[known, own] - predicted
        sigma = np.sqrt(rest @ rest / self._rng.chisquare(max(len(known) - len(chosen), 1)))
        noise = linalg.solve_triangular(factor, self._rng.standard_normal(len(chosen)), lower=True, trans="T")
        drawn[chosen] = estimate[chosen] + sigma * noise
        givers = _near(predicted, absent @ drawn, self._rng)
        return cast(Array, self._values[name][known[givers]])

    def _drawn(self, name: str) -> Array:
        """Categories drawn by their probabilities in a model of a bootstrap sample of those observed."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression

        sample = self._rng.choice(self._known[name], min(len(self._known[name]), CATEGORY_ROWS))
        values, chosen = self._values[name][sample], self._predictors(name)[1:]
        if np.ptp(values) == 0:
            return np.full(len(self._gaps[name]), values[0])
        model = LogisticRegression(C=1 / CATEGORY_PENALTY)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # near enough for a draw
            model.fit(self._columns[np.ix_(sample, chosen)], values)
        upto = model.predict_proba(self._columns[np.ix_(self._gaps[name], chosen)]).cumsum(axis=1)
        picked = (self._rng.random((len(upto), 1)) > upto[:, :-1]).sum(axis=1)
        return cast(Array, model.classes_[picked])


def _scale(known: Array) -> tuple[float, float]:
    """Mean and standard deviation of the observed values; 1 where they do not differ."""
    return float(known.mean()), float(known.std()) or 1.0


def _near(givers: Array, wanted: Array, rng: np.random.Generator) -> Rows:
    """For each wanted prediction one of the `DONORS` givers with the nearest; equal givers in random order."""
    shuffled = rng.permutation(len(givers))
    order = shuffled[np.argsort(givers[shuffled], kind="stable")]
    around = np.searchsorted(givers[order], wanted)[:, None] + np.arange(-DONORS, DONORS)
    outside = (around < 0) | (around >= len(givers))
    around = np.clip(around, 0, len(givers) - 1)
    distance = np.where(outside, np.inf, np.abs(wanted[:, None] - givers[order[around]]))
    nearest = np.argsort(distance, axis=1)[:, : min(DONORS, len(givers))]
    picked = rng.integers(0, nearest.shape[1], len(wanted))
    rows = np.arange(len(wanted))
    return cast(Rows, order[around[rows, nearest[rows, picked]]])
