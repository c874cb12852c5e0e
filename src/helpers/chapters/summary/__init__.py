"""Exhibits of the summary."""
