"""Measure packages: groups of participants whose programmes were put together alike."""

from helpers.methods.packages.find import LEAST_STABILITY, find_packages
from helpers.methods.packages.naming import emphases, name_packages
from helpers.methods.packages.result import REST, Packages
from helpers.methods.packages.tree import truncate_tree

__all__ = [
    "LEAST_STABILITY",
    "REST",
    "Packages",
    "emphases",
    "find_packages",
    "name_packages",
    "truncate_tree",
]
