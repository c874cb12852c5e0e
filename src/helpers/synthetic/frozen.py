"""What calibration found: the multipliers of the outcome's moments, read from `frozen.yml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np
import yaml

from helpers.synthetic.draws import Floats
from helpers.synthetic.report_models import Corrections

FILE = "frozen.yml"


@dataclass(frozen=True)
class Frozen:
    """Estimated by calibration, for draws that are not solved anew.

    Attributes:
        multipliers: Of each block, in the order of its terms.
        corrections: What is added to the published coefficients of the multilevel models, by block and term.
    """

    multipliers: dict[str, Floats] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=dict)


@cache
def load_frozen() -> Frozen:
    """The content of `frozen.yml`."""
    file = resources.files(__package__).joinpath(FILE)
    content = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    multipliers = {name: np.array(list(terms.values())) for name, terms in content.get("multipliers", {}).items()}
    return Frozen(multipliers, content.get("corrections", {}))
