"""Exhibits of what the projects say."""
