"""Writing register files that look like the real ones and hold nobody's data."""

from synthesis.synthesise import synthesise, write_world
from synthesis.world import DEFAULT_SEED, DEFAULT_YEARS, ScopeError, World, draw_world

__all__ = ["DEFAULT_SEED", "DEFAULT_YEARS", "ScopeError", "World", "draw_world", "synthesise", "write_world"]
