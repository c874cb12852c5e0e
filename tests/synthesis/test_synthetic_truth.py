"""What the data were drawn from is written when asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from synthesis import draw_world, synthesise


def test_the_truth_names_seed_parameters_projects_and_packages(tmp_path: Path) -> None:
    synthesise(tmp_path / "data", scale=0.05, seed=9, truth=tmp_path / "truth")
    world = draw_world(scale=0.05, seed=9)
    settings = json.loads((tmp_path / "truth" / "parameters.json").read_text(encoding="utf-8"))
    projects = pd.read_csv(tmp_path / "truth" / "projects.csv", dtype={"municipality": str})
    packages = pd.read_csv(tmp_path / "truth" / "packages.csv")
    assert (settings["seed"], settings["scale"], settings["years"]) == (9, 0.05, [2017, 2020])
    assert (
        settings["parameters"]["outcome"]["totals"]["jobbsjansen_complete"]
        == world.parameters.outcome.totals["jobbsjansen_complete"]
    )
    assert projects["effect"].tolist() == world.projects["effect"].tolist()
    assert packages["participants"].sum() == (world.people["scheme"] == "jobbsjansen").sum()


def test_no_truth_is_written_unasked(tmp_path: Path) -> None:
    synthesise(tmp_path, scale=0.01)
    assert not list(tmp_path.rglob("projects.csv"))
