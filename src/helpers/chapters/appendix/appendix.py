"""Exhibits of the appendix: the coding tables, the variables, the sources and the glossary, as the project uses them.

They hold decisions, not results: their rows come from `data/coding/` and do not pass the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.project import coding_folder
from resultatbok.tables.table import Column, Table
from resultatbok.words.wording import Wording

BREAKABLE = "_\u200b"
"""An underscore after which a line may break, so that long field names fit their column."""
CHARACTERISTICS = ("male", "origin", "norwegian_level", "education_level", "absence_high")
END_REASONS_TABLE = "8"
NORWEGIAN_TESTS = r"PROVE_NORSK_\w+_Resultat"
"""The four tests are coded alike, so one line stands for them."""
MEASURES_TABLES = ("10", "11", "12", "13")


@exhibit("end_reasons", phrases="n_end_reasons n_attaining_reasons")
def end_reasons(desk: Desk) -> Exhibit:
    """Each reason for ending the introduction programme, and whether it counts as goal attainment here."""
    words = desk.wording
    coding = _in_force(desk, _recodings())
    rows = coding[(coding["table"] == END_REASONS_TABLE)]
    return _table(
        "end_reasons",
        rows,
        words.text(
            "Reasons for ending the introduction programme, and whether each counts as goal attainment (1) or not (0). "
            "A leaver whose reason has no code is not counted."
        ),
        {"value": words.text("Reason in the register"), "code": words.text("Code")},
        {
            "n_end_reasons": words.count(len(rows)),
            "n_attaining_reasons": words.count((rows["code"] == "1").sum()),
        },
    )


@exhibit("coding_characteristics")
def characteristics(desk: Desk) -> Exhibit:
    """How register values become the characteristics in the models."""
    words = desk.wording
    coding = _in_force(desk, _recodings())
    rows = coding[coding["target"].isin(CHARACTERISTICS)]
    told = rows.assign(
        target=[words.label(t) for t in rows["target"]],
        scheme=[words.label(s) for s in rows["scheme"]],
        field=rows["field"].str.replace(NORWEGIAN_TESTS, "PROVE_NORSK_…_Resultat", regex=True),
        value=[f"{v} ({t})" if t else v for v, t in zip(rows["value"], rows["label"], strict=True)],
        code=[
            words.label(f"origin={code}") if target == "origin" else code
            for target, code in zip(rows["target"], rows["code"], strict=True)
        ],
    )
    return _table(
        "coding_characteristics",
        told,
        words.text("Recoding of the participants' characteristics."),
        {
            "target": words.text("Variable"),
            "scheme": words.text("Scheme"),
            "field": words.text("Register field"),
            "value": words.text("Value"),
            "code": words.text("Code"),
        },
    )


@exhibit("coding_measures")
def measures(desk: Desk) -> Exhibit:
    """Which registered measures make up each harmonised measure."""
    words = desk.wording
    rows = _recodings()
    rows = rows[rows["table"].isin(MEASURES_TABLES) & (rows["target"] != "not_used")]
    told = rows.assign(
        target=[words.label(t) for t in rows["target"]],
        scheme=[words.label(s) for s in rows["scheme"]],
        label=rows["label"].where(rows["label"] != "", rows["field"]),
    )
    return _table(
        "coding_measures",
        told,
        words.text("Registered measures behind each measure in the models."),
        {
            "target": words.text("Measure"),
            "scheme": words.text("Scheme"),
            "label": words.text("Name in the register"),
        },
    )


@exhibit("variables", phrases="n_variables")
def variables(desk: Desk) -> Exhibit:
    """The analysis variables with their meaning and source fields."""
    words = desk.wording
    rows = _read("variables.csv")
    rows = rows[~rows["name"].str.startswith("measure_")]
    return _table(
        "variables",
        rows,
        words.text("Variables of the analysis tables. The measures are in a table of their own."),
        {
            "name": words.text("Name"),
            _in_language("meaning", words): words.text("Meaning"),
            _in_language("unit", words): words.text("Unit"),
        },
        {"n_variables": words.count(rows["name"].nunique())},
    )


@exhibit("municipal_sources")
def municipal_sources(desk: Desk) -> Exhibit:
    """Where the municipal statistics come from."""
    words = desk.wording
    rows = _read("statistics.csv")
    return _table(
        "municipal_sources",
        rows,
        words.text("Municipal statistics and their sources."),
        {
            f"name_{words.language}": words.text("Statistic"),
            _in_language("unit", words): words.text("Unit in the source"),
            "source": words.text("Source"),
        },
    )


@exhibit("glossary", phrases="n_terms")
def glossary(desk: Desk) -> Exhibit:
    """The terms of the book in English and Norwegian."""
    words = desk.wording
    rows = _read("glossary.csv")
    return _table(
        "glossary",
        rows,
        words.text("Terms in English and Norwegian."),
        {"en": words.text("English"), "nb": words.text("Norwegian")},
        {"n_terms": words.count(len(rows))},
    )


def _in_language(column: str, words: Wording) -> str:
    """The column that holds a coding table's text in the reader's language; English is in the plain column."""
    return column if words.language == "en" else f"{column}_{words.language}"


def _read(name: str) -> pd.DataFrame:
    """A coding table as text, blank where a cell is empty."""
    return pd.read_csv(coding_folder() / name, dtype=str, keep_default_na=False)


def _recodings() -> pd.DataFrame:
    return _read("recodings.csv")


def _in_force(desk: Desk, coding: pd.DataFrame) -> pd.DataFrame:
    """The rows that hold under this cohort's coding choices."""
    choices = {name: _setting(value) for name, value in desk.study.cohort.coding.model_dump().items()}
    conditions = coding["choice"].str.partition("=")
    holds = [not name or choices.get(name) == value for name, value in zip(conditions[0], conditions[2], strict=True)]
    return coding[holds]


def _setting(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(
    key: str,
    rows: pd.DataFrame,
    caption: str,
    columns: Mapping[str, str],
    phrases: Mapping[str, str] = MappingProxyType({}),
) -> Exhibit:
    """A table of coding rows, with the chosen columns under readers' headings."""
    chosen = rows[list(columns)].drop_duplicates()
    cells = chosen.map(lambda text: text.replace("_", BREAKABLE))
    return Exhibit(
        key=key,
        rows=chosen.reset_index(drop=True),
        caption=caption,
        table=Table([Column(head, numeric=False) for head in columns.values()], cells.to_numpy().tolist()),
        phrases=phrases,
    )
