"""The fixtures of the register tests."""

from pathlib import Path

import pytest
from deliveries import Delivery


@pytest.fixture
def delivery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """A faultless delivery in the working directory, so that messages name files by their bare names."""
    monkeypatch.chdir(tmp_path)
    return Delivery(tmp_path)
