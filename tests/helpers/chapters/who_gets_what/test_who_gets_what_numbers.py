"""Numbers of who gets which package, against plain counting and the models."""

import pytest

from helpers.chapters.who_gets_what import numbers
from helpers.chapters.who_gets_what.terms import SMALLEST
from helpers.study.fits.package_models import package_models
from helpers.study.study import Study
from resultatbok.methods.packages import REST
from resultatbok.release.ledger import lookup
from resultatbok.release.rows import normalise


@pytest.fixture
def largest(small_study: Study) -> str:
    return str(small_study.packages.sizes.drop(REST, errors="ignore").idxmax())


def test_the_package_of_each_group_of_users_adds_up(small_study: Study, largest: str) -> None:
    rows = normalise("rows", numbers.package_by_education(small_study))
    details = small_study.registers.jobbsjansen_details
    labels = small_study.packages.labels
    level = details["education_detailed"].reindex(labels.index[labels == largest]).dropna()
    cell = lookup(rows, statistic="rounded_share", group=f"package={largest};education=higher")
    assert (cell["value"], cell["n"]) == (pytest.approx(level.isin([9, 10]).mean(), abs=0.05), len(level))
    mean = lookup(rows, statistic="mean", group=f"package={largest}", term="education_level")
    assert mean["value"] == pytest.approx(level.mean())


def test_agencies_are_told_with_the_packages_of_their_participants(small_study: Study) -> None:
    rows = normalise("rows", numbers.package_agencies(small_study))
    labels = small_study.packages.labels
    agency = small_study.registers.jobbsjansen_details["agency"].reindex(labels.index)
    nav = labels[agency == "nav"]
    for name, share in nav.value_counts(normalize=True).items():
        assert lookup(rows, group=f"agency=nav;package={name}")["value"] == pytest.approx(share, abs=0.05)


def test_a_project_is_dominated_when_more_than_seven_in_ten_have_one_package(small_study: Study) -> None:
    rows = normalise("rows", numbers.package_projects(small_study))
    labels = small_study.packages.labels
    project = small_study.registers.jobbsjansen_details["project_name"].reindex(labels.index)
    largest = labels.groupby(project).agg(lambda own: own.value_counts(normalize=True).max())
    share = lookup(rows, term="over_70_percent_in_one_package")
    assert (share["value"], share["n"]) == (pytest.approx((largest > 0.7).mean()), len(largest))
    sizes = project.value_counts()
    drawn = rows[rows["term"] == "largest_package_share"]
    assert sorted(drawn["n"]) == sorted(sizes[sizes >= SMALLEST])
    assert drawn["n"].is_monotonic_decreasing


def test_predictors_are_the_models_average_effects(small_study: Study) -> None:
    rows = normalise("rows", numbers.package_predictors(small_study))
    models = package_models(small_study)
    name, fit = next(iter(models.single.items()))
    effect = lookup(rows, statistic="average_marginal_effect", group=f"model=package;package={name}", term="age")
    assert effect["value"] == pytest.approx(fit.average_effect("age").value)
    apart = (fit.terms.drop(index="constant")["p_value"] < 0.05).sum()
    counted = lookup(rows, group=f"model=package;package={name}", term="significant_predictors")
    assert counted["value"] == apart
