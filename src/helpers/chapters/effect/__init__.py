"""Exhibits of the chapter on effect."""
