"""What calibration found: the multipliers of the outcome's moments, read from `frozen.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np
import yaml

from synthesis.draws import Floats
from synthesis.moments import Block
from synthesis.report_models import Corrections

FILE = "frozen.yml"


@dataclass(frozen=True)
class Frozen:
    """Estimated by calibration, for draws that are not solved anew.

    Attributes:
        multipliers: By block and term.
        corrections: What is added to the published coefficients of the multilevel models, by block and term.
    """

    multipliers: dict[str, dict[str, float]] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=dict)

    def of(self, blocks: Sequence[Block]) -> dict[str, Floats]:
        """The multipliers of a draw's blocks in the order of their terms; 0 for a term that calibration never met."""
        known = [(b, self.multipliers[b.name]) for b in blocks if b.name in self.multipliers]
        return {b.name: np.array([values.get(term, 0.0) for term in b.terms]) for b, values in known}


@cache
def load_frozen() -> Frozen:
    """The content of `frozen.yml`."""
    file = resources.files(__package__).joinpath(FILE)
    content = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return Frozen(content.get("multipliers", {}), content.get("corrections", {}))
