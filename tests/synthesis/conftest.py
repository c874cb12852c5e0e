"""One synthetic delivery of each kind for all tests of the generator."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import made_once

from synthesis import World, draw_world, synthesise


@pytest.fixture(scope="session")
def world() -> World:
    return draw_world()


@pytest.fixture(scope="session")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the default arguments."""
    return made_once(tmp_path_factory, "delivery", synthesise)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small delivery."""
    return made_once(tmp_path_factory, "small-delivery", lambda out: synthesise(out, scale=0.1))
