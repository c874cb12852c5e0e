"""Exhibits of the chapter on individual."""
