"""The overview of the robustness chapter: the scheme's effect by every version of the analysis."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import in_words, intervals_note
from helpers.chapters.common.version_rows import FAMILIES, MAIN, family_label, family_of, version_label, version_rows
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

EFFECT = "average_marginal_effect"
REDUCED = ("model=municipality", "model=project")
"""Models that hold neither the participants' Norwegian nor their measures equal."""


@exhibit("effect_versions", phrases="n_versions versions_range versions_zero versions_with_zero versions_main")
def effect_versions(desk: Desk) -> Exhibit:
    """Jobbsjansen minus the introduction programme in percentage points, by every version."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        made = pd.concat([version_rows(desk.study, family) for family in FAMILIES], ignore_index=True)
        return made[made["statistic"] == EFFECT].drop(columns="family")

    rows = desk.rows("effect_versions", numbers)
    told = rows.assign(
        label=[version_label(words, *keys) for keys in zip(rows["group"], rows["sample"], strict=True)],
        heading=[family_label(words, family_of(*keys)) for keys in zip(rows["group"], rows["sample"], strict=True)],
        text=[words.signed_points(value / 100) for value in rows["value"]],
    )
    figure = interval_plot(
        told.assign(text=[words.number(value, 1) for value in told["value"]]),
        group="heading",
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
        value_text="text",
    )
    intervals = [
        words.interval(low / 100, high / 100, "points") for low, high in zip(told["low"], told["high"], strict=True)
    ]
    listed = in_words(told["label"], [f"{t} ({i})" for t, i in zip(told["text"], intervals, strict=True)])
    return Exhibit(
        key="effect_versions",
        rows=rows,
        caption=words.text(
            "Average difference in the probability of reaching the goal between Jobbsjansen and the introduction "
            "programme, by version of the analysis."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Difference between the schemes by version. {values}.", values=listed),
        phrases={
            "n_versions": words.count(len(rows)),
            "versions_range": overall_finding(words, rows),
            "versions_zero": zero_finding(words, rows),
            "versions_with_zero": zero_names(words, told),
            "versions_main": main_effect(words, rows),
        },
    )


def main_effect(words: Wording, rows: pd.DataFrame) -> str:
    """The main model's effect with its interval."""
    main = lookup(rows, group=MAIN, sample="all")
    size = words.signed_points(main["value"] / 100, 1)
    return f"{size} ({words.interval(main['low'], main['high'], decimals=1)})"


def overall_finding(words: Wording, rows: pd.DataFrame) -> str:
    """Between which values the versions put the difference; those that know less of the participants come apart."""
    less = rows["group"].isin(REDUCED)
    sentence = words.text(
        "{n} versions of the analysis hold the participants' characteristics and measures equal. They put Jobbsjansen "
        "{range}.",
        n=words.count((~less).sum()),
        range=range_phrase(words, rows[~less]["value"]),
    )
    if not less.any():
        return sentence
    rest = words.text(
        "{n} more know less of the participants, and put Jobbsjansen {range}.",
        n=words.count(less.sum()),
        range=range_phrase(words, rows[less]["value"]),
    )
    return f"{sentence} {rest}"


def range_phrase(words: Wording, effects: pd.Series) -> str:
    """From the smallest to the largest of the effects (in percentage points), with their direction."""
    lowest, highest = effects.min(), effects.max()
    small, large = sorted((abs(lowest), abs(highest)))
    values = {"small": words.number(small), "large": words.points(large / 100)}
    if lowest >= 0:
        return words.text("between {small} and {large} ahead of the introduction programme", **values)
    if highest <= 0:
        return words.text("between {small} and {large} behind the introduction programme", **values)
    return words.text(
        "anywhere from {behind} behind the introduction programme to {ahead} ahead of it",
        behind=words.points(-lowest / 100),
        ahead=words.points(highest / 100),
    )


def zero_finding(words: Wording, effects: pd.DataFrame) -> str:
    """How many of the intervals contain zero, as a sentence."""
    holding = _hold_zero(effects).sum()
    if holding == 0:
        return words.text("No interval contains zero.")
    if holding == len(effects):
        return words.text("All of the intervals contain zero.")
    n = words.count(len(effects))
    return words.plural(
        "One of the {all} intervals contains zero.", "{n} of the {all} intervals contain zero.", holding, all=n
    )


def zero_names(words: Wording, told: pd.DataFrame) -> str:
    """Which versions cannot tell the schemes apart, as a sentence.

    Args:
        words: The reader's language.
        told: Effects with `low`, `high`, `label` and `heading`.
    """
    holding = told[_hold_zero(told)]
    if holding.empty:
        return words.text("Every version tells the schemes apart.")
    named = [f"{head} – {label}" for head, label in zip(holding["heading"], holding["label"], strict=True)]
    return words.text("The schemes cannot be told apart in: {versions}.", versions="; ".join(named))


def _hold_zero(effects: pd.DataFrame) -> pd.Series:
    return (effects["low"] <= 0) & (effects["high"] >= 0)
