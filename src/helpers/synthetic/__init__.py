"""Writing register files that look like the real ones and hold nobody's data."""
