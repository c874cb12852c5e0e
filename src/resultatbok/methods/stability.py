"""Whether contributions of projects last: one year against the next.

A contribution here is the mean of outcome minus expected probability. The correlation of two years is lowered by chance
in who took part. Chance of one year has nothing to do with that of the next, so that the covariance is that of what
lasts; and the variance that chance gives is known, so that it can be taken out of the variances (Spearman 1904,
American Journal of Psychology 15, 72-101).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.rows import check_rows

DRAWS = 2_000
FEWEST = 10
"""Projects that are followed from one year to the next; of fewer nothing is said."""


@dataclass(frozen=True)
class Stability:
    """A correlation of contributions in one year and the next, all pairs of years together.

    Attributes:
        correlation: As measured.
        lasting: Without chance: the share of what a project differs by in one year that is there in the next. Between
            -1 and 1.
        interval: Limits of `correlation`, from drawing projects anew.
        lasting_interval: Limits of `lasting`.
        n_projects: Projects with two years in a row.
        n: Participants in them.
    """

    correlation: float
    lasting: float
    interval: tuple[float, float]
    lasting_interval: tuple[float, float]
    n_projects: int
    n: int


def year_to_year(
    outcome: pd.Series,
    expected: pd.Series,
    project: pd.Series,
    year: pd.Series,
    *,
    seed: int,
    min_participants: int = 10,
    level: float = 0.95,
) -> Stability:
    """How much of one year's contributions is there in the next year's.

    Args:
        outcome: 0 or 1 per participant.
        expected: Expected probability, on the same index.
        project: The project, on the same index.
        year: The year, a whole number, on the same index.
        seed: Of the draws.
        min_participants: Fewest participants of a project in a year that counts.
        level: Coverage of the intervals.

    Raises:
        ModelError: Rows in another order, or too few projects have two years in a row.
    """
    check_rows(outcome=outcome, expected=expected, project=project, year=year)
    people = pd.DataFrame({"rest": outcome - expected, "chance": expected * (1 - expected)})
    cells = people.groupby([project.to_numpy(), year.to_numpy()]).agg(
        mean=("rest", "mean"), chance=("chance", "mean"), n=("rest", "size")
    )
    cells = cells[cells["n"] >= min_participants].rename_axis(["project", "year"]).reset_index()
    cells["chance"] /= cells["n"]
    pairs = cells.merge(cells.assign(year=cells["year"] - 1), on=["project", "year"], suffixes=("", "_next"))
    if (followed := pairs["project"].nunique()) < FEWEST:
        raise ModelError(f"{followed} projects have {min_participants} participants in two years; expected {FEWEST}")
    x, y = pairs["mean"], pairs["mean_next"]
    parts = {"n": 1.0, "x": x, "y": y, "xx": x * x, "yy": y * y, "xy": x * y}
    chance = {"vx": pairs["chance"], "vy": pairs["chance_next"]}
    sums = pd.DataFrame(parts | chance, index=pairs.index).groupby(pairs["project"]).sum().to_numpy()
    rng, n = np.random.default_rng(seed), len(sums)
    drawn = _correlations(rng.multinomial(n, np.full(n, 1 / n), DRAWS) @ sums)
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=1)
    ((correlation,), (lasting,)) = _correlations(sums.sum(axis=0, keepdims=True))
    return Stability(
        correlation=float(correlation),
        lasting=float(lasting),
        interval=(float(low[0]), float(high[0])),
        lasting_interval=(float(low[1]), float(high[1])),
        n_projects=n,
        n=int(cells.loc[cells["project"].isin(pairs["project"]), "n"].sum()),
    )


def _correlations(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The correlation as measured and without chance, a column for each row of sums; missing where chance is all."""
    _, x, y, xx, yy, xy, vx, vy = sums.T / sums.T[0]
    together = xy - x * y
    measured, without = (xx - x**2) * (yy - y**2), np.maximum(xx - x**2 - vx, 0) * np.maximum(yy - y**2 - vy, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.array([together / np.sqrt(measured), together / np.sqrt(without)])
    return np.clip(np.where(np.isfinite(found), found, np.nan), -1, 1)
