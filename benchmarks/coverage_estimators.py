"""The book's intervals by group, each from outcomes that it is handed, beside what it should hold (see coverage.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import product
from unittest import mock

import numpy as np
import pandas as pd
from coverage_worlds import SMALL, Draw, Population, Redrawn, true_effect, weighted_change  # the module beside this one

from helpers.chapters.common.breakdowns import gap_row
from helpers.study.fits import for_whom_fits, gap_fits, municipal_comparison, project_effects
from helpers.study.fits.context_models import CONTEXT_OF, multilevel_models
from helpers.study.fits.gap_blocks import STAGES
from helpers.study.fits.programme_effect import declared, estimates
from helpers.study.fits.programme_effect.data import (
    COVARIATES,
    SAMPLES,
    effect_data,
    main_model,
    overlap_part,
    part_of,
    people_of,
)
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.decomposition import UNEXPLAINED, bootstrap_gap, gap_parts
from resultatbok.methods.intervals import Difference
from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.sensitivity import linear_sensitivity

LEVEL = 0.95
TEN = 10

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
        with mock.patch.object(estimates, "_mixed_logit", mixed_logit_arrays):  # nothing of it is kept on disk
            found = estimates._mixed(redrawn, "women", "entry")
        yield "mixed, women", Difference(*(found[k] for k in ("value", "std_error", "low", "high"))), draw.change.mean()

    @cached_property
    def everyone(self) -> Population:
        fit = self.study.individual_model
        log_odds = fit.design_matrix() @ fit.params.to_numpy()
        return Population(self.study, self.study.complete, log_odds, fit.params["scheme"])

    def individual(self, draw: Draw) -> Found:
        redrawn, treated = Redrawn(self.study, draw.outcome), self.everyone.treated
        women, everybody = (self.study.complete["male"] == 0).to_numpy(), np.ones(len(treated), dtype=bool)
        for name, rows in (("all", everybody), ("women", women)):
            raw = gap_row(redrawn.complete[rows], level=LEVEL).iloc[0]
            yield f"raw gap, {name}", raw, draw.marginal[rows & treated].mean() - draw.marginal[rows & ~treated].mean()
            fits = redrawn if name == "all" else women_of(redrawn)
            effect = fits.individual_model_by_project.average_effect("scheme")
            yield f"individual model, {name}", effect, draw.change[rows].mean()
        held = municipal_comparison.within_municipality(redrawn)["held_equal"].difference
        design = self.study.individual_design
        data = {"treated": design["scheme"], "covariates": design.drop(columns="scheme")}
        true = weighted_change(data, draw.change, self.study.complete["municipality"])
        yield "individual model, within municipality", held, true
        for kept in (women_of, municipal_comparison.within_municipality):
            kept.cache_clear()

    def for_whom(self, draw: Draw) -> Found:
        redrawn, women = Redrawn(self.study, draw.outcome), (self.study.complete["male"] == 0).to_numpy()
        people = redrawn.complete[women].reset_index(drop=True)
        for name, fit in for_whom_fits.for_whom_fits(redrawn).items():
            if name == "none":  # the individual model of women
                continue
            true = pd.Series(draw.change[women]).groupby(for_whom_fits.groups_of(people, name), observed=True).mean()
            for kind, table in (("", fit.table), (", pooled", for_whom_fits.pooled(redrawn, name))):
                yield f"for whom, {name}{kind}", table, true.loc[table.index].to_numpy()
        for_whom_fits.for_whom_fits.cache_clear()

    @cached_property
    def expected(self) -> Population:
        """Everyone, by the model that contributions at entry are measured from."""
        fit = project_effects.project_effects(self.study, "entry").model
        log_odds = fit.design_matrix() @ fit.params.to_numpy()
        return Population(self.study, self.study.complete, log_odds, fit.params["scheme"])

    def _beyond(self, draw: Draw) -> tuple[project_effects.ProjectEffects, pd.DataFrame, dict[str, np.ndarray]]:
        """The contributions, unmade, what they are in truth, and the kinds of projects that are counted apart."""
        known = project_effects.project_effects(self.study, "entry")
        found = project_effects.ProjectEffects(Redrawn(self.study, draw.outcome), "entry")
        vars(found)["design"] = known.design
        beyond = pd.DataFrame({"true": draw.own - draw.marginal, "effect": draw.effect})
        small = (known.raw["participants"] < SMALL).to_numpy()
        kinds = {"all": small | True, "small": small, "large": ~small}
        return found, beyond.groupby(self.study.complete["project"].to_numpy()).mean().loc[known.raw.index], kinds

    def raw(self, draw: Draw) -> Found:
        found, beyond, kinds = self._beyond(draw)
        yield from by_kind("raw", found.raw, beyond["true"], kinds)

    def shrunken(self, draw: Draw) -> Found:
        found, beyond, kinds = self._beyond(draw)
        vars(found)["raw"] = project_effects.project_effects(self.study, "entry").raw  # only which projects have one
        for name, table in (("shrunken", found.contributions), ("shrunken, one spread", found.with_one_spread)):
            best = {"ten best": table["contribution"].rank(ascending=False).to_numpy() <= TEN}
            yield from by_kind(name, table, beyond["true"], kinds | best)
        ranks, best = found.ranks, found.ranks["rank"].rank().to_numpy() <= TEN
        kinds = {"all": kinds["all"], "ten best": best}
        yield from by_kind("rank", ranks, beyond["effect"].rank(ascending=False), kinds)

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
    def gaps(self) -> dict[tuple[str, str], tuple[tuple, dict, Population]]:
        """What the book asks of the decomposition of each sample, and the pooled model of it as a population."""
        calls: list[tuple[tuple, dict]] = []
        with mock.patch.object(gap_fits, "_bootstrap", lambda *args, **kwargs: calls.append((args, kwargs))):
            gap_fits.gap_fits.__wrapped__(self.study)
        found = {}
        for (sample, covariates), (args, kwargs) in zip(product(SAMPLES, COVARIATES), calls, strict=True):
            data, people = args[0], people_of(self.study.complete, sample)
            constant, group, *slopes = gap_parts(data, own=False).coefficients[0]
            log_odds = constant + group * data.first + data.design @ np.array(slopes)
            found[sample, covariates] = args, kwargs, Population(self.study, people, log_odds, group)
        return found

    def decomposition(self, covariates: str, draw: Draw) -> Found:
        (data, *more), kwargs, _ = self.gaps["women", covariates]
        found = bootstrap_gap(replace(data, outcome=draw.outcome.to_numpy()), *more, **kwargs)
        parts = gap_parts(replace(data, outcome=draw.marginal), own=kwargs["own"]).parts
        true = pd.DataFrame(parts[: len(found.parts)], index=found.parts.index, columns=found.parts.columns)
        for stage, blocks in STAGES.items():
            if known := [block for block in blocks if block in found.blocks]:
                yield f"decomposition, {covariates}: {stage}", found.sum_of(known), true.loc["pooled", known].sum()
        for coefficients in (c for c in ("pooled", "own_first", "own_second") if c in found.parts.index):
            name = f"decomposition, {covariates}: what stays, {coefficients}"
            yield name, found.sum_of([UNEXPLAINED], coefficients), true.loc[coefficients, UNEXPLAINED]

    def groups(self) -> dict[str, tuple[Callable[[], Population], Callable[[Draw], Found]]]:
        """By name: the population, and what is estimated from a draw of it."""
        by_model = {
            f"{name}_model": (partial(lambda name: self.multilevel[name], name), partial(self.context, name))
            for name in CONTEXT_OF
        }
        return by_model | {
            "effect": (lambda: self.women, self.effect),
            "crossfit": (lambda: self.women, self.crossfit),
            "mixed": (lambda: self.women, self.mixed),
            "individual": (lambda: self.everyone, self.individual),
            "for_whom": (lambda: self.everyone, self.for_whom),
            "raw": (lambda: self.expected, self.raw),
            "shrunken": (lambda: self.expected, self.shrunken),
            "decomposition": (lambda: self.gaps["women", "entry"][2], partial(self.decomposition, "entry")),
            "decomposition_all": (lambda: self.gaps["women", "all"][2], partial(self.decomposition, "all")),
        }


def by_kind(name: str, table: pd.DataFrame, true: pd.Series, kinds: dict[str, np.ndarray]) -> Found:
    """Intervals of projects, all and by kind."""
    numbers = table.rename(columns={"contribution": "value", "rank": "value"})[["value", "low", "high"]]
    for kind, rows in kinds.items():
        yield f"{name}, {kind}", numbers[rows], true[rows].to_numpy()
