"""Exhibits of the chapter on contribution."""
