"""Exhibits of the chapter on fidelity."""
