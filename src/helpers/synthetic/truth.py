"""What the data were drawn from, for those who want to test methods on known answers."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from helpers.synthetic.parameters import Parameters


def write_truth(
    folder: Path,
    parameters: Parameters,
    projects: pd.DataFrame,
    people: pd.DataFrame,
    *,
    seed: int,
    scale: float,
    years: tuple[int, int],
) -> None:
    """Write the truth behind a delivery.

    `parameters.json` has the seed, the scale, the years and every parameter; `projects.csv` each project's effect on
    the log odds of goal attainment; `packages.csv` the packages' sizes and the share of participants in them with
    each single measure.
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
    _packages(parameters, people).to_csv(folder / "packages.csv", index=False, lineterminator="\n")


def _packages(parameters: Parameters, people: pd.DataFrame) -> pd.DataFrame:
    drawn = people.loc[people["package"] != "", "package"].value_counts()
    table = pd.DataFrame(
        {field: shares for field, _, _, shares in parameters.single_measures}, index=parameters.packages.names
    )
    table.insert(0, "participants", drawn.reindex(table.index).fillna(0).astype(int))
    return table.rename_axis("package").reset_index()
