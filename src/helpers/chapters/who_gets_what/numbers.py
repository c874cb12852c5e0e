"""Numbers of who gets which package: by project, by agency, by what the participants are like, and by models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import statsmodels.api as sm
from scipy import stats

from helpers.chapters.common.evaluation_numbers import SCHEME, details, grouped, leavers, level, mean_of, rounded_spread
from helpers.chapters.common.model_rows import CONSTANT, coefficient_rows, effect_row
from helpers.chapters.common.samples import PART_A
from helpers.chapters.who_gets_what.terms import (
    ALL_PACKAGES,
    DOMINATED,
    OVER_LIMIT,
    SIGNIFICANT,
    SMALLEST,
    package_model,
)
from helpers.study.fits.package_models import PackageModels, package_models
from helpers.study.study import Study
from resultatbok.methods.logit import LogitFit
from resultatbok.release.ledger import row

FEWEST: Final = 2
"""Projects of each kind that are needed to compare them."""
NEEDED: Final = ("norwegian_start", "reduced_work_capacity", "work_home_country", "care")
EDUCATION: Final = {1: "lower", 7: "upper_secondary", 9: "higher"}
NORWEGIAN: Final = {0: "a1_or_lower", 3: "a2", 4: "b_level"}
AGES: Final = {18: "age_18_24", 25: "age_25_44", 45: "age_45_plus"}
MONTHS: Final = {0: "under_12", 12: "12_23", 24: "24_or_more"}
"""Groups with the lowest number of each."""


def package_projects(study: Study) -> pd.DataFrame:
    """How large a share of each project's participants have the same package, and what that means for the measures."""
    data = leavers_with_package(study)
    counts = pd.crosstab(data["project_name"], data["package"])
    size = counts.sum(axis=1)
    largest = counts.max(axis=1) / size
    drawn = size[size >= SMALLEST].sort_values(ascending=False, kind="stable").index
    bars = [
        row(
            "share",
            largest[name],
            group=f"project={place}",
            term="largest_package_share",
            n=size[name],
            unit="fraction",
        )
        for place, name in enumerate(drawn, start=1)
    ]
    dominated = data["project_name"].map(largest > DOMINATED).astype(float)
    measures = study.registers.jobbsjansen_measures.reindex(data.index).sum(axis=1).astype(float)
    gap = _gap(measures, dominated, data["project_name"], level(study))
    means = [
        mean_of(study, measures[dominated == flag], "number_of_measures", group=f"projects={name}")
        for flag, name in ((1.0, "dominated"), (0.0, "other"))
        if (dominated == flag).any()
    ]
    rows = pd.DataFrame([*bars, *_variety(counts, size, largest), *gap]).assign(scheme=SCHEME, sample=PART_A)
    return pd.concat([rows, *means])


def _variety(counts: pd.DataFrame, size: pd.Series, largest: pd.Series) -> list[dict[str, Any]]:
    """The share of projects dominated by one package, and how variety goes with size."""
    diversity = 1 - (counts.div(size, axis=0) ** 2).sum(axis=1)
    correlation = float(stats.spearmanr(diversity, size).statistic)
    about: dict[str, Any] = {"n": len(size), "unit": "projects"}
    return [
        row("share", (largest > DOMINATED).mean(), term=OVER_LIMIT, **about),
        row("correlation", correlation, term="package_diversity~project_size", **about),
    ]


def _gap(measures: pd.Series, dominated: pd.Series, projects: pd.Series, coverage: float) -> list[dict[str, Any]]:
    """Mean number of measures in dominated projects minus that in the others, with errors clustered by project.

    No row where either kind has fewer than two projects.
    """
    if projects.groupby(dominated).nunique().reindex([0.0, 1.0], fill_value=0).min() < FEWEST:
        return []
    model = sm.OLS(measures, sm.add_constant(dominated.rename("dominated")))
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(projects)[0]}, use_t=True)
    low, high = (float(limit) for limit in fit.conf_int(1 - coverage).loc["dominated"])
    value, std_error = (float(of["dominated"]) for of in (fit.params, fit.bse))
    about: dict[str, Any] = {"term": "number_of_measures", "n": len(measures)}
    return [row("difference", value, std_error=std_error, low=low, high=high, **about)]


