"""The rows of the effect chapter: they agree with each other, and a cohort without an effect is said to have none."""

import pytest

from helpers.chapters.effect import exhibits, numbers
from helpers.chapters.effect.terms import TARGETS
from helpers.study.fits.programme_effect.data import effect_data, main_model
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
    known = shown[shown["term"].isin(["education_good_general", "age", "years_in_norway"])]
    largest = known.assign(size=known["value"].abs()).groupby("group")["size"].max()
    assert largest["weights=overlap"] < 1e-5 < 1 < largest["weights=none"]


def test_the_declared_effect_is_the_first_method_of_the_figure_and_every_number_has_its_women(
    small_study: Study,
) -> None:
    rows = numbers.declared_effect(small_study)
    effects = rows[rows["statistic"] == "average_effect"].set_index("group")
    assert [group for group in effects.index if "year" not in group] == [f"target={name}" for name in TARGETS]
    first = lookup(
        numbers.programme_effect(small_study),
        statistic="average_effect",
        group="estimator=logit;covariates=entry",
        sample="women",
    )
    declared = effects.loc["target=treated"]
    for part in ("value", "low", "high"):
        assert declared[part] == pytest.approx(first[part])
    sizes = rows[(rows["statistic"] == "sample_size") & (rows["scheme"] == "both")].set_index("group")["value"]
    assert sizes.to_dict() == effects["n"].to_dict()
    years = effects.index.str.contains("end_year")
    assert effects["n"][years].sum() == declared["n"]


def test_bounds_hold_the_declared_effect_where_nothing_is_assumed(small_study: Study) -> None:
    rows = numbers.declared_effect(small_study)
    lower, upper = (
        lookup(rows, statistic="effect_bound", group=f"target=treated;bound={end}") for end in ("lower", "upper")
    )
    assert lower["low"] < lower["value"] < upper["value"] < upper["high"]
    assert lower["n"] == lookup(rows, statistic="sample_size", scheme="jobbsjansen", group="target=treated")["value"]


def test_means_outside_the_overlap_are_given_of_numbers_only(small_study: Study) -> None:
    rows = numbers.outside_overlap(small_study)
    means = rows[rows["statistic"] == "mean"]
    assert set(means["term"]) == {"age", "years_in_norway"}
    differences = rows[rows["statistic"] == "standardised_difference"].set_index("term")["value"]
    assert "education_good_general" in differences
    outside, inside = (lookup(means, term="age", group=f"overlap={where}")["value"] for where in ("outside", "inside"))
    assert (outside > inside) == (differences["age"] > 0)


def test_nothing_more_is_needed_where_an_interval_holds_no_effect(small_study: Study, no_effect_study: Study) -> None:
    for study, uncertain in ((small_study, False), (no_effect_study, True)):
        rows = numbers.unmeasured_difference(study)
        effect, value = (lookup(rows, statistic=name, group="") for name in ("average_effect", "robustness_value"))
        assert (effect["low"] <= 0 <= effect["high"]) == uncertain
        assert (value["low"] == 0) == uncertain
        assert value["low"] < value["value"]
        terms = main_model(effect_data(study, "women", "entry"), 0.95).terms
        needed, odds = lookup(rows, statistic="e_value"), terms.loc["scheme"]
        assert (needed["low"] == 1) == (odds["odds_ratio_low"] <= 1 <= odds["odds_ratio_high"])
        assert needed["value"] >= needed["low"]


def test_the_contours_are_drawn_with_the_strongest_blocks(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "MOST_BLOCKS", 2)
    rows = numbers.unmeasured_contours(small_study)
    bounds = numbers.unmeasured_difference(small_study)
    as_strong = bounds[bounds["group"].fillna("").str.endswith("times=1")].sort_values("value")
    drawn = rows.loc[rows["term"].eq("goal"), "group"]
    assert drawn.tolist() == as_strong["group"].head(2).tolist()


def test_in_a_cohort_without_an_effect_the_chapter_says_so(no_effect_study: Study) -> None:
    context = Context(no_effect_study, Ledger(DisclosurePolicy()), WORDS)
    exhibit = exhibits.programme_effect(context)
    women = exhibit.rows[(exhibit.rows["statistic"] == "average_effect") & (exhibit.rows["sample"] == "women")]
    at_entry = women[women["group"].str.endswith("covariates=entry")]
    certain = (at_entry["low"] > 0) | (at_entry["high"] < 0)
    assert certain.sum() <= 2  # eight intervals of 95 per cent on the same people: they miss together
    assert "uncertain" in exhibit.phrases["effect_entry"]
    declared = exhibits.declared_effect(context).phrases["effect_declared"]
    assert "introduction programme is uncertain" in declared
    robustness = exhibits.unmeasured_difference(context).phrases["effect_robustness"]
    assert robustness == "The difference is uncertain even without an unrecorded trait."
