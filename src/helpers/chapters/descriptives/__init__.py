"""Exhibits of the chapter on descriptives."""
