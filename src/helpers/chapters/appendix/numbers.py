"""Numbers of the appendix: what only a finding of the 2022 report rests on, which it states in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import share_rows, with_labels
from helpers.chapters.common.contribution_projects import projects_sample
from helpers.chapters.common.extremes import from_lowest
from helpers.chapters.common.model_rows import CONSTANT, coefficient_rows
from helpers.cohort.settings import SCHEMES
from helpers.study.fits import report_variants
from helpers.study.models.multilevel import MultilevelFit
from helpers.study.specification import MEASURES, OUTCOME
from helpers.study.study import Study
from resultatbok.methods.contribution import quadrant
from resultatbok.methods.errors import ModelError
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import row

PRACTICE: Final = "measure_ordinary_work_practice"
RECOGNITION: Final = "measure_prior_learning_recognition"
TRAINING: Final = "measure_norwegian_training"
SCHOOL: Final = ("measure_primary_school_subjects", "measure_upper_secondary_subjects")
MODEL: Final = "model=individual"
YOUNG: Final = 25
SIGNIFICANT: Final = 0.05
MUNICIPAL_SAMPLE: Final = "municipality_years_10plus"


def stated_findings(study: Study) -> pd.DataFrame:
    """The numbers behind findings that the report states in words and that no other exhibit holds."""
    return pd.concat([*_use_of_measures(study), *_variants(study), _projects(study)], ignore_index=True)


def _use_of_measures(study: Study) -> Iterator[pd.DataFrame]:
    """Who has work practice and recognition of prior learning, and who is young."""
    people = with_labels(study.complete)
    # Of Norwegian only the best level: few in Jobbsjansen have little, and their counts would hide other figures
    well = people[people["norwegian"] == "b2"]
    for trait, those in {"education": people, "norwegian": well}.items():
        shares = share_by(those, PRACTICE, ["scheme", trait])
        groups = f"measure={PRACTICE.removeprefix('measure_')};{trait}=" + shares[trait].astype(str)
        yield share_rows(shares, shares["scheme"], groups, "participant_share")
    for trait in ("gender", "education"):
        shares = share_by(people, RECOGNITION, [trait])
        groups = f"measure={RECOGNITION.removeprefix('measure_')};{trait}=" + shares[trait].astype(str)
        yield share_rows(shares, "both", groups, "participant_share")
    for group, those in {
        f"measure={RECOGNITION.removeprefix('measure_')}": people[people[RECOGNITION] == 1],
        "": people,
    }.items():
        yield pd.DataFrame(
            [row("mean", those["norwegian_level"].mean(), group=group, term="norwegian_level", n=len(those))]
        )
    young = people.assign(young=(people["age"] < YOUNG).astype(float))
    shares = share_by(young, "young", ["scheme"])
    yield share_rows(shares, shares["scheme"], f"age=under_{YOUNG}", "participant_share")
    years = study.registers.municipality_years.merge(
        study.participants.loc[study.participants["scheme"] == "jobbsjansen", ["municipality", "end_year"]]
        .value_counts()
        .loc[lambda n: n >= study.cohort.analysis.multilevel_min_participants]
        .reset_index(),
        left_on=["municipality", "year"],
        right_on=["municipality", "end_year"],
    )
    mean = row("mean", years["population"].mean(), scheme="jobbsjansen", term="population", n=len(years))
    yield pd.DataFrame([mean | {"sample": MUNICIPAL_SAMPLE}])


def _variants(study: Study) -> Iterator[pd.DataFrame]:
    """The report's models for one scheme, without a term, or with one more."""
    for scheme in SCHEMES:
        yield _if_made(partial(_training, study, scheme), MODEL, scheme)
    for term, apart in ((TRAINING, SCHOOL), ("scheme", ())):
        group = f"{MODEL};version=without_{term.removeprefix('measure_')}"
        yield _if_made(partial(_without, study, term, apart, group), group)
    p_values = study.individual_model.terms.loc[list(MEASURES), "p_value"]
    count = row("count", (p_values >= SIGNIFICANT).sum(), group=MODEL, term="measures_not_significant", unit="rows")
    yield pd.DataFrame([count])
    for name in report_variants.ADDED:
        group = f"model=municipality;version=with_{name}"
        fit = partial(report_variants.with_municipal_variable, study, name)
        yield _if_made(partial(_one_more, study, fit, f"municipality_{name}", group), group)
    group, fit = "model=project;version=with_total_wage_costs", partial(report_variants.with_wage_costs, study)
    yield _if_made(partial(_one_more, study, fit, "project_total_wage_costs", group), group)


