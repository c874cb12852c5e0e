"""Exhibits of the chapter on context."""
