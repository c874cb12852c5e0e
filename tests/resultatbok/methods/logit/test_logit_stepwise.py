import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit, specific_to_general, wald_test


@pytest.fixture
def candidates():
    """Two real effects (a number, a factor), noise, and a number that only mirrors the real one."""
    rng = np.random.default_rng(22)
    real = rng.normal(size=1500)
    category = rng.integers(0, 3, 1500)
    design = pd.DataFrame(
        {
            "mirror": real + rng.normal(size=1500),
            "real": real,
            "noise": rng.normal(size=1500),
            "b": (category == 1) * 1.0,
            "c": (category == 2) * 1.0,
        }
    )
    outcome = pd.Series((rng.random(1500) < expit(0.9 * real + 0.5 * design["b"])).astype(int), name="y")
    return outcome, design


BLOCKS = [{"mirror": ["mirror"], "noise": ["noise"]}, {"real": ["real"], "category": ["b", "c"]}]


def test_what_loses_its_significance_to_a_later_block_goes_out(candidates):
    selection = specific_to_general(*candidates, BLOCKS)
    assert selection.kept == ["real", "category"]
    assert sorted(selection.dropped) == ["mirror", "noise"]
    assert selection.fit.terms.index.tolist() == ["constant", "real", "b", "c"]


def test_every_step_is_on_record(candidates):
    path = specific_to_general(*candidates, BLOCKS).path
    steps = path[["step", "action", "term"]].to_numpy().tolist()
    assert steps[:3] == [[1, "enter", "mirror"], [1, "enter", "noise"], [1, "drop", "noise"]]
    assert [2, "drop", "mirror"] in steps
    assert path["n_terms"].tolist() == [2, 2, 1, 3, 3, 2]


def test_the_recorded_p_value_of_a_factor_is_the_joint_one(candidates):
    outcome, design = candidates
    selection = specific_to_general(outcome, design, BLOCKS)
    fit = fit_logit(outcome, design[["mirror", "real", "b", "c"]])
    recorded = selection.path.query("term == 'category'")["p_value"].iloc[0]
    assert recorded == pytest.approx(wald_test(fit, ["b", "c"]).p_value)


def test_everything_kept_is_below_the_limit_and_the_limit_decides(candidates):
    outcome, design = candidates
    selection = specific_to_general(outcome, design, BLOCKS)
    values = {"real": ["real"], "category": ["b", "c"]}
    worst = max(wald_test(selection.fit, columns).p_value for columns in values.values())
    assert worst < 0.10
    stricter = specific_to_general(outcome, design, BLOCKS, keep_below=worst)
    assert len(stricter.kept) == 1
    assert specific_to_general(outcome, design, BLOCKS, keep_below=np.nextafter(worst, 1)).kept == selection.kept


def test_a_term_masked_at_first_returns_in_the_end():
    rng = np.random.default_rng(5)
    hidden, masking = rng.normal(size=(2, 2000))
    # In the first block `hidden` stands beside a noisy copy of itself, minus what the second block brings.
    design = pd.DataFrame({"hidden": hidden + 1.0 * masking, "masking": masking})
    outcome = pd.Series((rng.random(2000) < expit(0.4 * hidden + 0.4 * masking - 0.4 * masking * 2)).astype(int))
    selection = specific_to_general(outcome, design, [{"hidden": ["hidden"]}, {"masking": ["masking"]}])
    assert sorted(selection.kept) == ["hidden", "masking"]
    assert selection.path["action"].tolist()[:2] == ["enter", "drop"]
    assert "return" in selection.path["action"].tolist()


def test_noise_alone_leaves_the_constant():
    rng = np.random.default_rng(8)
    design = pd.DataFrame({"noise": rng.normal(size=500)})
    outcome = pd.Series(rng.integers(0, 2, 500))
    selection = specific_to_general(outcome, design, [{"noise": ["noise"]}])
    assert selection.kept == []
    assert selection.fit.terms.index.tolist() == ["constant"]


def test_wrong_blocks_are_refused(candidates):
    with pytest.raises(ModelError, match=r"'category' has the columns \['d'\]; the design lacks \['d'\]"):
        specific_to_general(*candidates, [{"category": ["d"]}])
    with pytest.raises(ModelError, match="'real' is in two blocks"):
        specific_to_general(*candidates, [{"real": ["real"]}, {"real": ["real"]}])
