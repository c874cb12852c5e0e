"""The effect chapter: sentences that follow the intervals, rows that agree, a cohort in which there is no effect."""

import pandas as pd
import pytest

from helpers.chapters.effect.effect import effect_rows, forest, with_names
from helpers.chapters.effect.effect_balance import balance_table, love_plot, overlap
from helpers.chapters.effect.effect_sensitivity import sensitivity_finding, unmeasured
from helpers.chapters.effect.effect_words import effect_finding
from helpers.study.fits.programme_effect.data import COVARIATES
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import Ledger, lookup, row
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")
UP, DOWN, UNSURE = (4.0, 9.0, 14.0), (-14.0, -9.0, -4.0), (-3.0, 2.0, 7.0)


def effects(*intervals: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(intervals, columns=["low", "value", "high"])


@pytest.mark.parametrize(
    ("intervals", "said"),
    [
        ((UP, UP), "all 2 methods find that more reach the goal in Jobbsjansen"),
        ((DOWN, DOWN), "all 2 methods find that fewer reach the goal in Jobbsjansen"),
        ((UP, UNSURE), "more reach the goal in Jobbsjansen by 1 of 2 methods; the rest cannot"),
        ((DOWN, UNSURE), "fewer reach the goal in Jobbsjansen by 1 of 2 methods; the rest cannot"),
        ((UNSURE, UNSURE), "none of the 2 methods can tell the schemes apart"),
        ((UP, DOWN, UNSURE), "the methods contradict each other. 1 of 3 find that more"),
        ((), "No method gives an estimate"),
    ],
)
def test_the_finding_follows_the_intervals(intervals: tuple[tuple[float, float, float], ...], said: str) -> None:
    assert said in effect_finding(WORDS, effects(*intervals), "entry")


def test_the_span_of_the_estimates_is_said() -> None:
    assert "from −9 to 9 percentage points" in effect_finding(WORDS, effects(UP, UNSURE, (-9.5, -9.0, 2.0)), "all")


def sensitivity_rows(low: float, value: float, high: float, bias: float) -> pd.DataFrame:
    rows = [
        row("e_value", 2.5, group="covariates=entry", term="scheme", low=1.8),
        row("risk_ratio", value, group="covariates=entry", term="scheme", low=low, high=high),
        row("bias_factor", bias, group="covariates=entry;block=education", term="scheme"),
        row("bias_factor", 1.01, group="covariates=entry;block=age", term="scheme"),
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((1.2, 1.5, 1.9, 1.6), "something as strong could account for all of it"),
        ((1.2, 1.5, 1.9, 1.3), "could not account for all of it, but could make it uncertain"),
        ((1.2, 1.5, 1.9, 1.1), "could not even make it uncertain"),
        ((0.53, 0.67, 0.83, 1.3), "could not account for all of it, but could make it uncertain"),
        ((0.9, 1.1, 1.3, 1.3), "uncertain without anything unmeasured"),
        ((1.0, 1.1, 1.3, 1.3), "uncertain without anything unmeasured"),
    ],
)
def test_what_is_unmeasured_is_compared_with_what_is(numbers: tuple[float, float, float, float], said: str) -> None:
    assert said in sensitivity_finding(WORDS, sensitivity_rows(*numbers))


def test_a_needed_strength_is_said_in_plain_words() -> None:
    sentence = sensitivity_finding(WORDS, sensitivity_rows(1.2, 1.5, 1.9, 1.3))
    assert (
        "2.5 times as common in one scheme as in the other, and make reaching the goal 2.5 times as likely" in sentence
    )
    assert "such as motivation or good health" in sentence
    assert "1.8 times is enough" in sentence
    assert "level of education is the strongest" in sentence


def test_every_estimate_is_drawn_in_the_printed_and_in_the_interactive_figure(desk: Desk) -> None:
    exhibit = forest(desk)
    shown = with_names(desk.wording, exhibit.rows[exhibit.rows["statistic"] == "average_effect"])
    assert exhibit.interactive is not None
    text = str(exhibit.interactive)
    assert all(desk.wording.points(value / 100) in text for value in shown["value"])
    assert len(shown) >= 2 * 2 * 3


def test_sizes_beside_an_effect_are_those_it_rests_on(desk: Desk) -> None:
    rows = effect_rows(desk)
    effects = rows[rows["statistic"] == "average_effect"]
    sizes = rows[(rows["statistic"] == "sample_size") & (rows["scheme"] == "both")]
    assert effects["n"].tolist() == sizes["value"].tolist()
    treated = rows[(rows["statistic"] == "sample_size") & (rows["scheme"] == "jobbsjansen")]
    assert (treated["value"].to_numpy() < sizes["value"].to_numpy()).all()


def test_the_groups_of_propensities_hold_everybody_once(desk: Desk) -> None:
    shown = overlap(Desk(desk.study, Ledger(DisclosurePolicy(min_count=1)), desk.wording)).rows
    for _, shares in shown.groupby("scheme")["value"]:
        assert shares.sum() == pytest.approx(1)


def test_few_persons_in_a_group_of_propensities_are_hidden(desk: Desk) -> None:
    shown, full = (
        overlap(desk).rows,
        overlap(Desk(desk.study, Ledger(DisclosurePolicy(min_count=1)), desk.wording)).rows,
    )
    counts = (full["value"] * full["n"]).round()
    assert counts.between(1, 4).any()
    assert shown.loc[counts.between(1, 4), "suppressed"].all()


def test_balance_that_rests_on_few_persons_is_hidden(small_study: Study) -> None:
    desk = Desk(small_study, Ledger(DisclosurePolicy(min_count=40)), WORDS)
    rows = love_plot(desk).rows
    assert rows["suppressed"].any()
    assert ":" in [cell for line in (balance_table(desk).table or pytest.fail()).rows for cell in line]


def test_weights_make_the_women_alike(desk: Desk) -> None:
    shown = love_plot(desk).rows.dropna(subset="value")
    known = shown[shown["term"].isin(["education_level", "age", "years_in_norway"])]
    largest = known.assign(size=known["value"].abs()).groupby("group")["size"].max()
    assert largest["weights=overlap"] < 1e-5 < 1 < largest["weights=none"]


def test_the_e_value_of_the_limit_is_one_where_the_interval_holds_no_effect(desk: Desk) -> None:
    rows = unmeasured(desk).rows
    for covariates in COVARIATES:
        group = f"covariates={covariates}"
        ratio = lookup(rows, statistic="risk_ratio", group=group)
        needed = lookup(rows, statistic="e_value", group=group)
        assert (needed["low"] == 1) == (ratio["low"] <= 1 <= ratio["high"])
        assert needed["value"] >= needed["low"]


def test_in_a_cohort_without_an_effect_the_chapter_says_so(no_effect_study: Study) -> None:
    desk = Desk(no_effect_study, Ledger(DisclosurePolicy()), WORDS)
    exhibit = forest(desk)
    women = exhibit.rows[(exhibit.rows["statistic"] == "average_effect") & (exhibit.rows["sample"] == "women")]
    at_entry = women[women["group"].str.endswith("covariates=entry")]
    told = (at_entry["low"] > 0) | (at_entry["high"] < 0)
    assert told.sum() <= 2  # eight intervals of 95 per cent on the same people: they miss together
    expected = "can tell the schemes apart" if not told.any() else "cannot tell the schemes apart"
    assert expected in exhibit.phrases["effect_entry"]
    assert "all" not in exhibit.phrases["effect_entry"].split(":")[1].split("methods")[0]
    assert "uncertain without anything unmeasured" in unmeasured(desk).phrases["unmeasured_entry"]
