import pandas as pd
import pytest
from planted_packages import planted_packages

from helpers.study.package_naming import emphases, name_packages
from resultatbok.methods.errors import ModelError
from resultatbok.methods.packages import REST, find_packages

TYPE_OF = {"work": "work_oriented", "language": "language", "education": "education", "health": "health"}


def types_of(columns: pd.Index) -> pd.Series:
    kinds = [TYPE_OF.get(str(name).rpartition("_")[0], "society") for name in columns]
    return pd.Series(kinds, index=columns)


def profiles(**packages: dict[str, float]) -> pd.DataFrame:
    """Mean numbers of measures by type, one measure per type."""
    columns = ["work_1", "language_1", "education_1", "health_1", "society_1"]
    return pd.DataFrame(packages, index=columns).fillna(0.0).T


def sizes(table: pd.DataFrame) -> pd.Series:
    return pd.Series(range(100 + 10 * len(table), 100, -10), index=table.index)


def test_planted_packages_get_the_names_of_their_makers() -> None:
    measures, truth = planted_packages(916, seed=2)
    found = find_packages(measures)
    names = name_packages(found.profiles, found.sizes, types_of(measures.columns))
    labels = found.renamed(names).labels
    assert set(names.values()) == {"strong_work", "society_life_skills", "broad", "language_and_work", "school", REST}
    made = truth.replace({"society": "society_life_skills"})
    assert (labels == made).mean() > 0.9


def test_an_emphasis_is_the_share_of_a_type_against_its_share_overall() -> None:
    table = profiles(a={"work_1": 0.8, "language_1": 0.2}, b={"work_1": 0.2, "language_1": 0.8})
    found = emphases(table, pd.Series({"a": 50, "b": 50}), types_of(table.columns))
    assert found.loc["a", ["work_oriented", "language"]].tolist() == pytest.approx([1.6, 0.4])
    assert found["measures"].tolist() == pytest.approx([1.0, 1.0])


def test_every_name_is_given_once() -> None:
    table = profiles(
        package_1={"work_1": 0.9, "society_1": 0.1},
        package_2={"work_1": 0.8, "society_1": 0.1},
        package_3={"society_1": 0.9},
    )
    names = name_packages(table, sizes(table), types_of(table.columns))
    assert names == {"package_1": "strong_work", "package_2": "strong_work_2", "package_3": "society_life_skills"}


def test_the_larger_of_two_alike_has_the_name_without_a_number() -> None:
    table = profiles(package_1={"work_1": 0.9}, package_2={"work_1": 0.9, "society_1": 0.1}, package_3={"society_1": 1})
    by_size = pd.Series({"package_1": 10, "package_2": 90, "package_3": 80})
    assert name_packages(table, by_size, types_of(table.columns))["package_2"] == "strong_work"


def test_packages_without_an_emphasis_are_told_by_their_number_of_measures() -> None:
    alike = dict.fromkeys(["work_1", "language_1", "education_1", "health_1", "society_1"])
    table = profiles(many=dict.fromkeys(alike, 0.9), some=dict.fromkeys(alike, 0.45), few=dict.fromkeys(alike, 0.2))
    names = name_packages(table, pd.Series({"many": 10, "some": 10, "few": 10}), types_of(table.columns))
    assert names == {"many": "broad", "some": "mixed", "few": "few_measures"}


def test_the_rest_keeps_its_name() -> None:
    table = profiles(package_1={"work_1": 0.9}, **{REST: {"society_1": 0.1}})
    assert name_packages(table, sizes(table), types_of(table.columns))[REST] == REST


def test_a_measure_without_a_type_is_named() -> None:
    table = profiles(a={"work_1": 1.0})
    with pytest.raises(ModelError, match="society_1"):
        name_packages(table, sizes(table), types_of(table.columns).drop("society_1"))
