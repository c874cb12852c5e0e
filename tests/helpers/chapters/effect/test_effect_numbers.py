"""The rows of the effect chapter: they agree with each other, and a cohort without an effect is said to have none."""

import pytest

from helpers.chapters.effect import exhibits, numbers
from helpers.study.fits.programme_effect.data import COVARIATES
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Context
from resultatbok.release.ledger import Ledger, lookup
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def test_every_estimate_is_drawn_in_the_printed_and_in_the_interactive_figure(context: Context) -> None:
    exhibit = exhibits.programme_effect(context)
    shown = exhibit.rows[exhibit.rows["statistic"] == "average_effect"]
    assert exhibit.interactive is not None
    text = str(exhibit.interactive)
    assert all(context.words.points(value) in text for value in shown["value"])
    assert len(shown) >= 2 * 2 * 3


def test_sizes_beside_an_effect_are_those_it_rests_on(small_study: Study) -> None:
    rows = numbers.programme_effect(small_study)
    effects = rows[rows["statistic"] == "average_effect"]
    sizes = rows[(rows["statistic"] == "sample_size") & (rows["scheme"] == "both")]
    assert effects["n"].tolist() == sizes["value"].tolist()
    treated = rows[(rows["statistic"] == "sample_size") & (rows["scheme"] == "jobbsjansen")]
    assert (treated["value"].to_numpy() < sizes["value"].to_numpy()).all()


def test_the_groups_of_propensities_hold_everybody_once(small_study: Study) -> None:
    shown = numbers.propensity_overlap(small_study)
    for _, shares in shown.groupby("scheme")["value"]:
        assert shares.sum() == pytest.approx(1)


def test_few_persons_in_a_group_of_propensities_are_hidden(context: Context) -> None:
    shown, full = exhibits.propensity_overlap(context).rows, numbers.propensity_overlap(context.study)
    counts = (full["value"] * full["n"]).round()
    assert counts.between(1, 4).any()
    assert shown.loc[counts.between(1, 4), "suppressed"].all()


def test_balance_that_rests_on_few_persons_is_hidden(small_study: Study) -> None:
    context = Context(small_study, Ledger(DisclosurePolicy(min_count=40)), WORDS)
    rows = exhibits.covariate_balance(context).rows
    assert rows["suppressed"].any()
    assert ":" in [cell for line in (exhibits.balance_table(context).table or pytest.fail()).rows for cell in line]


def test_weights_make_the_women_alike(context: Context) -> None:
    shown = exhibits.covariate_balance(context).rows.dropna(subset="value")
    known = shown[shown["term"].isin(["education_level", "age", "years_in_norway"])]
    largest = known.assign(size=known["value"].abs()).groupby("group")["size"].max()
    assert largest["weights=overlap"] < 1e-5 < 1 < largest["weights=none"]


def test_the_e_value_of_the_limit_is_one_where_the_interval_holds_no_effect(context: Context) -> None:
    rows = exhibits.unmeasured_difference(context).rows
    for covariates in COVARIATES:
        group = f"covariates={covariates}"
        ratio = lookup(rows, statistic="risk_ratio", group=group)
        needed = lookup(rows, statistic="e_value", group=group)
        assert (needed["low"] == 1) == (ratio["low"] <= 1 <= ratio["high"])
        assert needed["value"] >= needed["low"]


def test_in_a_cohort_without_an_effect_the_chapter_says_so(no_effect_study: Study) -> None:
    context = Context(no_effect_study, Ledger(DisclosurePolicy()), WORDS)
    exhibit = exhibits.programme_effect(context)
    women = exhibit.rows[(exhibit.rows["statistic"] == "average_effect") & (exhibit.rows["sample"] == "women")]
    at_entry = women[women["group"].str.endswith("covariates=entry")]
    told = (at_entry["low"] > 0) | (at_entry["high"] < 0)
    assert told.sum() <= 2  # eight intervals of 95 per cent on the same people: they miss together
    expected = "can tell the schemes apart" if not told.any() else "cannot tell the schemes apart"
    assert expected in exhibit.phrases["effect_entry"]
    assert "all" not in exhibit.phrases["effect_entry"].split(":")[1].split("methods")[0]
    assert (
        "uncertain without anything unmeasured" in exhibits.unmeasured_difference(context).phrases["unmeasured_entry"]
    )
