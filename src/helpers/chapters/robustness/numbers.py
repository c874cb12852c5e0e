"""Numbers of the robustness chapter: the scheme's effect when decisions are taken differently."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.missing_rows import attainment_by_missing_rows, lacking_rows, mean_by_missing_rows
from helpers.chapters.common.model_rows import coefficient_rows, effect_row, fit_rows, mixed_rows, odds_ratio_rows
from helpers.chapters.common.samples import REPORT_2022, WOMEN
from helpers.chapters.robustness.terms import (
    COMBINED,
    COMPLETE,
    EFFECT,
    EITHER,
    FRACTION_LOST,
    GROSS,
    IMPUTED,
    MAIN,
    MISSING_BY,
    MODELS,
    PAIRS,
    PRIMARY_SCHOOL,
    UPPER_SECONDARY,
    named,
)
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.alternatives import Version, attainment_of_leavers, other_codings, school_models
from helpers.study.fits.context_models import multilevel_models
from helpers.study.fits.imputation import PooledModel, pooled_individual_model
from helpers.study.fits.versions import FAMILIES
from helpers.study.specification import REQUIRED, origin_terms
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.logit import LogitFit, coefficient_inflation, likelihood_ratio_test
from resultatbok.methods.shares import share_by
from resultatbok.release.rows import group_of, row

INFLATION_SAMPLES = {"individual": "all", "municipality": "municipality_years_10plus", "project": "projects_10plus"}
"""The published tables' names for the rows of each model."""
EDUCATION = {"education_dichotomised": ["education_some_schooling", "education_good_general"]}
OUTCOME_CODINGS = ("wage_subsidy", "end_reasons")
"""How the names begin of the versions that change who reaches the goal."""


def dependence(study: Study) -> pd.DataFrame:
    """The main model beside other ways of treating participants who share a project or a municipality."""
    return version_rows(study, "main", "dependence")


def coding_versions(study: Study) -> pd.DataFrame:
    """The main model beside the same model under each other coding."""
    return version_rows(study, "main", "coding")


def version_rows(study: Study, *families: str) -> pd.DataFrame:
    """The scheme's effect, its coefficient and its p-value, by every version of some families."""
    parts = [
        _version_rows(family, name, version) for family in families for name, version in FAMILIES[family](study).items()
    ]
    return pd.concat(parts, ignore_index=True)


def _version_rows(family: str, name: str, version: Version) -> pd.DataFrame:
    group = named(name)
    estimate = asdict(version.coefficient) | {"p_value": version.p_value}
    term = pd.DataFrame([estimate], index=["scheme"]).rename(columns={"value": "coefficient"})
    rows = [effect_row("scheme", version.effect, version.n, group), coefficient_rows(term, version.n, group)]
    sample = GROSS if family == "missing" else REPORT_2022 if name == "independent" else "all"
    return pd.concat(rows).assign(sample=sample)


def missing_by_group(study: Study) -> pd.DataFrame:
    """Share of all leavers who lack education or Norwegian, by scheme and characteristics (table 15)."""
    people, level = study.participants, study.cohort.analysis.confidence_level
    shares = [lacking_rows(people, by, level=level) for by in ("scheme", *MISSING_BY)]
    return pd.concat([_sizes(people), *shares])


def _sizes(people: pd.DataFrame) -> pd.DataFrame:
    """How many left and how many are complete cases, by scheme and in all, and Jobbsjansen's share of the leavers."""
    complete = people[list(REQUIRED)].notna().all(axis=1)
    counts = [
        row(
            "count",
            len(part) if scheme == "both" else int((part["scheme"] == scheme).sum()),
            scheme=scheme,
            term="participants",
            sample=sample,
            unit="records",
        )
        for sample, part in {GROSS: people, "all": people[complete]}.items()
        for scheme in (*SCHEMES, "both")
    ]
    keys: dict[str, Any] = {"scheme": "jobbsjansen", "term": "participant_share", "sample": GROSS}
    share = row("share", (people["scheme"] == "jobbsjansen").mean(), **keys, n=len(people), unit="fraction")
    return pd.DataFrame([*counts, share])


def missing_means(study: Study) -> pd.DataFrame:
    """How the leavers who are left out of the analyses differ from the complete cases (table 16)."""
    people, level = study.participants, study.cohort.analysis.confidence_level
    return pd.concat([attainment_by_missing_rows(people, level=level), mean_by_missing_rows(people, level=level)])


def imputation(study: Study) -> pd.DataFrame:
    """The individual model on complete cases and on all leavers with missing values imputed, and the two effects."""
    complete, effects = study.individual_model, version_rows(study, "main", "missing")
    return pd.concat(
        [
            coefficient_rows(complete.terms, complete.n, COMPLETE).assign(sample=REPORT_2022),
            effects[effects["statistic"] == EFFECT],
            _imputed_rows(pooled_individual_model(study)),
        ]
    )


def _imputed_rows(model: PooledModel) -> pd.DataFrame:
    """The pooled coefficients, and the information that is lost about each."""
    terms = model.terms.rename(columns={"value": "coefficient"})
    lost = pd.DataFrame(
        {
            "statistic": FRACTION_LOST,
            "group": IMPUTED,
            "term": terms.index.astype(str),
            "value": terms["missing_information"].to_numpy(),
            "n": model.n,
            "unit": "fraction",
        }
    )
    filled = pd.DataFrame([row("count", model.n_imputed, term="imputed", group=IMPUTED, unit="records")])
    return pd.concat([coefficient_rows(terms, model.n, IMPUTED), lost, filled]).assign(sample=GROSS)