def _if_made(rows: Callable[[], pd.DataFrame], group: str, scheme: str = "both") -> pd.DataFrame:
    """The rows of a model, or the one that says that too few participants are there to make it."""
    try:
        return rows()
    except ModelError:
        return pd.DataFrame([row("converged", 0.0, scheme=scheme, group=group)])


def _training(study: Study, scheme: str) -> pd.DataFrame:
    fit = report_variants.of_scheme(study, scheme)
    return coefficient_rows(fit.terms.loc[[TRAINING]], fit.n, MODEL).assign(scheme=scheme)


def _without(study: Study, term: str, apart: Sequence[str], group: str) -> pd.DataFrame:
    """Coefficients of the terms to tell apart, how many others turn at the 5 % limit, and their largest change."""
    fit = report_variants.without(study, term)
    others = fit.terms.drop(index=[CONSTANT, *apart])
    before = study.individual_model.terms.loc[others.index]
    turned = ((others["p_value"] < SIGNIFICANT) != (before["p_value"] < SIGNIFICANT)).sum()
    largest = (others["coefficient"] - before["coefficient"]).abs().max()
    changes = [
        row("count", turned, group=group, term="terms_changing_significance", unit="rows"),
        row("effect_change", largest, group=group, term="largest_change", n=fit.n, unit="log-odds"),
    ]
    return pd.concat([coefficient_rows(fit.terms.loc[list(apart)], fit.n, group), pd.DataFrame(changes)])


def _one_more(study: Study, fit: Callable[[], MultilevelFit], term: str, group: str) -> pd.DataFrame:
    results = fit().results
    terms = results.terms(study.cohort.analysis.confidence_level)
    return coefficient_rows(terms.loc[[term]], results.nobs, group)


def _projects(study: Study) -> pd.DataFrame:
    """How contributions, as the report defined them, go with results, with their sign and with the project's size."""
    projects, sample = study.contributions, projects_sample(study, "report_2022")
    own_mean = study.complete.groupby("scheme", observed=True)[OUTCOME].mean()
    below = projects["actual"] < projects["scheme"].map(own_mean.to_dict()).astype(float)
    negative = projects["contribution"] < 0
    rows = []
    for scheme in SCHEMES:
        own = projects[projects["scheme"] == scheme]
        together = own["contribution"].corr(own["actual"])
        rows.append(row("correlation", together, scheme=scheme, term="contribution~actual_goal_attainment", n=len(own)))
        rows.append(_share(own["contribution"] > 0, "contribution=positive", scheme))
    rows.append(_share(below[negative], "contribution=negative;actual_goal_attainment=below_own_scheme"))
    rows.append(_share(~below[~negative], "contribution=positive;actual_goal_attainment=above_own_scheme"))
    quarters = pd.qcut(projects["participants"].rank(method="first"), 4, labels=range(1, 5))
    rows += [_share(negative[quarters == q], f"contribution=negative;size_quantile={q}") for q in (1, 4)]
    quadrants = quadrant(projects, float(study.complete[OUTCOME].mean())).value_counts()
    rows += [
        row("count", n, group=f"quadrant={name}", term="projects", unit="projects") for name, n in quadrants.items()
    ]
    ends = from_lowest(projects.assign(value=projects["contribution"].round(2)), "participants")["value"]
    top = projects.groupby("scheme")["actual"].quantile(0.9)
    differences = {
        ("contribution=lowest", "contribution"): ends.iloc[0] if len(ends) else np.nan,
        ("contribution=highest", "contribution"): ends.iloc[-1] if len(ends) else np.nan,
        ("percentile=90", "actual_goal_attainment"): top.get("jobbsjansen", np.nan) - top.get("introduction", np.nan),
    }
    rows += [
        row("difference", value, group=group, term=term, n=len(projects), unit="fraction")
        for (group, term), value in differences.items()
        if pd.notna(value)
    ]
    return pd.DataFrame(rows).assign(sample=sample)


def _share(those: pd.Series, group: str, scheme: str = "both") -> dict[str, object]:
    return row("share", those.mean(), scheme=scheme, group=group, term="project_share", n=len(those), unit="projects")
