"""Do the book's intervals hold the truth? The default cohort with outcomes redrawn from known effects.

    python benchmarks/coverage.py                                          three minutes, all worlds; judges nothing
    python benchmarks/coverage.py --samples 1000 --world all --out FILE    appended to FILE, taken up where it ends
    python benchmarks/coverage.py --report FILE                            makes benchmarks/coverage.csv and prints it

Women, covariates, projects, municipalities and who is in which scheme stay as they are. Outcomes are drawn from a model
of the book, fitted once, with an effect of each municipality and project that is drawn anew in every sample, so that
what each interval should hold follows from the probabilities. The functions under test are the book's own. The
baseline is the nominal level: `ratio` is the measured coverage over it. docs/methods/coverage.md says what is measured.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.chapters.common.breakdowns import gap_row
from helpers.study.fits import gap_fits, municipal_comparison, project_effects
from helpers.study.fits.context_models import CONTEXT_OF, multilevel_models
from helpers.study.fits.gap_blocks import STAGES
from helpers.study.fits.programme_effect import declared, estimates
from helpers.study.fits.programme_effect.data import effect_data, main_model, overlap_part, part_of, people_of
from helpers.study.specification import OUTCOME, scheme_indicator
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.decomposition import UNEXPLAINED, bootstrap_gap, gap_parts
from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.intervals import Difference, normal_quantile, wilson_interval
from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.sensitivity import linear_sensitivity
from resultatbok.methods.treatment import EffectEstimate

COHORT = "cohorts/synthetic-2017-2020.yml"
SUMMARY = Path(__file__).with_suffix(".csv")
LEVEL = 0.95
ACCEPTED = (0.93, 0.97)
SECONDS = 180
"""Of the run without arguments."""
MUNICIPALITY_SD = 0.37
SMALL = 20
"""Projects with fewer complete cases are small."""
TEN = 10
WORLDS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "assumed": lambda treated, small: np.full(len(treated), 0.62),
    "jobbsjansen": lambda treated, small: np.where(treated, 1.1, 0.5),
    "small": lambda treated, small: np.where(small, 1.1, 0.5),
}
"""The standard deviation between projects, by whether they are Jobbsjansen's and small."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
COLUMNS = ("group", "estimator", "world", "sample", "n", "covered", "error", "square", "std_error")


