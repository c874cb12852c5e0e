"""Predicted and actual goal attainment group by group: where a scheme does better or worse than the model expects.

The prediction of a group is the mean of its participants' probabilities in the individual model, which knows all their
characteristics, their measures and their scheme (figures 22, 23 and 25-28 of the 2022 report).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import BREAKDOWNS, attainment_rows
from helpers.chapters.common.grouping import with_groups
from helpers.chapters.common.tell import in_words, inside_sentence, intervals_note, labelled, spoken, told_apart
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import OUTCOME
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.contribution import contribution_indicators
from resultatbok.release.ledger import group_keys, lookup
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording

MAIN: Final = ("education", "norwegian")
OTHER: Final = ("age", "absence", "years_in_norway_quantile", "duration_quantile")
EXPECTED: Final = "expected_goal_attainment"
CUT: Final = {"years_in_norway_quantile": "years_in_norway", "duration_quantile": "duration_months"}
"""The characteristics that are cut into quarters or fifths, and what is cut."""


@exhibit("predicted_by_level", phrases="predicted_by_level_finding")
def predicted_by_level(desk: Desk) -> Exhibit:
    """Actual minus predicted goal attainment by education and by Norwegian, for each scheme."""
    words = desk.wording
    caption = words.text(
        "Goal attainment beyond what the individual model predicts, by education and level of Norwegian."
    )
    return _contributions(desk, "predicted_by_level", MAIN, caption)


@exhibit("predicted_by_background", phrases="predicted_by_background_finding")
def predicted_by_background(desk: Desk) -> Exhibit:
    """Actual minus predicted goal attainment by age, absence, years in Norway and duration, for each scheme."""
    words = desk.wording
    caption = words.text(
        "Goal attainment beyond what the individual model predicts, by age, absence, years in Norway and duration."
    )
    return _contributions(desk, "predicted_by_background", OTHER, caption)


@exhibit("predicted_table")
def predicted_table(desk: Desk) -> Exhibit:
    """Predicted and actual goal attainment of every group and scheme, side by side."""
    words = desk.wording
    rows = desk.rows("predicted_table", lambda: pd.concat([predicted_rows(desk, by) for by in (*MAIN, *OTHER)]))
    return Exhibit(
        key="predicted_table",
        rows=rows,
        caption=words.text("Predicted and actual goal attainment, group by group, in each scheme."),
        table=_table(words, rows[rows["statistic"] == "share"]),
    )


def predicted_rows(desk: Desk, breakdown: str) -> pd.DataFrame:
    """Actual, predicted and the difference of the two, by scheme and the categories of one characteristic.

    Args:
        desk: Gives the study.
        breakdown: A key of `BREAKDOWNS`.

    Returns:
        Ledger rows: `share` of `goal_attainment` and of `expected_goal_attainment`, and `difference_pp` with the term
        `contribution`. The interval of the difference is that of chance around the predicted probabilities.
    """
    study, level = desk.study, desk.study.cohort.analysis.confidence_level
    people = with_groups(study.complete)
    groups = people["scheme"].astype(str) + ";" + people[BREAKDOWNS[breakdown]].astype(str)
    table = contribution_indicators(
        people[OUTCOME], study.individual_model.fitted, groups, min_participants=1, level=level
    )
    actual = attainment_rows(people, breakdown, level=level)
    names = (actual["scheme"] + ";" + actual["group"].str.removeprefix(f"{breakdown}=")).tolist()
    found = table.loc[names].reset_index(drop=True)
    keys = {name: actual[name].to_numpy() for name in ("scheme", "group", "n")}
    expected = pd.DataFrame({**keys, "statistic": "share", "term": EXPECTED, "value": found["expected"]})
    points = {name: 100 * found[name] for name in ("std_error", "low", "high")} | {"value": 100 * found["contribution"]}
    contribution = pd.DataFrame({**keys, "statistic": "difference_pp", "term": "contribution", **points})
    return pd.concat(
        [actual, expected.assign(unit="fraction"), contribution.assign(unit="percentage points")], ignore_index=True
    )


def predicted_finding(words: Wording, rows: pd.DataFrame) -> str:
    """In which groups each scheme does better or worse than predicted, one sentence per scheme.

    Args:
        words: The reader's language.
        rows: Rows of the differences, after disclosure control.
    """
    return " ".join(_scheme_finding(words, scheme, rows[rows["scheme"] == scheme]) for scheme in SCHEMES)


def _scheme_finding(words: Wording, scheme: str, rows: pd.DataFrame) -> str:
    shown = rows[~rows["suppressed"]]
    sides = pd.Series([told_apart(found) for _, found in shown.iterrows()], index=shown.index, dtype=str)
    apart = shown[sides != "not_distinguishable"]
    if apart.empty:
        return words.text(
            "{scheme}: in no group can the result be told apart from the prediction.", scheme=words.label(scheme)
        )
    largest = apart.sort_values("value", key=abs).iloc[-1]
    return words.text(
        "{scheme}: of {all} groups, more reach the goal than predicted in {above} and fewer in {below}. The result "
        "lies farthest from the prediction for {group} ({size}).",
        scheme=words.label(scheme),
        all=words.count(len(shown)),
        above=words.count((sides == "above").sum()),
        below=words.count((sides == "below").sum()),
        group=_named(words, str(largest["group"])),
        size=words.signed_points(largest["value"] / 100),
    )


def _named(words: Wording, group: str) -> str:
    """A group with what it is a group of: `level of education (some schooling)`."""
    characteristic = next(iter(group_keys(group)))
    name = words.label(CUT.get(characteristic, characteristic))
    return f"{inside_sentence(name)} ({inside_sentence(words.label(group))})"


def _contributions(desk: Desk, key: str, breakdowns: Sequence[str], caption: str) -> Exhibit:
    words = desk.wording
    rows = desk.rows(key, lambda: pd.concat([predicted_rows(desk, breakdown) for breakdown in breakdowns]))
    told = labelled(words, rows[rows["statistic"] == "difference_pp"])
    written = [spoken(words, words.signed_points(value / 100)) for value in told["value"]]
    figure = interval_plot(
        told.assign(heading=[words.label(next(iter(group_keys(group)))) for group in told["group"]]),
        group="heading",
        series="scheme",
        x_label=words.text("Actual minus predicted goal attainment, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("As predicted"),
    )
    names = [f"{label}, {scheme}" for label, scheme in zip(told["label"], told["scheme_label"], strict=True)]
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption + " " + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Actual minus predicted goal attainment. {values}.", values=in_words(names, written)),
        phrases={f"{key}_finding": predicted_finding(words, told)},
    )


def _table(words: Wording, shares: pd.DataFrame) -> Table:
    """A line per group under its characteristic; predicted and actual per scheme."""
    terms = {EXPECTED: words.text("predicted"), "goal_attainment": words.text("actual")}
    heads = [Column(f"{words.label(scheme)}, {name}") for scheme in SCHEMES for name in terms.values()]
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    previous = ""
    for group in shares["group"].drop_duplicates():
        breakdown = next(iter(group_keys(group)))
        if breakdown != previous:
            headings[len(lines)] = words.label(breakdown)
            previous = breakdown
        of_group = shares[shares["group"] == group]
        cells = [_cell(words, of_group, scheme, term) for scheme in SCHEMES for term in terms]
        lines.append([words.label(group), *cells])
    columns = [Column(words.text("Group"), numeric=False), *heads]
    return Table(columns, lines, group_rows=headings, note=hidden_note(shares, words))


def _cell(words: Wording, rows: pd.DataFrame, scheme: str, term: str) -> str:
    """A share, a colon where it is hidden, blank where the scheme has nobody in the group."""
    if not ((rows["scheme"] == scheme) & (rows["term"] == term)).any():
        return ""
    found = lookup(rows, scheme=scheme, term=term)
    return HIDDEN if found["suppressed"] else words.percent(found["value"])
