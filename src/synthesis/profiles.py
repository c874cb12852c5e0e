"""What is in each measure package: the shares of `jobbsjansen.yml`, shifted until the printed means per type hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from synthesis.draws import Bools, Floats, logistic
from synthesis.jobbsjansen_parameters import Packages, SingleMeasure

_ROUNDS = 50  # of Newton's method; the shifts settle within 1e-9


def profiles(packages: Packages, measures: Sequence[SingleMeasure]) -> Floats:
    """Share of each package's participants with each single measure.

    The shares of one type of measures (table 3.1) are shifted on the log-odds scale, all by the same amount, until the
    type's mean number of measures is the printed one. Printed shares, and those that follow from them, stay.

    Returns:
        One row per measure, one column per package.
    """
    shares = np.array([row[4] for row in measures])
    sizes = np.array(packages.shares) / np.sum(packages.shares)
    free = _free(packages, measures)
    types = np.array([row[2] for row in measures])
    for name, mean in packages.type_means.items():
        cells = free & (types == name)[:, None]
        fixed = float((np.where(cells, 0.0, shares)[types == name] @ sizes).sum())
        shares[cells] = _shifted(shares[cells], np.broadcast_to(sizes, shares.shape)[cells], mean - fixed)
    return shares


def _free(packages: Packages, measures: Sequence[SingleMeasure]) -> Bools:
    fields = [row[0] for row in measures]
    free = np.ones((len(measures), len(packages.names)), dtype=bool)
    free[[fields.index(field) for field in packages.kept]] = False
    free[:, [packages.names.index(name) for name in packages.kept_packages]] = False
    for field, name in packages.kept_cells:
        free[fields.index(field), packages.names.index(name)] = False
    return free


def _shifted(shares: Floats, weights: Floats, total: float) -> Floats:
    odds, shift = np.log(shares / (1 - shares)), 0.0
    for _ in range(_ROUNDS):
        p = logistic(odds + shift)
        shift += (total - float((weights * p).sum())) / float((weights * p * (1 - p)).sum())
    return logistic(odds + shift)
