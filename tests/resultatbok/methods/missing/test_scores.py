"""Scores of categories: they follow what predicts the category, and tell all categories apart."""

import numpy as np
import pandas as pd

from resultatbok.methods.missing.scores import category_scores


def test_scores_follow_the_predictor() -> None:
    x = np.repeat([0.0, 1.0, 5.0], 50) + np.random.default_rng(1).normal(scale=0.1, size=150)
    categories = pd.Series(np.repeat(["far", "near", "farther"], 50))
    scores = category_scores(categories, pd.DataFrame({"x": x}))
    distances = abs(scores["farther"] - scores["near"]) / abs(scores["near"] - scores["far"])
    assert 3.5 < distances < 4.5


def test_categories_that_nothing_tells_apart_still_have_scores_of_their_own() -> None:
    scores = category_scores(pd.Series(["a", "b", "c"] * 20), pd.DataFrame({"x": np.arange(60) // 3 % 2}))
    assert len(set(scores.values())) == 3


def test_rows_without_a_category_do_not_count() -> None:
    scores = category_scores(pd.Series(["a", None, "b", "a"]), pd.DataFrame({"x": [0.0, 9.0, 1.0, 0.1]}))
    assert set(scores) == {"a", "b"}


def test_one_category_needs_no_scale() -> None:
    assert category_scores(pd.Series(["a", "a"]), pd.DataFrame({"x": [1.0, 2.0]})) == {"a": 0.0}
