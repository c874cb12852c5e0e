"""The true coefficients of table 17's individual model: those that the probabilities behind a draw imply.

The outcomes are not drawn from one logistic regression but from probabilities that meet many published figures and
have the projects' effects in them. What the individual model estimates from them is nevertheless well defined: the
coefficients whose fitted probabilities have the same sums with every column as the probabilities drawn with, that is
the model fitted to the probabilities themselves instead of outcomes of 0 and 1. With more and more participants the
estimates from outcomes approach these.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Floats
from synthesis.moments import Block, solve
from synthesis.report_models import CENTRES, individual_columns
from synthesis.scene import Scene


def true_coefficients(scene: Scene, probability: Floats) -> pd.Series:
    """The individual model's coefficients in the probabilities that the complete cases' outcomes were drawn with.

    Args:
        scene: The draw.
        probability: Of everyone, as from `draw_goal_attained`.

    Returns:
        By term, with the constant at zero of every column.

    Raises:
        ValueError: A column is the same for all complete cases, as in a very small draw.
    """
    columns = individual_columns(scene)[scene.complete]
    if alike := [str(c) for c in columns.columns if c != "constant" and columns[c].nunique() < 2]:
        raise ValueError(f"no coefficient of {', '.join(alike)}: the same for everyone")
    design, p = columns.to_numpy(), probability[scene.complete]
    everyone = np.ones(len(p), dtype=bool)
    terms = tuple(str(term) for term in columns.columns)
    model = Block("individual", "table 17", terms, design, everyone, design.T @ p, 0.0)
    found = pd.Series(solve(np.zeros(len(p)), [model]).multipliers["individual"], index=list(terms))
    found["constant"] -= sum(found[term] * centre for term, centre in CENTRES.items())
    return found.rename("coefficient").rename_axis("term")
