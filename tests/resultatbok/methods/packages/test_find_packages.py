import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from resultatbok.methods.errors import ModelError
from resultatbok.methods.packages import REST, find_packages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found(planted):
    measures, _ = planted
    return find_packages(measures)


def rest_precision_and_recall(labels, truth):
    given, true = labels == REST, truth == "rest"
    return (given & true).sum() / given.sum(), (given & true).sum() / true.sum()


def test_planted_packages_are_recovered(planted, found):
    assert adjusted_rand_score(planted[1], found.labels) >= 0.85
    assert found.names == ["package_1", "package_2", "package_3", "package_4", "package_5"]


def test_the_rest_is_found(planted, found):
    precision, recall = rest_precision_and_recall(found.labels, planted[1])
    assert precision >= 0.7 and recall >= 0.7
    assert found.clusters.query("label == 'rest'")["reason"].tolist() == ["no_clear_profile"]


@pytest.mark.parametrize("seed", [11, 12])
def test_packages_of_many_participants_are_recovered(make_planted, seed):
    measures, truth = make_planted(30_000, seed)
    packages = find_packages(measures)
    precision, recall = rest_precision_and_recall(packages.labels, truth)
    assert adjusted_rand_score(truth, packages.labels) >= 0.88
    assert precision >= 0.7 and recall >= 0.7


@pytest.mark.parametrize("n", [916, 6_000])
def test_the_order_of_rows_and_columns_does_not_matter(make_planted, n):
    measures, _ = make_planted(n, 3)
    rng = np.random.default_rng(4)
    shuffled = measures.sample(frac=1, random_state=5)[rng.permutation(measures.columns)]
    first, second = find_packages(measures), find_packages(shuffled)
    assert second.labels.reindex(measures.index).equals(first.labels)
    assert adjusted_rand_score(first.labels, second.labels.reindex(measures.index)) >= 0.97


def test_new_participants_get_the_packages_of_the_old(planted, make_planted, found):
    measures, _ = planted
    assert found.assign(measures).equals(found.labels)
    new, truth = make_planted(2_000, 6)
    known = truth != "rest"
    assert adjusted_rand_score(truth[known], found.assign(new)[known]) >= 0.85


def test_new_measures_may_come_in_any_order_with_others_beside_them(planted, found):
    measures, _ = planted
    other = measures.iloc[:5, ::-1].assign(unknown_measure=1)
    assert found.assign(other).equals(found.labels.head(5))


def test_memberships_add_to_one_and_agree_with_the_labels(planted, found):
    membership = found.membership(planted[0])
    assert membership.sum(axis=1).to_numpy() == pytest.approx(np.ones(916))
    assert (membership.idxmax(axis=1) == found.labels).mean() > 0.99


def test_packages_are_numbered_by_size_with_the_rest_last(found):
    sizes = found.sizes
    assert sizes.index.tolist() == [*found.names, REST]
    assert sizes[:-1].is_monotonic_decreasing
    assert sizes.sum() == 916
    assert sizes.to_dict() == found.labels.value_counts().to_dict()


def test_profiles_are_the_shares_with_each_measure(planted, found):
    measures, _ = planted
    one = found.labels == "package_2"
    assert found.profiles.loc["package_2"].to_numpy() == pytest.approx(measures[one].mean().to_numpy())
    assert found.profiles.columns.tolist() == measures.columns.tolist()
    assert found.stability.between(0.75, 1).all()


def test_the_chosen_number_has_the_smallest_adjusted_criterion(found):
    choice = found.choice
    assert choice["chosen"].sum() == 1
    assert choice.index[choice["chosen"]][0] == choice["adjusted_bic"].idxmin() == 6
    assert choice.index.tolist() == list(range(2, 13))
    assert choice["silhouette"].between(-1, 1).all()


def test_a_given_number_of_clusters_is_kept(planted):
    packages = find_packages(planted[0], n_packages=4)
    assert len(packages.clusters) == 4
    assert packages.choice.empty


def test_the_same_seed_gives_the_same_packages(planted, found):
    again = find_packages(planted[0])
    assert again.labels.equals(found.labels)
    assert again.stability.equals(found.stability)


def test_measures_without_any_pattern_are_all_rest():
    rng = np.random.default_rng(1)
    noise = pd.DataFrame((rng.random((600, 20)) < 0.3).astype(int)).add_prefix("m")
    packages = find_packages(noise)
    assert (packages.labels == REST).all()
    assert packages.profiles.index.tolist() == [REST]


def test_the_tree_belongs_to_the_participants_it_names(planted, found):
    measures, _ = planted
    assert sorted(found.linkage_index) == sorted(measures.index)
    first_merge = found.linkage[np.argmax(found.linkage[:, 2] > 0)]
    left, right = (measures.loc[found.linkage_index[int(i)]] for i in first_merge[:2] if i < 916)
    assert np.sqrt(((left - right) ** 2).sum()) == pytest.approx(first_merge[2])


@pytest.mark.parametrize("bad", [2, np.nan, -1])
def test_a_value_that_is_not_a_measure_is_refused(planted, bad):
    measures = planted[0].astype(float)
    measures.loc["J00003", "health_2"] = bad
    with pytest.raises(ModelError, match=r"measure 'health_2' holds .* in row 'J00003'"):
        find_packages(measures)


def test_an_absent_measure_is_named_when_assigning(planted, found):
    with pytest.raises(ModelError, match="lack 'work_1'"):
        found.assign(planted[0].drop(columns="work_1"))


def test_too_few_combinations_are_refused():
    few = pd.DataFrame({"a": [0, 1, 0, 1] * 10, "b": [0, 0, 1, 1] * 10})
    with pytest.raises(ModelError, match=r"4 different combinations .* more than 4"):
        find_packages(few, n_packages=4)


@pytest.mark.parametrize("number", [0, 1])
def test_fewer_than_two_packages_are_refused(planted, number):
    with pytest.raises(ModelError, match="at least 2"):
        find_packages(planted[0], n_packages=number)


def test_packages_of_one_cohort_are_given_to_the_participants_of_another(planted, make_planted) -> None:
    found = find_packages(planted[0])
    new, _ = make_planted(400, 8)
    applied = found.applied(new)
    assert applied.labels.equals(found.assign(new))
    assert applied.sizes.sum() == 400
    first = applied.profiles.index[0]
    assert applied.profiles.loc[first].to_numpy() == pytest.approx(new[applied.labels == first].mean().to_numpy())


def test_renamed_packages_still_know_new_participants(planted, make_planted) -> None:
    found = find_packages(planted[0])
    renamed = found.renamed({"package_1": "largest"})
    new, _ = make_planted(300, 9)
    assert (renamed.assign(new) == "largest").equals(found.assign(new) == "package_1")
    assert next(iter(renamed.sizes.index)) == "largest"