def package_agencies(study: Study) -> pd.DataFrame:
    """How the participants of each agency's projects spread over the packages."""
    agencies = leavers_with_package(study, "agency").groupby("agency")
    frames = [rounded_spread(study, own, "package", f"agency={name};package", str(name)) for name, own in agencies]
    return pd.concat(frames, ignore_index=True)


def package_by_education(study: Study) -> pd.DataFrame:
    """Level of education of each package's participants."""
    return _by_group(study, "education", "education_detailed", "education_level", EDUCATION)


def package_by_norwegian_level_at_start(study: Study) -> pd.DataFrame:
    """Norwegian at the start of each package's participants."""
    name = "norwegian_level_at_start"
    return _by_group(study, name, "norwegian_start", name, NORWEGIAN, unknown="unknown")


def package_by_age_group(study: Study) -> pd.DataFrame:
    """Age of each package's participants."""
    return _by_group(study, "age_group", "age", "age", AGES)


def package_by_duration_group(study: Study) -> pd.DataFrame:
    """Months in the programme of each package's participants."""
    return _by_group(study, "duration_group", "duration_months", "duration_months", MONTHS)


def _by_group(
    study: Study, name: str, column: str, term: str, names: Mapping[int, str], unknown: str = ""
) -> pd.DataFrame:
    """Shares of groups cut out of a number, among all and in each package, and the means of the number.

    Args:
        study: The study.
        name: What the groups are called in the ledger.
        column: The number.
        term: What its mean is called there.
        names: The groups, with the lowest number of each.
        unknown: The group of those whose number is not known; they are left out if not given.
    """
    left = leavers_with_package(study, column)
    groups = grouped(left[column], names)
    left = left.assign(**{name: groups.cat.add_categories(unknown).fillna(unknown) if unknown else groups})
    packages = {"": ("", left)}
    packages |= {str(package): (f"package={package}", own) for package, own in left.groupby("package", observed=True)}
    shares = [
        rounded_spread(study, own, name, f"{group};{name}".lstrip(";"), whole)
        for whole, (group, own) in packages.items()
    ]
    means = [mean_of(study, own[column], term, group=group) for group, own in packages.values()]
    return pd.concat([*shares, *means], ignore_index=True)


def leavers_with_package(study: Study, *needed: str) -> pd.DataFrame:
    """Those who left, with their package."""
    left = leavers(study, *needed)
    order = [str(name) for name in study.packages.sizes.index]
    labels = study.packages.labels.reindex(left.index)
    return left.assign(package=pd.Categorical(labels, order, ordered=True))


def package_predictors(study: Study) -> pd.DataFrame:
    """By how much each trait changes the chance of each package, all else equal, and what one model of all says."""
    details(study, *NEEDED)
    models = package_models(study)
    together = [row("p_value", p, group=ALL_PACKAGES, term=str(t), n=models.n) for t, p in models.together.items()]
    frames = [_single(fit, package_model(name)) for name, fit in models.single.items()]
    rows = pd.concat([*frames, pd.DataFrame([*together, *_lacking(models)])], ignore_index=True)
    return rows.assign(scheme=SCHEME, sample=PART_A)


def _single(fit: LogitFit, group: str) -> pd.DataFrame:
    """The model of one package, and how many of its terms can be told apart from no association."""
    terms = fit.terms.drop(index=CONSTANT)
    apart = terms["p_value"] < SIGNIFICANT
    counted: dict[str, Any] = {"term": "significant_predictors", "n": fit.n, "unit": "variables"}
    counts = [
        row("count", apart.sum(), group=group, **counted),
        row("count", (apart & (terms["coefficient"] > 0)).sum(), group=f"{group};direction=positive", **counted),
    ]
    effects = [effect_row(str(term), fit.average_effect(str(term)), fit.n, group) for term in fit.design]
    return pd.concat([coefficient_rows(fit.terms, fit.n, group), *effects, pd.DataFrame(counts)])


def _lacking(models: PackageModels) -> list[dict[str, Any]]:
    """The traits that nobody with a package has."""
    return [
        row("nobody", 1, group=package_model(name), term=term)
        for name, terms in models.nobody.items()
        for term in sorted(terms)
    ]
