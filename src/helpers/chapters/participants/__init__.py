"""Exhibits of who takes part in Jobbsjansen."""
