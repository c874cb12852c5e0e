"""Exhibits of data and method."""
