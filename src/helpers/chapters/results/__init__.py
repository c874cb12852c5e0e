"""Exhibits of what became of the participants."""