def denominator_versions(study: Study) -> pd.DataFrame:
    """Goal attainment of all leavers under each coding of the outcome, by scheme."""
    own = attainment_of_leavers(study.participants, study.cohort.analysis.confidence_level)
    others = {
        group_of(version=name): coding.attainment
        for name, coding in other_codings(study).items()
        if name.startswith(OUTCOME_CODINGS)
    }
    return pd.concat(
        [
            share_rows(shares, shares["scheme"], group, "goal_attainment", sample=GROSS)
            for group, shares in {"": own, **others}.items()
        ]
    )


def women_models(study: Study) -> pd.DataFrame:
    """The models of women only (tables 19-21 and the full model)."""
    women = women_of(study)
    level, individual = study.cohort.analysis.confidence_level, women.individual_model
    multilevel = multilevel_models(women)
    return pd.concat(
        [
            coefficient_rows(individual.terms, individual.n, COMPLETE),
            odds_ratio_rows(individual.terms, individual.n, COMPLETE),
            effect_row("scheme", women.individual_model_by_project.average_effect("scheme"), individual.n, COMPLETE),
            fit_rows(individual, COMPLETE),
            *(mixed_rows(multilevel[name], f"model={name}", level) for name in MODELS if name in multilevel),
        ]
    ).assign(sample=WOMEN)


def variance_inflation(study: Study) -> pd.DataFrame:
    """Variance inflation factors of the individual model and the two reduced multilevel models (table 18)."""
    individual = study.individual_model
    multilevel = {"municipality": study.municipality_model.results, "project": study.project_model.results}
    models = {
        "individual": (individual.cov_params(), {"origin": origin_terms(study.cohort.analysis)}, individual.n),
        **{name: (results.cov_params(), EDUCATION, results.nobs) for name, results in multilevel.items()},
    }
    return pd.DataFrame(
        [
            row("vif", value, group=f"model={name}", term=str(term), sample=INFLATION_SAMPLES[name], n=n)
            for name, (cov, factors, n) in models.items()
            for term, value in coefficient_inflation(cov.iloc[1:, 1:], factors)["gvif"].items()
        ]
    )


def municipal_correlations(study: Study) -> pd.DataFrame:
    """Correlations of the municipal statistics over municipality-years with enough leavers, each counted once."""
    years = study.registers.municipality_years.set_index(["municipality", "year"])
    leavers = study.participants.groupby(["municipality", "end_year"], observed=True).size()
    large = leavers.index[leavers >= study.cohort.analysis.multilevel_min_participants]
    used = years[years.index.isin(large)]
    return pd.DataFrame(
        [
            row(
                "correlation",
                used[first].corr(used[second]),
                group="model=municipality",
                term=f"{first}~{second}",
                sample=INFLATION_SAMPLES["municipality"],
                n=int(used[[first, second]].notna().all(axis=1).sum()),
                unit="municipality_years",
            )
            for first, second in PAIRS
        ]
    )


def school_overlap(study: Study) -> pd.DataFrame:
    """How many had one of the two school measures, the other, or both."""
    people = study.complete
    primary, upper = people[PRIMARY_SCHOOL] == 1, people[UPPER_SECONDARY] == 1
    parts = {
        "measure=only_primary_school_subjects": primary & ~upper,
        "measure=only_upper_secondary_subjects": upper & ~primary,
        "measure=primary_school_subjects&upper_secondary_subjects": primary & upper,
    }
    counts = [
        row("count", int(had.sum()), group=group, term="participants", n=int(had.sum()), unit="participants")
        for group, had in parts.items()
    ]
    either = people[primary | upper].assign(both=(primary & upper).astype(float))
    level = study.cohort.analysis.confidence_level
    share = share_rows(share_by(either, "both", level=level), "both", EITHER, "has_both_given_any")
    return pd.concat([pd.DataFrame(counts), share])


def school_measures(study: Study) -> pd.DataFrame:
    """The individual model with each school measure left out, with both left out, and with one for both."""
    main = study.individual_model_by_project
    fits = {MAIN: main} | {named(name): fit for name, fit in school_models(study).items()}
    return pd.concat([part for group, fit in fits.items() for part in _school_rows(group, fit, main)])


def _school_rows(group: str, fit: LogitFit, main: LogitFit) -> list[pd.DataFrame]:
    """The school measures' coefficients, the scheme's effect, and the test of what is left out."""
    shown = [name for name in (PRIMARY_SCHOOL, UPPER_SECONDARY, COMBINED, "scheme") if name in fit.terms.index]
    rows = [
        coefficient_rows(fit.terms.loc[shown], fit.n, group),
        effect_row("scheme", fit.average_effect("scheme"), fit.n, group),
    ]
    if group != MAIN and COMBINED not in fit.terms.index:
        test = likelihood_ratio_test(fit, main)
        tested = {"chi2": test.statistic, "p_value": test.p_value}
        lines = [row(name, value, term="likelihood_ratio", group=group, n=fit.n) for name, value in tested.items()]
        rows.append(pd.DataFrame(lines))
    return rows
