"""Time the mixed logistic regression and compare it with other programs, on one core.

    python benchmarks/mixed_logit.py                       20,000 and 200,000 rows against every program that is found
    python benchmarks/mixed_logit.py --rows 2000000 --alone   this module only, with its memory
    python benchmarks/mixed_logit.py --coverage            100 draws: do the intervals cover?

Compared are statsmodels' BinomialBayesMixedGLM (variational), gpboost where it is installed, and glmmTMB and lme4
where `Rscript` is found. Each runs in a process of its own, so that one that runs out of time or memory ends alone.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import argparse
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from resultatbok.methods.mixed_logit import ModelWarning, mixed_logit_arrays

COVARIATES = [f"x{j:02d}" for j in range(1, 34)]
GROUPS = ["municipality", "project"]
MUNICIPALITIES, PROJECTS = 318, 411
GROUP_SDS = (0.36, 0.43)
"""Of municipalities and projects: an intraclass correlation of 0.09, as in the cohort."""
HERE = Path(__file__).parent


def simulate(rows: int, seed: int = 1) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """A cohort of this size: 29 indicators, 4 numbers, skewed group sizes. Returns the data and the truth."""
    random = np.random.default_rng(seed)
    municipality_of = np.append(np.arange(MUNICIPALITIES), random.choice(MUNICIPALITIES, PROJECTS - MUNICIPALITIES))
    sizes = random.gamma(0.7, size=PROJECTS) + 0.02
    project = random.choice(PROJECTS, rows, p=sizes / sizes.sum())
    shares = random.uniform(0.05, 0.6, 29)
    design = (random.random((rows, 29)) < shares).astype(float)
    numbers = np.column_stack([random.integers(1, 6, rows), random.gamma(9, 4, rows), random.gamma(3, 1, (2, rows)).T])
    design = np.hstack([design, numbers])
    coefficients = np.append(random.normal(0, 0.3, 29), [0.4, -0.02, 0.05, -0.05])
    outer = GROUP_SDS[0] * random.normal(size=MUNICIPALITIES)
    inner = GROUP_SDS[1] * random.normal(size=PROJECTS)
    fixed = design @ coefficients
    constant = -fixed.mean()
    linear = constant + fixed + outer[municipality_of[project]] + inner[project]
    data = pd.DataFrame(design, columns=COVARIATES)
    data["y"] = (random.random(rows) < 1 / (1 + np.exp(-linear))).astype(int)
    data["municipality"], data["project"] = municipality_of[project], project
    truth = {
        "coefficients": np.append(constant, coefficients),
        "municipality": outer,
        "project": inner,
        "total": outer[municipality_of] + inner,
    }
    return data, truth


def fit_ours(data: pd.DataFrame, repeats: int = 5) -> dict:
    """Fit with standard errors; the median of several runs after one that warms up."""
    seconds = []
    for _ in range(repeats + 1 if len(data) <= 200_000 else 1):
        started = time.perf_counter()
        fit = mixed_logit_arrays(data["y"], data[COVARIATES], data[GROUPS])
        errors = fit.bse
        seconds.append(time.perf_counter() - started)
    return {
        "seconds": float(np.median(seconds[1:] or seconds)),
        "loglik": fit.llf,
        "coefficients": fit.params.tolist(),
        "std_errors": errors.tolist(),
        "sds": fit.group_sd.tolist(),
        "converged": fit.converged,
    }


def fit_gpboost(data: pd.DataFrame) -> dict:
    """Fit with gpboost (1.8 or later): Cholesky factors, relative tolerance 1e-10, standard errors."""
    import gpboost

    design = np.column_stack([np.ones(len(data)), data[COVARIATES]])
    started = time.perf_counter()
    model = gpboost.GPModel(
        group_data=data[GROUPS].to_numpy(),
        likelihood="bernoulli_logit",
        matrix_inversion_method="cholesky",
        num_parallel_threads=1,
    )
    model.fit(y=data["y"].to_numpy(float), X=design, params={"delta_rel_conv": 1e-10, "maxit": 10_000})
    coefficients = np.asarray(model.get_coef(std_err=True, format_pandas=False))
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "loglik": -float(model.get_current_neg_log_likelihood()),
        "coefficients": coefficients[0].tolist(),
        "std_errors": coefficients[1].tolist(),
        "sds": np.sqrt(np.asarray(model.get_cov_pars(format_pandas=False)).ravel()).tolist(),
    }


def fit_statsmodels(data: pd.DataFrame) -> dict:
    """Variational approximation under wide priors."""
    from scipy import sparse
    from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

    design = np.column_stack([np.ones(len(data)), data[COVARIATES]])
    columns, levels = [], []
    for level, name in enumerate(GROUPS):
        codes, labels = pd.factorize(data[name])
        columns.append(sparse.csr_matrix((np.ones(len(data)), (np.arange(len(data)), codes))))
        levels += [level] * len(labels)
    started = time.perf_counter()
    model = BinomialBayesMixedGLM(
        data["y"].to_numpy(), design, sparse.hstack(columns).tocsr(), np.array(levels), vcp_p=1, fe_p=100
    )
    result = model.fit_vb()  # its posterior mode drives the variances to 0, so that is no comparison
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "coefficients": result.fe_mean.tolist(),
        "std_errors": result.fe_sd.tolist(),
        "sds": np.exp(result.vcp_mean).tolist(),
    }


def fit_r(package: str, data: pd.DataFrame) -> dict:
    """Fit in R; its time is that of the fit, without starting R or reading the data."""
    with tempfile.TemporaryDirectory() as folder:
        prefix = f"{folder}/fit"
        data.to_csv(f"{folder}/data.csv", index=False)
        command = ["Rscript", str(HERE / "mixed_logit.R"), package, f"{folder}/data.csv", prefix]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        coefficients, fitted = pd.read_csv(f"{prefix}_coef.csv"), pd.read_csv(f"{prefix}_fit.csv").iloc[0]
    return {
        "seconds": float(fitted["seconds"]),
        "loglik": float(fitted["loglik"]),
        "coefficients": coefficients.iloc[:, 0].tolist(),
        "std_errors": coefficients.iloc[:, 1].tolist(),
        "sds": [float(fitted["municipality"]), float(fitted["project"])],
    }


PROGRAMS = {
    "ours": fit_ours,
    "gpboost": fit_gpboost,
    "statsmodels": fit_statsmodels,
    "glmmTMB": lambda data: fit_r("glmmTMB", data),
    "lme4": lambda data: fit_r("lme4", data),
}


def found() -> list[str]:
    """Programs that this machine has, ours first."""
    programs = ["ours", "statsmodels"]
    if importlib.util.find_spec("gpboost"):
        programs.append("gpboost")
    for package in ("glmmTMB", "lme4"):
        check = ["Rscript", "-e", f"if (!requireNamespace('{package}', quietly = TRUE)) quit(status = 1)"]
        if shutil.which("Rscript") and subprocess.run(check, capture_output=True).returncode == 0:
            programs.append(package)
    return programs


def in_own_process(program: str, rows: int, timeout: float) -> dict | str:
    """The program's result, or why there is none."""
    command = [sys.executable, __file__, "--rows", str(rows), "--one", program]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return f"not finished in {timeout:.0f} s"
    if done.returncode:
        return f"failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
    return json.loads(done.stdout.splitlines()[-1])


