"""The decomposition against printed examples, other implementations and a calculation over every pair."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit

from resultatbok.methods.decomposition import COEFFICIENTS, GapData, gap_parts
from resultatbok.methods.decomposition.cross import ERROR_BOUND
from resultatbok.methods.decomposition.newton import newton_logit, prior_precision
from resultatbok.methods.errors import ModelError

EXAMPLES = Path(__file__).parents[3] / "reference" / "worked_examples"
COVARIATES = ["female", "age", "hsgrad", "somecol", "college", "married", "prevmar"]


def parts(data: GapData) -> pd.DataFrame:
    return pd.DataFrame(gap_parts(data).parts, index=list(COEFFICIENTS), columns=[*data.names, "unexplained"])


def saturated(long: pd.DataFrame, cell: str, first: pd.Series) -> GapData:
    """Cells as dummies, rates in percent as fractional outcomes, sizes as weights."""
    dummies = pd.get_dummies(long[cell], drop_first=True, dtype=float)
    dummies.columns = dummies.columns.astype(str)
    blocks = {"composition": list(dummies.columns)}
    return GapData.of(long["rate"] / 100, first, dummies, blocks, weights=long["size"])


def headship() -> pd.DataFrame:
    wide = pd.read_csv(EXAMPLES / "kitagawa_headship_inputs.csv")
    return pd.wide_to_long(wide, ["size", "rate"], "age_group", "year", sep="_").reset_index()


def test_a_saturated_model_gives_kitagawas_printed_parts() -> None:
    """The mean of both groups as reference is Kitagawa's: at the mean of the rates, and at that of the weights."""
    long = headship()
    found = 100 * parts(saturated(long, "age_group", long["year"] == 1985))
    both = found.loc[["own_first", "own_second"]].mean()
    printed = pd.read_csv(EXAMPLES / "decomposition_outputs.csv").query("case == 'headship 1970|1985'")
    expected = printed.set_index("factor")["difference"]
    assert both["composition"] == pytest.approx(expected["age structure"], abs=5e-4)  # the error of the grid
    assert both["unexplained"] == pytest.approx(expected["rate"], abs=5e-4)
    assert found.sum(axis=1).to_numpy() == pytest.approx(expected["crude"], abs=5e-5)  # printed with four decimals


def test_with_all_of_wangs_cells_as_dummies_structure_and_rate_are_those_printed() -> None:
    """Rates are rounded there, so that cells hold fractions of events."""
    long = pd.read_csv(EXAMPLES / "decomposition_wang2000_inputs.csv").rename(columns={"rate_percent": "rate"})
    long["cell"] = long["ethnicity"].astype(str) + "_" + long["age_group"].astype(str)
    both = (100 * parts(saturated(long, "cell", long["population"] == "male"))).loc[["own_first", "own_second"]].mean()
    printed = pd.read_csv(EXAMPLES / "decomposition_outputs.csv").query("case == 'wang2000 female|male'")
    expected = printed.set_index("factor")["difference"]
    structure = expected["age structure"] + expected["ethnicity structure"]
    assert both["composition"] == pytest.approx(structure, abs=5e-4)
    assert both["unexplained"] == pytest.approx(expected["rate"], abs=5e-4)
    assert both.sum() == pytest.approx(expected["crude"], abs=1e-6)


@pytest.fixture(scope="module")
def homecomp() -> pd.DataFrame:
    data = pd.read_csv(EXAMPLES / "homecomp_counts.csv")
    blocks = {name: [name] for name in COVARIATES}
    covariates = data[COVARIATES].astype(float)
    return parts(GapData.of(data["homecomp"], data["black"] == 0, covariates, blocks, weights=data["count"]))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("own_first", "white (reference 0)"),
        ("own_second", "black (reference 1)"),
        ("pooled_as_first", "pooled with group dummy"),
    ],
)
def test_the_explained_part_is_that_of_fairlie_and_yun(homecomp: pd.DataFrame, ours: str, theirs: str) -> None:
    outputs = pd.read_csv(EXAMPLES / "homecomp_outputs.csv").query("coefficients_of == @theirs")
    expected = outputs.set_index("term")["yun_contribution"]
    found = homecomp.loc[ours]
    tolerance = 2 * ERROR_BOUND
    assert found[COVARIATES].sum() == pytest.approx(expected["explained"], abs=tolerance)
    assert found["unexplained"] == pytest.approx(expected["unexplained"], abs=tolerance)
    assert found.sum() == pytest.approx(expected["gap"], abs=1e-6)


def test_single_contributions_are_near_fairlies_but_do_not_depend_on_an_order(homecomp: pd.DataFrame) -> None:
    """Fairlie's are of one order and random pairs, ours the mean of all orders and all pairs."""
    outputs = pd.read_csv(EXAMPLES / "homecomp_outputs.csv").query("coefficients_of == 'white (reference 0)'")
    theirs = outputs.set_index("term")["fairlie_contribution_given_order_3000_draws"][COVARIATES]
    assert (homecomp.loc["own_first", COVARIATES] - theirs).abs().max() < 0.005


def small_groups(seed: int = 5) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    random = np.random.default_rng(seed)
    first = pd.Series(np.arange(90) < 35)
    design = pd.DataFrame(random.normal(size=(90, 4)), columns=list("abcd")) + 0.6 * first.to_numpy()[:, None]
    eta = design.to_numpy() @ np.array([0.8, -0.5, 0.3, 0.0]) - 0.2 + 0.4 * first
    return pd.Series((random.random(90) < expit(eta)).astype(float)), design, first


