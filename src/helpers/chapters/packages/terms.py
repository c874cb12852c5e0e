"""What the numbers and the pages of the packages chapter call things."""

from __future__ import annotations

from typing import Final

from resultatbok.release.rows import group_of

REST: Final = "rest"
"""The category of those in no package."""
LEAST_STABILITY: Final = 0.75
"""A cluster that is less stable goes to the rest category, by the method's rule."""
TOGETHER: Final = "shared_package"
"""Key of the packages of both schemes in the ledger's groups, apart from those of Jobbsjansen alone."""
REST_TOGETHER: Final = group_of(**{TOGETHER: REST})
CRITERIA: Final = ("adjusted_bic", "bic", "silhouette")
MERGE: Final = ("merge_left", "merge_right", "merge_height", "merge_leaves")
"""The columns of a linkage matrix, as statistics of the ledger."""
ADULT_PRIMARY: Final = "started_adult_primary_after"
"""Term of the share that left for primary education for adults, which is not the goal."""
