"""Sentences of the effect chapter: the declared answer, whom it is known of, and what could explain it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.phrases import printed, size_of, with_interval
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import inside_sentence, or_not_shown
from helpers.chapters.effect.terms import BALANCED, LATER, PANDEMIC_YEAR, WHOSE, holding_equal
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

WHO: Final = {
    (WOMEN, "entry"): msgid("women with the same background at entry"),
    (WOMEN, "all"): msgid("women with the same background and the same course of the programme"),
    ("all", "entry"): msgid("women and men with the same background at entry"),
}
ALL_AGREE: Final = {
    "above": MESSAGES.by_number("all_agree.above"),
    "below": MESSAGES.by_number("all_agree.below"),
    "uncertain": MESSAGES.by_number("all_agree.uncertain"),
}
FEWEST_NAMED: Final = 50
"""An extreme is named only if so many women of Jobbsjansen are behind it."""
LITTLE: Final = 0.5
"""A step below this share of an interval's half-width changes little."""


def _named(rows: pd.DataFrame, **group: object) -> pd.Series | None:
    """The effect of one group of rows; none where there is none."""
    found = rows[(rows["statistic"] == "average_effect") & (rows["group"] == group_of(**group))]
    return None if found.empty else found.iloc[0]


def _treated(rows: pd.DataFrame, **group: object) -> float:
    """How many women of Jobbsjansen an effect is about; missing where that is hidden."""
    found = rows[(rows["statistic"] == "sample_size") & (rows["scheme"] == "jobbsjansen")]
    return float(lookup(found, group=group_of(**group))["value"])


def declared_finding(page: Page) -> str:
    """The answer: the effect on all women of Jobbsjansen."""
    effect = lookup(page.rows, statistic="average_effect", group=group_of(target="treated"))
    return MESSAGES.by_side("declared").text(page.words, effect, **printed(page.words, effect))


def comparable_finding(page: Page) -> str:
    """How many women have comparable women in the other scheme, and the effect on these."""
    words, effect = page.words, _named(page.rows, target="comparable")
    if effect is None:
        return words.text(MESSAGES["comparable_finding"])
    sizes: dict[str, Any] = {
        name: words.count(_treated(page.rows, target=t)) for name, t in (("n", "comparable"), ("all", "treated"))
    }
    return MESSAGES.by_side("comparable").text(words, effect, **sizes, **printed(words, effect))


def within_finding(page: Page) -> str:
    """The effect within municipalities, and what the municipality changes for the same women."""
    words, within = page.words, _named(page.rows, target="within_municipality")
    if within is None:
        return words.text(MESSAGES["within_finding"])
    sentence = MESSAGES.by_side("within").text(words, within, **printed(words, within))
    main = _named(page.rows, target="same_municipality")
    if main is None or main["suppressed"] or within["suppressed"]:
        return sentence
    step = within["value"] - main["value"]
    little = abs(step) < LITTLE * (within["high"] - within["low"]) / 2
    kind = "little" if little else "lower" if step < 0 else "higher"
    of_main = words.signed_points(main["value"]), words.interval(main["low"], main["high"], "points")
    return f"{sentence} {words.text(MESSAGES.choices('step')[kind], main=of_main[0], interval=of_main[1])}"


def years_finding(page: Page) -> str:
    """Whether the effect varies with the year of leaving; between which values, of years with enough women."""
    words, rows = page.words, page.rows
    shown = rows[(rows["statistic"] == "average_effect") & ~rows["suppressed"]]
    years = {
        group_keys(g)["end_year"]: v for g, v in zip(shown["group"], shown["value"], strict=True) if "end_year" in g
    }
    values = [v for y, v in years.items() if _treated(rows, target="treated", end_year=y) >= FEWEST_NAMED]
    tests = rows[(rows["statistic"] == "p_value") & ~rows["suppressed"]]
    if len(values) < 2 or tests.empty:
        return words.text(MESSAGES["years_finding"])
    kind = "differ" if tests["value"].iloc[0] < 1 - page.cohort.analysis.confidence_level else "uncertain"
    return words.text(MESSAGES.choices("years")[kind], span=words.interval(min(values), max(values), "points"))


def before_pandemic_finding(page: Page) -> str:
    """The effect on those who left before the pandemic."""
    effect = _named(page.rows, target="before_pandemic")
    words, year = page.words, str(PANDEMIC_YEAR)
    if effect is None:
        return words.text(MESSAGES["before_pandemic_finding"], year=year)
    return MESSAGES.by_side("before_pandemic").text(words, effect, year=year, **printed(words, effect))


def bounds_finding(page: Page) -> str:
    """What the effect on all can be if nothing is assumed of the women without anybody comparable."""
    words, rows = page.words, page.rows[page.rows["statistic"] == "effect_bound"]
    if rows.empty:
        return words.text(MESSAGES["bounds_finding.main_model"])
    if rows["suppressed"].any():
        return words.text(MESSAGES["bounds_finding.hidden"])
    lower, upper = (lookup(rows, group=group_of(target="treated", bound=name)) for name in ("lower", "upper"))
    kind = "above" if lower["low"] > 0 else "below" if upper["high"] < 0 else "uncertain"
    others = _treated(page.rows, target="treated") - _treated(page.rows, target="comparable")
    ends = {"low": words.in_points(lower["value"]), "high": words.in_points(upper["value"])}
    return words.text(MESSAGES.choices("bounds")[kind], n=words.count(others), **ends)


