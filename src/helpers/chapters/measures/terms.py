"""Groups of the ledger that both the numbers and the pages of this chapter name."""

from __future__ import annotations

from typing import Final

AT_START: Final = "norwegian_level_at_start"
A1_OR_LOWER: Final = f"{AT_START}=a1_or_lower"
B_LEVEL: Final = f"{AT_START}=b_level"
