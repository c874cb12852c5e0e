"""Exhibits of the model cards."""
