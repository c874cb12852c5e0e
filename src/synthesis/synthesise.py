"""Writing a whole delivery of register files for a seed, a scale and a span of years."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from synthesis.accounts_files import write_kostra, write_project_accounts
from synthesis.jobbsjansen import reported
from synthesis.jobbsjansen_exits import draw_exits
from synthesis.jobbsjansen_file import write_jobbsjansen
from synthesis.nir_file import write_nir
from synthesis.parameters import Parameters
from synthesis.statistics_files import write_municipalities, write_statistics
from synthesis.studies import write_studies
from synthesis.truth import write_coefficients_truth, write_packages_truth, write_truth
from synthesis.world import DEFAULT_SEED, DEFAULT_YEARS, World, draw_world


def synthesise(
    out: Path,
    *,
    seed: int = DEFAULT_SEED,
    scale: float = 1.0,
    years: tuple[int, int] = DEFAULT_YEARS,
    truth: Path | None = None,
    parameters: Parameters | None = None,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write invented register files like those that the agencies deliver.

    The same arguments give the same bytes.

    Args:
        out: Folder for the files; made if it is not there.
        seed: Of every random number.
        scale: Size against the published cohort of 29,774 leavers, 0.01 to 10. Below 1 there are fewer municipalities
            too.
        years: First and last year of leaving, within 2010-2030; the scale times their number may not exceed 40.
        truth: Folder for what the data were drawn from (coefficients, project effects, packages), if wanted.
        parameters: Other parameters than those of `parameters.yml`.
        progress: Called with the name of each step as it begins.

    Raises:
        ScopeError: The scale or the years are outside what can be drawn.
    """
    say = progress or (lambda step: None)
    world = draw_world(seed=seed, scale=scale, years=years, parameters=parameters, progress=say)
    say("writing")
    write_world(out, world)
    if truth is not None:
        write_truth(truth, world.parameters, world.projects, seed=seed, scale=scale, years=years)
        write_coefficients_truth(truth, world.scene, world.people["probability"].to_numpy())
        people, _, _ = everybody_reported(world)
        write_packages_truth(truth, world.parameters, people, world.streams)


def write_world(out: Path, world: World) -> None:
    """Write the register files of what was drawn."""
    out.mkdir(parents=True, exist_ok=True)
    p, streams, names = world.parameters, world.streams, world.municipalities["name"]
    introduction = (world.people["scheme"] == "introduction").to_numpy()
    people, missing = world.people, world.missing
    write_nir(
        out / "nir.csv.gz",
        p,
        people[introduction],
        world.tests,
        world.fields,
        missing[introduction],
        names,
        streams,
    )
    write_jobbsjansen(
        out / "jobbsjansen.sav",
        p.single_measures,
        *everybody_reported(world),
        world.jobbsjansen_projects,
        names,
        streams,
    )
    write_municipalities(out / "municipalities.csv", world.municipalities)
    write_statistics(out / "municipal_statistics", world.statistics, world.municipalities)
    write_kostra(out / "kostra_275.json", world.accounts, world.municipalities, world.years)
    write_project_accounts(
        out / "jobbsjansen_accounts.xlsx",
        world.accounts,
        world.leavers,
        names,
        world.years,
        p.accounts.other_costs_share,
        streams,
    )
    write_studies(out)


def everybody_reported(world: World) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Everybody in Jobbsjansen's reporting: who left part A, then the others; their measures; what is missing."""
    p, here = world.parameters, (world.people["scheme"] == "jobbsjansen").to_numpy()
    people = reported(world.people[here], world.others)
    scale = here.sum() / sum(p.leavers["jobbsjansen"].values())
    people = people.join(draw_exits(p.exits, people, float(scale), world.streams))
    n = int(here.sum())
    singles = world.singles.set_axis(range(n)).astype(float)
    others = world.other_singles.set_axis(world.other_singles.index + n).astype(float)
    singles = pd.concat([singles, others]).reindex(range(len(people)))
    missing = world.missing[here].reset_index(drop=True).reindex(range(len(people)), fill_value=False)
    return people, singles, missing