def compare(rows: int, programs: list[str], timeout: float) -> None:
    """Print one line per program: time, ratio, and the largest differences from ours."""
    print(f"\n{rows:,} rows, 33 covariates, {MUNICIPALITIES} municipalities, {PROJECTS} projects, one core")
    print(f"{'program':12} {'seconds':>9} {'ratio':>7} {'loglik':>12} {'coef/se':>9} {'se rel.':>9} {'sd rel.':>9}")
    ours: dict = {}
    for program in programs:
        result = in_own_process(program, rows, timeout)
        if isinstance(result, str):
            print(f"{program:12} {result}", flush=True)
            continue
        ours = ours or result
        print(f"{program:12} {line(result, ours)}", flush=True)


def line(result: dict, ours: dict) -> str:
    """Time and differences of one program as text."""
    errors = np.array(ours["std_errors"])
    shift = np.abs(np.subtract(result["coefficients"], ours["coefficients"]) / errors).max()
    width = np.abs(np.divide(result["std_errors"], errors) - 1).max()
    spread = np.abs(np.divide(result["sds"], ours["sds"]) - 1).max()
    loglik = f"{result['loglik']:12.4f}" if "loglik" in result else f"{'-':>12}"
    ratio = result["seconds"] / ours["seconds"]
    return f"{result['seconds']:9.3f} {ratio:7.1f} {loglik} {shift:9.2g} {width:9.2g} {spread:9.2g}"


