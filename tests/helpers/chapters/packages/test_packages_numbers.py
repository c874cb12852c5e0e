"""The numbers of the measure packages against plain counting, and the analyst's choices."""

from dataclasses import replace

import pandas as pd
import pytest

from helpers.chapters.packages import exhibits, numbers
from helpers.chapters.packages.terms import ADULT_PRIMARY
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Context
from resultatbok.methods.packages import REST
from resultatbok.project import Language
from resultatbok.release.ledger import Ledger
from resultatbok.release.rows import lookup
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording


@pytest.fixture
def had(small_study: Study) -> pd.DataFrame:
    """The single measures of each participant, with the `package`."""
    return small_study.registers.single_measures.assign(package=small_study.packages.labels)


@pytest.fixture
def largest(small_study: Study) -> str:
    return str(small_study.packages.sizes.drop(REST, errors="ignore").idxmax())


def test_cells_of_the_heat_map_are_shares_of_the_package(small_study: Study, had: pd.DataFrame, largest: str) -> None:
    rows = numbers.package_measures(small_study)
    own = had[had["package"] == largest]
    for code in ("v3_2_3", "v3_1_1"):
        cell = lookup(rows, group=f"package={largest};measure={code}")
        assert (cell["value"], cell["n"]) == (pytest.approx(own[code].mean()), len(own))


def test_the_table_counts_participants_and_measures(small_study: Study, had: pd.DataFrame, largest: str) -> None:
    rows = numbers.packages(small_study)
    own, measures = had[had["package"] == largest], had.drop(columns="package")
    group = f"package={largest}"
    assert lookup(rows, statistic="count", group=group)["value"] == len(own)
    assert lookup(rows, statistic="share", group=group)["value"] == pytest.approx(len(own) / len(had))
    mean = lookup(rows, statistic="mean", group=group)["value"]
    assert mean == pytest.approx(own.drop(columns="package").sum(axis=1).mean())
    sizes = measures.groupby(list(measures)).size()
    alone = lookup(rows, term="unique_measure_combination")["value"]
    assert alone == pytest.approx((sizes == 1).sum() / len(had))


def test_goal_attainment_is_of_the_package_s_participants(small_study: Study, largest: str) -> None:
    goal = small_study.participants.set_index("participant_id")["goal_attained"]
    own = goal.reindex(small_study.packages.labels.index)[small_study.packages.labels == largest]
    found = lookup(numbers.attainment_by_package(small_study), statistic="share", group=f"package={largest}")
    assert (found["value"], found["n"]) == (pytest.approx(own.mean()), own.notna().sum())


def test_measures_of_each_type_add_up(small_study: Study, had: pd.DataFrame, largest: str) -> None:
    rows = numbers.package_content(small_study)
    means = rows[(rows["statistic"] == "mean") & rows["group"].str.contains(f"package={largest}")]
    total = lookup(means, group=f"package={largest}")["value"]
    assert means.loc[means["group"].str.contains("category="), "value"].sum() == pytest.approx(total)
    common = lookup(rows, statistic="count", group=f"package={largest}")["value"]
    shares = had[had["package"] == largest].drop(columns=["package", "v3_2_3"]).mean()
    assert common == (shares > 0.5).sum()


def test_each_package_s_share_that_left_for_primary_education_is_counted(small_study: Study) -> None:
    rows = numbers.attainment_by_package(small_study)
    rows = rows[rows["term"] == ADULT_PRIMARY]
    reasons = small_study.registers.jobbsjansen_details["exit_reason"].dropna()
    labels = small_study.packages.labels.reindex(reasons.index).dropna()
    primary = reasons[labels.index] == "adult_primary"
    assert lookup(rows, group="")["n"] == len(labels)
    assert lookup(rows, group="")["value"] == pytest.approx(primary.mean())
    for name, went in primary.groupby(labels):
        assert lookup(rows, group=f"package={name}")["value"] == pytest.approx(went.mean())


def test_no_known_reason_for_leaving_gives_no_rows(small_study: Study) -> None:
    details = small_study.registers.jobbsjansen_details.assign(exit_reason=None)
    without = Study(small_study.cohort)
    without.registers = replace(small_study.registers, jobbsjansen_details=details)
    assert numbers.adult_primary(without).empty


def test_observed_differences_are_those_of_plain_shares(small_study: Study) -> None:
    rows = numbers.package_adjusted(small_study)
    complete = small_study.complete.set_index("participant_id")
    own = complete[complete["scheme"] == "jobbsjansen"]
    goal = own["goal_attained"].groupby(small_study.packages.labels.reindex(own.index)).mean()
    observed = rows[rows["group"].str.contains("version=observed")]
    names = observed["group"].str.extract(r"package=(\w+)")[0].tolist()
    reference = small_study.packages.sizes.idxmax()
    assert names
    assert reference not in names
    assert lookup(rows, statistic="reference_category")["group"] == f"package={reference}"
    expected = [goal[name] - goal[reference] for name in names]
    assert observed["value"].tolist() == pytest.approx(expected, abs=1e-4)


def test_the_number_chosen_has_the_lowest_criterion(small_study: Study) -> None:
    rows = numbers.package_choice(small_study)
    criterion = rows[rows["statistic"] == "adjusted_bic"].set_index("group")["value"]
    assert criterion.idxmin() == f"clusters={lookup(rows, term='clusters')['value']:g}"


def test_the_tree_s_joins_rise_to_its_top_and_its_branches_hold_everybody(small_study: Study) -> None:
    rows = numbers.package_tree(small_study)
    heights = rows.loc[rows["statistic"] == "merge_height", "value"]
    assert heights.is_monotonic_increasing
    assert len(heights) == numbers.LEAVES - 1
    sizes = rows.loc[rows["statistic"] == "rounded_count", "value"]
    assert (sizes % numbers.ROUND_TO == 0).all()
    assert sizes.sum() == pytest.approx(rows["n"].iloc[0], abs=numbers.LEAVES * numbers.ROUND_TO / 2)


def released(study: Study, language: Language = "en") -> Context:
    return Context(study, Ledger(DisclosurePolicy()), Wording(language))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_analyst_may_name_a_package(small_study: Study, largest: str, language: Language) -> None:
    names = {largest: {"en": "Straight to work", "nb": "Rett i jobb"}}
    analysis = small_study.cohort.analysis.model_copy(update={"package_names": names})
    named = Study(small_study.cohort.model_copy(update={"analysis": analysis}))
    named.registers = small_study.registers
    exhibit = exhibits.attainment_by_package(released(named, language))
    assert names[largest][language] in exhibit.alt
    assert lookup(exhibit.rows, statistic="share", group=f"package={largest}")["n"] > 0


def test_another_cohort_s_packages_may_be_given_to_this_one(small_study: Study, small_cohort: object) -> None:
    cohort = small_study.cohort
    analysis = cohort.analysis.model_copy(update={"packages_from": str(small_cohort)})
    years = cohort.years.model_copy(update={"first": cohort.years.last})
    second = Study(cohort.model_copy(update={"analysis": analysis, "years": years, "name": "second"}))
    measures = second.registers.single_measures
    assert 0 < len(measures) < len(small_study.registers.single_measures)
    assert second.packages.labels.equals(small_study.packages.assign(measures))
    assert second.packages.labels.equals(small_study.packages.labels.reindex(measures.index))
    assert lookup(numbers.packages(second), statistic="count", group="")["value"] == len(measures)
