"""Who of each package left for primary education for adults, which is not the goal (prose of figure 7.1)."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.tell import inside_sentence
from resultatbok.exhibits.exhibit import Desk
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import group_of
from resultatbok.release.rounding import STATISTIC, to_be_rounded
from resultatbok.words.wording import Wording

TERM = "started_adult_primary_after"
REASON = "adult_primary"


def adult_primary_rows(desk: Desk, sample: str) -> pd.DataFrame:
    """Ledger rows with each package's share and that of all, told rounded; none if no reason for leaving is known."""
    reasons = desk.study.registers.jobbsjansen_details["exit_reason"].dropna()
    labels = desk.study.packages.labels.reindex(reasons.index).dropna()
    if labels.empty:
        return pd.DataFrame()
    went = (reasons[labels.index] == REASON).astype(float)
    data = pd.DataFrame({"went": went, "package": labels})
    level = desk.study.cohort.analysis.confidence_level
    each = share_by(data, "went", ["package"], level=level)
    groups = each["package"].map(lambda name: group_of(package=name))
    frames = [
        share_rows(share_by(data, "went", level=level), "jobbsjansen", "", TERM, sample=sample),
        share_rows(each, "jobbsjansen", groups, TERM, sample=sample),
    ]
    return to_be_rounded(pd.concat(frames, ignore_index=True))


def adult_primary_finding(words: Wording, rows: pd.DataFrame) -> str:
    """In which package most left for primary education for adults, as a sentence.

    Args:
        words: The reader's language.
        rows: Those of `adult_primary_rows` as the ledger tells them, with the packages' `label`.
    """
    told = rows[(rows["statistic"] == STATISTIC) & (rows["term"] == TERM)].dropna(subset=["value"])
    everyone, each = told[told["group"] == ""], told[told["group"] != ""]
    if everyone.empty or each.empty:
        return words.text("How many left for primary education for adults, which is not the goal, cannot be shown.")
    most = each.sort_values("value").iloc[-1]
    if most["value"] <= everyone["value"].iloc[0]:
        return words.text("In no package did more than others leave for primary education for adults.")
    return words.text(
        "Leaving for primary education for adults does not count as reaching the goal: about {share} of those whose "
        "package was {package} did so, and about {everyone} of all.",
        share=words.percent(most["value"]),
        package=inside_sentence(str(most["label"])),
        everyone=words.percent(everyone["value"].iloc[0]),
    )
