"""Do the intervals of the contributions hold the truth, and are the projects that are told apart rightly so?

    python benchmarks/contribution.py                  50 draws of 20,000 participants in 411 projects
    python benchmarks/contribution.py --draws 200
    python benchmarks/contribution.py --small 1.45     the smaller half of the projects differ so many times as much

Each draw simulates a cohort with known effects of municipalities and projects, computes contributions as the book does
(projects as the only level, as the book's model has it) and compares them with the true ones: the mean probability of
a project's own participants with its true effect, minus their mean probability over all effects.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import argparse
import warnings

import numpy as np
import pandas as pd
from mixed_logit import COVARIATES, GROUP_SDS, simulate  # the module beside this one
from scipy.special import expit

from resultatbok.methods.contribution import contribution_indicators
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.mixed_logit import ModelWarning, mixed_logit_arrays
from resultatbok.methods.mixed_logit.spread import spread_test
from resultatbok.methods.project_classes import class_by_probability
from resultatbok.methods.shrinkage import rank_intervals, shrunken_contributions

LEVEL = 0.95
CUTOFF = 0.975
SMALLEST = 5
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(31)


def cohort(rows: int, seed: int, small: float) -> tuple[pd.DataFrame, dict[str, np.ndarray], pd.Series]:
    """Data and truth, and which half each participant's project is in; the effects of the smaller half are widened."""
    data, truth = simulate(rows, seed=seed)
    sizes = data["project"].value_counts()
    smaller = sizes.index[sizes <= sizes.median()]
    half = pd.Series(np.where(data["project"].isin(smaller), "smaller", "larger"), name="half")
    if small != 1:
        truth["total"][smaller] *= small
        eta = np.column_stack([np.ones(len(data)), data[COVARIATES]]) @ truth["coefficients"]
        chance = np.random.default_rng(seed).random(len(data))
        data["y"] = (chance < expit(eta + truth["total"][data["project"]])).astype(int)
    truth["sd"] = np.where(np.isin(np.arange(len(truth["total"])), smaller), small, 1) * np.hypot(*GROUP_SDS)
    return data, truth, half


def true_contributions(data: pd.DataFrame, truth: dict[str, np.ndarray]) -> pd.Series:
    """What each project adds to its own participants' probability, on average, against projects at random."""
    eta = np.column_stack([np.ones(len(data)), data[COVARIATES]]) @ truth["coefficients"]
    with_effect = expit(eta + truth["total"][data["project"]])
    sd = truth["sd"][data["project"]]
    at_random = sum(w * expit(eta + sd * x) for x, w in zip(NODES, WEIGHTS, strict=True)) / WEIGHTS.sum()
    return pd.Series(with_effect - at_random).groupby(data["project"].to_numpy()).mean()


def one_draw(rows: int, seed: int, small: float = 1) -> dict[str, pd.DataFrame]:
    """Intervals and true contributions of the projects by each method."""
    data, truth, half = cohort(rows, seed, small)
    true = true_contributions(data, truth)
    plain = fit_logit(data["y"], data[COVARIATES])
    raw = contribution_indicators(data["y"], plain.fitted, data["project"], min_participants=SMALLEST, level=LEVEL)
    mixed = mixed_logit_arrays(data["y"], data[COVARIATES], data[["project"]])
    fixed = data[COVARIATES].to_numpy() @ mixed.params[COVARIATES].to_numpy() + mixed.params["constant"]
    log_odds, sd = pd.Series(fixed, data.index), float(mixed.group_sd.iloc[0])
    found = {"raw": raw}
    for name, uncertain in (("shrunken, parameters known", False), ("shrunken", True)):
        effects = mixed.group_effects("project", parameter_uncertainty=uncertain)
        found[name] = shrunken_contributions(log_odds, data["project"], effects, sd, level=LEVEL).loc[raw.index]
    found["shrunken, by the book's rule"] = found["shrunken"]
    test = spread_test(data["y"], data[COVARIATES], data["project"], half)
    if test.p_value < (1 - LEVEL) / 2:  # the book tests schemes, too
        fixed = data[COVARIATES].to_numpy() @ test.params[COVARIATES].to_numpy() + test.params["constant"]
        spreads = test.effects["group_sd"]
        two = shrunken_contributions(pd.Series(fixed, data.index), data["project"], test.effects, spreads, level=LEVEL)
        found["shrunken, by the book's rule"] = two.loc[raw.index]
    of_half = half.groupby(data["project"].to_numpy()).first().loc[raw.index]
    ranks = rank_intervals(effects.loc[raw.index], level=LEVEL, seed=seed)
    of_true = pd.Series(truth["total"], name="total").loc[raw.index].rank(ascending=False)
    tables = {name: table.assign(true=true.loc[raw.index], half=of_half) for name, table in found.items()}
    return tables | {"rank": ranks.assign(true=of_true, half=of_half)}


def report(draws: list[dict[str, pd.DataFrame]], rows: int) -> None:
    """Print the coverage of each kind of interval, and how often a project is put on the wrong side."""
    print(f"{len(draws)} draws of {rows:,} participants; share of {LEVEL:.0%} intervals that hold the truth")
    for name in draws[0]:
        table = pd.concat([draw[name] for draw in draws])
        held = table["true"].between(table["low"], table["high"])
        width = (table["high"] - table["low"]).median()
        error = (
            "" if name == "rank" else f"   rmse {np.sqrt(((table['contribution'] - table['true']) ** 2).mean()):.3f}"
        )
        halves = ", ".join(f"{half} {share:.3f}" for half, share in held.groupby(table["half"]).mean().items())
        print(
            f"  {name:28} {held.mean():.3f} ({halves})   median width {width:.3f}{error}   ({len(table):,} intervals)"
        )
    shrunken = pd.concat([draw["shrunken, by the book's rule"] for draw in draws])
    classes = class_by_probability(shrunken["probability_above"], CUTOFF)
    for side, wrong in (("above", shrunken["true"] < 0), ("below", shrunken["true"] > 0)):
        called = classes == side
        print(f"  called {side}: {called.mean():.1%} of the projects, {wrong[called].mean():.2%} of them wrongly")
    truly = (shrunken["probability_above"] - (shrunken["true"] > 0)).groupby(
        pd.cut(shrunken["probability_above"], [0, 0.025, 0.2, 0.5, 0.8, 0.975, 1])
    )
    print("  probability of lying above, minus the share that do:", truly.mean().round(3).to_dict())
    by_size = shrunken.assign(held=shrunken["true"].between(shrunken["low"], shrunken["high"]))
    sizes = pd.cut(by_size["participants"], [SMALLEST, 10, 20, 50, 100, np.inf], right=False)
    print("  coverage of the shrunken intervals by size:", by_size.groupby(sizes)["held"].mean().round(3).to_dict())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000, help="participants in a draw")
    parser.add_argument("--draws", type=int, default=50, help="number of simulated cohorts")
    parser.add_argument("--small", type=float, default=1, help="times that effects of the smaller half are as large")
    options = parser.parse_args()
    warnings.simplefilter("ignore", ModelWarning)  # projects with one participant are meant
    report([one_draw(options.rows, 2000 + seed, options.small) for seed in range(options.draws)], options.rows)


if __name__ == "__main__":
    main()
