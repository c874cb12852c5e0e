"""The parts of the difference between the schemes and the groups add up, and a scheme without effect has none."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from helpers.chapters.composition import exhibits
from helpers.chapters.composition.terms import ROUND_TO
from helpers.study.fits.for_whom_fits import for_whom_fits
from helpers.study.fits.gap_fits import gap_fits
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Context
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.pooling import partial_pooling
from resultatbok.release.ledger import Ledger, group_keys, lookup
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")
STAGES = ("entry", "after_entry", "context", "unexplained")


def test_the_parts_shown_add_up_to_the_difference(context: Context) -> None:
    rows = exhibits.gap_parts(context).rows
    gap = lookup(rows, statistic="difference")["value"]
    assert rows.loc[rows["statistic"] == "decomposition", "value"].sum() == pytest.approx(gap, abs=1e-5)
    women = context.study.complete.query("male == 0")
    shares = women.groupby("scheme", observed=True)["goal_attained"].mean()
    assert gap == pytest.approx(shares["jobbsjansen"] - shares["introduction"])


def test_the_figure_and_the_table_have_the_same_numbers(context: Context) -> None:
    figure, table = exhibits.gap_parts(context).rows, exhibits.gap_table(context).rows
    same = table[(table["sample"] == "women") & (table["group"] == "coefficients=pooled")]
    for name in STAGES:
        ours, theirs = lookup(figure, term=name), lookup(same, term=name)
        assert (ours["value"], ours["std_error"]) == (theirs["value"], theirs["std_error"])


def test_blocks_add_up_to_their_stage_in_every_column(context: Context) -> None:
    rows = exhibits.gap_table(context).rows
    for keys in (
        ("women", "coefficients=introduction"),
        ("women", "coefficients=jobbsjansen"),
        ("all", "coefficients=pooled"),
    ):
        part = rows[(rows["sample"] == keys[0]) & (rows["group"] == keys[1])].set_index("term")["value"]
        entry = [b for b in ("gender", "origin", "education", "age_and_residence") if b in part]
        assert part[entry].sum() == pytest.approx(part["entry"])
        assert ("gender" in entry) == (keys[0] == "all")


def test_less_knowledge_leaves_more_or_other_things_over(context: Context) -> None:
    """What is known at entry alone gives entry what it leads to later; the difference is the same."""
    fits = gap_fits(context.study)
    whole, entry = (fits[name].parts.iloc[0].sum() for name in ("women", "women_entry"))
    assert entry == pytest.approx(whole, abs=1e-9)
    assert set(fits["women_entry"].blocks) < set(fits["women"].blocks)
    assert fits["women_projects"].parts.to_numpy() == pytest.approx(fits["women"].parts.iloc[:3].to_numpy())
    assert fits["women_projects"].units[0] < fits["women"].units[0]


@pytest.fixture(scope="module")
def equal_schemes(small_study: Study) -> Context:
    """The small cohort with outcomes from its own model, in which the scheme itself does nothing.

    Outcomes are drawn systematically: in every cell as many reach the goal as the model expects, so that chance plays
    no part in what the schemes have over each other.
    """
    people = small_study.complete
    design = small_study.individual_design.drop(columns="scheme")
    eta = design @ fit_logit(people["goal_attained"], design).params[design.columns]
    order = np.lexsort([eta, *(people[name] for name in ("norwegian_level", "education_level", "male", "scheme"))])
    reached = np.floor(np.cumsum(expit(eta - eta.mean()).to_numpy()[order]) + 0.5)
    outcome = np.empty(len(people))
    outcome[order] = np.diff(reached, prepend=0.0)
    study = Study(small_study.cohort)
    study.__dict__["complete"] = people.assign(goal_attained=outcome)
    return Context(study, Ledger(DisclosurePolicy()), WORDS)


def test_where_the_scheme_does_nothing_nothing_is_left_to_it(
    equal_schemes: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.study.fits.gap_fits.REPLICATES", 50)
    exhibit = exhibits.gap_parts(equal_schemes)
    rest = lookup(exhibit.rows, term="unexplained")
    assert rest["low"] < 0 < rest["high"]
    sentence = exhibit.phrases["composition_women"]
    assert "cannot be told apart" in sentence
    assert "scheme's doing" not in sentence


def test_where_the_scheme_does_nothing_it_does_so_for_everyone(equal_schemes: Context) -> None:
    exhibit = exhibits.effects_by_group(equal_schemes)
    effects = exhibit.rows[exhibit.rows["statistic"] == "average_marginal_effect"]
    overall = lookup(effects, group="")
    assert overall["low"] < 0 < overall["high"]
    assert ((effects["low"] < 0) & (effects["high"] > 0)).all()
    assert "depends on education." not in exhibit.phrases["for_whom_finding"]


def test_groups_are_pooled_where_there_are_three(context: Context) -> None:
    """Each division of three groups or more is drawn towards its mean; the first row and two groups stay."""
    rows = exhibits.effects_by_group(context).rows
    for name, fit in for_whom_fits(context.study).items():
        own = fit.table["value"]
        drawn = pd.Series({g: lookup(rows, statistic="pooled_effect", group=g)["value"] for g in own.index})
        if len(own) < 3:
            assert drawn.tolist() == pytest.approx(own.tolist(), abs=1e-6), name
        else:
            assert drawn.std() < own.std(), name
            expected = partial_pooling(own, fit.cov).table["value"]
            assert drawn.tolist() == pytest.approx(expected.tolist(), abs=1e-6), name


def test_every_group_shown_has_enough_participants_of_both_schemes(context: Context) -> None:
    rows = exhibits.effects_by_group(context).rows
    counts = rows[rows["statistic"] == "rounded_count"]
    assert counts["value"].min() >= 20
    women = context.study.complete.query("male == 0")
    for _, entry in counts.iterrows():
        keys = group_keys(str(entry["group"]))
        part = women[women["scheme"] == entry["scheme"]]
        for key, value in keys.items():
            part = part[part[key].isin(value.split("|"))]
        assert abs(entry["value"] - len(part)) <= ROUND_TO / 2


def test_the_difference_among_all_women_is_that_of_one_model(context: Context) -> None:
    overall = lookup(exhibits.effects_by_group(context).rows, statistic="average_marginal_effect", group="")
    fit = for_whom_fits(context.study)["none"].fit
    renamed = fit.design.rename(columns={"treatment in ": "scheme"})
    women = context.study.complete[context.study.complete["male"] == 0].reset_index(drop=True)
    expected = fit_logit(fit.outcome, renamed, groups=women["project"]).average_effect("scheme")
    assert overall["value"] == pytest.approx(expected.value)
    assert overall["std_error"] == pytest.approx(expected.std_error)


def test_in_a_cohort_without_an_effect_no_lead_is_left_to_the_scheme(
    no_effect_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Participants still differ between the schemes.

    Six projects of Jobbsjansen are left at this size, and theirs are the differences that stay.
    """
    monkeypatch.setattr("helpers.study.fits.gap_fits.REPLICATES", 50)
    exhibit = exhibits.gap_parts(Context(no_effect_study, Ledger(DisclosurePolicy()), WORDS))
    gap, rest = lookup(exhibit.rows, statistic="difference"), lookup(exhibit.rows, term="unexplained")
    assert gap["low"] < gap["high"]
    assert rest["low"] < 0
    assert "may come from the scheme" not in exhibit.phrases["composition_women"]
    changed_places = "the schemes change places" in exhibit.phrases["composition_women"]
    assert changed_places == (rest["high"] < 0)
