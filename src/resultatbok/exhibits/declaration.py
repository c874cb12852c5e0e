"""An exhibit declared: its numbers, its drawing or table, its words, each apart from the others.

One is written like this::

    attainment = Figure(
        key="attainment_by_scheme",
        numbers=numbers.attainment_by_scheme,       # study -> ledger rows; words nothing
        chart=shares_chart,                         # page -> drawing
        caption=with_intervals,                     # page -> text; else the chapter's message `<key>.caption`
        alt=shares_alt,
        phrases={"gap_finding": sentences.gap_finding, ("gap", "gap_interval"): sentences.gap},  # page -> text(s)
    )

A page has the released rows, the reader's words and the cohort's settings. It has no study, so nothing that disclosure
control hides can reach a reader by another way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import matplotlib.figure

from resultatbok.charts.theme import NOT_DRAWN, drawing, to_svg
from resultatbok.exhibits.exhibit import Context, Exhibit
from resultatbok.exhibits.messages import Messages
from resultatbok.exhibits.registry import IMPORTED, UndeclaredKey, claim

if TYPE_CHECKING:
    import pandas as pd

    from resultatbok.tables.table import Table as Cells
    from resultatbok.words.wording import Wording


@dataclass(frozen=True)
class Page:
    """What the words, the drawing and the table of an exhibit are made of.

    Attributes:
        rows: The exhibit's released rows; none where it has no numbers.
        words: The reader's language.
        cohort: The cohort's settings.
        questionnaire: The statements of the cohort's survey, which pages print; None without one.
    """

    rows: pd.DataFrame
    words: Wording
    cohort: Any
    questionnaire: pd.DataFrame | None = None


Drawing = matplotlib.figure.Figure
Numbers = Callable[..., "pd.DataFrame"]
Text = str | Callable[[Page], str]
Keys = str | tuple[str, ...]
Phrases = Mapping[Keys, Callable[[Page], str | tuple[str, ...] | Mapping[str, str]]]


@dataclass(frozen=True)
class Sentences:
    """Phrases that belong to no figure or table.

    Attributes:
        key: The name of their rows in the ledger.
        numbers: Makes the rows of a study; none where they rest on the cohort's settings alone.
        phrases: What makes each phrase of the page, or several phrases by key.
    """

    key: str
    phrases: Phrases
    numbers: Numbers | None = None

    def __post_init__(self) -> None:
        claim("", self.phrases)

    def __call__(self, context: Context) -> Mapping[str, str]:
        """The phrases in the reader's language."""
        return phrases_of(self.phrases, _page(context, self))


@dataclass(frozen=True)
class Figure:
    """A figure.

    Attributes:
        key: Its name in the ledger, in labels and in file names.
        chart: Draws its rows.
        caption: Its caption: a message, or made of the page; if not given, the message `<key>.caption` of its chapter.
        alt: What the drawing shows, in words; if not given, `<key>.alt`.
        numbers: Makes its rows of a study.
        decisions: Makes them instead where they were decided and not found, such as who is thought to act on whom.
        phrases: What makes each phrase of the page, or several phrases by key.
        interactive: The chart that the page shows instead where scripts run.
        instead: A table for a page whose rows leave nothing to draw.
        about_released: Whether its numbers are about released rows, whose folder `numbers` then gets too.
    """

    key: str
    chart: Callable[[Page], Drawing]
    caption: Text = ""
    alt: Text = ""
    numbers: Numbers | None = None
    decisions: Callable[[Page], pd.DataFrame] | None = None
    phrases: Phrases = field(default_factory=dict)
    interactive: Callable[[Page], Mapping[str, Any] | None] | None = None
    instead: Callable[[Page], Cells | None] | None = None
    about_released: bool = False

    def __post_init__(self) -> None:
        claim(self.key, self.phrases)

    def __call__(self, context: Context) -> Exhibit:
        """The figure in the reader's language; `without_drawing` only what is said of it."""
        page = _page(context, self)
        table = self.instead(page) if self.instead else None
        drawn = to_svg(self.chart(page)) if drawing() and not table else NOT_DRAWN
        return Exhibit(
            key=self.key,
            rows=page.rows,
            caption=_text(self, "caption", page),
            svg=None if table else drawn,
            alt="" if table else _text(self, "alt", page),
            table=table,
            interactive=self.interactive(page) if self.interactive and drawing() else None,
            phrases=phrases_of(self.phrases, page),
        )


@dataclass(frozen=True)
class Figures:
    """Several figures, as many as the data have.

    Attributes:
        key: What their keys begin with.
        figures: Gives them, from a page without rows.
    """

    key: str
    figures: Callable[[Page], Sequence[Figure]]

    def __post_init__(self) -> None:
        claim(self.key, {})

    def __call__(self, context: Context) -> Sequence[Figure]:
        """The figures."""
        return self.figures(_page(context, self))


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        key: Its name in the ledger, in labels and in file names.
        table: Lays out its rows.
        caption: Its caption: a message, or made of the page; if not given, the message `<key>.caption` of its chapter.
        numbers: Makes its rows of a study.
        decisions: Makes them instead where they were decided and not found, such as a coding table: no control of
            disclosure is for them.
        phrases: What makes each phrase of the page, or several phrases by key.
        about_released: Whether its numbers are about released rows, whose folder `numbers` then gets too.
    """

    key: str
    table: Callable[[Page], Cells]
    caption: Text = ""
    numbers: Numbers | None = None
    decisions: Callable[[Page], pd.DataFrame] | None = None
    phrases: Phrases = field(default_factory=dict)
    about_released: bool = False

    def __post_init__(self) -> None:
        claim(self.key, self.phrases)

    def __call__(self, context: Context) -> Exhibit:
        """The table in the reader's language."""
        page = _page(context, self)
        return Exhibit(
            key=self.key,
            rows=page.rows,
            caption=_text(self, "caption", page),
            table=self.table(page),
            phrases=phrases_of(self.phrases, page),
        )


def _page(context: Context, exhibit: Sentences | Figure | Figures | Table) -> Page:
    """The page of an exhibit, with its released rows or those that were decided."""
    numbers, decisions = (getattr(exhibit, name, None) for name in ("numbers", "decisions"))
    given = (context.study, context.results) if getattr(exhibit, "about_released", False) else (context.study,)
    rows = context.ledger.rows_of(exhibit.key, lambda: numbers(*given)) if numbers else None
    page = Page(cast("pd.DataFrame", rows), context.words, context.study.cohort, context.study.questionnaire)
    return replace(page, rows=decisions(page)) if decisions else page


def _text(exhibit: Figure | Table, part: str, page: Page) -> str:
    text = getattr(exhibit, part) or Messages(IMPORTED.exhibits[exhibit.key].module)[f"{exhibit.key}.{part}"]
    return page.words.text(text) if isinstance(text, str) else text(page)


def phrases_of(phrases: Phrases, page: Page) -> dict[str, str]:
    """The declared phrases of a page, by key; several that are made together have their keys' order or a mapping."""
    made: dict[str, str] = {}
    for keys, make in phrases.items():
        text, declared = make(page), (keys,) if isinstance(keys, str) else keys
        texts = (text,) if isinstance(text, str) else text
        named = dict(zip(declared, texts, strict=True)) if isinstance(texts, tuple) else texts
        if unknown := sorted(set(named) - set(declared)):
            raise UndeclaredKey(f"{', '.join(unknown)}: made with {declared[0]}, and not declared")
        made |= named
    return made
