"""Exhibits of the chapter on robustness."""
