"""A project with three small pages, for tests of the whole way from notebook to book without any register."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import registers
from resultatbok.edition import build as build_module
from resultatbok.edition.provenance import Provenance

REPOSITORY = Path(__file__).parents[3]
MADE_FROM = Provenance("1.0", "0123abcd", "4567efab")  # the same while the project's code changes under the tests

TOC = """\
format: jb-book
root: book/index
options:
  numbered: true
chapters:
  - file: book/first
  - file: book/second
"""

COHORT = """\
name: tiny
title: { en: "Do small things matter? A tiny book 2018", nb: "Betyr små ting noe? En liten bok 2018" }
synthetic: true
years: { first: 2018, last: 2018 }
languages: [en]
sources:
  nir: data/nir.csv.gz
  jobbsjansen: data/jobbsjansen.sav
  municipalities: data/municipalities.csv
  municipal_statistics: data/statistics
  kostra: data/kostra.json
  accounts: data/accounts.xlsx
"""

INDEX = """\
(page-index)=
# About this book

A **short** introduction with a list:

- one item with a [link to the second chapter](#page-second),
- a reference to {numref}`fig-share-by-scheme`.
"""

PARAMETERS = 'cohort = "cohorts/tiny.yml"\nlanguages = "en"\nresults = ""'

SETUP = """\
from pathlib import Path
from IPython.display import display

SVG = Path("book/drawing.svg").read_text()
TABLE = Path("book/table.html").read_text()
PHRASES = "application/vnd.resultatbok.phrases+json"

def tell(**phrases):
    display({PHRASES: {key: dict.fromkeys(languages.split(), text) for key, text in phrases.items()}}, raw=True)

def show(kind, key, caption, alt="", interactive=None):
    words = {"caption": caption, "alt": alt, "svg": SVG if kind == "figure" else None, "interactive": interactive}
    content = {"kind": kind, "key": key, "csv": f"{key}.csv", "csv_text": "group,value\\nmen,0.42\\n",
               "languages": dict.fromkeys(languages.split(), words)}
    shown = {"application/vnd.resultatbok.exhibit+json": content, "text/plain": caption}
    display(shown | ({"text/html": TABLE} if kind == "table" else {"image/svg+xml": SVG}), raw=True)
"""

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="432pt" height="216pt" viewBox="0 0 432 216">
<rect x="40" y="20" width="120" height="160" fill="#123c56"/>
<rect x="200" y="80" width="120" height="100" fill="#d08a1d"/>
<path d="M30 180h360" stroke="#333"/></svg>
"""

TABLE = """\
<table class="resultatbok-table"><caption>dropped</caption><thead><tr><th scope="col">Group</th>{heads}</tr></thead>
<tbody><tr class="group-row"><th scope="colgroup" colspan="9">All of them</th></tr>{rows}</tbody></table>
<p class="table-note">A note under the table.</p>
"""

CHART = {
    "data": {"values": [{"group": "men <b>", "value": 0.42}, {"group": "women", "value": 0.3}]},
    "params": [{"name": "least", "value": 0, "bind": {"input": "range", "min": 0, "max": 1, "name": "At least "}}],
    "transform": [{"filter": "datum.value >= least"}],
    "mark": {"type": "bar", "tooltip": True},
    "encoding": {"x": {"field": "value", "type": "quantitative"}, "y": {"field": "group", "type": "nominal"}},
    "width": "container",
    "autosize": {"type": "fit-x", "contains": "padding"},
    "height": 120,
    "config": {"aria": False},
}

FIRST = [
    (
        "markdown",
        "(page-first)=\n# First chapter\n\nThe share is {glue:text}`share`, or {glue:text}`raw_share` exactly.",
    ),
    ("parameters", PARAMETERS),
    ("code", SETUP),
    ("code", 'tell(share="73\\u00a0%", raw_share="0.10")'),
    ("markdown", "(first-figures)=\n## Figures\n\nSee {numref}`fig-share-by-scheme` and {numref}`tab-counts`."),
    ("code", 'show("figure", "share_by_scheme", "Share: who attained the goal", "Two bars, 42 and \\"30\\" %")'),
    ("nbval-check-output", 'print("checked: 0.42")'),
    ("code", 'show("table", "counts", "Counts by group")'),
    ("code", 'print("a line of text")'),
]

SECOND = [
    (
        "markdown",
        "(page-second)=\n# Second chapter\n\nBack in {ref}`first-figures` the share was "
        "{glue:text}`first.ipynb::share`. A formula $p = \\frac{1}{1 + e^{-x}}$ and a displayed one:\n\n"
        "$$\\log \\frac{p}{1-p} = \\beta_0 + \\sum_{k} \\beta_k x_k$$\n\n"
        "```{note}\nA remark with *emphasis*.\n```\n\n| Term | Meaning |\n|---|---|\n| share | part of the whole |\n",
    ),
    ("parameters", PARAMETERS),
    ("code", SETUP),
    ("code", 'show("figure", "again", "Another drawing", "Two bars again", interactive=' + repr(CHART) + ")"),
]


def notebook(cells: list[tuple[str, str]]) -> nbformat.NotebookNode:
    """A notebook from (kind, source) pairs; a kind other than markdown and code is a code cell with that tag."""
    made = []
    for kind, source in cells:
        if kind == "markdown":
            made.append(new_markdown_cell(source))
        else:
            made.append(new_code_cell(source, metadata={} if kind == "code" else {"tags": [kind]}))
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=made, metadata=metadata)


def table_html(columns: int, rows: int) -> str:
    heads = "".join(f'<th scope="col">Column {n}</th>' for n in range(1, columns))
    line = "".join(f'<td class="numeric">{n}.5</td>' for n in range(1, columns))
    body = "".join(f'<tr><th scope="row">Row {n}</th>{line}</tr>' for n in range(rows))
    return TABLE.format(heads=heads, rows=body)


def make_project(root: Path, first: list[tuple[str, str]] = FIRST, second: list[tuple[str, str]] = SECOND) -> Path:
    """Write the project and return its root folder."""
    (root / "cohorts").mkdir(parents=True)
    (root / "book").mkdir()
    (root / "cohorts" / "tiny.yml").write_text(COHORT)
    (root / "_toc.yml").write_text(TOC)
    shutil.copy(REPOSITORY / "_config.yml", root)
    (root / "book" / "index.md").write_text(INDEX)
    (root / "book" / "drawing.svg").write_text(SVG)
    (root / "book" / "table.html").write_text(table_html(9, 80))
    nbformat.write(notebook(first), root / "book" / "first.ipynb")
    nbformat.write(notebook(second), root / "book" / "second.ipynb")
    return root


def prepare(patch: pytest.MonkeyPatch) -> None:
    """The tiny project has no register files, and a fixed fingerprint."""
    patch.setattr(
        registers, "load", lambda cohort: SimpleNamespace(notes=("a remark",), studies=SimpleNamespace(survey=None))
    )
    patch.setattr(build_module, "provenance", lambda *arguments: MADE_FROM)
    patch.setattr(build_module, "inputs_stamp", lambda *arguments: "stamp")
