"""Exhibits of the evaluation's book."""
