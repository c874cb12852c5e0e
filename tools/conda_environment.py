"""Write environment.yml from pyproject.toml and requirements.lock.

Conda users get the versions of the lock for every package the project names itself. They come from pip inside
the conda environment, because some of them (the Typst compiler, pandoc as a wheel) have other names in conda.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = """\
# The same versions as requirements.lock, for conda users. Written by `make lock`; do not edit.
#   conda env create -f environment.yml && conda activate resultatbok
name: resultatbok
channels:
  - conda-forge
dependencies:
  - python>=3.11,<3.14
  - pip
  - pip:
"""


def canonical(requirement: str) -> str:
    """The normalised package name at the start of a requirement line."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


def locked_pins() -> dict[str, list[str]]:
    """Pins of the lock by package; several where the version depends on the Python version."""
    pins: dict[str, list[str]] = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if re.match(r"^[A-Za-z0-9]", line):
            pins.setdefault(canonical(line), []).append(line.removesuffix("\\").strip())
    return pins


def direct_requirements() -> list[str]:
    """Names of the packages that pyproject.toml asks for, tools included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [canonical(r) for r in project["dependencies"] + project["optional-dependencies"]["dev"]]


def environment() -> str:
    """The text of environment.yml."""
    pins = locked_pins()
    lines = [f'      - "{pin}"' for name in direct_requirements() for pin in pins[name]]
    return HEADER + "\n".join([*lines, "      - -e ."]) + "\n"


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment())
