"""What may enter the ledger: each rule on both sides, with every fault named."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.release.rows import TRUE_COLUMNS, LedgerError, group_keys, group_of, normalise, row


def one(**values):
    return pd.DataFrame([row("share", 0.5, n=100) | values])


def test_columns_that_are_left_out_are_filled():
    rows = normalise("x", pd.DataFrame({"statistic": ["coefficient"], "value": [1]}))
    assert tuple(rows.columns) == TRUE_COLUMNS
    assert rows.loc[0, ["scheme", "group", "term", "sample", "unit"]].tolist() == ["both", "", "", "all", ""]
    assert rows.loc[0, ["n", "std_error", "low", "high"]].isna().all()
    assert rows["value"].dtype == float


def test_missing_texts_are_filled_like_left_out_columns():
    rows = normalise("x", one(scheme=None, sample=np.nan, group=None))
    assert rows.loc[0, ["scheme", "sample", "group"]].tolist() == ["both", "all", ""]


def test_categories_and_whole_numbers_are_accepted():
    rows = one(n=100).astype({"scheme": "category", "n": "Int64"})
    assert normalise("x", rows)["n"].tolist() == [100.0]


@pytest.mark.parametrize(
    ("values", "accepted"),
    [
        ({"scheme": "introduction"}, True),
        ({"scheme": "intro"}, False),
        ({"value": 0.0}, True),
        ({"value": 1.0}, True),
        ({"value": 1.0001}, False),
        ({"value": -0.0001}, False),
        ({"value": 49.0}, False),
        ({"value": np.nan, "n": np.nan}, True),
        ({"value": np.inf}, False),
        ({"value": "0,5"}, False),
        ({"n": 0}, True),
        ({"n": -1}, False),
        ({"n": 10.5}, False),
        ({"n": np.nan}, False),
        ({"statistic": "coefficient", "n": np.nan}, True),
        ({"statistic": "something_new", "n": np.nan}, False),
        ({"statistic": "something_new", "value": 12.0}, True),
        ({"statistic": "threshold", "value": 12.0, "n": np.nan}, True),
        ({"statistic": "count", "value": 0.0, "n": np.nan}, True),
        ({"statistic": "count", "value": -1.0}, False),
        ({"statistic": "maximum"}, False),
        ({"statistic": "min"}, False),
        ({"statistic": ""}, False),
        ({"group": "education=some_schooling;norwegian=a1|a2"}, True),
        ({"group": "year=2017..2020"}, True),
        ({"group": "education"}, False),
        ({"group": "education=a;education=b"}, False),
        ({"group": "education=a;"}, False),
        ({"low": 0.4, "high": 0.4}, True),
        ({"low": 0.5, "high": 0.4}, False),
    ],
)
def test_a_value_outside_the_contract_is_refused(values, accepted):
    if accepted:
        assert len(normalise("x", one(**values))) == 1
    else:
        with pytest.raises(LedgerError, match="exhibit 'x'"):
            normalise("x", one(**values))


def test_a_key_that_occurs_twice_is_refused():
    with pytest.raises(LedgerError, match="the key occurs twice"):
        normalise("x", pd.concat([one(), one()]))


def test_every_fault_is_named_with_its_row():
    rows = pd.concat([one(scheme="intro", term="age"), one(value=2.0, term="male")])
    with pytest.raises(LedgerError) as refused:
        normalise("x", rows)
    assert "'intro' in [exhibit=x | statistic=share | scheme=intro | term=age | sample=all]" in str(refused.value)
    assert "expected a share as a fraction between 0 and 1; found 2.0" in str(refused.value)


def test_an_unknown_and_a_missing_column_are_named_together():
    with pytest.raises(LedgerError, match=r"unknown column 'count' .*; column 'statistic' is missing"):
        normalise("x", pd.DataFrame({"value": [1.0], "count": [3]}))


def test_a_group_is_written_and_read_in_order():
    assert group_of(gender="female", year=2018) == "gender=female;year=2018"
    assert group_keys("gender=female;norwegian=low|education=low") == {
        "gender": "female",
        "norwegian": "low|education=low",
    }
    assert group_keys("") == {}
