"""Where the fixed part comes from: a formula, or the columns of a ready design."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Protocol

import formulaic
import numpy as np
import pandas as pd
from formulaic.errors import DataMismatchWarning, FormulaicError

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.nesting import Floats, Ints

CONSTANT = "constant"
FORMULA_CONSTANT = "Intercept"
BLOCK = 65536


class DesignSource(Protocol):
    """Makes the design matrix of any data with the model's variables."""

    @property
    def names(self) -> list[str]:
        """Name of each column, in order."""

    @property
    def constant(self) -> int | None:
        """Position of the constant, if there is one."""

    @property
    def terms(self) -> dict[str, list[int]]:
        """Columns of each term; a categorical term has several."""

    @property
    def variables(self) -> list[str]:
        """Columns of the data that the design is made from."""

    def categories(self, variable: str, data: pd.DataFrame) -> list[Any] | None:
        """Levels of a categorical variable, the reference first; None for one that enters as a number."""

    def matrix(self, data: pd.DataFrame, order: Ints | None = None) -> Floats:
        """The design in C order, rows as in the data or as `order` says."""


@dataclass(frozen=True)
class FormulaDesign:
    """A design made by a formula's right-hand side, coded as in the data it was fitted to."""

    spec: Any

    @classmethod
    def fit(cls, formula: str, data: pd.DataFrame) -> tuple[FormulaDesign, Floats]:
        """Learn the coding of the categories from the data.

        Returns:
            The design source, and the matrix of these data.

        Raises:
            ModelError: The formula cannot be read, or names a column that the data lack.
        """
        try:
            right = formulaic.Formula(formula)
            absent = sorted(name for name in right.required_variables if name not in data.columns)
            if absent:
                raise ModelError(f"formula {formula!r}: no column {', '.join(absent)} in the data")
            check_complete(data, sorted(right.required_variables))
            made = right.get_model_matrix(data, output="numpy", na_action="ignore", context={"np": np})
        except FormulaicError as error:
            raise ModelError(f"formula {formula!r} cannot be used: {error}") from error
        return cls(made.model_spec), _as_matrix(made)

    @property
    def names(self) -> list[str]:
        """Name of each column, in order."""
        return [str(name) for name in self.spec.column_names]

    @property
    def constant(self) -> int | None:
        """Position of the constant, if there is one."""
        return self.names.index(FORMULA_CONSTANT) if FORMULA_CONSTANT in self.names else None

    @property
    def terms(self) -> dict[str, list[int]]:
        """Columns of each term; a categorical term has several."""
        return {str(term): list(columns) for term, columns in self.spec.term_indices.items()}

    @property
    def variables(self) -> list[str]:
        """Columns of the data that the design is made from."""
        return sorted(self.spec.required_variables)

    def categories(self, variable: str, data: pd.DataFrame) -> list[Any] | None:
        """Levels of a categorical variable, the reference first; None for one that enters as a number."""
        factors = {factor for term in self.spec.variable_terms[variable] for factor in term.factors}
        for factor in factors:
            kind, state = self.spec.encoder_state.get(str(factor), (None, {}))
            if kind is not None and kind.value == "categorical" and variable in str(factor):
                return list(state["categories"])
        return None

    def matrix(self, data: pd.DataFrame, order: Ints | None = None) -> Floats:
        """The design in C order, rows as in the data or as `order` says.

        Raises:
            ModelError: A column is absent or has missing values, or a category was not in the data fitted to.
        """
        check_complete(data, self.variables)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", DataMismatchWarning)
                made = self.spec.get_model_matrix(data, na_action="ignore", context={"np": np})
        except (FormulaicError, DataMismatchWarning) as error:
            raise ModelError(f"the data do not fit the formula that was fitted: {error}") from error
        return in_order(_as_matrix(made), order)


@dataclass(frozen=True)
class ColumnDesign:
    """A design whose columns are the data's own numeric columns, with a constant in front."""

    columns: tuple[str, ...]
    with_constant: bool

    @property
    def names(self) -> list[str]:
        """Name of each column, in order."""
        return [CONSTANT, *self.columns] if self.with_constant else list(self.columns)

    @property
    def constant(self) -> int | None:
        """Position of the constant, if there is one."""
        return 0 if self.with_constant else None

    @property
    def terms(self) -> dict[str, list[int]]:
        """Columns of each term, one each."""
        return {name: [j] for j, name in enumerate(self.names)}

    @property
    def variables(self) -> list[str]:
        """Columns of the data that the design is made from."""
        return list(self.columns)

    def categories(self, variable: str, data: pd.DataFrame) -> list[Any] | None:
        """None: every column is a number."""
        return None

    def matrix(self, data: pd.DataFrame, order: Ints | None = None) -> Floats:
        """The design in C order, rows as in the data or as `order` says.

        Raises:
            ModelError: A column is absent, has missing values or is not numeric.
        """
        check_complete(data, self.variables)
        for name in self.columns:
            if not pd.api.types.is_numeric_dtype(data[name]) or pd.api.types.is_complex_dtype(data[name]):
                raise ModelError(f"column {name} is {data[name].dtype}; expected numbers; code its categories as 0/1")
        columns = [data[name].to_numpy() for name in self.columns]
        matrix = np.ones((len(data), len(self.names)))
        first = int(self.with_constant)
        for start in range(0, len(data), BLOCK):  # block by block, so that the writes stay in the processor's cache
            rows = slice(start, start + BLOCK)
            taken = rows if order is None else order[rows]
            for j, column in enumerate(columns):
                matrix[rows, first + j] = column[taken]
        return matrix


def in_order(matrix: Floats, order: Ints | None) -> Floats:
    """The rows in the order asked for, without a copy where they lie so already."""
    return np.ascontiguousarray(matrix if order is None else matrix[order])


def _as_matrix(made: Any) -> Floats:  # noqa: ANN401 - formulaic's matrix is not annotated
    return np.asarray(made, dtype=np.float64)


def check_complete(data: pd.DataFrame, columns: list[str]) -> None:
    """Refuse absent columns and missing values, naming each column.

    Raises:
        ModelError: Naming every column with its number of missing values.
    """
    absent = [name for name in columns if name not in data.columns]
    if absent:
        raise ModelError(f"no column {', '.join(absent)} in the data")
    missing = {name: int(data[name].isna().sum()) for name in columns}
    found = [f"{name} ({count} rows)" for name, count in missing.items() if count]
    if found:
        raise ModelError(f"missing values in {', '.join(found)}; drop or impute these rows first")
