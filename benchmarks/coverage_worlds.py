"""Worlds in which the truth is known: the cohort's people with outcomes drawn from a model (see coverage.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.study.specification import OUTCOME, scheme_indicator
from helpers.study.study import Study
from resultatbok.methods.treatment import EffectEstimate

Array = np.ndarray

MUNICIPALITY_SD = 0.37
SMALL = 20
"""Projects with fewer complete cases are small."""
WORLDS: dict[str, Callable[[Array, Array], Array]] = {
    "assumed": lambda treated, small: np.full(len(treated), 0.62),
    "jobbsjansen": lambda treated, small: np.where(treated, 1.1, 0.5),
    "small": lambda treated, small: np.where(small, 1.1, 0.5),
}
"""The standard deviation between projects, by whether they are Jobbsjansen's and whether they are small."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
STEP = 1e-4


def chance(log_odds: Array, sd: Array) -> Array:
    """Mean probability over normal effects."""
    return sum(w * expit(log_odds + sd * x) for x, w in zip(NODES, WEIGHTS, strict=True)) / WEIGHTS.sum()


@dataclass(frozen=True)
class Draw:
    """One sample.

    Attributes:
        outcome: 0 or 1.
        own: The probability that it was drawn with.
        marginal: That over all municipalities and projects.
        change: What the scheme changes in it.
        slope: Its derivative by the log-odds.
        effect: Of municipality and project together, in log-odds.
    """

    outcome: pd.Series
    own: Array
    marginal: Array
    change: Array
    slope: Array
    effect: Array


class Population:
    """People with their log-odds in a model, from whose probabilities outcomes are drawn."""

    def __init__(self, study: Study, people: pd.DataFrame, log_odds: Array, scheme_effect: float) -> None:
        self.index, self.treated = people.index, scheme_indicator(people).to_numpy() == 1
        self.log_odds, self.scheme_effect = log_odds, scheme_effect
        self.municipality, self.project = (pd.factorize(people[name])[0] for name in ("municipality", "project"))
        sizes = study.complete["project"].value_counts()
        self.small = (people["project"].map(sizes) < SMALL).to_numpy()
        self._known: dict[str, tuple[Array, Array, Array]] = {}

    def draw(self, world: str, sample: int) -> Draw:
        """A sample by its number: the same whenever it is drawn."""
        rng = np.random.default_rng([list(WORLDS).index(world), sample])
        places, projects = (rng.standard_normal(codes.max() + 1) for codes in (self.municipality, self.project))
        spread = WORLDS[world](self.treated, self.small)
        effect = MUNICIPALITY_SD * places[self.municipality] + spread * projects[self.project]
        own = expit(self.log_odds + effect)
        outcome = pd.Series((rng.random(len(own)) < own).astype(float), self.index, name=OUTCOME)
        return Draw(outcome, own, *self._over_effects(world), effect)

    def _over_effects(self, world: str) -> tuple[Array, Array, Array]:
        """Probability over all effects, what the scheme changes in it, and its slope."""
        if world not in self._known:
            arms = []
            for arm in (False, True):
                log_odds = self.log_odds + self.scheme_effect * (arm - self.treated.astype(float))
                sd = self._sd(world, np.full(len(log_odds), arm))
                arms.append([chance(log_odds + step, sd) for step in (0, -STEP, STEP)])
            own, below, above = (np.where(self.treated, *pair) for pair in zip(arms[1], arms[0], strict=True))
            self._known[world] = own, arms[1][0] - arms[0][0], (above - below) / (2 * STEP)
        return self._known[world]

    def _sd(self, world: str, treated: Array) -> Array:
        return np.hypot(MUNICIPALITY_SD, WORLDS[world](treated, self.small))


class Redrawn(Study):
    """A study whose complete cases have other outcomes."""

    def __init__(self, whole: Study, outcome: pd.Series) -> None:
        super().__init__(whole.cohort)
        self.registers, self.participants = whole.registers, whole.participants
        self.complete, self.individual_design = whole.complete.assign(**{OUTCOME: outcome}), whole.individual_design


def true_effect(found: EffectEstimate, data: dict, change: Array) -> float:
    """The mean change among those whose effect a method estimates."""
    weights, treated = found.weights.to_numpy(), data["treated"].to_numpy() == 1
    if found.estimand == "within":
        return weighted_change(data, change, data["municipality"])
    if found.estimand == "ato":
        return float(np.average(change, weights=weights * (1 - weights)))
    return float(change[treated & (weights > 0)].mean() if found.estimand == "att" else change.mean())


def weighted_change(data: dict, change: Array, unit: pd.Series) -> float:
    """The mean change as a linear regression weighs it: by what covariates and units leave of the treatment."""
    table = pd.concat([data["treated"], data["covariates"]], axis=1).astype(float)
    z, *X = (table - table.groupby(unit.to_numpy()).transform("mean")).to_numpy().T
    left = z - np.transpose(X) @ np.linalg.lstsq(np.transpose(X), z, rcond=None)[0]
    return float(np.average(change, weights=left * data["treated"]))