def separation_finding(page: Page) -> dict[str, str]:
    """Which block separates the schemes most, and how much of the scheme it explains beside the others."""
    words, rows = page.words, page.rows
    told = rows[(rows["statistic"] == "partial_r2") & rows["group"].str.endswith("given=others") & ~rows["suppressed"]]
    if told.empty:
        return _none_shown(words, "separation")
    first = told.sort_values("value").iloc[-1]
    return {"separation": words.percent(first["value"]), "separation_of": _block(words, first)}


def effect_finding(sample: str, covariates: str) -> Callable[[Page], str]:
    """What the methods together say of one sample with one set of covariates held equal."""

    def finding(page: Page) -> str:
        rows = page.rows[(page.rows["statistic"] == "average_effect") & (page.rows["sample"] == sample)]
        effects = holding_equal(rows, covariates)
        if effects.empty:
            return page.words.text(MESSAGES["effect_finding"])
        return _verdict(page.words, effects[~effects["suppressed"]], page.words.text(WHO[sample, covariates]))

    return finding


def _verdict(words: Wording, effects: pd.DataFrame, who: str) -> str:
    if effects.empty:
        return words.text(MESSAGES["verdict.hidden"])
    sides = [side(effect) for _, effect in effects.iterrows()]
    n, above, below = words.count(len(sides)), sides.count("above"), sides.count("below")
    if above and below:
        return words.text(
            MESSAGES["verdict.disagree"], above=words.count(above), below=words.count(below), n=n, who=who
        )
    span = words.interval(effects["value"].min(), effects["value"].max(), "points")
    way = "above" if above else "below" if below else "uncertain"
    if above + below in (0, len(sides)):
        return ALL_AGREE[way].text(words, len(sides), span=span, size=size_of(words, effects.iloc[0]), who=who)
    return words.text(MESSAGES.choices("some_unsure")[way], certain=words.count(above + below), n=n, span=span, who=who)


def methods_left_out(page: Page) -> str:
    """For a caption: that some methods give no estimate somewhere, if so."""
    effects = page.rows[page.rows["statistic"] == "average_effect"]
    kinds = [group_keys(group)["covariates"] for group in effects["group"]]
    if len(effects) and (effects.groupby(["sample", kinds]).size() == len(WHOSE)).all():
        return ""
    return page.words.text(MESSAGES["methods_left_out"])


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
        return words.text(MESSAGES["balance_finding.no_method"])
    largest = {name: sizes.max() for name, sizes in _known_at_entry(page.rows).items() if name != "none"}
    if not largest:
        return words.text(MESSAGES["balance_finding.hidden"])
    names = {name: inside_sentence(words.label(f"weights={name}")) for name in largest}
    good = [names[name] for name, size in largest.items() if size <= BALANCED]
    rest = [names[name] for name, size in largest.items() if size > BALANCED]
    if not rest:
        return words.text(MESSAGES["balance_finding.small"])
    size = words.number(max(largest.values()), 2)
    if not good:
        return words.text(MESSAGES["balance_finding.remaining"], largest=size)
    return words.text(MESSAGES["balance_finding.by_some"], good=words.list(good), rest=words.list(rest), largest=size)


def _known_at_entry(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """By weights, the size of each difference that is shown in what was known at entry."""
    shown = rows[~rows["suppressed"] & ~rows["term"].isin(LATER)]
    return {
        group_keys(str(group))["weights"]: part.set_index("term")["value"].abs()
        for group, part in shown.groupby("group", sort=False)
    }


def robustness_finding(page: Page) -> str:
    """What an unrecorded trait would have to explain, and which recorded ones explain as much."""
    words, rows = page.words, page.rows
    effect, value = _named(rows), lookup(rows, statistic="robustness_value")
    assert effect is not None
    limits: dict[str, Any] = {"value": words.percent(value["value"], 1), "limit": words.percent(value["low"], 1)}
    sentence = MESSAGES.by_side("robustness").text(words, effect, **limits)
    left = rows[rows["group"].str.endswith("times=1") & ~rows["suppressed"]]
    if side(effect) not in ("above", "below") or left.empty:
        return sentence
    strong = [_block(words, bound) for _, bound in left.iterrows() if side(bound) != side(effect)]
    weak = [_block(words, bound) for _, bound in left.iterrows() if side(bound) == side(effect)]
    kind = "none" if not strong else "some" if weak else "all"
    compared = words.text(MESSAGES.choices("as_strong")[kind], strong=words.list(strong), weak=words.list(weak))
    return f"{sentence} {compared}"


def linear_finding(page: Page) -> str:
    """The effect in the linear model that the robustness value is about."""
    effect = lookup(page.rows, statistic="average_effect", group="")
    return or_not_shown(page.words, with_interval(page.words, effect))


def e_value_finding(page: Page) -> str:
    """The same on the scale of risk ratios."""
    words, found = page.words, lookup(page.rows, statistic="e_value")
    if found["suppressed"]:
        return words.text(MESSAGES["e_value_finding.hidden"])
    needed, limit = words.number(found["value"], 1), words.number(found["low"], 1)
    if found["low"] > 1:
        return words.text(MESSAGES["e_value_finding.larger"], e=needed, limit=limit)
    return words.text(MESSAGES["e_value_finding.smaller"], e=needed)


def largest_change(page: Page) -> dict[str, str]:
    """Which measured block moves the effect most when it is left out, and by how much."""
    changes = page.rows[(page.rows["statistic"] == "effect_change") & ~page.rows["suppressed"]]
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
