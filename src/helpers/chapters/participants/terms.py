"""Groups of the ledger that both the numbers and the pages of this chapter name."""

from __future__ import annotations

from typing import Final

MIDDLE_AGES: Final = (30, 45)
"""From the first up to, but not with, the second."""
MIDDLE_AGE: Final = f"age_group=age_{MIDDLE_AGES[0]}_{MIDDLE_AGES[1] - 1}"
HIGHER_COMPLETED: Final = "education_level=higher_completed"
TOGETHER: Final = "country_of_origin=ten_most_common_countries"
OTHER: Final = "other"
"""Every country but the most common ones."""
