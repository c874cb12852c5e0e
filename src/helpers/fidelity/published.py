"""The published numbers of a report, read in one form whichever report they come from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Report = Literal["report_2022", "evaluation_2019"]

FOLDER: Final = Path("data/published")
CROSSWALKS: Final[dict[Report, str]] = {
    "report_2022": "crosswalk_2022.csv",
    "evaluation_2019": "crosswalk_2019.csv",
}
TOKENS: Final = ("approx", "lower_bound", "upper_bound")
"""Words in a published row's note that change how exactly it can be meant."""


@dataclass(frozen=True)
class Published:
    """One printed number.

    Attributes:
        id: Its key in the published file.
        exhibit: The figure, table or prose it stands in.
        statistic: What it is: `share`, `coefficient`, `count` and so on.
        scheme: `introduction`, `jobbsjansen` or `both`.
        group: The group as in the ledger, `key=value` joined by `;`. In the 2019 file a bare word.
        term: The model's variable, or the variable measured.
        sample: Which people, municipalities or projects it describes.
        value: The number, in the units printed (shares as fractions, `difference_pp` in points).
        decimals: Decimals printed, as the value is written.
        tokens: Which of `TOKENS` the note has.
        scale: `2022` or `2019`: the two reports give stars for different levels.
    """

    id: str
    exhibit: str
    statistic: str
    scheme: str
    group: str
    term: str
    sample: str
    value: float
    decimals: int
    tokens: frozenset[str] = frozenset()
    scale: Literal["2022", "2019"] = "2022"

    @property
    def rounding(self) -> float:
        """Half of the last printed digit: what rounding alone can have changed."""
        return 0.5 * 10.0**-self.decimals


def read_published(report: Report, root: Path) -> list[Published]:
    """Every number of a report, in the file's order.

    Args:
        report: Which report.
        root: The project's root folder.

    Raises:
        FileNotFoundError: The published file is not there.
    """
    lines = read_lines(root / FOLDER / f"{report}.csv")
    if report == "evaluation_2019":
        lines = [line | {"scheme": "jobbsjansen", "sample": line["part"] and f"part_{line['part']}"} for line in lines]
    scale: Literal["2022", "2019"] = "2019" if report == "evaluation_2019" else "2022"
    return [_published(line, scale) for line in lines]


def read_lines(file: Path) -> list[dict[str, str]]:
    """The lines of a CSV file with a header, all cells as text."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _published(row: dict[str, str], scale: Literal["2022", "2019"]) -> Published:
    tokens = {part.strip() for part in row["note"].split(";")}
    return Published(
        id=row["id"],
        exhibit=row["exhibit"],
        statistic=row["statistic"],
        scheme=row["scheme"] or "both",
        group=row["group"],
        term=row["term"],
        sample=row["sample"],
        value=float(row["value"]),
        decimals=int(row["decimals"]),
        tokens=frozenset(tokens & set(TOKENS)),
        scale=scale,
    )
