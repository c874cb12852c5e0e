"""Exhibits of the chapter on composition."""
