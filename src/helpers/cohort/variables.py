"""What is decided about each variable, in one table: `data/coding/variables.csv`, and the measures in `measures.csv`.

Models, blocks of covariates, harmonised columns and labels follow from it, so that a new covariate is a row there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, get_args

from helpers.cohort.settings import Origin
from resultatbok.coding_rows import Row, read_rows, unique
from resultatbok.project import coding_folder

FILE: Final = "variables.csv"
MEASURES_FILE: Final = "measures.csv"
INDICATOR, NUMBER, ORDERED, CATEGORY = "0/1", "number", "ordered category", "category"
INTEGER, TEXT = "integer", "text"
TYPES: Final = (INDICATOR, NUMBER, ORDERED, CATEGORY, INTEGER, TEXT)
STAGES: Final = ("entry", "after_entry", "context")
"""When a covariate comes about: what participants were at entry, what came later, the municipality and the project."""
MODELS: Final = ("individual", "background", "municipality", "project")
"""The individual model, what the reduced multilevel models keep of it, and the context of the two of them."""
LEVELS, SPLINE, LINEAR = "levels", "spline", "linear"
FORMS: Final = {LEVELS: (ORDERED, CATEGORY, INTEGER), SPLINE: (NUMBER,), LINEAR: (INDICATOR, NUMBER)}
"""How a covariate can enter the book's main model, and the types that each form is for."""
MEASURES_BLOCK: Final = "measures"
ORIGIN: Final = "origin"
"""The one category with a column for each of its values in the models."""
_IN_MODELS: Final = {
    "individual": (INDICATOR, NUMBER),
    "background": (INDICATOR, NUMBER, ORDERED),
    "municipality": (NUMBER,),
    "project": (NUMBER,),
}
"""Types that each kind of model has terms for."""


@dataclass(frozen=True)
class Variable:
    """A column of a harmonised table.

    Attributes:
        table: `participants`, `municipality_years` or `project_years`.
        name: The column.
        type: One of `TYPES`.
        categories: Values of a category, in the order they are shown.
        block: Which covariates it belongs with; empty for what is no covariate.
        stage: One of `STAGES`; empty for what is no covariate.
        models: Those of `MODELS` that it is in.
        main: Its form in the main model, one of `FORMS`; empty if it is not in it.
        term: Its name in the models.
        order: Its place among the terms.
        row: Where this stands.
    """

    table: str
    name: str
    type: str
    categories: tuple[str, ...]
    block: str
    stage: str
    models: tuple[str, ...]
    main: str
    term: str
    order: int
    row: Row


@cache
def variables() -> tuple[Variable, ...]:
    """The variables of the project's table, in its order."""
    return read_variables(coding_folder())


def read_variables(folder: Path) -> tuple[Variable, ...]:
    """The variables of the table in a folder, in its order.

    Raises:
        resultatbok.coding_rows.TableFault: A row cannot be used.
    """
    columns = ("table", "name", "type", "categories", "block", "stage", "models", "main", "term", "order")
    read = tuple(_variable(row) for row in read_rows(folder / FILE, (*columns, "label_en", "label_nb")))
    stages: dict[str, str] = {}
    for variable in read:
        if variable.block and stages.setdefault(variable.block, variable.stage) != variable.stage:
            raise variable.row.fault("stage", f"{stages[variable.block]}, as others of its block {variable.block}")
    return read


def _variable(row: Row) -> Variable:
    models = tuple(row["models"].split())
    if unknown := set(models) - set(MODELS):
        raise row.fault("models", f"some of {', '.join(MODELS)}, not {', '.join(sorted(unknown))}")
    categories = tuple(row["categories"].split())
    if row["name"] == ORIGIN and set(categories) != set(get_args(Origin)):
        raise row.fault("categories", f"the origins of the cohort file: {', '.join(get_args(Origin))}")
    in_any = bool(models or row["main"])
    if in_any:
        _check_covariate(row, models)
    return Variable(
        table=row["table"],
        name=row["name"],
        type=row.one_of("type", TYPES),
        categories=categories,
        block=row["block"],
        stage=row.one_of("stage", STAGES if in_any else ("", *STAGES)),
        models=models,
        main=row["main"],
        term=row["term"] or row["name"],
        order=int(row["order"]) if in_any else 0,
        row=row,
    )


def _check_covariate(row: Row, models: tuple[str, ...]) -> None:
    """Refuse a covariate that lacks something that every chapter needs to know of it."""
    for column in ("label_en", "label_nb", "block"):
        if not row[column]:
            raise row.fault(column, "a text, since it is in a model")
    if not row["order"].isdecimal():
        raise row.fault("order", "a whole number, since it is in a model")
    for model in models:
        if row["name"] != ORIGIN and row["type"] not in _IN_MODELS[model]:
            raise row.fault("type", f"one of {', '.join(_IN_MODELS[model])}, since it is in the {model} model")
    if row["main"] and row["type"] not in FORMS[row.one_of("main", tuple(FORMS))]:
        raise row.fault("type", f"one of {', '.join(FORMS[row['main']])}, since its form is {row['main']}")


def in_model(model: str) -> list[Variable]:
    """The variables of a model by their order; the scheme, which is in every one, and the measures come in addition."""
    return sorted((v for v in variables() if model in v.models), key=lambda v: v.order)


def in_main_model() -> list[Variable]:
    """The covariates of the book's main model by their order."""
    return sorted((v for v in variables() if v.main), key=lambda v: v.order)


def check_blocks(known: Collection[str], models: Collection[str] = MODELS) -> None:
    """Refuse a covariate of a block that a chapter does not know.

    Raises:
        resultatbok.coding_rows.TableFault: Names the row.
    """
    for variable in variables():
        if set(variable.models) & set(models):
            variable.row.one_of("block", known)


def categories(name: str) -> tuple[str, ...]:
    """The values of a category, in the order they are shown."""
    return next(v.categories for v in variables() if v.name == name)


@cache
def model_measures() -> tuple[str, ...]:
    """The measures of the models, in the order of `measures.csv`."""
    rows = unique(read_rows(coding_folder() / MEASURES_FILE, ("measure", "order", "in_models")), "measure")
    inside = [row for row in rows if row.one_of("in_models", ("yes", "no")) == "yes"]
    return tuple(row["measure"] for row in sorted(inside, key=lambda row: int(row["order"])))
