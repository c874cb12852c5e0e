"""Resultatbok: from register files to a report book (see README.md for the map)."""

__version__ = "0.1.0"
