"""Sentences of the effect chapter: what the methods together say, whom they compare, what could explain it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import size_of
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import inside_sentence
from helpers.chapters.effect.terms import BALANCED, LATER, WHOSE, away_from_one, holding_equal
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import ByNumber, side
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.words.wording import Wording, msgid

WHOM: Final = {
    (WOMEN, "entry"): msgid("Among women who were alike in what is known of them when they entered:"),
    (WOMEN, "all"): msgid("With what came later held equal too, measures, duration, absence and Norwegian at the end:"),
    ("all", "entry"): msgid("Among women and men who were alike when they entered:"),
}
ALL_AGREE: Final = {
    "above": ByNumber(
        none="",
        one="the one method whose estimate is shown finds that more reach the goal in Jobbsjansen, by {size}.",
        several="all {n} methods find that more reach the goal in Jobbsjansen. Their estimates run from {span} "
        "percentage points.",
    ),
    "below": ByNumber(
        none="",
        one="the one method whose estimate is shown finds that fewer reach the goal in Jobbsjansen, by {size}.",
        several="all {n} methods find that fewer reach the goal in Jobbsjansen. Their estimates run from {span} "
        "percentage points.",
    ),
    "uncertain": ByNumber(
        none="",
        one="the one method whose estimate is shown, {size}, cannot tell the schemes apart.",
        several="none of the {n} methods can tell the schemes apart. Their estimates run from {span} percentage "
        "points, and every interval includes zero.",
    ),
}
SOME_UNSURE: Final = {
    "above": msgid(
        "more reach the goal in Jobbsjansen by {told} of {n} methods; the rest cannot tell the schemes apart. The "
        "estimates run from {span} percentage points."
    ),
    "below": msgid(
        "fewer reach the goal in Jobbsjansen by {told} of {n} methods; the rest cannot tell the schemes apart. The "
        "estimates run from {span} percentage points."
    ),
}
STRONGEST: Final = {
    "all": msgid("Of what is measured, {block} is the strongest, and something as strong could account for all of it."),
    "sign": msgid(
        "Of what is measured, {block} is the strongest. Something as strong could not account for all of it, but "
        "could make it uncertain."
    ),
    "neither": msgid(
        "Of what is measured, {block} is the strongest, and something as strong could not even make it uncertain."
    ),
}


def effect_finding(sample: str, covariates: str) -> Callable[[Page], str]:
    """What the methods together say of one sample with one set of covariates held equal."""

    def finding(page: Page) -> str:
        rows = page.rows[(page.rows["statistic"] == "average_effect") & (page.rows["sample"] == sample)]
        effects = holding_equal(rows, covariates)
        if effects.empty:
            return page.words.text("No method gives an estimate for this comparison.")
        return f"{page.words.text(WHOM[sample, covariates])} {_verdict(page.words, effects[~effects['suppressed']])}"

    return finding


def _verdict(words: Wording, effects: pd.DataFrame) -> str:
    if effects.empty:
        return words.text("the effects are not shown, because too few participants are behind them.")
    sides = [side(effect) for _, effect in effects.iterrows()]
    n, above, below = words.count(len(sides)), sides.count("above"), sides.count("below")
    if above and below:
        return words.text(
            "the methods contradict each other. {above} of {n} find that more reach the goal in Jobbsjansen, {below} "
            "that fewer do.",
            above=words.count(above),
            below=words.count(below),
            n=n,
        )
    span = words.interval(effects["value"].min(), effects["value"].max(), "points")
    way = "above" if above else "below" if below else "uncertain"
    if above + below in (0, len(sides)):
        return ALL_AGREE[way].text(words, len(sides), span=span, size=size_of(words, effects.iloc[0]))
    return words.text(SOME_UNSURE[way], told=words.count(above + below), n=n, span=span)


def methods_left_out(page: Page) -> str:
    """For a caption: that some methods give no estimate somewhere, if so."""
    effects = page.rows[page.rows["statistic"] == "average_effect"]
    kinds = [group_keys(group)["covariates"] for group in effects["group"]]
    if len(effects) and (effects.groupby(["sample", kinds]).size() == len(WHOSE)).all():
        return ""
    return page.words.text("A method without a mark had too few participants who could have been in either scheme.")


def overlap_sizes(page: Page) -> dict[str, str]:
    """How many women of each scheme are in the overlap and in all, or that the overlap is too small to be used."""
    words, sizes = page.words, page.rows[(page.rows["statistic"] == "sample_size") & (page.rows["sample"] == WOMEN)]
    alone = words.text("The methods share their data, so they are not answers independent of each other.")
    groups = {name: sizes[sizes["group"] == group_of(estimator=name, covariates="entry")] for name in ("logit", "ipw")}
    if any(group.empty for group in groups.values()):
        none = words.text("Too few women could have been in either for these methods to be used.")
        return {"overlap_sizes": none, "overlap_brief": alone}
    if any(group["suppressed"].any() for group in groups.values()):
        hidden = words.text("How many women these are is not shown.")
        return {"overlap_sizes": hidden, "overlap_brief": alone}
    (everyone, treated), (used, used_treated) = (
        [float(lookup(group, scheme=scheme)["value"]) for scheme in ("both", "jobbsjansen")]
        for group in groups.values()
    )
    counts = {"treated": words.count(used_treated), "all_treated": words.count(treated)}
    return {
        "overlap_brief": words.text(
            "The methods share their data, so they are not answers independent of each other; and those that only use "
            "women who could have been in either scheme rest on {treated} of the {all_treated} women in Jobbsjansen.",
            **counts,
        ),
        "overlap_sizes": words.text(
            "These are {treated} of the {all_treated} women in Jobbsjansen and {rest} of the {all_rest} in the "
            "introduction programme.",
            rest=words.count(used - used_treated),
            all_rest=words.count(everyone - treated),
            **counts,
        ),
    }


def largest_imbalance(page: Page) -> dict[str, str]:
    """The largest difference known at entry between the women as they are, and what it is in."""
    words, before = page.words, _known_at_entry(page.rows).get("none")
    if before is None:
        return _none_shown(words, "largest_imbalance")
    return {
        "largest_imbalance": words.number(before.max(), 1),
        "largest_imbalance_of": inside_sentence(words.label(str(before.idxmax()))),
    }


def balance_finding(page: Page) -> str:
    """Which methods make the women alike in what was known at entry, and how far from it the others stay."""
    words = page.words
    if (page.rows["group"] == group_of(weights="none")).all():
        return words.text("No method could match or weigh the women.")
    largest = {name: sizes.max() for name, sizes in _known_at_entry(page.rows).items() if name != "none"}
    if not largest:
        return words.text("How alike the women are when matched or weighted is not shown.")
    names = {name: inside_sentence(words.label(f"weights={name}")) for name in largest}
    good = [names[name] for name, size in largest.items() if size <= BALANCED]
    rest = [names[name] for name, size in largest.items() if size > BALANCED]
    if not rest:
        return words.text("Matched or weighted, no difference is larger than a tenth of a standard deviation.")
    size = words.number(max(largest.values()), 2)
    if not good:
        return words.text(
            "Matched or weighted, differences of up to {largest} standard deviations remain.", largest=size
        )
    return words.text(
        "Differences stay within a tenth of a standard deviation by some methods ({good}); by others ({rest}) "
        "differences of up to {largest} remain.",
        good=words.list(good),
        rest=words.list(rest),
        largest=size,
    )


def _known_at_entry(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """By weights, the size of each difference that is shown in what was known at entry."""
    shown = rows[~rows["suppressed"] & ~rows["term"].isin(LATER)]
    return {
        group_keys(str(group))["weights"]: part.set_index("term")["value"].abs()
        for group, part in shown.groupby("group", sort=False)
    }


def unmeasured(covariates: str) -> Callable[[Page], str]:
    """What an unmeasured difference would have to do, with one set of covariates held equal."""
    return lambda page: _unmeasured(page.words, holding_equal(page.rows, covariates))


def _unmeasured(words: Wording, rows: pd.DataFrame) -> str:
    e_values = lookup(rows, statistic="e_value")
    ratio = lookup(rows, statistic="risk_ratio", term="scheme")
    where = side(ratio, from_value=1.0)
    if where == "hidden":
        return words.text("How strong something unmeasured would have to be is not shown.")
    if where == "uncertain":
        return words.text(
            "The interval already includes zero: the difference is uncertain without anything unmeasured."
        )
    # the limit nearer to no effect has the smaller E-value, and is kept as `low`
    sentence = words.text(
        "To explain the whole difference away, something unmeasured, such as motivation or good health, would have to "
        "be {e} times as common in one scheme as in the other, and make reaching the goal {e} times as likely, beyond "
        "everything that is held equal. To make the sign of the effect uncertain, {limit} times is enough.",
        e=words.number(e_values["value"], 1),
        limit=words.number(e_values["low"], 1),
    )
    factors = rows[(rows["statistic"] == "bias_factor") & ~rows["suppressed"]]
    return f"{sentence} {_strongest(words, factors, ratio)}" if len(factors) else sentence


def _strongest(words: Wording, factors: pd.DataFrame, ratio: pd.Series) -> str:
    """What the strongest of the measured blocks could do to the effect, were it unmeasured."""
    strongest = factors.sort_values("value").iloc[-1]
    whole, nearer = away_from_one(ratio["value"]), min(away_from_one(ratio["low"]), away_from_one(ratio["high"]))
    could = "all" if strongest["value"] >= whole else "sign" if strongest["value"] >= nearer else "neither"
    return words.text(STRONGEST[could], block=_block(words, strongest))


def largest_change(page: Page) -> dict[str, str]:
    """Which measured block moves the effect most when it is left out, and by how much."""
    rows = holding_equal(page.rows, "entry")
    changes = rows[(rows["statistic"] == "effect_change") & ~rows["suppressed"]]
    if changes.empty:
        return _none_shown(page.words, "largest_change")
    largest = changes.sort_values("value", key=abs).iloc[-1]
    return {
        "largest_change": page.words.signed_points(largest["value"]),
        "largest_change_of": _block(page.words, largest),
    }


def _block(words: Wording, entry: pd.Series) -> str:
    """What a measured block is called inside a sentence."""
    return inside_sentence(words.label(group_of(block=group_keys(entry["group"])["block"])))


def _none_shown(words: Wording, key: str) -> dict[str, str]:
    return {key: words.text("not shown"), f"{key}_of": words.text("something that is not shown")}
