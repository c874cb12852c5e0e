"""Exhibits of several chapters."""
