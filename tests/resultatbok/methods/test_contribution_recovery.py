"""In simulated projects with known effects the intervals hold the truth and the classes err as rarely as they say."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from resultatbok.methods.contribution import contribution_indicators
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.project_classes import class_by_probability
from resultatbok.methods.shrinkage import rank_intervals, shrunken_contributions

DRAWS = 8
PROJECTS = 150
BETWEEN_SD = 0.6
COEFFICIENTS = np.array([0.8, -0.5, 0.3])
LEAST_COVERAGE = 0.93
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(31)


def one_draw(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    sizes = rng.gamma(1.0, 25, PROJECTS).astype(int) + 5
    project = pd.Series(np.repeat(np.arange(PROJECTS), sizes), name="project")
    design = pd.DataFrame(rng.normal(size=(len(project), 3)), columns=["a", "b", "c"])
    effect = BETWEEN_SD * rng.standard_normal(PROJECTS)
    eta = 0.2 + design.to_numpy() @ COEFFICIENTS
    outcome = pd.Series((rng.random(len(eta)) < expit(eta + effect[project])) * 1.0)
    at_random = sum(w * expit(eta + BETWEEN_SD * x) for x, w in zip(NODES, WEIGHTS, strict=True)) / WEIGHTS.sum()
    true = pd.Series(expit(eta + effect[project]) - at_random).groupby(project).mean()

    mixed = mixed_logit_arrays(outcome, design, project.to_frame())
    fixed = design.to_numpy() @ mixed.params[design.columns].to_numpy() + mixed.params["constant"]
    effects = mixed.group_effects("project", parameter_uncertainty=True)
    found = shrunken_contributions(pd.Series(fixed), project, effects, mixed.group_sd["project"])
    raw = contribution_indicators(outcome, fit_logit(outcome, design).fitted, project)
    ranks = rank_intervals(effects, seed=seed).add_prefix("rank_")
    return (
        found.join(raw[["low", "high"]].add_prefix("raw_"))
        .join(ranks)
        .assign(true=true, true_rank=pd.Series(effect).rank(ascending=False))
    )


@pytest.fixture(scope="module")
def projects():
    return pd.concat([one_draw(seed) for seed in range(DRAWS)])


@pytest.mark.parametrize(("kind", "truth"), [("", "true"), ("raw_", "true"), ("rank_", "true_rank")])
def test_intervals_hold_the_truth(projects, kind, truth):
    assert projects[truth].between(projects[f"{kind}low"], projects[f"{kind}high"]).mean() >= LEAST_COVERAGE


def test_projects_that_are_told_apart_lie_on_that_side(projects):
    classes = class_by_probability(projects["probability_above"], 0.975)
    assert ((classes == "above") & (projects["true"] < 0)).sum() <= 0.025 * (classes == "above").sum()
    assert ((classes == "below") & (projects["true"] > 0)).sum() <= 0.025 * (classes == "below").sum()
    assert (classes != "not_distinguishable").mean() > 0.1


def test_the_probability_of_lying_above_is_the_share_that_do(projects):
    bands = pd.cut(projects["probability_above"], [0, 0.1, 0.3, 0.7, 0.9, 1])
    found = projects.assign(is_above=projects["true"] > 0).groupby(bands)[["probability_above", "is_above"]].mean()
    assert found["is_above"].to_numpy() == pytest.approx(found["probability_above"].to_numpy(), abs=0.06)


def test_reliability_is_the_squared_correlation_with_the_truth(projects):
    correlation = np.corrcoef(projects["contribution"], projects["true"])[0, 1] ** 2
    assert projects["reliability"].mean() == pytest.approx(correlation, abs=0.06)
