"""Telling ledger rows: the chart, the alt text and the phrases that several exhibits make in the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

import pandas as pd

from resultatbok.coding_rows import read_rows
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages
from resultatbok.project import coding_folder
from resultatbok.release.ledger import group_keys, group_of
from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

PROPER_NAMES: Final = "proper_names.csv"
"""What begins with one of these keeps its capital inside a sentence."""
COVERAGE: Final = "coverage.csv"
"""Intervals whose simulated coverage is not what they promise; `benchmarks/coverage.py` writes it."""


def labelled(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `label` (the group in the reader's words; "All" where there is none) and `scheme_label`."""
    return rows.assign(
        label=[group_label(words, group) for group in rows["group"]],
        scheme_label=[words.label(scheme) for scheme in rows["scheme"]],
    )


def keys_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The keys of the rows' groups, a column each; empty where a row has none of the kind."""
    return pd.DataFrame([group_keys(group) for group in rows["group"]], index=rows.index).fillna("")


def group_label(words: Wording, group: str) -> str:
    """A group of the ledger in the reader's words; all participants where it is empty."""
    return words.label(group) if group else words.text("All participants")


def shares_list(words: Wording, rows: pd.DataFrame) -> str:
    """Shares in words, group by group: `Women: Jobbsjansen 73%, introduction programme 42%; Men: …`."""
    data = labelled(words, rows)
    shares = {
        str(label): ", ".join(
            f"{scheme} {or_not_shown(words, words.percent(value))}"
            for scheme, value in zip(part["scheme_label"], part["value"], strict=True)
        )
        for label, part in data.groupby("label", sort=False)
    }
    return named_values(shares.keys(), shares.values())


def named_values(names: Iterable[str], texts: Iterable[str]) -> str:
    """Names with their numbers, for alt text: `Women: 42%; Men: 63%`."""
    return "; ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))


def or_not_shown(words: Wording, printed: str) -> str:
    """A printed number as alt text has it: a hidden one is said to be hidden."""
    return words.text("not shown") if printed == HIDDEN else printed


def inside_sentence(name: str) -> str:
    """A name as it is written inside a sentence: small first letter; abbreviations, levels (A1) and names kept."""
    kept = name[1:2].isupper() or name[1:2].isdigit() or _proper().match(name)
    return name if kept else name[:1].lower() + name[1:]


@cache
def _proper() -> re.Pattern[str]:
    names = [row["name"] for row in read_rows(coding_folder() / PROPER_NAMES, ("name",))]
    return re.compile(rf"({'|'.join(map(re.escape, names))})\b")


def with_level(message: str) -> Callable[[Page], str]:
    """A message that states the coverage of intervals as `level`."""
    return lambda page: page.words.text(message, level=page.words.percent(page.cohort.analysis.confidence_level))


intervals_note: Final = with_level(MESSAGES["intervals_note"])
"""What the lines in a chart mean, for its caption."""
model_intervals_note: Final = with_level(MESSAGES["model_intervals_note"])
"""What they mean where a model gives them as ranges of what is probable."""


def with_intervals(caption: str) -> Callable[[Page], str]:
    """A caption, and what the lines in the chart mean."""
    return lambda page: f"{page.words.text(caption)} {intervals_note(page)}"


def coverage_note(page: Page, name: str) -> str:
    """How often some intervals hold the truth in simulations, for their caption; nothing where it is as promised.

    Args:
        page: The page.
        name: A row of `COVERAGE`, whose label is `interval=<name>`.
    """
    words, measured = page.words, measured_coverage().get(name)
    if measured is None:
        return ""
    return words.text(
        "In simulations, the intervals of {what} hold the truth in {measured} of cases, not in {level}.",
        what=inside_sentence(words.label(group_of(interval=name))),
        measured=words.percent(measured),
        level=words.percent(page.cohort.analysis.confidence_level),
    )


@cache
def measured_coverage() -> Mapping[str, float]:
    """The simulated coverage of each interval that is not what it promises."""
    rows = read_rows(coding_folder() / COVERAGE, ("interval", "coverage"))
    return {row["interval"]: float(row["coverage"]) for row in rows}


def quoted(words: Wording, name: str) -> str:
    """A name inside a sentence where it would not be seen to be one."""
    return words.text("“{name}”", name=inside_sentence(name))


def scheme_group(scheme: str, **group: str) -> dict[str, str]:
    """The ledger keys of one scheme's row for one group."""
    return {"scheme": scheme, "group": group_of(**group)}
