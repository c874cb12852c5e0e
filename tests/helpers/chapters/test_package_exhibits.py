"""The exhibits of the measure packages: their numbers against plain counting, and the analyst's choices."""

import pytest

from helpers.chapters.evaluation import package_predictors, package_projects, package_users
from helpers.study.fits.package_models import package_models
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.methods.packages import REST
from resultatbok.release.ledger import lookup


@pytest.fixture
def largest(small_study: Study) -> str:
    return str(small_study.packages.sizes.drop(REST, errors="ignore").idxmax())


def test_the_package_of_each_group_of_users_adds_up(desk: Desk, small_study: Study, largest: str) -> None:
    package_users.by_education(desk)
    rows = desk.ledger.true_rows
    details = small_study.registers.jobbsjansen_details
    labels = small_study.packages.labels
    level = details["education_detailed"].reindex(labels.index[labels == largest]).dropna()
    cell = lookup(rows, statistic="rounded_share", group=f"package={largest};education=higher")
    assert (cell["value"], cell["n"]) == (pytest.approx(level.isin([9, 10]).mean(), abs=0.05), len(level))
    mean = lookup(rows, statistic="mean", group=f"package={largest}", term="education_level")
    assert mean["value"] == pytest.approx(level.mean())


def test_agencies_are_told_with_the_packages_of_their_participants(desk: Desk, small_study: Study) -> None:
    package_users.by_agency(desk)
    rows = desk.ledger.true_rows
    labels = small_study.packages.labels
    agency = small_study.registers.jobbsjansen_details["agency"].reindex(labels.index)
    nav = labels[agency == "nav"]
    for name, share in nav.value_counts(normalize=True).items():
        assert lookup(rows, group=f"agency=nav;package={name}")["value"] == pytest.approx(share, abs=0.05)


def test_a_project_is_dominated_when_more_than_seven_in_ten_have_one_package(desk: Desk, small_study: Study) -> None:
    package_projects.by_project(desk)
    rows = desk.ledger.true_rows
    labels = small_study.packages.labels
    project = small_study.registers.jobbsjansen_details["project_name"].reindex(labels.index)
    largest = labels.groupby(project).agg(lambda own: own.value_counts(normalize=True).max())
    share = lookup(rows, term="over_70_percent_in_one_package")
    assert (share["value"], share["n"]) == (pytest.approx((largest > 0.7).mean()), len(largest))
    sizes = project.value_counts()
    drawn = rows[rows["term"] == "largest_package_share"]
    assert sorted(drawn["n"]) == sorted(sizes[sizes >= package_projects.SMALLEST])
    assert drawn["n"].is_monotonic_decreasing


def test_predictors_are_the_models_average_effects(desk: Desk, small_study: Study) -> None:
    exhibit = package_predictors.predictors(desk)
    models = package_models(small_study)
    name, fit = next(iter(models.single.items()))
    effect = lookup(
        exhibit.rows, statistic="average_marginal_effect", group=f"model=package;package={name}", term="age"
    )
    assert effect["value"] == pytest.approx(fit.average_effect("age").value * 100)
    told = (fit.terms.drop(index="constant")["p_value"] < 0.05).sum()
    counted = lookup(exhibit.rows, group=f"model=package;package={name}", term="significant_predictors")
    assert counted["value"] == told
