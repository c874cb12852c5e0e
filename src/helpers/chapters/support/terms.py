"""What the ledger calls the arms, the analyses and the outcomes of the chapter on job support."""

from __future__ import annotations

from typing import Final

ARMS: Final = ("intervention", "control")
ANALYSES: Final = ("offered", "received", "compliers")
SIDES: Final = ("with", "without")
"""Of a comparison: those with the measure, or its offer, and those without it."""
WORK, MONTHS = "in_work_12_months", "months_in_employment"
TRIAL: Final = "trial"
WANTED_POWER: Final = 0.8
"""The probability of finding a true difference that trials are commonly planned for."""
HYPOTHETICAL: Final = 0.2
"""The difference whose probability of being found the text says."""
