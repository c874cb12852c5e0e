"""Exhibits of what the participants are given."""
