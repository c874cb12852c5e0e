"""Exhibits of the appendix: what findings in words rest on; the codings, variables, sources and terms of the project.

Those of the project hold decisions, not results: their rows come from `data/coding/` and do not pass the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.appendix import numbers
from helpers.chapters.common.tell import inside_sentence
from resultatbok.exhibits.declaration import Page, Table
from resultatbok.project import coding_folder
from resultatbok.tables.table import Column, hidden_note
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

BREAKABLE: Final = "_\u200b"
"""An underscore after which a line may break, so that long field names fit their column."""
CHARACTERISTICS: Final = ("male", "origin", "norwegian_level", "education_level", "absence_high")
END_REASONS_TABLE: Final = "8"
NORWEGIAN_TESTS: Final = r"PROVE_NORSK_\w+_Resultat"
"""The four tests are coded alike, so one line stands for them."""
MEASURES_TABLES: Final = ("10", "11", "12", "13")


def stated_table(page: Page) -> Cells:
    """A line per number, with the p-value of a coefficient; a model that could not be made is said to be so."""
    words, rows = page.words, page.rows
    p_values = rows[rows["statistic"] == "p_value"].set_index(["scheme", "group", "term"])["value"]
    return Cells(
        [
            Column(words.text("Of"), numeric=False),
            Column(words.text("Number"), numeric=False),
            Column(words.text("Value")),
            Column(words.text("p-value")),
        ],
        [_stated(words, line, p_values) for _, line in rows[rows["statistic"] != "p_value"].iterrows()],
        note=hidden_note(rows, words),
    )


def _stated(words: Wording, line: pd.Series, p_values: pd.Series) -> list[str]:
    keys = [*str(line["group"]).split(";"), str(line["term"])]
    first, *others = [words.label(key) for key in keys if key]
    p_value = p_values.get((line["scheme"], line["group"], line["term"]))
    return [
        words.label(str(line["scheme"])),
        ", ".join([first, *map(inside_sentence, others)]),
        _value(words, line),
        "" if p_value is None else words.p_value(p_value, named=False),
    ]


def _value(words: Wording, line: pd.Series) -> str:
    if line["statistic"] == "converged":
        return words.text("the model could not be made")
    if line["statistic"] == "share":
        return words.percent(line["value"])
    return words.number(line["value"], 0 if line["statistic"] in ("count", "mean") else 2)


def listed(*heads: str) -> Callable[[Page], Cells]:
    """Lays out the rows of a coding table, with a heading over each column."""

    def table(page: Page) -> Cells:
        cells = page.rows.map(lambda text: text.replace("_", BREAKABLE))
        return Cells([Column(page.words.text(head), numeric=False) for head in heads], cells.to_numpy().tolist())

    return table


def end_reasons_coded(page: Page) -> pd.DataFrame:
    """Each reason for ending the introduction programme, and whether it counts as goal attainment here."""
    coding = _in_force(page)
    return _columns(coding[coding["table"] == END_REASONS_TABLE], "value", "code")


def characteristics_coded(page: Page) -> pd.DataFrame:
    """How register values become the characteristics in the models."""
    words, coding = page.words, _in_force(page)
    rows = coding[coding["target"].isin(CHARACTERISTICS)]
    values = [
        f"{value} ({label})" if label else value for value, label in zip(rows["value"], rows["label"], strict=True)
    ]
    codes = [
        words.label(f"origin={code}") if target == "origin" else code
        for target, code in zip(rows["target"], rows["code"], strict=True)
    ]
    fields = rows["field"].str.replace(NORWEGIAN_TESTS, "PROVE_NORSK_…_Resultat", regex=True)
    named = _with_labels(words, rows).assign(field=fields, value=values, code=codes)
    return _columns(named, "target", "scheme", "field", "value", "code")


def measures_coded(page: Page) -> pd.DataFrame:
    """Which registered measures make up each harmonised measure."""
    rows = _read("recodings.csv")
    rows = rows[rows["table"].isin(MEASURES_TABLES) & (rows["target"] != "not_used")]
    names = rows["label"].where(rows["label"] != "", rows["field"])
    return _columns(_with_labels(page.words, rows).assign(label=names), "target", "scheme", "label")


def variables_told(page: Page) -> pd.DataFrame:
    """The analysis variables with their meaning and unit."""
    rows = _read("variables.csv")
    rows = rows[~rows["name"].str.startswith("measure_")]
    return _columns(rows, "name", _in_language("meaning", page.words), _in_language("unit", page.words))


def sources_told(page: Page) -> pd.DataFrame:
    """Where the municipal statistics come from."""
    name, unit = f"name_{page.words.language}", _in_language("unit", page.words)
    return _columns(_read("statistics.csv"), name, unit, "source")


def _read(name: str) -> pd.DataFrame:
    """A coding table as text, blank where a cell is empty."""
    return pd.read_csv(coding_folder() / name, dtype=str, keep_default_na=False)


def _in_force(page: Page) -> pd.DataFrame:
    """The recodings that hold under this cohort's coding choices."""
    coding = _read("recodings.csv")
    choices = {name: _setting(value) for name, value in page.cohort.coding.model_dump().items()}
    conditions = coding["choice"].str.partition("=")
    holds = [not name or choices.get(name) == value for name, value in zip(conditions[0], conditions[2], strict=True)]
    return coding[holds]


def _setting(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _columns(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    return rows[list(names)].drop_duplicates().reset_index(drop=True)


def _with_labels(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(target=rows["target"].map(words.label), scheme=rows["scheme"].map(words.label))


def _in_language(column: str, words: Wording) -> str:
    """The column that holds a coding table's text in the reader's language; English is in the plain column."""
    return column if words.language == "en" else f"{column}_{words.language}"


stated_findings = Table(key="stated_findings", numbers=numbers.stated_findings, table=stated_table)
end_reasons = Table(
    key="end_reasons",
    decisions=end_reasons_coded,
    table=listed(msgid("Reason in the register"), msgid("Code")),
    phrases={
        "n_end_reasons": lambda page: page.words.count(len(page.rows)),
        "n_attaining_reasons": lambda page: page.words.count((page.rows["code"] == "1").sum()),
    },
)
coding_characteristics = Table(
    key="coding_characteristics",
    decisions=characteristics_coded,
    table=listed(msgid("Variable"), msgid("Scheme"), msgid("Register field"), msgid("Value"), msgid("Code")),
)
coding_measures = Table(
    key="coding_measures",
    decisions=measures_coded,
    table=listed(msgid("Measure"), msgid("Scheme"), msgid("Name in the register")),
)
variables = Table(
    key="variables",
    decisions=variables_told,
    table=listed(msgid("Name"), msgid("Meaning"), msgid("Unit")),
    phrases={"n_variables": lambda page: page.words.count(page.rows["name"].nunique())},
)
municipal_sources = Table(
    key="municipal_sources",
    decisions=sources_told,
    table=listed(msgid("Statistic"), msgid("Unit in the source"), msgid("Source")),
)
glossary = Table(
    key="glossary",
    decisions=lambda _: _columns(_read("glossary.csv"), "en", "nb"),
    table=listed(msgid("English"), msgid("Norwegian")),
    phrases={"n_terms": lambda page: page.words.count(len(page.rows))},
)
