"""Exhibits on for whom the scheme makes a difference: by education, by level of Norwegian, and by both."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.tell import in_words, intervals_note, told_apart
from helpers.chapters.composition.for_whom_fits import for_whom_fits, groups_of
from helpers.chapters.composition.large_cells import MIN_OF_EACH_OUTCOME, MIN_PARTICIPANTS
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

SIGNIFICANT: Final = 0.05
"""A p-value below this is taken as a sign that the groups differ."""

ROUND_TO: Final = 10
"""Sizes of groups are told to this many participants: beside the sizes for both genders, exact ones would give away
how few men there are in a group."""

TESTS: Final = {
    "education": "scheme:education",
    "norwegian": "scheme:norwegian",
    "both": "scheme:education:norwegian",
}
"""Term of each test that the difference is the same in all groups."""


@exhibit(
    "effects_by_group",
    phrases="for_whom_finding for_whom_tests groups_told_apart groups_by_chance cell_participants cell_outcomes",
)
def effects_by_group(desk: Desk) -> Exhibit:
    """The difference between the schemes among women who are alike, in each group that is large enough."""
    words = desk.wording
    rows = desk.rows("effects_by_group", lambda: _rows(desk))
    told = _told(words, rows)
    figure = interval_plot(
        told,
        group="heading",
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
        value_text="people",
        value_header=words.text("Participants: introduction programme / Jobbsjansen"),
    )
    return Exhibit(
        key="effects_by_group",
        rows=rows,
        caption=words.text(
            "Difference in the probability of reaching the goal between women in Jobbsjansen and women in the "
            "introduction programme who are alike, by level of education and of Norwegian; participants to the nearest "
            "{rounding}.",
            rounding=words.count(ROUND_TO),
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Differences in percentage points. {values}.", values=_listed(words, told)),
        phrases=_phrases(desk, rows),
    )


@exhibit("effects_by_group_table")
def effects_by_group_table(desk: Desk) -> Exhibit:
    """The numbers behind the figure, with the participants of each scheme."""
    words = desk.wording
    rows = desk.rows("effects_by_group_table", lambda: _rows(desk))
    told = _told(words, rows)
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for heading, part in told.groupby("heading", sort=False):
        if heading:
            headings[len(lines)] = str(heading)
        lines += [_line(words, entry) for _, entry in part.iterrows()]
    columns = [
        Column(words.text("Group"), numeric=False),
        *(Column(words.label(scheme)) for scheme in SCHEMES),
        Column(words.text("Difference, points")),
        Column(words.text("Interval")),
    ]
    return Exhibit(
        key="effects_by_group_table",
        rows=rows,
        caption=words.text(
            "Women in each group and scheme, to the nearest {rounding}, and the difference between the schemes in "
            "percentage points among women who are alike.",
            rounding=words.count(ROUND_TO),
        ),
        table=Table(columns, lines, group_rows=headings, note=hidden_note(rows, words)),
        phrases={},
    )


def finding(words: Wording, rows: pd.DataFrame) -> str:
    """Whether the difference depends on education and Norwegian, as sentences that follow the tests."""
    sentences = []
    for name, term in TESTS.items():
        tests = rows[(rows["statistic"] == "p_value") & (rows["term"] == term)]
        if len(tests):
            p = tests["value"].iloc[0]
            sentences.append(_differs(words, name) if p < SIGNIFICANT else _does_not_differ(words, name))
    return " ".join(sentences) or words.text("No two groups are large enough to be compared.")


def equality_in_numbers(words: Wording, rows: pd.DataFrame) -> str:
    """The p-value of each test that the difference is the same in all groups, as a sentence."""
    names = {
        "education": words.text("education"),
        "norwegian": words.text("the level of Norwegian"),
        "both": words.text("both together"),
    }
    tests = rows[rows["statistic"] == "p_value"].set_index("term")["value"]
    told = [f"{names[name]} {words.p_value(tests[term])}" for name, term in TESTS.items() if term in tests.index]
    if not told:
        return words.text("No test was made.")
    return words.text("The tests that the difference is the same in all groups: {tests}.", tests=", ".join(told))


def groups_told_apart(words: Wording, rows: pd.DataFrame) -> str:
    """In how many groups the schemes can be told apart, and how many would be expected by chance, as sentences."""
    effects = _groups(rows)
    if effects.empty:
        return words.text("No group is large enough for an estimate of its own.")
    sides = [told_apart(entry) for _, entry in effects.iterrows()]
    counts = {side: sides.count(side) for side in ("above", "below", "not_distinguishable")}
    return words.text(
        "Of the {groups} shown, Jobbsjansen lies above the introduction programme in {above} and below it in {below}; "
        "in {neither} the two cannot be told apart.",
        groups=words.plural("{n} group", "{n} groups", len(sides)),
        above=words.count(counts["above"]),
        below=words.count(counts["below"]),
        neither=words.count(counts["not_distinguishable"]),
    )


def _differs(words: Wording, name: str) -> str:
    messages = {
        "education": words.text("The difference between the schemes depends on education."),
        "norwegian": words.text("The difference between the schemes depends on the level of Norwegian."),
        "both": words.text("Taken together, the groups by education and Norwegian differ from each other."),
    }
    return messages[name]


def _does_not_differ(words: Wording, name: str) -> str:
    messages = {
        "education": words.text("That the difference between the schemes depends on education cannot be shown."),
        "norwegian": words.text(
            "That the difference between the schemes depends on the level of Norwegian cannot be shown."
        ),
        "both": words.text(
            "Taken together, the groups by education and Norwegian cannot be told apart from each other."
        ),
    }
    return messages[name]


def _rows(desk: Desk) -> pd.DataFrame:
    """Ledger rows: the difference in each group, its participants by scheme, and the tests of equality."""
    people = desk.study.complete
    women = people[people["male"] == 0]
    rows = []
    for name, fit in for_whom_fits(desk.study).items():
        groups = groups_of(women, name)
        sizes = women.groupby([groups, "scheme"], observed=True).size()
        for group, effect in fit.table.iterrows():
            rows += [_effect_row(str(group), effect), *(_count_row(sizes, str(group), scheme) for scheme in SCHEMES)]
        if fit.equality is not None:
            n, test = fit.fit.n, fit.equality
            rows.append(row("chi2", test.statistic, term=TESTS[name], sample="women", n=n))
            rows.append(row("p_value", test.p_value, term=TESTS[name], sample="women", n=n))
    return pd.DataFrame(rows)


def _effect_row(group: str, effect: pd.Series) -> dict[str, object]:
    return row(
        "average_marginal_effect",
        100 * effect["value"],
        group=group,
        term="scheme",
        sample="women",
        n=_rounded(effect["n"]),
        std_error=100 * effect["std_error"],
        low=100 * effect["low"],
        high=100 * effect["high"],
        unit="percentage points",
    )


def _count_row(sizes: pd.Series, group: str, scheme: str) -> dict[str, object]:
    size = _rounded(sizes[group, scheme])
    return row("rounded_count", size, scheme=scheme, group=group, term="participants", sample="women", n=size)


def _rounded(size: float) -> float:
    return ROUND_TO * round(size / ROUND_TO)


def _told(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    """The differences with heading and label, and the participants of each scheme."""
    effects = rows[rows["statistic"] == "average_marginal_effect"]
    counts = rows[rows["statistic"] == "rounded_count"]
    told = effects.assign(
        heading=[_heading(words, group) for group in effects["group"]],
        label=[_label(words, group) for group in effects["group"]],
    )
    for scheme in SCHEMES:
        told[scheme] = [words.count(lookup(counts, group=g, scheme=scheme)["value"]) for g in effects["group"]]
    return told.assign(people=[" / ".join(pair) for pair in zip(told[SCHEMES[0]], told[SCHEMES[1]], strict=True)])


def _heading(words: Wording, group: str) -> str:
    keys = group_keys(group)
    if not keys:
        return ""
    if len(keys) == 1:
        return words.label(next(iter(keys)))
    return words.text("{education}, by level of Norwegian", education=words.label(f"education={keys['education']}"))


def _label(words: Wording, group: str) -> str:
    if not group:
        return words.text("All women")
    key, value = list(group_keys(group).items())[-1]
    return words.label(f"{key}={value}")


def _line(words: Wording, entry: pd.Series) -> list[str]:
    return [
        entry["label"],
        *(entry[scheme] for scheme in SCHEMES),
        words.number(entry["value"]),
        words.interval(entry["low"] / 100, entry["high"] / 100, "points"),
    ]


def _listed(words: Wording, told: pd.DataFrame) -> str:
    names = [words.label(group) if group else _label(words, group) for group in told["group"]]
    values = [
        f"{words.number(v)} ({words.interval(low / 100, high / 100, 'points')})"
        for v, low, high in zip(told["value"], told["low"], told["high"], strict=True)
    ]
    return in_words(names, values)


def _groups(rows: pd.DataFrame) -> pd.DataFrame:
    """The differences in the groups, without that among all."""
    return rows[(rows["statistic"] == "average_marginal_effect") & (rows["group"] != "")]


def _by_chance(desk: Desk, rows: pd.DataFrame) -> float:
    """How many groups would be told apart if there were no difference in any."""
    return float(len(_groups(rows)) * (1 - desk.study.cohort.analysis.confidence_level))


def _phrases(desk: Desk, rows: pd.DataFrame) -> dict[str, str]:
    words = desk.wording
    return {
        "for_whom_finding": finding(words, rows),
        "for_whom_tests": equality_in_numbers(words, rows),
        "groups_told_apart": groups_told_apart(words, rows),
        "groups_by_chance": words.count(max(1, _by_chance(desk, rows))),
        "cell_participants": words.count(MIN_PARTICIPANTS),
        "cell_outcomes": words.count(MIN_OF_EACH_OUTCOME),
    }
