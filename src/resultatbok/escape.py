"""Text on its way into another language: one function for each, called at the door (docs/decisions/0016).

HTML and its attributes have `html.escape`, templates their `|e`; Typst has pandoc and `quoted` in `filter.lua`; in SVG
letters are outlines.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

_FORMULA: Final = re.compile(r"[=@\t\r]|[-+](?!\d[\d.,]*\Z|\Z)")  # a number with its sign is none
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~$&:=@^%])")


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV in which a spreadsheet finds no formula: text that begins like one begins with an apostrophe."""
    texts = table.select_dtypes(["object", "str"]).map(
        lambda cell: f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
    )
    return table.assign(**texts).to_csv(index=False, lineterminator="\n")


def markdown(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, role, formula or tag is read in it."""
    return _MARKUP.sub(r"\\\1", text)


def json_in_html(text: str) -> str:
    """JSON in a script element of HTML: no tag or comment of the page can begin or end inside it."""
    return text.replace("<", "\\u003c")
