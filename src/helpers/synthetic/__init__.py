"""Writing register files that look like the real ones and hold nobody's data."""

from helpers.synthetic.synthesise import DEFAULT_SEED, DEFAULT_YEARS, draw_world, synthesise, write_world

__all__ = ["DEFAULT_SEED", "DEFAULT_YEARS", "draw_world", "synthesise", "write_world"]
