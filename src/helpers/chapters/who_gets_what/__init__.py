"""Exhibits of who gets which package."""
