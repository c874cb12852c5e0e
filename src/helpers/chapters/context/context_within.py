"""The municipality held equal: both schemes in one place, and introduction programmes beside Jobbsjansen."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import in_words, intervals_note, told_apart
from helpers.study.fits.municipal_comparison import (
    BESIDE,
    beside_jobbsjansen,
    municipalities_with_both,
    within_municipality,
)
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.intervals import Difference, share_difference
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import lookup, row
from resultatbok.words.wording import Wording


@exhibit("within_municipality", phrases="n_municipalities_both within_finding")
def within_comparison(desk: Desk) -> Exhibit:
    """Jobbsjansen minus the introduction programme, in all municipalities and within those that run both."""
    words = desk.wording
    rows = desk.rows("within_municipality", lambda: _within_rows(desk.study))
    gaps = rows[rows["statistic"] == "difference_pp"]
    figure, listed = _forest(
        desk, gaps, _comparison_labels(words), words.text("Jobbsjansen minus the introduction programme, points")
    )
    n = lookup(rows, statistic="count", term="municipalities_with_both_schemes")["value"]
    return Exhibit(
        key="within_municipality",
        rows=rows,
        caption=words.text(
            "Difference in goal attainment between the schemes, in all municipalities and within municipalities that "
            "run both; as measured, and with the participants' characteristics and measures held equal."
        )
        + " "
        + intervals_note(desk),
        svg=figure,
        alt=words.text("Difference in percentage points. {values}.", values=listed),
        phrases={
            "n_municipalities_both": words.count(n),
            "within_finding": within_finding(words, gaps),
        },
    )


@exhibit("beside_jobbsjansen", phrases="beside_yes beside_no beside_finding")
def beside_comparison(desk: Desk) -> Exhibit:
    """Introduction programmes in municipalities with Jobbsjansen, compared with those without."""
    words = desk.wording
    rows = desk.rows("beside_jobbsjansen", lambda: _beside_rows(desk.study))
    gaps = rows[rows["statistic"] == "difference_pp"]
    labels = {
        "comparison=as_measured": words.text("As measured"),
        "comparison=held_equal": words.text("Participants, measures and municipal context held equal"),
    }
    figure, listed = _forest(desk, gaps, labels, words.text("With Jobbsjansen minus without, percentage points"))
    return Exhibit(
        key="beside_jobbsjansen",
        rows=rows,
        caption=words.text(
            "Goal attainment of introduction programmes in municipalities that also have Jobbsjansen, minus that of "
            "the others."
        )
        + " "
        + intervals_note(desk),
        svg=figure,
        alt=words.text("Difference in percentage points. {values}.", values=listed),
        phrases={f"beside_{place}": _share(words, rows, place) for place in ("yes", "no")}
        | {"beside_finding": beside_finding(words, gaps)},
    )


def within_finding(words: Wording, gaps: pd.DataFrame) -> str:
    """What the comparison within municipalities says, with all held equal, as a sentence that follows the numbers."""
    found = gaps[gaps["group"] == "comparison=within_held_equal"]
    if found.empty or found["suppressed"].any():
        return words.text("There are too few municipalities with both schemes to compare within them.")
    entry = found.iloc[0]
    values = _size_and_interval(words, entry)
    messages = {
        "above": words.text(
            "Within the same municipality, and with characteristics and measures held equal, Jobbsjansen's "
            "participants reach the goal more often: {size} ({interval}).",
            **values,
        ),
        "below": words.text(
            "Within the same municipality, and with characteristics and measures held equal, Jobbsjansen's "
            "participants reach the goal less often: {size} ({interval}).",
            **values,
        ),
        "not_distinguishable": words.text(
            "Within the same municipality, and with characteristics and measures held equal, the two schemes cannot be "
            "told apart ({interval} percentage points).",
            **values,
        ),
    }
    return messages[told_apart(entry)]


def beside_finding(words: Wording, gaps: pd.DataFrame) -> str:
    """Whether introduction programmes do better beside Jobbsjansen, as a sentence that follows the numbers."""
    found = gaps[gaps["group"] == "comparison=held_equal"]
    if found.empty:
        return words.text("With what else differs held equal, there are too few to compare.")
    entry = found.iloc[0]
    values = _size_and_interval(words, entry)
    messages = {
        "above": words.text(
            "Introduction programmes do better where the municipality also has Jobbsjansen: {size} with participants, "
            "measures and context held equal ({interval}).",
            **values,
        ),
        "below": words.text(
            "Introduction programmes do worse where the municipality also has Jobbsjansen: {size} with participants, "
            "measures and context held equal ({interval}).",
            **values,
        ),
        "not_distinguishable": words.text(
            "With participants, measures and context held equal, introduction programmes in municipalities with "
            "Jobbsjansen cannot be told apart from the others ({interval} percentage points).",
            **values,
        ),
    }
    return messages[told_apart(entry)]


def _share(words: Wording, rows: pd.DataFrame, place: str) -> str:
    found = rows[rows["group"] == f"jobbsjansen_in_municipality={place}"]
    if found.empty or found["suppressed"].any():
        return words.text("a share that is not shown")
    return words.percent(found["value"].iloc[0])


def _size_and_interval(words: Wording, entry: pd.Series) -> dict[str, str]:
    return {
        "size": words.points(abs(entry["value"]) / 100),
        "interval": words.interval(entry["low"] / 100, entry["high"] / 100, "points"),
    }


def _comparison_labels(words: Wording) -> dict[str, str]:
    return {
        "comparison=all_as_measured": words.text("All municipalities, as measured"),
        "comparison=all_held_equal": words.text("All municipalities, held equal"),
        "comparison=within_as_measured": words.text("Same municipality, as measured"),
        "comparison=within_held_equal": words.text("Same municipality, held equal"),
    }


def _forest(desk: Desk, gaps: pd.DataFrame, labels: dict[str, str], x_label: str) -> tuple[str, str]:
    """The drawing of differences in points, and the same in words."""
    words = desk.wording
    told = gaps.set_index("group")[["value", "low", "high"]].reindex(list(labels))  # a colon where there is no number
    told = told.assign(label=list(labels.values()), text=[words.number(v, 1) for v in told["value"]])
    figure = interval_plot(
        told,
        value_text="text",
        x_label=x_label,
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
    )
    points = [words.signed_points(value / 100, 1) for value in told["value"]]
    return to_svg(figure), in_words(told["label"], points)


def _within_rows(study: Study) -> pd.DataFrame:
    level, individual = study.cohort.analysis.confidence_level, study.individual_model_by_project
    table = share_by(study.complete, OUTCOME, ["scheme"], level=level)
    raw = _raw_gap(_parts(table, "scheme"), "jobbsjansen", "introduction", level)
    smaller = int(table["n"].min())
    rows = [
        _gap_row("all_as_measured", raw, smaller),
        _gap_row("all_held_equal", individual.average_effect("scheme"), smaller),
        *(
            _gap_row(f"within_{name}", estimate.difference, estimate.n_treated)
            for name, estimate in within_municipality(study).items()
        ),
        row(
            "count",
            municipalities_with_both(study),
            term="municipalities_with_both_schemes",
            unit="municipalities",
        ),
    ]
    return pd.DataFrame(rows)


def _beside_rows(study: Study) -> pd.DataFrame:
    comparison, level = beside_jobbsjansen(study), study.cohort.analysis.confidence_level
    table = share_by(comparison.participants, OUTCOME, [BESIDE], level=level)
    parts = _parts(table, BESIDE)
    shares = [
        row(
            "share",
            parts[value]["value"],
            scheme="introduction",
            group=f"jobbsjansen_in_municipality={name}",
            term="goal_attainment",
            n=parts[value]["n"],
            low=parts[value]["low"],
            high=parts[value]["high"],
            unit="fraction",
        )
        for name, value in (("yes", 1.0), ("no", 0.0))
        if value in parts
    ]
    if len(parts) < 2:
        return pd.DataFrame(shares)
    raw = _raw_gap(parts, 1.0, 0.0, level)
    smaller = int(table["n"].min())
    gaps = [_gap_row("as_measured", raw, smaller, scheme="introduction")]
    if comparison.effect is not None:
        gaps.append(_gap_row("held_equal", comparison.effect, smaller, scheme="introduction"))
    return pd.DataFrame([*shares, *gaps])


def _parts(table: pd.DataFrame, column: str) -> dict[object, dict[str, float]]:
    """Lines of `share_by` by the value of the column they are shares by."""
    numbers = table[["value", "count", "n", "low", "high"]].astype(float).to_dict("records")
    return {value: {str(k): v for k, v in line.items()} for value, line in zip(table[column], numbers, strict=True)}


def _raw_gap(parts: dict[object, dict[str, float]], first: object, second: object, level: float) -> Difference:
    one, other = parts[first], parts[second]
    return share_difference(one["count"], one["n"], other["count"], other["n"], level)


def _gap_row(name: str, gap: Difference, n: int, scheme: str = "both") -> dict[str, object]:
    return row(
        "difference_pp",
        100 * gap.value,
        scheme=scheme,
        group=f"comparison={name}",
        term="goal_attainment",
        n=n,
        std_error=100 * gap.std_error,
        low=100 * gap.low,
        high=100 * gap.high,
        unit="percentage points",
    )
