"""How age, years in Norway and duration are spread among each scheme's participants, and which durations are common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.tell import in_words
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.distribution import percentile_lines
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import quantiles_by
from resultatbok.release.ledger import group_keys, group_of, row
from resultatbok.words.wording import Wording

IN_YEARS: Final = ("age", "years_in_norway")
IN_MONTHS: Final = ("duration_months",)
PEAKS_APART: Final = 6  # months: two common durations that lie nearer are one peak
MEDIAN: Final = "percentile=50"


@exhibit("age_and_residence")
def age_and_residence(desk: Desk) -> Exhibit:
    """Percentiles of age and of years in Norway, by scheme."""
    words = desk.wording
    return _spread(
        desk,
        "age_and_residence",
        lambda: pd.concat([percentile_rows(desk, term) for term in IN_YEARS]),
        words.text("Age and years in Norway when leaving the programme."),
        words.text("Years"),
    )


@exhibit("duration", phrases="common_durations_introduction common_durations_jobbsjansen")
def duration(desk: Desk) -> Exhibit:
    """Percentiles of the time in the programme, by scheme, and its most common lengths."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        rows = [percentile_rows(desk, term) for term in IN_MONTHS]
        peaks = [peak_rows(part["duration_months"], scheme) for scheme, part in _by_scheme(desk).items()]
        return pd.concat([*rows, *peaks])

    return _spread(
        desk,
        "duration",
        numbers,
        words.text("Months in the programme."),
        words.text("Months"),
    )


def percentile_rows(desk: Desk, term: str) -> pd.DataFrame:
    """Percentiles of a characteristic by scheme, as ledger rows with the group `percentile=`."""
    level = desk.study.cohort.analysis.confidence_level
    table = quantiles_by(desk.study.complete, term, ["scheme"], level=level)
    return pd.DataFrame(
        {
            "statistic": "percentile",
            "scheme": table["scheme"].astype(str),
            "group": [group_of(percentile=round(100 * p)) for p in table["probability"]],
            "term": term,
            **{name: table[name] for name in ("value", "n", "low", "high")},
        }
    )


def peak_rows(months: pd.Series, scheme: str) -> pd.DataFrame:
    """The most common duration of a scheme, and its two peaks, as ledger rows.

    The peaks are the most common duration and the most common one at least `PEAKS_APART` months from it; they have the
    groups `peak=first` (the shorter one) and `peak=second`.

    Args:
        months: Whole months in the programme.
        scheme: The scheme they are of.
    """
    found = peaks(months)
    named = dict(zip(("peak=first", "peak=second"), sorted(found), strict=False))
    most_common = {"": found[0]} if found else {}
    return pd.DataFrame(
        [
            row(
                "mode",
                value,
                scheme=scheme,
                group=group,
                term="duration_months",
                n=int((months == value).sum()),
                unit="months",
            )
            for group, value in (most_common | named).items()
        ]
    )


def peaks(months: pd.Series) -> list[float]:
    """The most common duration, and the most common one far enough from it if there is any."""
    known = months.dropna()
    if known.empty:
        return []
    first = float(known.mode().iloc[0])
    far = known[(known - first).abs() >= PEAKS_APART]
    return [first] if far.empty else [first, float(far.mode().iloc[0])]


def _by_scheme(desk: Desk) -> dict[str, pd.DataFrame]:
    people = desk.study.complete
    return {scheme: people[people["scheme"] == scheme] for scheme in SCHEMES}


def _spread(desk: Desk, key: str, numbers: Callable[[], pd.DataFrame], caption: str, x_label: str) -> Exhibit:
    words = desk.wording
    rows = desk.rows(key, numbers)
    lines = rows[rows["statistic"] == "percentile"]
    told = lines.assign(
        label=[words.label(term) for term in lines["term"]],
        scheme_label=[words.label(scheme) for scheme in lines["scheme"]],
        percentile=[float(group_keys(group)["percentile"]) for group in lines["group"]],
    )
    figure = percentile_lines(
        told,
        x_label=x_label,
        format=words.number,
        series="scheme",
    )
    medians = told[told["group"] == MEDIAN]
    names = [f"{label}, {scheme}" for label, scheme in zip(medians["label"], medians["scheme_label"], strict=True)]
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption
        + " "
        + words.text(
            "The mark is the median; half of the participants lie within the thick line, and eight of ten within the "
            "thin one."
        ),
        svg=to_svg(figure),
        alt=words.text("Medians. {values}.", values=in_words(names, [words.number(v, 1) for v in medians["value"]])),
        phrases=_phrases(words, rows),
    )


def _phrases(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    """The peaks of each scheme as a list: `24 and 36`."""
    modes = rows[rows["group"].str.startswith("peak=")]
    return {
        f"common_durations_{scheme}": words.list([words.number(v) for v in part["value"]])
        for scheme, part in modes.groupby("scheme", sort=False)
    }
