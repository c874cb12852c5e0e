"""What an exhibit is: the numbers of one figure or table, and all that is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pandas as pd

if TYPE_CHECKING:
    from resultatbok.tables.table import Table
    from resultatbok.words.wording import Wording


class RowSource(Protocol):
    """Gives an exhibit's rows as they may be shown: by making and controlling them, or from what was released."""

    def rows_of(self, exhibit: str, numbers: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The rows that may be shown.

        Args:
            exhibit: Name of the figure or table.
            numbers: Makes its true rows; knows no language and draws nothing.
        """


@dataclass(frozen=True)
class Context:
    """What a declaration is called with.

    Attributes:
        study: Data and fits, for numbers functions; the rest gets the cohort's settings of it only.
        ledger: Where its rows come from.
        words: The reader's language.
        results: In a build, the folder with the rows that the chapters have written so far.
    """

    study: Any
    ledger: RowSource
    words: Wording
    results: Path | None = None


@dataclass(frozen=True)
class Exhibit:
    """One figure or table, ready to be shown.

    Attributes:
        key: Its name in the ledger, in labels (`fig-`, `tab-`) and in file names; lower case with underscores.
        rows: The ledger rows it shows, after disclosure control.
        caption: Caption in the reader's language.
        svg: The drawing, for a figure.
        alt: What the drawing shows, in words with numbers, for a figure.
        table: The table, for a table.
        interactive: For a figure, a Vega-Lite specification of the chart that the page shows instead where scripts
            run; made of the same rows, without what is suppressed.
        phrases: Formatted numbers and generated sentences for the prose, by glue key.
    """

    key: str
    rows: pd.DataFrame
    caption: str
    svg: str | None = None
    alt: str = ""
    table: Table | None = None
    interactive: Mapping[str, Any] | None = None
    phrases: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.svg is None) == (self.table is None):
            raise ValueError(f"{self.key}: an exhibit is either a figure or a table")
        if self.svg is not None and not self.alt.strip():
            raise ValueError(f"{self.key}: a figure needs alt text")
        if self.interactive is not None and self.svg is None:
            raise ValueError(f"{self.key}: an interactive chart needs a drawing that it stands for")
        if not self.caption.strip():
            raise ValueError(f"{self.key}: an exhibit needs a caption")

    @property
    def kind(self) -> Literal["figure", "table"]:
        """Whether this is a figure or a table."""
        return "figure" if self.svg is not None else "table"
