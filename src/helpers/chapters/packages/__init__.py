"""Exhibits of the chapter on packages."""
