"""Exhibits of the chapter on appendix."""
