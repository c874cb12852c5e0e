"""Do the book's intervals hold the truth? The default cohort with outcomes redrawn from known effects.

    python benchmarks/coverage.py                              three minutes of samples; judges nothing
    python benchmarks/coverage.py --samples 1000 --out FILE    appended to FILE, taken up where it ends
    python benchmarks/coverage.py --report FILE...             coverage.csv, and the tables in docs/methods/coverage.md

Women, covariates, projects, municipalities and who is in which scheme stay as they are. Outcomes are drawn from a model
of the book, fitted once, with an effect of each municipality and project that is drawn anew in every sample, so that
what each interval should hold follows from the probabilities. The functions under test are the book's own. The
baseline is the nominal level: `ratio` is the measured coverage over it.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import argparse
import time
import warnings
from collections.abc import Iterable
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
from coverage_estimators import LEVEL, Bench  # the modules beside this one
from coverage_worlds import WORLDS

from helpers.study.study import Study
from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.intervals import normal_quantile, wilson_interval

COHORT = "cohorts/synthetic-2017-2020.yml"
SUMMARY = Path(__file__).with_suffix(".csv")
PAGE = SUMMARY.parents[1] / "docs" / "methods" / "coverage.md"
CODING = SUMMARY.parents[1] / "data" / "coding" / "coverage.csv"
PRINTED = {
    "rank, ten best": "ten_best_ranks",
    "decomposition, entry: what stays, own_second": "unexplained_introduction",
}
"""Intervals of the book that are printed with their coverage where it is not what they promise."""
ACCEPTED = (0.93, 0.97)
SECONDS = 180
"""Of the run without arguments."""
COLUMNS = ("group", "estimator", "world", "sample", "n", "covered", "error", "square", "std_error")
ROUNDED = {"bias": 2, "se_ratio": 2, "coverage": 4, "low": 4, "high": 4, "ratio": 3}
HEADINGS = {
    "assumed": "As assumed: every project 0.62",
    "jobbsjansen": "Jobbsjansen's projects vary more: 1.1, the others 0.5",
    "small": "Small projects vary more: 1.1, the others 0.5",
}


def line(group: str, name: str, world: str, sample: int, found: object, true: object) -> dict:
    """How many intervals of a sample hold the truth, and how far the estimates lie from it."""
    value, low, high = (np.atleast_1d(np.asarray(getattr(found, k), dtype=float)) for k in ("value", "low", "high"))
    known = np.isfinite(low)
    error, inside = (value - true)[known], ((low <= true) & (true <= high))[known]
    std_error = getattr(found, "std_error", (high - low) / (2 * normal_quantile(LEVEL)))
    width = np.atleast_1d(std_error)[known]
    numbers = (known.sum(), inside.sum(), error.mean(), (error**2).mean(), np.sqrt((width**2).mean()))
    return dict(zip(COLUMNS, (group, name, world, sample, *numbers), strict=True))


def run(only: list[str], worlds: list[str], samples: Iterable[int], seconds: float, out: Path | None) -> pd.DataFrame:
    """Groups of intervals in all worlds, sample after sample; what the file has is not made again."""
    start = time.monotonic()
    done = pd.read_csv(out) if out and out.exists() else pd.DataFrame(columns=COLUMNS)
    had = set(done[["group", "world", "sample"]].itertuples(index=False, name=None))
    groups, lines = Bench(Study.open(COHORT)).groups(), []
    cases = ((sample, world, name) for sample in samples for world in worlds for name in only or groups)
    for sample, world, name in cases:
        if time.monotonic() - start > seconds:
            break
        if (name, world, sample) in had:
            continue
        population, estimate = groups[name]
        try:
            draw = population().draw(world, sample)
            found = [line(name, own, world, sample, *pair) for own, *pair in estimate(draw)]
        except (ModelError, np.linalg.LinAlgError) as error:
            print(f"{name}, {world}, sample {sample}: {error}")
            continue
        lines += found
        if out:
            pd.DataFrame(found).to_csv(out, mode="a", header=not out.exists(), index=False)
    return pd.DataFrame(lines, columns=COLUMNS)


def summary(lines: pd.DataFrame) -> pd.DataFrame:
    """Coverage with the simulation's own interval, bias in points, and mean error over the estimates' spread."""
    rows = []
    for (world, name), own in lines[lines["n"] > 0].groupby(["world", "estimator"], sort=False):
        size, coverage = len(own), own["covered"].sum() / own["n"].sum()
        low, high = wilson_interval(coverage * effective(own), effective(own), LEVEL)
        bias, square = (np.average(own[k], weights=own["n"]) for k in ("error", "square"))
        spread = np.sqrt((square - bias**2) * (size / max(size - 1, 1)))
        rows.append(
            {
                "estimator": name,
                "world": world,
                "samples": size,
                "bias": np.nan if name.startswith("rank") else 100 * bias,
                "se_ratio": np.sqrt(np.average(own["std_error"] ** 2, weights=own["n"])) / spread,
                "coverage": coverage,
                "low": float(low),
                "high": float(high),
                "ratio": coverage / LEVEL,
                "outside": low > ACCEPTED[1] or high < ACCEPTED[0],
            }
        )
    return pd.DataFrame(rows).round(ROUNDED)


def effective(own: pd.DataFrame) -> float:
    """How many independent intervals those of the samples are worth; intervals of one sample depend on each other."""
    n, share = own["n"], own["covered"].sum() / own["n"].sum()
    binomial = share * (1 - share) * n.sum()
    if n.max() == 1 or binomial == 0 or len(own) == 1:
        return float(len(own))
    between = ((own["covered"] - share * n) ** 2).sum() * len(own) / (len(own) - 1)
    return float(n.sum() * min(1.0, binomial / between))


def tables(found: pd.DataFrame) -> str:
    """The summary as Markdown, a table for each world."""
    parts = []
    for world, own in found.groupby("world", sort=False):
        parts += [f"**{HEADINGS[world]}**", "", "| interval | samples | bias, points | error / spread | covers, % | |"]
        parts.append("|---|---|---|---|---|---|")
        for row in own.itertuples():
            bias = "" if np.isnan(row.bias) else f"{round(row.bias, 1) + 0.0:.1f}"
            covers = f"{100 * row.coverage:.1f} ({100 * row.low:.1f}-{100 * row.high:.1f})"
            mark = "**outside**" if row.outside else ""
            parts.append(f"| {row.estimator} | {row.samples} | {bias} | {row.se_ratio:.2f} | {covers} | {mark} |")
        parts.append("")
    return "\n".join(parts)


def report(files: list[Path]) -> None:
    """Sum up, put the tables in the page of methods between its marks, and print and keep what lies outside."""
    found = summary(pd.concat(map(pd.read_csv, files)))
    found = found.sort_values("world", key=lambda w: w.map(list(WORLDS).index), kind="stable")
    found.to_csv(SUMMARY, index=False)
    outside = found[found["outside"]]
    worst = outside.assign(off=(outside["coverage"] - LEVEL).abs()).sort_values("off").groupby("estimator").tail(1)
    told = worst[worst["estimator"].isin(PRINTED)].assign(interval=worst["estimator"].map(PRINTED))
    told[["interval", "coverage", "world", "samples"]].to_csv(CODING, index=False)
    print(outside.to_string(index=False))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- tables -->\n")
    after = rest.partition("<!-- end of tables -->")[2]
    PAGE.write_text(f"{before}<!-- tables -->\n{tables(found)}<!-- end of tables -->{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, help="in each world; as many as three minutes allow if not given")
    parser.add_argument("--world", choices=["all", *WORLDS], default="all")
    parser.add_argument("--only", nargs="*", default=[], help="groups of intervals")
    parser.add_argument("--out", type=Path, help="lines of all samples, appended")
    parser.add_argument("--report", type=Path, nargs="+", help="files of lines to sum up")
    options = parser.parse_args()
    if options.report:
        report(options.report)
        return
    warnings.simplefilter("ignore", ModelWarning)  # small projects are meant
    worlds = list(WORLDS) if options.world == "all" else [options.world]
    samples, seconds = (range(options.samples), np.inf) if options.samples else (count(), SECONDS)
    found = summary(run(options.only, worlds, samples, seconds, options.out))
    print(found.drop(columns=[] if options.samples else "outside").to_string(index=False))


if __name__ == "__main__":
    main()
