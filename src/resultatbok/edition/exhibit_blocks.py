"""Exhibits in executed notebooks, and the book's block for each: figure or table, number, caption and its data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

import nbformat

from resultatbok.limits import unfit
from resultatbok.project import Language

EXHIBIT_MIME = "application/vnd.resultatbok.exhibit+json"
ASSETS = "assets"
_KEY = re.compile(r"^[a-z0-9]+([_-][a-z0-9]+)*$")
_SPACES = re.compile(r"[ \t\r\n]+")  # not the no-break space, which keeps a number and its unit together
_CAPTION = re.compile(r"<caption\b.*?</caption>\s*", re.DOTALL)


class ExhibitError(Exception):
    """An exhibit cannot be shown; the message says which and why."""


@dataclass(frozen=True)
class ExhibitOutput:
    """A figure or table as a notebook displayed it.

    Attributes:
        body: The drawing as SVG, or the table as HTML without its caption.
        csv_text: Its numbers.
        spec: The specification of the interactive chart as JSON, if it has one.
    """

    kind: Literal["figure", "table"]
    key: str
    caption: str
    alt: str
    body: str
    csv_name: str
    csv_text: str
    spec: str | None = None

    @property
    def label(self) -> str:
        """The label that text refers to it by, such as `fig-goal-attainment` for `goal_attainment`."""
        return f"{'fig' if self.kind == 'figure' else 'tab'}-{self.key.replace('_', '-')}"

    @property
    def asset(self) -> str:
        """Where its body is stored, from the top of the staged folder."""
        return f"{ASSETS}/{self.key}.{'svg' if self.kind == 'figure' else 'html'}"

    @property
    def spec_asset(self) -> str:
        """Where the specification of its interactive chart is stored."""
        return f"{ASSETS}/{self.key}.json"

    def block(self) -> str:
        """The MyST directive that shows it."""
        options = {
            "name": self.label,
            "body": self.asset,
            "alt": self.alt,
            "csv": f"data/{self.csv_name}",
            "caption": self.caption,
        } | ({"spec": self.spec_asset} if self.spec else {})
        # JSON strings are YAML strings, so that a colon or a quote in a caption stays text
        lines = [f":{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in options.items()]
        return "\n".join([f"```{{exhibit}} {self.kind}", *lines, "```"])

    def files(self) -> dict[str, str]:
        """Its body, and the specification of its interactive chart, by their place below the staged folder."""
        return {self.asset: self.body} | ({self.spec_asset: self.spec} if self.spec else {})


def read_exhibit(output: nbformat.NotebookNode, language: Language = "en") -> ExhibitOutput | None:
    """The exhibit in a cell's output, or None when the output is something else.

    Args:
        output: An output of an executed notebook.
        language: Whose words are wanted of those that the output holds.

    Raises:
        ExhibitError: The exhibit lacks a part that the book needs.
    """
    data = output.get("data", {})
    if EXHIBIT_MIME not in data:
        return None
    content: dict[str, Any] = dict(data[EXHIBIT_MIME])
    content |= content.pop("languages", {}).get(language, {})
    key = str(content.get("key", ""))
    if not _KEY.match(key):
        raise ExhibitError(f"exhibit key {key!r}: expected lower-case words joined by _ or -")
    kind = content.get("kind")
    if kind not in ("figure", "table"):
        raise ExhibitError(f"exhibit {key}: kind is {kind!r}, expected figure or table")
    for part in ("caption", "csv_text") + (("alt", "svg") if kind == "figure" else ()):
        if not str(content.get(part) or "").strip():
            raise ExhibitError(f"exhibit {key}: {part} is empty")
    body = content["svg"] if kind == "figure" else _table_html(key, content, data)
    for part, text in (("caption", content["caption"]), ("alt", content.get("alt") or ""), ("body", body)):
        if sign := unfit(text):
            raise ExhibitError(f"exhibit {key}: {part} holds the sign U+{ord(sign):04X}, which no page can show")
    return ExhibitOutput(
        kind=kind,
        key=key,
        caption=_one_line(content["caption"]),
        alt=_one_line(str(content.get("alt") or "")),
        body=body,
        csv_name=str(content.get("csv") or f"{key}.csv"),
        csv_text=content["csv_text"],
        spec=_json(content.get("interactive")),
    )


def _table_html(key: str, content: dict[str, Any], data: dict[str, Any]) -> str:
    """The table as HTML, with its note but without its caption, which the book numbers and sets itself."""
    text = content.get("html") or data.get("text/html") or ""
    start = text.find("<table")
    if start < 0:
        raise ExhibitError(f"exhibit {key}: no HTML table beside it (text/html)")
    return _CAPTION.sub("", text[start:])


def _json(spec: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """A specification as JSON that is the same whenever the specification is."""
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if spec else None


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
