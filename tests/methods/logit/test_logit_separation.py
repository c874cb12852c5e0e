import pandas as pd

from helpers.methods.logit import settling_columns


def test_columns_that_settle_the_outcome_are_named() -> None:
    design = pd.DataFrame({"a": [0.0, 0, 1, 1], "b": [0.0, 1, 0, 1], "c": [1.0, 2, 3, 4]})
    outcome = pd.Series([0.0, 1, 0, 0])
    assert settling_columns(design, outcome) == ["a", "b"]
    assert settling_columns(design, pd.Series([0.0, 1, 1, 0])) == []
