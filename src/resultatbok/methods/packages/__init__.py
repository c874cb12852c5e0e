"""Measure packages: groups of participants whose programmes were put together alike."""

from resultatbok.methods.packages.find import LEAST_STABILITY, find_packages
from resultatbok.methods.packages.result import REST, Packages
from resultatbok.methods.packages.tree import truncate_tree

__all__ = [
    "LEAST_STABILITY",
    "REST",
    "Packages",
    "find_packages",
    "truncate_tree",
]
