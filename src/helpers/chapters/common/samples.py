"""What the ledger calls the participants that rows are about."""

from __future__ import annotations

from typing import Final

WOMEN: Final = "women"
REPORT_2022: Final = "report_2022"
"""The complete cases with the errors of report 13/2022, which counts every participant as independent."""
PART_A: Final = "part_a"
"""Jobbsjansen's participants outside working life."""
PART_C: Final = "part_c"
"""Those with a further year after the introduction programme."""
