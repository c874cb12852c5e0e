"""What tests of several parts share: a small cohort of synthetic registers, and its study."""

from pathlib import Path

import pytest
from support import ROOT, write_cohort

from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Context
from resultatbok.release.ledger import Ledger
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording
from synthesis import synthesise
from synthesis.parameters import load_parameters

SMALL_SCALE = 0.2
SMALL_SEED = 11


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run from the project's root, whatever folder pytest was started in."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def small_cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cohort file of a fifth of the default size."""
    folder = tmp_path_factory.mktemp("small")
    synthesise(folder / "registers", seed=SMALL_SEED, scale=SMALL_SCALE)
    return write_cohort(folder / "small.yml", folder / "registers", name="small")


@pytest.fixture(scope="session")
def small_study(small_cohort: Path) -> Study:
    """The study of the small cohort."""
    return Study.open(small_cohort)


@pytest.fixture(scope="session")
def no_effect_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of a small cohort in which Jobbsjansen's participants attain as in the introduction programme."""
    folder = tmp_path_factory.mktemp("no_effect")
    parameters = load_parameters({"outcome": {"balanced": False, "scheme_effect": 0.0}})
    synthesise(folder / "registers", seed=SMALL_SEED, scale=SMALL_SCALE, parameters=parameters)
    return Study.open(write_cohort(folder / "no-effect.yml", folder / "registers", name="no-effect"))


@pytest.fixture
def context(small_study: Study) -> Context:
    """A context with an empty ledger on the small cohort."""
    return Context(small_study, Ledger(DisclosurePolicy()), Wording("en"))