def chance(log_odds: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """Mean probability over normal effects."""
    return sum(w * expit(log_odds + sd * x) for x, w in zip(NODES, WEIGHTS, strict=True)) / WEIGHTS.sum()


@dataclass(frozen=True)
class Draw:
    """One sample: outcomes, and the probabilities behind them, with and without the effects of places and projects."""

    outcome: pd.Series
    own: np.ndarray
    marginal: np.ndarray
    change: np.ndarray
    """What the scheme changes in each person's probability."""
    effect: np.ndarray
    """Of municipality and project together, in log-odds."""
    slope: np.ndarray
    """Of the marginal probability by the log-odds."""


class Population:
    """People with their log-odds in a fitted model, from whose probabilities outcomes are drawn."""

    def __init__(self, study: Study, people: pd.DataFrame, log_odds: np.ndarray, scheme_effect: float) -> None:
        self.index, self.treated = people.index, scheme_indicator(people).to_numpy() == 1
        self.log_odds, self.scheme_effect = log_odds, scheme_effect
        self.municipality, self.project = (pd.factorize(people[name])[0] for name in ("municipality", "project"))
        sizes = study.complete["project"].value_counts()
        self.small = (people["project"].map(sizes) < SMALL).to_numpy()
        self._marginal: dict[str, tuple[np.ndarray, ...]] = {}

    def draw(self, world: str, sample: int) -> Draw:
        rng = np.random.default_rng([list(WORLDS).index(world), sample])
        places, projects = (rng.standard_normal(codes.max() + 1) for codes in (self.municipality, self.project))
        spread = WORLDS[world](self.treated, self.small)
        effect = MUNICIPALITY_SD * places[self.municipality] + spread * projects[self.project]
        own = expit(self.log_odds + effect)
        outcome = pd.Series((rng.random(len(own)) < own).astype(float), self.index, name=OUTCOME)
        return Draw(outcome, own, *self.marginal(world)[:2], effect, self.marginal(world)[2])

    def marginal(self, world: str) -> tuple[np.ndarray, ...]:
        """Probability over all effects, what the scheme changes in it, and its slope by the log-odds."""
        if world not in self._marginal:
            without = self.log_odds - self.scheme_effect * self.treated
            arms = [
                chance(without + self.scheme_effect * arm, self._sd(world, np.full(len(without), bool(arm))))
                for arm in (0, 1)
            ]
            sides = [chance(self.log_odds + h, self._sd(world, self.treated)) for h in (-1e-4, 1e-4)]
            own = np.where(self.treated, arms[1], arms[0])
            self._marginal[world] = own, arms[1] - arms[0], (sides[1] - sides[0]) / 2e-4
        return self._marginal[world]

    def _sd(self, world: str, treated: np.ndarray) -> np.ndarray:
        return np.hypot(MUNICIPALITY_SD, WORLDS[world](treated, self.small))


class Redrawn(Study):
    """A study whose complete cases have other outcomes."""

    def __init__(self, whole: Study, outcome: pd.Series) -> None:
        super().__init__(whole.cohort)
        self.registers, self.participants = whole.registers, whole.participants
        self.complete, self.individual_design = whole.complete.assign(**{OUTCOME: outcome}), whole.individual_design


Found = Iterator[tuple[str, object, object]]
"""Name, what has `value`, `std_error` (or none), `low` and `high`, and the truth; of one number or of many."""


class Bench:
    """The groups of estimators, each with the population its outcomes are drawn from."""

    def __init__(self, study: Study) -> None:
        self.study, self.seed = study, study.cohort.analysis.seed

    @cached_property
    def data(self) -> dict:
        return effect_data(self.study, "women", "entry")

    @cached_property
    def parts(self) -> dict[str, dict]:
        """The women that each estimate of the effect is made among."""
        data = self.data
        both = data["treated"].groupby(data["municipality"]).transform("nunique") == 2
        earlier = data["end_year"] < declared.PANDEMIC_YEAR
        kept = {"same_municipality": both, "before_pandemic": earlier}
        parts = {name: part_of(data, rows) for name, rows in kept.items()}
        return {"treated": data, "comparable": overlap_part(data)} | parts

    @cached_property
    def women(self) -> Population:
        fit = main_model(self.data, LEVEL)
        people = people_of(self.study.complete, "women")
        return Population(self.study, people, fit.design_matrix() @ fit.params.to_numpy(), fit.params["scheme"])

    def effect(self, draw: Draw) -> Found:
        for name, part in self.parts.items():
            yield f"logit, {name}", *self._estimate("logit", part, draw)
        for name in ("within", "overlap"):
            yield name, *self._estimate(name, self.data, draw)
        for name in ("matching", "ipw", "aipw"):
            yield name, *self._estimate(name, self.parts["comparable"], draw)
        data = self.data | {"outcome": draw.outcome}
        own = {name: data[name] for name in ("outcome", "treated", "covariates", "groups")}
        linear = linear_sensitivity(**own, level=LEVEL)
        found = Difference.around(linear.estimate, linear.std_error, LEVEL, linear.freedom)
        yield "linear", found, weighted_change(data, draw.change, pd.Series(0, data["treated"].index))
        for year, effect in declared._by_year(data, LEVEL)[0].iterrows():
            yield f"by year, {year}", effect, draw.change[(data["end_year"] == year) & (data["treated"] == 1)].mean()

    def crossfit(self, draw: Draw) -> Found:
        yield "crossfit", *self._estimate("crossfit", self.parts["comparable"], draw)

    def _estimate(self, method: str, part: dict, draw: Draw) -> tuple[Difference, float]:
        rows = part["row"].to_numpy()
        outcome = draw.outcome.iloc[rows].reset_index(drop=True)
        found = estimates.ESTIMATORS[method](part | {"outcome": outcome}, LEVEL, self.seed)
        return found.difference, true_effect(found, part, draw.change[rows])

    def mixed(self, draw: Draw) -> Found:
        study, model = self.study, self.study.full_model
        chosen = model.participants["male"] == 0
        assert chosen.sum() == len(draw.outcome), "women without municipal statistics"
        people = model.participants.assign(**{OUTCOME: 0.0})
        people.loc[chosen, OUTCOME] = draw.outcome.to_numpy()
        redrawn = Redrawn(study, study.complete[OUTCOME])
        redrawn.full_model = replace(model, participants=people)
        estimates._mixed_logit = mixed_logit_arrays  # nothing of it is kept on disk
        found = estimates._mixed(redrawn, "women", "entry")
        yield "mixed, women", Difference(*(found[k] for k in ("value", "std_error", "low", "high"))), draw.change.mean()

    @cached_property
    def everyone(self) -> Population:
        fit = self.study.individual_model
        log_odds = fit.design_matrix() @ fit.params.to_numpy()
        return Population(self.study, self.study.complete, log_odds, fit.params["scheme"])

    def individual(self, draw: Draw) -> Found:
        redrawn = Redrawn(self.study, draw.outcome)
        women, treated = (self.study.complete["male"] == 0).to_numpy(), self.everyone.treated
        everybody = np.ones(len(women), dtype=bool)
        for name, rows in (("all", everybody), ("women", women)):
            raw = gap_row(redrawn.complete[rows], level=LEVEL).iloc[0]
            yield f"raw gap, {name}", raw, draw.marginal[rows & treated].mean() - draw.marginal[rows & ~treated].mean()
            fits = redrawn if name == "all" else women_of(redrawn)
            effect = fits.individual_model_by_project.average_effect("scheme")
            yield f"individual model, {name}", effect, draw.change[rows].mean()
        people, design = self.study.complete, self.study.individual_design
        data = {"treated": design["scheme"], "covariates": design.drop(columns="scheme")}
        for name, found in municipal_comparison.within_municipality(redrawn).items():
            if name == "held_equal":
                true = weighted_change(data, draw.change, people["municipality"])
                yield "context: within municipality", found.difference, true
        for kept in (women_of, municipal_comparison.within_municipality):
            kept.cache_clear()

    def contribution(self, draw: Draw) -> Found:
        redrawn = Redrawn(self.study, draw.outcome)
        project, sizes = redrawn.complete["project"], redrawn.contributions["participants"]
        table = pd.DataFrame({"true": draw.own - draw.marginal, "effect": draw.effect}).groupby(project.to_numpy())
        true, effect = table.mean().loc[sizes.index].T.to_numpy()
        ranks = len(effect) - effect.argsort().argsort()
        model, by_size = project_effects.project_effects(redrawn), project_effects.project_effects_by_size(redrawn)
        shrunken, every = model.contributions.loc[sizes.index], np.ones(len(sizes), dtype=bool)
        small = (sizes < SMALL).to_numpy()
        best = shrunken["contribution"].rank(ascending=False).to_numpy() <= TEN
        places = project_effects.project_ranks(redrawn).rename(columns={"rank": "value"})
        kinds = {"all": every, "small": small, "large": ~small, "ten best": best}
        tables = {"raw": redrawn.contributions, "shrunken": shrunken, "by size": by_size.contributions}
        for name, found in tables.items():
            found = found.loc[sizes.index].rename(columns={"contribution": "value"})
            for kind, rows in kinds.items():
                yield f"{name}, {kind}", found[["value", "low", "high"]][rows], true[rows]
        for kind in ("all", "ten best"):
            yield f"rank, {kind}", places.loc[sizes.index][kinds[kind]], ranks[kinds[kind]]
        for kept in (project_effects.project_effects, project_effects.project_effects_by_size):
            kept.cache_clear()
        project_effects.project_ranks.cache_clear()

    @cached_property
    def multilevel(self) -> dict[str, Population]:
        found = {}
        for name, model in multilevel_models(self.study).items():
            params = model.results.params
            log_odds = params["constant"] + model.design.to_numpy() @ params[model.design.columns].to_numpy()
            found[name] = Population(self.study, model.participants, log_odds, params["scheme"])
        return found

    def context(self, name: str, draw: Draw) -> Found:
        model = multilevel_models(self.study)[name]
        groups = model.participants[list(model.results.group_sd.index)]
        results = mixed_logit_arrays(draw.outcome, model.design, groups)
        for term in ("scheme", *CONTEXT_OF[name]):
            slope = draw.change if term == "scheme" else draw.slope * model.results.params[term]
            yield f"{name} model, {term}", results.average_marginal_effect(term, level=LEVEL).iloc[0], slope.mean()

    @cached_property
    def gap(self) -> tuple[tuple, dict, Population]:
        """What the book decomposes for women by projects, and the pooled model of it as a population."""
        calls = []
        gap_fits._bootstrap = lambda *args, **kwargs: calls.append((args, kwargs))  # only asked, not made
        gap_fits.gap_fits.__wrapped__(self.study)
        women = people_of(self.study.complete, "women")
        args, kwargs = next(c for c in calls if c[1].get("clusters") is not None and len(c[0][0].outcome) == len(women))
        constant, group, *slopes = gap_parts(args[0], own=False).coefficients[0]
        log_odds = constant + group * args[0].first + args[0].design @ np.array(slopes)
        return args, kwargs, Population(self.study, women, log_odds, group)

    def decomposition(self, draw: Draw) -> Found:
        (data, *more), kwargs, _ = self.gap
        found = bootstrap_gap(replace(data, outcome=draw.outcome.to_numpy()), *more, **kwargs)
        parts = gap_parts(replace(data, outcome=draw.marginal), own=False).parts[0]
        stages = {name: [b for b in blocks if b in found.blocks] for name, blocks in STAGES.items()}
        for name, blocks in (stages | {UNEXPLAINED: [UNEXPLAINED]}).items():
            if blocks:
                true = sum(parts[list(found.parts.columns).index(block)] for block in blocks)
                yield f"decomposition, {name}", found.sum_of(blocks, level=LEVEL), true

    def groups(self) -> dict[str, tuple[Callable[[], Population], Callable[[Draw], Found]]]:
        """By name: the population, and what is estimated from a draw of it."""
        return {
            "effect": (lambda: self.women, self.effect),
            "individual": (lambda: self.everyone, self.individual),
            "contribution": (lambda: self.everyone, self.contribution),
            "decomposition": (lambda: self.gap[2], self.decomposition),
            "crossfit": (lambda: self.women, self.crossfit),
            "mixed": (lambda: self.women, self.mixed),
            **{
                name: (lambda name=name: self.multilevel[name], lambda draw, name=name: self.context(name, draw))
                for name in CONTEXT_OF
            },
        }


def true_effect(found: EffectEstimate, data: dict, change: np.ndarray) -> float:
    """The mean change among those whose effect a method estimates."""
    weights, treated = found.weights.to_numpy(), data["treated"].to_numpy() == 1
    if found.estimand == "within":
        return weighted_change(data, change, data["municipality"])
    if found.estimand == "ato":
        return float(np.average(change, weights=weights * (1 - weights)))
    return float(change[treated & (weights > 0)].mean() if found.estimand == "att" else change.mean())


def weighted_change(data: dict, change: np.ndarray, unit: pd.Series) -> float:
    """The mean change as a linear regression weighs it: by what covariates and units leave of the treatment."""
    table = pd.concat([data["treated"], data["covariates"]], axis=1).astype(float)
    z, *X = (table - table.groupby(unit.to_numpy()).transform("mean")).to_numpy().T
    left = z - np.transpose(X) @ np.linalg.lstsq(np.transpose(X), z, rcond=None)[0]
    return float(np.average(change, weights=left * data["treated"]))


def line(group: str, name: str, world: str, sample: int, found: object, true: object) -> dict:
    """How many intervals of a sample hold the truth, and how far the estimates lie from it."""
    value, low, high = (np.atleast_1d(np.asarray(getattr(found, k), dtype=float)) for k in ("value", "low", "high"))
    known = np.isfinite(low)
    error, inside = (value - true)[known], ((low <= true) & (true <= high))[known]
    std_error = getattr(found, "std_error", (high - low) / (2 * normal_quantile(LEVEL)))
    width = np.atleast_1d(std_error)[known]
    numbers = (known.sum(), inside.sum(), error.mean(), (error**2).mean(), np.sqrt((width**2).mean()))
    return dict(zip(COLUMNS, (group, name, world, sample, *numbers), strict=True))


def run(
    only: list[str] | None, worlds: list[str], samples: Iterator[int], deadline: float, out: Path | None
) -> pd.DataFrame:
    """All groups in all worlds, sample after sample; with a file, what it has is not made again."""
    done = pd.read_csv(out) if out and out.exists() else pd.DataFrame(columns=COLUMNS)
    had = set(done[["group", "world", "sample"]].itertuples(index=False, name=None))
    bench = Bench(Study.open(COHORT))
    groups, lines = bench.groups(), []
    for sample in samples:
        for world in worlds:
            for name in only or groups:
                if time.monotonic() > deadline:
                    return pd.DataFrame(lines)
                if (name, world, sample) in had:
                    continue
                population, estimate = groups[name]
                draw = population().draw(world, sample)
                try:
                    found = [line(name, own, world, sample, *pair) for own, *pair in estimate(draw)]
                except (ModelError, np.linalg.LinAlgError) as error:
                    print(f"{name}, {world}, sample {sample}: {error}")
                    continue
                lines += found
                if out:
                    pd.DataFrame(found).to_csv(out, mode="a", header=not out.exists(), index=False)
    return pd.DataFrame(lines)


def summary(lines: pd.DataFrame) -> pd.DataFrame:
    """Coverage with the simulation's own interval, bias in points, and mean error over the estimates' spread."""
    rows = []
    for (world, name), own in lines[lines["n"] > 0].groupby(["world", "estimator"], sort=False):
        shares, size = own["covered"] / own["n"], len(own)
        bias, square = (np.average(own[k], weights=own["n"]) for k in ("error", "square"))
        coverage = own["covered"].sum() / own["n"].sum()
        if own["n"].max() == 1:
            low, high = (float(x) for x in wilson_interval(coverage * size, size, LEVEL))
        else:  # intervals of one sample depend on each other, samples do not
            half = normal_quantile(LEVEL) * shares.std() / np.sqrt(size)
            low, high = max(0.0, coverage - half), min(1.0, coverage + half)
        spread = np.sqrt((square - bias**2) * (size / max(size - 1, 1)))
        rows.append(
            {
                "estimator": name,
                "world": world,
                "samples": size,
                "bias": 100 * bias,
                "se_ratio": np.sqrt(np.average(own["std_error"] ** 2, weights=own["n"])) / spread,
                "coverage": coverage,
                "low": low,
                "high": high,
                "ratio": coverage / LEVEL,
                "outside": low > ACCEPTED[1] or high < ACCEPTED[0],
            }
        )
    return pd.DataFrame(rows).round({"bias": 2, "se_ratio": 2, "coverage": 4, "low": 4, "high": 4, "ratio": 3})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--samples", type=int, help="samples in each world; as many as three minutes allow if not given"
    )
    parser.add_argument("--first", type=int, default=0, help="number of the first sample")
    parser.add_argument("--world", choices=["all", *WORLDS], default="all")
    parser.add_argument("--only", nargs="*", help="groups of estimators")
    parser.add_argument("--out", type=Path, help="lines of all samples, appended")
    parser.add_argument("--report", type=Path, help="a file of lines to sum up")
    options = parser.parse_args()
    warnings.simplefilter("ignore", ModelWarning)  # small projects are meant
    if options.report:
        table = summary(pd.read_csv(options.report))
        table.to_csv(SUMMARY, index=False)
        print(table.to_markdown(index=False))
        return
    worlds = list(WORLDS) if options.world == "all" else [options.world]
    samples = range(options.first, options.samples) if options.samples else count(options.first)
    deadline = np.inf if options.samples else time.monotonic() + SECONDS
    lines = run(options.only, worlds, iter(samples), deadline, options.out)
    print(summary(lines).to_string(index=False))


if __name__ == "__main__":
    main()
