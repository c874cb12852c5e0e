"""Limits and groups of the ledger that both the numbers and the pages of this chapter name."""

from __future__ import annotations

from typing import Final

DOMINATED: Final = 0.7
"""A project is dominated by a package that more than this share of its participants have (figure 3.19)."""
SMALLEST: Final = 10
"""Participants a project needs to be drawn."""
SIGNIFICANT: Final = 0.05
LARGEST_SHARE: Final = "largest_package_share"
OVER_LIMIT: Final = "over_70_percent_in_one_package"
ALL_PACKAGES: Final = "model=packages_together"


def package_model(name: str) -> str:
    """The model of who gets a package, as the ledger calls it."""
    return f"model=package;package={name}"
