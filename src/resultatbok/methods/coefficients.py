"""What every fitted model is asked for under the names that statsmodels gives it, read off its table of terms."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pandas as pd


class CoefficientNames(ABC):
    """Coefficients, errors, tests and intervals by statsmodels' names."""

    @property
    @abstractmethod
    def nobs(self) -> int:
        """Rows."""

    @property
    def params(self) -> pd.Series:
        """Coefficients (log-odds), constant first."""
        return self._table()["coefficient"]

    @property
    def bse(self) -> pd.Series:
        """Standard errors of the coefficients."""
        return self._table()["std_error"]

    @property
    def tvalues(self) -> pd.Series:
        """Test statistic of each coefficient."""
        return self._table()["z"]

    @property
    def pvalues(self) -> pd.Series:
        """Two-sided p-value of each coefficient."""
        return self._table()["p_value"]

    def conf_int(self) -> pd.DataFrame:
        """Limits of each coefficient's interval: `low` and `high`."""
        return self._table()[["low", "high"]]

    def summary(self) -> str:
        """The table of terms as text, below the number of rows."""
        return f"{self.nobs} rows\n{self._table().round(4).to_string()}"

    @abstractmethod
    def _table(self) -> pd.DataFrame:
        """One row per term: coefficient, std_error, z, p_value, low, high."""
