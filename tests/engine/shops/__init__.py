"""A report of its own on the engine: what customers of two shops bought."""
