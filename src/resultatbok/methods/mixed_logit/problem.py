"""What the likelihood is a function of: the sorted outcome, design and groups."""

from __future__ import annotations

from dataclasses import dataclass

from resultatbok.methods.mixed_logit.nesting import Floats, Nesting


@dataclass(frozen=True)
class Problem:
    """Data of one mixed logistic regression, rows sorted by outer and inner group.

    Attributes:
        outcome: 0 or 1, shape (n,).
        design: Covariates, the constant included, shape (n, p), C order.
        nesting: The groups.
        n_levels: 1 or 2 random intercepts. With 1 the inner groups are the outer groups and the inner
            standard deviation stays 0.
    """

    outcome: Floats
    design: Floats
    nesting: Nesting
    n_levels: int

    @property
    def n_coefficients(self) -> int:
        """Number of fixed effects, p."""
        return int(self.design.shape[1])

    @property
    def n_parameters(self) -> int:
        """Number of parameters of the model: fixed effects and one standard deviation per level."""
        return self.n_coefficients + self.n_levels
