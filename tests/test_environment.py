"""pyproject.toml, requirements.lock and environment.yml name the same packages in the same versions."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ("3.11", "3.12", "3.13")
FIXED_BY_THE_USERS = [
    *("jupyter-book", "pandas", "statsmodels", "matplotlib", "seaborn"),
    *("scikit-learn", "papermill", "pytest", "nbval"),
]


def locked() -> list[Requirement]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return [Requirement(line.removesuffix("\\")) for line in lines if re.match(r"^[A-Za-z0-9]", line)]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def asked() -> list[Requirement]:
    return [Requirement(r) for r in project()["dependencies"] + project()["optional-dependencies"]["dev"]]


def conda_pins() -> list[Requirement]:
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(d["pip"] for d in dependencies if isinstance(d, dict))
    return [Requirement(line) for line in pip if not line.startswith("-")]


def versions(requirements: list[Requirement], name: str, python: str) -> set[str]:
    environment = {"python_full_version": f"{python}.5", "python_version": python}
    return {
        str(r.specifier).removeprefix("==")
        for r in requirements
        if canonicalize_name(r.name) == canonicalize_name(name) and (r.marker is None or r.marker.evaluate(environment))
    }


@pytest.mark.parametrize("python", SUPPORTED)
@pytest.mark.parametrize("requirement", asked(), ids=lambda r: r.name)
def test_the_lock_pins_one_version_that_the_project_accepts(requirement: Requirement, python: str) -> None:
    pinned = versions(locked(), requirement.name, python)
    assert len(pinned) == 1
    assert requirement.specifier.contains(pinned.pop())


@pytest.mark.parametrize("python", SUPPORTED)
@pytest.mark.parametrize("requirement", asked(), ids=lambda r: r.name)
def test_conda_gets_the_version_of_the_lock(requirement: Requirement, python: str) -> None:
    assert versions(conda_pins(), requirement.name, python) == versions(locked(), requirement.name, python)


def test_conda_gets_nothing_the_project_does_not_ask_for() -> None:
    assert {canonicalize_name(r.name) for r in conda_pins()} == {canonicalize_name(r.name) for r in asked()}


@pytest.mark.parametrize("name", FIXED_BY_THE_USERS)
def test_the_packages_the_users_fixed_are_asked_for(name: str) -> None:
    assert name in {canonicalize_name(r.name) for r in asked()}


def test_every_locked_package_has_a_hash_and_no_index_is_named() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text


def test_python_bounds_agree() -> None:
    bounds = Requirement(f"python{project()['requires-python']}").specifier
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    conda = Requirement(next(d for d in dependencies if isinstance(d, str) and d.startswith("python")))
    assert bounds == conda.specifier
    assert bounds.contains(".".join(map(str, sys.version_info[:3])))
