"""Whether contributions of projects last: halves of the same participants, and one year against the next.

A contribution here is the mean of outcome minus expected probability. Two random halves of each project tell how much
of the differences is chance in who was drawn (reliability, by Spearman and Brown); two years tell how much lasts, which
can be no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile

SPLITS = 100


@dataclass(frozen=True)
class Stability:
    """A correlation of contributions.

    Attributes:
        correlation: Between the two sides; for halves that of whole projects.
        low: Lower limit, by Fisher's transformation over projects.
        high: Upper limit.
        n: Projects on both sides.
    """

    correlation: float
    low: float
    high: float
    n: int


def split_half(
    outcome: pd.Series,
    expected: pd.Series,
    project: pd.Series,
    *,
    seed: int,
    min_participants: int = 10,
    level: float = 0.95,
) -> Stability:
    """Reliability of contributions: the correlation of halves, mean over many splits, as of whole projects.

    Args:
        outcome: 0 or 1 per participant.
        expected: Expected probability, on the same index.
        project: The project, on the same index.
        seed: Of the splits.
        min_participants: Smallest project that counts.
        level: Coverage of the interval.

    Raises:
        ModelError: Fewer than four projects are large enough.

    Source: Spearman (1910), British Journal of Psychology 3, 271-295; Brown (1910), the same, 296-322.
    """
    sizes = project.map(project.value_counts())
    kept = (sizes >= min_participants).to_numpy()
    rest, (code, names) = (outcome - expected).to_numpy(dtype=float)[kept], pd.factorize(project[kept])
    if len(names) < 4:
        raise ModelError(f"{len(names)} projects have {min_participants} participants; expected at least 4")
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(SPLITS):
        order = np.lexsort([rng.random(len(code)), code])
        half = np.empty(len(code), dtype=int)
        half[order] = np.arange(len(code)) % 2  # every other one of a random order within the project
        one, other = (_means(rest[half == side], code[half == side]) for side in (0, 1))
        found.append(float(np.corrcoef(one, other)[0, 1]))
    r, low, high = _fisher(float(np.mean(found)), len(names), level)
    whole, whole_low, whole_high = (2 * value / (1 + value) for value in (r, low, high))
    return Stability(whole, whole_low, whole_high, len(names))


def year_to_year(
    outcome: pd.Series,
    expected: pd.Series,
    project: pd.Series,
    year: pd.Series,
    *,
    min_participants: int = 5,
    level: float = 0.95,
) -> pd.DataFrame:
    """Correlations between one year's contributions and the next year's.

    Args:
        outcome: 0 or 1 per participant.
        expected: Expected probability, on the same index.
        project: The project, on the same index.
        year: The year, on the same index.
        min_participants: Fewest participants of a project in a year that counts.
        level: Coverage of the intervals.

    Returns:
        By `first` and `second` year: `correlation`, `low`, `high`, `n` (projects in both; missing where fewer than 4).
    """
    people = pd.DataFrame({"rest": outcome - expected, "project": project, "year": year})
    cells = people.groupby(["project", "year"], observed=True)["rest"].agg(["mean", "size"]).reset_index()
    wide = cells[cells["size"] >= min_participants].pivot_table("mean", "project", "year")
    rows = []
    for first, second in pairwise(wide.columns):
        both = wide[[first, second]].dropna()
        r = float(np.corrcoef(both.to_numpy(dtype=float).T)[0, 1]) if len(both) >= 4 else np.nan
        correlation, low, high = _fisher(r, len(both), level)
        rows.append((first, second, correlation, low, high, len(both)))
    return pd.DataFrame(rows, columns=["first", "second", "correlation", "low", "high", "n"])


def _means(values: npt.NDArray[np.float64], code: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    return np.asarray(np.bincount(code, weights=values) / np.bincount(code))


def _fisher(r: float, n: int, level: float) -> tuple[float, float, float]:
    """A correlation with its interval (Fisher 1921, Metron 1, 3-32)."""
    if np.isnan(r):
        return r, np.nan, np.nan
    half = normal_quantile(level) / np.sqrt(n - 3)
    return r, float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))
