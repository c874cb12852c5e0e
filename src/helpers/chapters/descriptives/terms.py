"""Groups and samples that the descriptive chapter's numbers and exhibits both name."""

from __future__ import annotations

from typing import Final

from resultatbok.release.rows import group_of

EVERYONE: Final = "external"
"""Sample with the directorate's denominator: the name of the published statistics it is compared with."""
COUNTED: Final = "all_gross"
"""Sample of those whose outcome is counted."""
LITTLE: Final = "little_or_none"
PRACTICE_OF_LITTLE: Final = group_of(measure="ordinary_work_practice", education=LITTLE)
NO_NORWEGIAN: Final = group_of(measure="no_norwegian_training")
MIDDLE_LEVELS: Final = ("a1", "a2", "b1")
"""The levels of Norwegian that the 2022 report takes together beside figure 10."""
MIDDLE: Final = group_of(norwegian="|".join(MIDDLE_LEVELS))
