import pytest
from planted_packages import planted_packages


@pytest.fixture(scope="session")
def planted():
    """916 participants, as many as the 2019 evaluation clustered."""
    return planted_packages(916, seed=2)


@pytest.fixture(scope="session")
def make_planted():
    """The generator itself: `make_planted(n, seed)` gives measures and true packages."""
    return planted_packages
