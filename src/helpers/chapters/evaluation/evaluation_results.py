"""Exhibits of the evaluation's results: why participants left, and how many reached the goal each year."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.tell import inside_sentence, intervals_note, told_apart
from helpers.chapters.evaluation.evaluation_charts import parts_compared
from helpers.chapters.evaluation.evaluation_rows import SCHEME, count_of, details, level, parts_in, sample
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.intervals import share_difference
from resultatbok.methods.shares import composition, share_by
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

OUTCOMES = {
    "goal_attainment": "goal_attained",
    "transition_to_work": "work",
    "transition_to_education": "education",
}
"""Term of the ledger, and the 0/1 column that holds it."""


@exhibit("evaluation_exits", phrases="exit_year")
def exit_reasons(desk: Desk) -> Exhibit:
    """Main reason for leaving in the last year of the cohort, by part."""
    words, year = desk.wording, desk.study.cohort.years.last
    rows = desk.rows("evaluation_exits", lambda: _exit_rows(desk, year))
    shares = rows[rows["statistic"] == "share"]
    reasons = {g: words.label(group_of(main_exit_reason=group_keys(g)["main_exit_reason"])) for g in shares["group"]}
    svg, alt = parts_compared(desk, shares, labels=pd.Series(reasons))
    return Exhibit(
        key="evaluation_exits",
        rows=rows,
        caption=words.text("Main reason for leaving in {year}, by part.", year=str(year)) + " " + intervals_note(desk),
        svg=svg,
        alt=alt,
        phrases={"exit_year": str(year)},
    )


def _exit_rows(desk: Desk, year: int) -> pd.DataFrame:
    left = _left(desk, "exit_reason")
    left = left[left["year"] == year]
    frames = []
    for part in parts_in(left):
        own = left[left["part"] == part]
        shares = composition(own, "exit_reason", level=level(desk))
        groups = pd.Series([group_of(year=year, main_exit_reason=reason) for reason in shares["exit_reason"]])
        frames.append(share_rows(shares, SCHEME, groups, "participant_share", sample=sample(part)))
        frames.append(count_of(len(own), part=part, term="discharged", group={"year": str(year)}))
    return pd.concat(frames, ignore_index=True)


@exhibit("evaluation_results", phrases="evaluation_goal evaluation_change")
def results_by_year(desk: Desk) -> Exhibit:
    """Goal attainment and transitions by year, part A; part C beside it."""
    words = desk.wording
    rows = desk.rows("evaluation_results", lambda: _result_rows(desk))
    shares = rows[rows["statistic"] == "share"]
    last = desk.study.cohort.years.last
    goal = lookup(shares, group=group_of(year=last), term="goal_attainment", sample=sample("a"))
    change = rows[rows["statistic"] == "difference_pp"]
    return Exhibit(
        key="evaluation_results",
        rows=rows,
        caption=words.text("Share of those who left that reached the goal, by year and part.")
        + " "
        + words.text("So many left: {sizes}.", sizes=_sizes(words, shares)),
        table=from_rows(
            shares,
            words,
            index=("sample", "term"),
            columns="group",
            cell="percent",
            headers={"sample": words.text("Part"), "term": words.text("Result")},
        ),
        phrases={
            "evaluation_goal": words.percent(goal["value"]),
            "evaluation_change": change_finding(words, None if change.empty else change.iloc[0]),
        },
    )


def _result_rows(desk: Desk) -> pd.DataFrame:
    left = _left(desk)
    frames = []
    for part in parts_in(left):
        own = left[left["part"] == part]
        for term, column in OUTCOMES.items():
            shares = share_by(own, column, ["year"], level=level(desk))
            groups = pd.Series([group_of(year=int(year)) for year in shares["year"]], index=shares.index)
            frames.append(share_rows(shares, SCHEME, groups, term, sample=sample(part)))
    frames.append(_change(desk, left))
    return pd.concat(frames, ignore_index=True)


def _sizes(words: Wording, shares: pd.DataFrame) -> str:
    """How many each year and part has, in the order of the rows."""
    goal = shares[(shares["term"] == "goal_attainment") & shares["n"].notna()]
    return "; ".join(
        words.text(
            "{n} from {part} in {year}",
            n=words.count(entry["n"]),
            part=inside_sentence(words.label(entry["sample"])),
            year=group_keys(entry["group"])["year"],
        )
        for _, entry in goal.iterrows()
    )


def change_finding(words: Wording, change: pd.Series | None) -> str:
    """Whether goal attainment rose or fell from the first year to the last.

    Args:
        words: The reader's language.
        change: The difference in percentage points with its interval; None for a cohort of one year.
    """
    if change is None:
        return words.text("The cohort has one year, so no change can be told.")
    size = words.points(abs(change["value"]) / 100)
    message = {
        "above": words.text("Goal attainment rose by {size} from the first year to the last.", size=size),
        "below": words.text("Goal attainment fell by {size} from the first year to the last.", size=size),
        "not_distinguishable": words.text(
            "The change from the first year to the last, {size}, cannot be told apart from chance.", size=size
        ),
    }
    return message[told_apart(change)]


def _change(desk: Desk, left: pd.DataFrame) -> pd.DataFrame:
    """Goal attainment of part A in the last year minus that in the first, in percentage points."""
    years = desk.study.cohort.years
    if years.first == years.last:
        return pd.DataFrame()
    own = left[(left["part"] == "a") & left["goal_attained"].notna()]
    later, earlier = (own.loc[own["year"] == year, "goal_attained"] for year in (years.last, years.first))
    found = share_difference(later.sum(), len(later), earlier.sum(), len(earlier), level(desk))
    keys = {"scheme": SCHEME, "term": "goal_attainment", "sample": sample("a"), "unit": "percentage points"}
    return pd.DataFrame(
        [
            row(
                "difference_pp",
                100 * found.value,
                group=group_of(years=f"{years.last}_minus_{years.first}"),
                n=min(len(later), len(earlier)),
                std_error=100 * found.std_error,
                low=100 * found.low,
                high=100 * found.high,
                **keys,
            )
        ]
    )


def _left(desk: Desk, *needed: str) -> pd.DataFrame:
    """Everybody who left, with the transitions as 0/1 columns."""
    data = details(desk, *needed)
    left = data[data["status"] == "left"]
    known = left["transition"].notna()
    transitions = {name: (left["transition"] == name).astype(float).where(known) for name in ("work", "education")}
    return left.assign(**transitions)