def alone(rows: int) -> None:
    """Time of one fit and the memory it adds to that of the data."""
    data, _ = simulate(rows)
    design_bytes = rows * (len(COVARIATES) + 1) * 8
    before = resident()
    started, cpu = time.perf_counter(), time.process_time()
    fit = mixed_logit_arrays(data["y"], data[COVARIATES], data[GROUPS])
    errors = fit.bse
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    added = (peak() - before) / design_bytes
    print(
        f"{rows:,} rows: {seconds:.2f} s ({cpu:.2f} s of the processor), converged {fit.converged} "
        f"in {fit.model.optimum.steps} steps, "
        f"largest standard error {errors.max():.2g}; memory added at its peak: {added:.1f} copies of the design"
    )


def resident() -> int:
    """Memory in use now, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def peak() -> int:
    """Largest memory in use so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def coverage(rows: int, draws: int) -> None:
    """Share of 95 % intervals that hold the truth, over coefficients and over effects of groups."""
    held: dict[str, list[np.ndarray]] = {"coefficients": [], "municipality": [], "project": []}
    sds = []
    for seed in range(draws):
        data, truth = simulate(rows, seed=1000 + seed)
        fit = mixed_logit_arrays(data["y"], data[COVARIATES], data[GROUPS])
        held["coefficients"].append(np.abs(fit.params - truth["coefficients"]) <= 1.96 * fit.bse)
        sds.append(np.abs(fit.group_sd - np.array(GROUP_SDS)) <= 1.96 * fit.group_sd_se)
        for level in GROUPS:
            table = fit.group_effects(level, parameter_uncertainty=True)
            table = table[table["sd"] > 0]  # a level at the boundary claims no interval
            held[level].append(
                np.abs(table["effect"] - truth[level][table.index.get_level_values(level)]) <= 1.96 * table["sd"]
            )
    print(f"\n{draws} draws of {rows:,} rows: share of 95 % intervals that hold the truth")
    for name, shares in held.items():
        every = np.concatenate(shares)
        print(f"  {name:24} {every.mean():.3f}   ({len(every):,} intervals)")
    print(f"  {'standard deviations':24} {np.mean(sds):.3f}   ({2 * draws} intervals)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", help="sizes of the data (20000 200000; for --coverage 20000)")
    parser.add_argument("--alone", action="store_true", help="time and memory of this module only")
    parser.add_argument("--coverage", action="store_true", help="simulate the coverage of the intervals")
    parser.add_argument("--draws", type=int, default=100, help="number of simulated data sets for --coverage")
    parser.add_argument(
        "--programs", nargs="+", choices=sorted(PROGRAMS), help="compare these only (ours is always run)"
    )
    parser.add_argument("--timeout", type=float, default=900, help="seconds that each other program may take")
    parser.add_argument("--one", choices=sorted(PROGRAMS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    warnings.simplefilter("ignore", ModelWarning)  # groups with one row are meant
    if options.one:
        print(json.dumps(PROGRAMS[options.one](simulate(options.rows[0])[0])))
    elif options.coverage:
        coverage((options.rows or [20_000])[0], options.draws)
    elif options.alone:
        for rows in options.rows or [20_000, 200_000, 2_000_000]:
            alone(rows)
    else:
        others = [p for p in options.programs or found() if p != "ours"]
        for rows in options.rows or [20_000, 200_000]:
            compare(rows, ["ours", *others], options.timeout)


if __name__ == "__main__":
    main()