BLOCKS = {"one": ["a", "d"], "two": ["b"], "three": ["c"]}


def test_the_parts_are_the_means_over_all_pairs_and_all_orders() -> None:
    outcome, design, first = small_groups()
    found = parts(GapData.of(outcome, first, design, BLOCKS)).loc["pooled_as_second"]
    fit = sm.Logit(outcome, sm.add_constant(design.assign(group=first.astype(float)))).fit(disp=0, tol=1e-12)
    pair = {
        s: expit(
            fit.params["const"]
            + sum(
                (design[c][first].to_numpy()[:, None] if b in s else design[c][~first].to_numpy()[None, :])
                * fit.params[c]
                for b, columns in BLOCKS.items()
                for c in columns
            )
        ).mean()
        for s in [frozenset(order[:k]) for order in permutations(BLOCKS) for k in range(4)]
    }
    for block in BLOCKS:
        gains = []
        for order in permutations(BLOCKS):
            before = frozenset(order[: order.index(block)])
            gains.append(pair[before | {block}] - pair[before])
        assert found[block] == pytest.approx(np.mean(gains), abs=2 * ERROR_BOUND)


def test_every_row_adds_up_to_the_difference() -> None:
    outcome, design, first = small_groups()
    gap = outcome[first].mean() - outcome[~first].mean()
    assert parts(GapData.of(outcome, first, design, BLOCKS)).sum(axis=1).to_numpy() == pytest.approx(gap, abs=1e-12)


def test_turning_the_groups_round_turns_every_sign() -> None:
    outcome, design, first = small_groups()
    ours, theirs = (parts(GapData.of(outcome, f, design, BLOCKS)) for f in (first, ~first))
    assert ours.loc["pooled"].to_numpy() == pytest.approx(-theirs.loc["pooled"].to_numpy(), abs=4 * ERROR_BOUND)
    assert ours.loc["own_first"].to_numpy() == pytest.approx(-theirs.loc["own_second"].to_numpy(), abs=4 * ERROR_BOUND)


def test_what_the_blocks_account_for_together_does_not_depend_on_the_blocks() -> None:
    outcome, design, first = small_groups()
    by_block = parts(GapData.of(outcome, first, design, BLOCKS))
    together = parts(GapData.of(outcome, first, design, {"all": list("abcd")}))
    assert by_block["unexplained"].to_numpy() == pytest.approx(together["unexplained"].to_numpy(), abs=4 * ERROR_BOUND)


def test_weights_count_rows_as_often() -> None:
    outcome, design, first = small_groups()
    times = pd.Series(np.random.default_rng(6).integers(1, 4, 90).astype(float))
    repeated = np.repeat(np.arange(90), times.astype(int))
    ours = parts(GapData.of(outcome, first, design, BLOCKS, weights=times))
    theirs = parts(GapData.of(outcome[repeated], first[repeated], design.iloc[repeated], BLOCKS))
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), abs=1e-8)


def test_a_prior_leaves_the_groups_shares_as_they_are_and_bears_separation() -> None:
    outcome, design, first = small_groups()
    rare = pd.Series(0.0, index=design.index)
    rare[np.flatnonzero(first & (outcome == 1))[:3]] = 1.0  # all of them with the outcome
    separated, blocks = design.assign(rare=rare), BLOCKS | {"rare": ["rare"]}
    with pytest.raises(ModelError, match="separates the outcome"):
        gap_parts(GapData.of(outcome, first, separated, blocks))
    found = parts(GapData.of(outcome, first, separated, blocks, prior_sd=2.5))
    gap = outcome[first].mean() - outcome[~first].mean()
    assert np.isfinite(found.to_numpy()).all()
    assert found.sum(axis=1).to_numpy() == pytest.approx(gap, abs=1e-9)


def test_the_prior_does_not_depend_on_the_unit_of_a_number() -> None:
    outcome, design, first = small_groups()
    one, other = (
        parts(GapData.of(outcome, first, d, BLOCKS, prior_sd=1.0))
        for d in (design, design.assign(c=1000 * design["c"]))
    )
    assert one.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-6)


def test_the_penalised_fit_agrees_with_statsmodels() -> None:
    outcome, design, _ = small_groups()
    X, y = sm.add_constant(design).to_numpy(), outcome.to_numpy()
    precision = np.r_[0.0, prior_precision(design.to_numpy(), 1.5)]
    ours = newton_logit(X, y, np.ones(len(y)), precision)
    residual = X.T @ (y - expit(X @ ours)) - precision * ours
    assert np.abs(residual).max() < 1e-6
    plain = newton_logit(X, y, np.ones(len(y)), np.zeros(5))
    assert plain == pytest.approx(np.asarray(sm.Logit(y, X).fit(disp=0, tol=1e-12).params), abs=1e-6)


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ({"one": ["a", "b"], "two": ["c"]}, "look at d"),
        (BLOCKS | {"four": ["a"]}, "look at a"),
        (BLOCKS | {"four": ["e"]}, "look at e"),
    ],
)
def test_a_column_outside_the_blocks_is_named(blocks: dict[str, list[str]], words: str) -> None:
    outcome, design, first = small_groups()
    with pytest.raises(ModelError, match=words):
        GapData.of(outcome, first, design, blocks)


def test_missing_values_and_a_single_group_are_refused() -> None:
    outcome, design, first = small_groups()
    with pytest.raises(ModelError, match="missing"):
        GapData.of(outcome, first, design.mask(design > 2), BLOCKS)
    with pytest.raises(ModelError, match="both groups"):
        GapData.of(outcome, first | True, design, BLOCKS)
