"""Tiny differences between processors' arithmetic leave no trace in what is drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.optimize

from helpers.synthetic import World, draw_world, draws

NOISE = 1e-12  # relative; other libraries for linear algebra differ by some 1e-15, and by 1e-13 after many steps
PARTS = ("statistics", "leavers", "projects", "accounts", "people", "tests", "fields", "singles", "missing", "others")


def test_noise_in_all_that_is_computed_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)

    def noisy(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            found = function(*args, **kwargs)
            if isinstance(found, pd.Series):
                return found * (1 + NOISE * rng.standard_normal(len(found)))
            if isinstance(found, tuple):  # of least squares
                return (found[0] * (1 + NOISE * rng.standard_normal(np.shape(found[0]))), *found[1:])
            return found * (1 + NOISE * rng.standard_normal(np.shape(found)))

        return wrapped

    for name in ("cholesky", "solve", "inv", "lstsq"):
        monkeypatch.setattr(np.linalg, name, noisy(getattr(np.linalg, name)))
    for name in ("exp", "log", "log1p"):
        monkeypatch.setattr(np, name, noisy(getattr(np, name)))
    for name in ("gammaincinv", "ndtr", "ndtri"):
        monkeypatch.setattr(draws, name, noisy(getattr(draws, name)))
    for module in [m for name, m in sys.modules.items() if name.startswith("helpers.synthetic")]:
        if getattr(module, "brentq", None) is scipy.optimize.brentq:
            monkeypatch.setattr(module, "brentq", noisy(scipy.optimize.brentq))
    perturbed = draw_world()
    for part in PARTS:
        pd.testing.assert_frame_equal(
            getattr(perturbed, part).drop(columns="probability", errors="ignore"),
            getattr(world, part).drop(columns="probability", errors="ignore"),
            rtol=1e-6,
        )
