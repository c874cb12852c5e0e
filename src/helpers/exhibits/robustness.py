"""The overview of the robustness chapter: the scheme's effect by every version of the analysis."""

from __future__ import annotations

import pandas as pd

from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.tell import in_words, intervals_note, told_apart
from helpers.exhibits.version_rows import FAMILIES, MAIN, family_label, version_label, version_rows
from helpers.presentation.charts.intervals import interval_plot
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import lookup
from helpers.presentation.wording import Wording

EFFECT = "average_marginal_effect"


def effect_versions(desk: Desk) -> Exhibit:
    """Jobbsjansen minus the introduction programme in percentage points, by every version."""
    words = desk.wording
    made = pd.concat([version_rows(desk.study, family) for family in FAMILIES], ignore_index=True)
    effects = made[made["statistic"] == EFFECT].reset_index(drop=True)
    rows = desk.ledger.record("effect_versions", effects.drop(columns="family"))
    told = rows.assign(
        label=[version_label(words, *keys) for keys in zip(rows["group"], rows["sample"], strict=True)],
        heading=[family_label(words, family) for family in effects["family"]],
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
    intervals = [words.interval(low, high) for low, high in zip(told["low"], told["high"], strict=True)]
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
            "versions_range": range_finding(words, rows),
            "versions_zero": zero_finding(words, told),
            "versions_main": main_effect(words, rows),
        },
    )


def main_effect(words: Wording, rows: pd.DataFrame) -> str:
    """The main model's effect with its interval."""
    main = lookup(rows, group=MAIN, sample="all")
    size = words.signed_points(main["value"] / 100, 1)
    return f"{size} ({words.interval(main['low'], main['high'], decimals=1)})"


def range_finding(words: Wording, rows: pd.DataFrame) -> str:
    """Between which values the versions put the difference, as a sentence."""
    lowest, highest = rows["value"].min(), rows["value"].max()
    small, large = sorted((abs(lowest), abs(highest)))
    values = {"n": words.count(len(rows)), "small": words.number(small), "large": words.points(large / 100)}
    if lowest >= 0:
        return words.text(
            "{n} versions of the analysis put Jobbsjansen between {small} and {large} ahead of the introduction "
            "programme.",
            **values,
        )
    if highest <= 0:
        return words.text(
            "{n} versions of the analysis put Jobbsjansen between {small} and {large} behind the introduction "
            "programme.",
            **values,
        )
    return words.text(
        "{n} versions of the analysis do not agree on the direction: they put Jobbsjansen from {behind} behind the "
        "introduction programme to {ahead} ahead of it.",
        n=values["n"],
        behind=words.points(-lowest / 100),
        ahead=words.points(highest / 100),
    )


def zero_finding(words: Wording, told: pd.DataFrame) -> str:
    """How many intervals contain zero, and which, as a sentence.

    Args:
        words: The reader's language.
        told: Effects with `low`, `high`, `label` and `heading`.
    """
    holds = told[[told_apart(row) == "not_distinguishable" for _, row in told.iterrows()]]
    if holds.empty:
        return words.text("None of the intervals contains zero.")
    if len(holds) == len(told):
        return words.text("All of the intervals contain zero.")
    named = words.list([f"{h} – {label}" for h, label in zip(holds["heading"], holds["label"], strict=True)])
    return words.plural(
        "One of the intervals contains zero ({versions}).",
        "{n} of the intervals contain zero ({versions}).",
        len(holds),
        versions=named,
    )
