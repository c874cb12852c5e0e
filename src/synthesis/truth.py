"""What the data were drawn from, for those who want to test methods on known answers."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from synthesis.draws import Floats, Streams
from synthesis.jobbsjansen_file import running_numbers
from synthesis.parameters import Parameters
from synthesis.profiles import profiles
from synthesis.scene import Scene
from synthesis.true_coefficients import true_coefficients


def write_truth(
    folder: Path,
    parameters: Parameters,
    projects: pd.DataFrame,
    *,
    seed: int,
    scale: float,
    years: tuple[int, int],
) -> None:
    """Write the truth behind a delivery.

    `parameters.json` has the seed, the scale, the years and every parameter; `projects.csv` each project's effect on
    the log odds of goal attainment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "seed": seed,
        "scale": scale,
        "years": list(years),
        "parameters": parameters.model_dump(mode="json"),
    }
    text = json.dumps(settings, ensure_ascii=False, indent=1) + "\n"
    (folder / "parameters.json").write_text(text, encoding="utf-8")
    projects.to_csv(folder / "projects.csv", index=False, lineterminator="\n")


def write_coefficients_truth(folder: Path, scene: Scene, probability: Floats) -> None:
    """Write the true coefficients of table 17's individual model, `coefficients.csv` (see `true_coefficients`).

    A draw too small to have a coefficient for every term gets a file without rows.
    """
    try:
        found = true_coefficients(scene, probability).reset_index()
    except ValueError:
        found = pd.DataFrame(columns=["term", "coefficient"])
    found.to_csv(folder / "coefficients.csv", index=False, lineterminator="\n", float_format="%.6f")


def write_packages_truth(folder: Path, parameters: Parameters, people: pd.DataFrame, streams: Streams) -> None:
    """Write Jobbsjansen's measure packages.

    `packages.csv` has the packages' sizes and the share of participants in them that is expected to have each single
    measure; `jobbsjansen_participants.csv` the package of everybody who left part A, by running number.
    """
    left = people.assign(participant_id=running_numbers(len(people), streams))
    left = left[(left["part"] == "a") & (left["status"] == "left")].sort_values("participant_id")
    left[["participant_id", "package"]].to_csv(
        folder / "jobbsjansen_participants.csv", index=False, lineterminator="\n"
    )
    shares = profiles(parameters.packages, parameters.single_measures)
    fields = [field for field, *_ in parameters.single_measures]
    table = pd.DataFrame(shares.T.round(4), columns=fields, index=parameters.packages.names)
    table.insert(0, "participants", left["package"].value_counts().reindex(table.index).fillna(0).astype(int))
    table.rename_axis("package").reset_index().to_csv(folder / "packages.csv", index=False, lineterminator="\n")
