"""Writing what calibration found as a readable file, with the exhibit beside each group of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from synthesis.calibration.corrections import MODELS
from synthesis.moments import Block
from synthesis.report_models import Corrections

HEADER = """\
# Written by `python -m synthesis.calibration` from the published figures; not edited by hand.
#
# Multipliers: what each published moment adds to everyone's log odds of attaining the goal, so that all of them are met
# together (src/synthesis/moments.py). They share the work, so one alone cannot be read as an effect. The
# exhibit that each block of moments comes from stands beside it.
#
# Corrections: what is added to the printed coefficients of the multilevel models to make up for the projects' effects
# being known to the generator and estimated by the models.
"""
_DECIMALS = 5


def write_frozen(
    path: Path, multipliers: Mapping[str, Mapping[str, float]], blocks: Sequence[Block], corrections: Corrections
) -> None:
    """Write the file.

    Args:
        path: The file.
        multipliers: By block and term.
        blocks: Any draw's blocks, for their sources.
        corrections: By block and term.
    """
    described = {block.name: block for block in blocks}
    lines = [HEADER, "multipliers:"]
    for name, values in multipliers.items():
        block = described[name]
        lines.append(f"  {name}: # {block.source}")
        lines += [f"    {term}: {_number(value)}" for term, value in values.items()]
    lines += ["", "corrections:"]
    for name, terms in corrections.items():
        lines.append(f"  {name}: # {MODELS[name].replace('_', ', ')}")
        lines += [f"    {term}: {_number(value)}" for term, value in terms.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _number(value: float) -> str:
    return f"{round(float(value), _DECIMALS) + 0.0:.{_DECIMALS}f}"
