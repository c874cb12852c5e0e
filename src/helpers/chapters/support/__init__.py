"""Exhibits of the chapter on support."""
