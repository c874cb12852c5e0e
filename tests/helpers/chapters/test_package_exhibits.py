"""The exhibits of the measure packages: their numbers against plain counting, and the analyst's choices."""

import pandas as pd
import pytest

from helpers.chapters.packages import package_attainment, package_choice, package_content, packages
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.methods.packages import REST
from resultatbok.project import Language
from resultatbok.release.ledger import Ledger, lookup
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")


@pytest.fixture
def had(small_study: Study) -> pd.DataFrame:
    """The single measures of each participant, with the `package`."""
    measures = small_study.registers.single_measures
    return measures.assign(package=small_study.packages.labels)


@pytest.fixture
def largest(small_study: Study) -> str:
    return str(small_study.packages.sizes.drop(REST, errors="ignore").idxmax())


def test_cells_of_the_heat_map_are_shares_of_the_package(desk: Desk, had: pd.DataFrame, largest: str) -> None:
    packages.heat_map(desk)
    rows = desk.ledger.true_rows
    own = had[had["package"] == largest]
    for code in ("v3_2_3", "v3_1_1"):
        cell = lookup(rows, group=f"package={largest};measure={code}")
        assert (cell["value"], cell["n"]) == (pytest.approx(own[code].mean(), abs=0.025), len(own))


def test_the_table_counts_participants_and_measures(desk: Desk, had: pd.DataFrame, largest: str) -> None:
    packages.package_table(desk)
    rows = desk.ledger.true_rows
    own, measures = had[had["package"] == largest], had.drop(columns="package")
    group = f"package={largest}"
    assert lookup(rows, statistic="count", group=group)["value"] == len(own)
    assert lookup(rows, statistic="share", group=group)["value"] == pytest.approx(len(own) / len(had))
    mean = lookup(rows, statistic="mean", group=group)["value"]
    assert mean == pytest.approx(own.drop(columns="package").sum(axis=1).mean())
    sizes = measures.groupby(list(measures)).size()
    alone = lookup(rows, term="unique_measure_combination")["value"]
    assert alone == pytest.approx((sizes == 1).sum() / len(had))


def test_goal_attainment_is_of_the_package_s_participants(desk: Desk, small_study: Study, largest: str) -> None:
    packages.attainment_by_package(desk)
    goal = small_study.participants.set_index("participant_id")["goal_attained"]
    own = goal.reindex(small_study.packages.labels.index)[small_study.packages.labels == largest]
    found = lookup(desk.ledger.true_rows, statistic="share", group=f"package={largest}")
    assert (found["value"], found["n"]) == (pytest.approx(own.mean()), own.notna().sum())


def test_measures_of_each_type_add_up(desk: Desk, had: pd.DataFrame, largest: str) -> None:
    package_content.measures_by_package(desk)
    rows = desk.ledger.true_rows
    means = rows[(rows["statistic"] == "mean") & rows["group"].str.contains(f"package={largest}")]
    total = lookup(means, group=f"package={largest}")["value"]
    assert means.loc[means["group"].str.contains("category="), "value"].sum() == pytest.approx(total)
    common = lookup(rows, statistic="count", group=f"package={largest}")["value"]
    shares = had[had["package"] == largest].drop(columns=["package", "v3_2_3"]).mean()
    assert common == (shares > 0.5).sum()


def test_the_number_chosen_has_the_lowest_criterion(desk: Desk) -> None:
    exhibit = package_choice.number_of_packages(desk)
    criterion = exhibit.rows[exhibit.rows["statistic"] == "adjusted_bic"].set_index("group")["value"]
    assert criterion.idxmin() == f"clusters={exhibit.phrases['n_clusters']}"


def test_the_tree_s_joins_rise_to_its_top(desk: Desk) -> None:
    rows = package_choice.tree(desk).rows
    heights = rows.loc[rows["statistic"] == "merge_height", "value"]
    assert heights.is_monotonic_increasing
    assert len(heights) == package_choice.LEAVES - 1


def test_observed_differences_are_those_of_plain_shares(desk: Desk, small_study: Study) -> None:
    package_attainment.adjusted_attainment(desk)
    rows = desk.ledger.true_rows
    complete = small_study.complete.set_index("participant_id")
    own = complete[complete["scheme"] == "jobbsjansen"]
    goal = own["goal_attained"].groupby(small_study.packages.labels.reindex(own.index)).mean()
    observed = rows[rows["group"].str.contains("version=observed")]
    names = observed["group"].str.extract(r"package=(\w+)")[0].tolist()
    reference = small_study.packages.sizes.idxmax()
    assert names and reference not in names
    expected = [100 * (goal[name] - goal[reference]) for name in names]
    assert observed["value"].tolist() == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_analyst_may_name_a_package(small_study: Study, largest: str, language: Language) -> None:
    names = {largest: {"en": "Straight to work", "nb": "Rett i jobb"}}
    analysis = small_study.cohort.analysis.model_copy(update={"package_names": names})
    named = Study(small_study.cohort.model_copy(update={"analysis": analysis}))
    named.registers = small_study.registers
    exhibit = packages.attainment_by_package(Desk(named, Ledger(DisclosurePolicy()), Wording(language)))
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
    rows = packages.package_table(Desk(second, Ledger(DisclosurePolicy()), WORDS)).rows
    assert lookup(rows, statistic="count", group="")["value"] == len(measures)
