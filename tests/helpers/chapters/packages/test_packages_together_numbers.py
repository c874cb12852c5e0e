"""The packages of both schemes together: types of measures, who decides, and shares by scheme."""

import pandas as pd
import pytest

from helpers.chapters.packages import numbers
from helpers.cohort.measures import measure_types
from helpers.study.fits.packages_together import packages_together
from helpers.study.package_naming import TYPES
from helpers.study.study import Study
from resultatbok.methods.packages import Packages
from resultatbok.release.ledger import lookup


@pytest.fixture(scope="module")
def found(small_study: Study) -> Packages:
    return packages_together(small_study)


@pytest.fixture
def people(small_study: Study, found: Packages) -> pd.DataFrame:
    return small_study.participants.set_index("participant_id").assign(package=found.labels)


def test_each_harmonised_measure_has_a_type_that_packages_are_named_by(small_study: Study) -> None:
    types = measure_types()
    assert set(types) == set(TYPES)
    assert set(types.index) == {c for c in small_study.participants if c.startswith("measure_")}
    assert types["measure_norwegian_training"] == "language"
    assert types["measure_social_studies"] == "society"


def test_everybody_of_both_schemes_has_a_package(small_study: Study, found: Packages) -> None:
    assert set(found.labels.index) == set(small_study.participants["participant_id"])
    assert found.sizes.sum() == len(small_study.participants)


def test_the_order_of_the_participants_does_not_matter(small_study: Study, found: Packages) -> None:
    shuffled = Study(small_study.cohort)
    shuffled.participants = small_study.participants.sample(frac=1, random_state=3)
    assert packages_together(shuffled).labels.reindex(found.labels.index).equals(found.labels)


def test_the_schemes_weigh_alike_in_what_a_package_is(small_study: Study, found: Packages) -> None:
    drawn = small_study.participants.set_index("participant_id").loc[found.linkage_index, "scheme"].value_counts()
    assert drawn["introduction"] == drawn["jobbsjansen"]


def test_shares_are_those_of_plain_counting(small_study: Study, people: pd.DataFrame) -> None:
    measures, sizes = numbers.packages_together(small_study), numbers.packages_together_sizes(small_study)
    for name, own in people.groupby("package"):
        group = f"shared_package={name}"
        cell = lookup(measures, group=f"{group};measure=norwegian_training")
        assert (cell["value"], cell["n"]) == (pytest.approx(own["measure_norwegian_training"].mean()), len(own))
        for scheme, everyone in people.groupby("scheme", observed=True):
            share = lookup(sizes, group=group, scheme=scheme)["value"]
            assert share == pytest.approx((everyone["package"] == name).mean())


def test_attainment_and_its_difference_are_those_of_plain_counting(small_study: Study, people: pd.DataFrame) -> None:
    rows = numbers.packages_together_attainment(small_study)
    goal = people["goal_attained"].groupby([people["package"], people["scheme"]], observed=True).mean()
    for _, row in rows[rows["statistic"] == "share"].iterrows():
        assert row["value"] == pytest.approx(goal[row["group"].partition("=")[2], row["scheme"]])
    gaps = rows[rows["statistic"] == "difference"].set_index("group")["value"]
    assert len(gaps) > 1
    for group, gap in gaps.items():
        own = goal[str(group).partition("=")[2]]
        assert gap == pytest.approx(own["jobbsjansen"] - own["introduction"])
