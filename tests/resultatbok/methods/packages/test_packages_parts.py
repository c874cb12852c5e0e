import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import fcluster, is_valid_linkage, linkage
from scipy.stats import binom
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from resultatbok.methods.packages import truncate_tree
from resultatbok.methods.packages.latent_classes import fit_latent_classes
from resultatbok.methods.packages.partition import k_means
from resultatbok.methods.packages.patterns import Patterns, combine
from resultatbok.methods.packages.stability import jaccard
from resultatbok.methods.packages.tree import cut_tree


@pytest.fixture
def points():
    return np.random.default_rng(1).normal(size=(60, 3))


def test_combinations_are_counted():
    measures = pd.DataFrame({"b": [1, 0, 1, 0, 1], "a": [0, 0, 0, 0, 1]})
    patterns, combination = combine(measures)
    assert patterns.n == 5
    assert sorted(patterns.counts) == [1, 2, 2]
    assert patterns.points[combination].tolist() == measures[["a", "b"]].to_numpy().tolist()


def test_more_than_64_measures_are_told_apart():
    rng = np.random.default_rng(2)
    measures = pd.DataFrame(rng.integers(0, 2, (50, 130))).add_prefix("m")
    patterns, combination = combine(measures)
    assert len(patterns.points) == 50
    assert (patterns.points[combination] == measures[sorted(measures.columns)].to_numpy()).all()


def test_a_draw_keeps_the_number_of_persons():
    patterns = Patterns(np.eye(3), np.array([5.0, 1.0, 4.0]))
    drawn = patterns.draw(6, np.random.default_rng(1))
    assert drawn.n == 6
    assert drawn.counts.max() <= 5
    assert patterns.draw(10, np.random.default_rng(1)) is patterns


@pytest.mark.parametrize("k", [1, 2, 5, 60])
def test_a_cut_has_exactly_the_clusters_asked_for(points, k):
    tree = linkage(points, "ward")
    labels = cut_tree(tree, k)
    assert len(np.unique(labels)) == k
    assert adjusted_rand_score(labels, fcluster(tree, k, "maxclust")) == pytest.approx(1)


def test_a_cut_through_equal_heights_still_has_the_clusters_asked_for():
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]] * 3)
    labels = cut_tree(linkage(corners, "ward"), 3)
    assert len(np.unique(labels)) == 3


@pytest.mark.parametrize("k", [0, 61])
def test_an_impossible_cut_is_refused(points, k):
    with pytest.raises(ValueError, match="cannot be cut"):
        cut_tree(linkage(points, "ward"), k)


def test_the_top_of_a_tree_is_a_tree_with_the_same_last_merges(points):
    tree = linkage(points, "ward")
    top, branch = truncate_tree(tree, 8)
    assert is_valid_linkage(top)
    assert top[:, 2].tolist() == tree[-7:, 2].tolist()
    assert np.bincount(branch).sum() == 60 and branch.max() == 7
    for k in (2, 4):
        through_top = fcluster(top, k, "maxclust")[branch]
        assert adjusted_rand_score(through_top, cut_tree(tree, k)) == pytest.approx(1)


def test_k_means_agrees_with_scikit_learn_on_counted_rows():
    rng = np.random.default_rng(3)
    points, counts = rng.random((80, 4)), rng.integers(1, 6, 80).astype(float)
    start = points[:4]
    ours = k_means(Patterns(points, counts), start)
    theirs = KMeans(4, init=start, n_init=1, tol=0, max_iter=100).fit(points, sample_weight=counts)
    assert adjusted_rand_score(ours, theirs.labels_) == 1


def test_one_latent_class_is_independence():
    points = np.array([[1, 0], [1, 1], [0, 1.0]])
    classes = fit_latent_classes(Patterns(points, np.array([50.0, 30.0, 20.0])), np.zeros(3, dtype=int), 1)
    assert classes.probabilities[0] == pytest.approx([0.8, 0.5])
    expected = 50 * np.log(0.8 * 0.5) + 30 * np.log(0.8 * 0.5) + 20 * np.log(0.2 * 0.5)
    assert classes.loglik == pytest.approx(expected)
    assert classes.bic == pytest.approx(2 * np.log(100) - 2 * expected)
    assert classes.adjusted_bic == pytest.approx(2 * np.log(102 / 24) - 2 * expected)


def test_two_latent_classes_are_estimated():
    rng = np.random.default_rng(4)
    truth = (rng.random(4_000) < 0.3).astype(int)
    probabilities = np.array([[0.9, 0.8, 0.1, 0.2, 0.7], [0.2, 0.1, 0.8, 0.9, 0.3]])
    measures = pd.DataFrame((rng.random((4_000, 5)) < probabilities[truth]).astype(int)).add_prefix("m")
    patterns, combination = combine(measures)
    start = (patterns.points[:, 0] == 0).astype(int)
    classes = fit_latent_classes(patterns, start, 2)
    assert classes.weights == pytest.approx([0.7, 0.3], abs=0.03)
    assert classes.probabilities == pytest.approx(probabilities, abs=0.05)
    membership = classes.membership(patterns.points)
    assert membership.sum(axis=1) == pytest.approx(np.ones(len(patterns.points)))
    # Bayes' rule for one combination, by hand.
    likelihood = np.prod(binom.pmf(patterns.points[7], 1, classes.probabilities), axis=1) * classes.weights
    assert membership[7] == pytest.approx(likelihood / likelihood.sum())
    assert len(combination) == 4_000


def test_more_steps_never_lower_the_likelihood():
    rng = np.random.default_rng(5)
    patterns, _ = combine(pd.DataFrame(rng.integers(0, 2, (300, 8))).add_prefix("m"))
    start = rng.integers(0, 3, len(patterns.points))
    logliks = [fit_latent_classes(patterns, start, 3, steps).loglik for steps in (1, 3, 10, 30)]
    assert np.all(np.diff(logliks) > -0.5)  # the added average person lets it fall by a hair


def test_jaccard_is_shared_persons_over_persons_in_either():
    first, second = np.array([0, 0, 1, 1]), np.array([1, 1, 1, 0])
    weights = np.array([10.0, 20.0, 30.0, 40.0])
    assert jaccard(first, second, weights, 2) == pytest.approx([30 / 60, 40 / 70])
    assert jaccard(first, first, weights, 2) == pytest.approx([1, 1])
