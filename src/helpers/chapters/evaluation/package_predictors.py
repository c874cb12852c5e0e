"""Exhibits on what goes with getting a package: one logistic model per package (table 3.2), and one of them all."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.chapters.common.model_rows import CONSTANT, coefficient_rows, effect_row
from helpers.chapters.common.packages import package_label
from helpers.chapters.evaluation.evaluation_rows import SCHEME, details, sample, term_label
from helpers.study.fits.package_models import PREDICTORS, PackageModels, package_models
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note

SIGNIFICANT = 0.05
TOGETHER = "model=packages_together"
NEEDED = ("norwegian_start", "reduced_work_capacity", "work_home_country", "care")


@exhibit("package_predictors", phrases="n_predictors_by_package n_package_models")
def predictors(desk: Desk) -> Exhibit:
    """Percentage points by which each trait changes the chance of each package, all else equal."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        details(desk, *NEEDED)
        return _rows(package_models(desk.study))

    rows = desk.rows("package_predictors", numbers)
    names = list(dict.fromkeys(keys["package"] for keys in rows["group"].map(group_keys) if "package" in keys))
    heads = [words.text("Trait"), *(package_label(desk, name) for name in names), words.text("All packages, p-value")]
    lines = [
        [term_label(words, term), *(_cell(desk, rows, name, term) for name in names), _p(desk, rows, term)]
        for term in PREDICTORS
    ]
    found = {name: int(lookup(rows, group=_group(name), term="significant_predictors")["value"]) for name in names}
    listed = [
        words.text("{package}: {n}", package=package_label(desk, name), n=words.count(n)) for name, n in found.items()
    ]
    return Exhibit(
        key="package_predictors",
        rows=rows,
        caption=words.text(
            "What goes with getting each package: average change in the probability, in percentage points, from one "
            "logistic model per package. A star marks what can be told apart from no association at the five per cent "
            "level, a dash a trait that nobody with the package has. At the right, the p-value of the trait in one "
            "model of all packages."
        ),
        table=Table(
            [Column(head, numeric=i > 0) for i, head in enumerate(heads)], lines, note=hidden_note(rows, words)
        ),
        phrases={"n_predictors_by_package": words.list(listed), "n_package_models": words.count(_n_together(rows))},
    )


def _rows(models: PackageModels) -> pd.DataFrame:
    frames: list[pd.DataFrame] = []
    for name, fit in models.single.items():
        group = _group(name)
        frames.append(coefficient_rows(fit.terms, fit.n, group))
        frames += [effect_row(str(term), fit.average_effect(str(term)), fit.n, group) for term in fit.design]
        terms = fit.terms.drop(index=CONSTANT)
        told = terms["p_value"] < SIGNIFICANT
        counted: dict[str, Any] = {"term": "significant_predictors", "n": fit.n, "unit": "variables"}
        frames.append(
            pd.DataFrame(
                [
                    row("count", told.sum(), group=group, **counted),
                    row(
                        "count",
                        (told & (terms["coefficient"] > 0)).sum(),
                        group=f"{group};direction=positive",
                        **counted,
                    ),
                ]
            )
        )
    together = [row("p_value", p, group=TOGETHER, term=str(term), n=models.n) for term, p in models.together.items()]
    lacking = [
        row("nobody", 1, group=_group(name), term=term)
        for name, terms in models.nobody.items()
        if name in models.single
        for term in sorted(terms)
    ]
    more = [pd.DataFrame(together), pd.DataFrame(lacking)]
    return pd.concat([*frames, *more], ignore_index=True).assign(scheme=SCHEME, sample=sample("a"))


def _group(name: str) -> str:
    return group_of(model="package", package=name)


def _n_together(rows: pd.DataFrame) -> float:
    """Participants in the model of all packages."""
    return float(rows.loc[rows["group"] == TOGETHER, "n"].iloc[0])


def _cell(desk: Desk, rows: pd.DataFrame, name: str, term: str) -> str:
    own = rows[(rows["group"] == _group(name)) & (rows["term"] == term)]
    if own.empty:
        return ""
    if (own["statistic"] == "nobody").any():
        return "–"
    effect = lookup(own, statistic="average_marginal_effect")
    p = lookup(own, statistic="p_value")["value"]
    return desk.wording.number(effect["value"], 1) + ("*" if p < SIGNIFICANT else "")


def _p(desk: Desk, rows: pd.DataFrame, term: str) -> str:
    return desk.wording.p_value(lookup(rows, group=TOGETHER, term=term)["value"], named=False)
