"""The table of several fresh draws: what share of the compared numbers is inside in each, and on average."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from helpers.fidelity.fresh import Score
from helpers.fidelity.judge import as_records
from helpers.fidelity.report import by_target, findings, tally

OFTEN: Final = 0.5  # what misses in at least this share of the draws are listed
LISTED: Final = 40  # at most so many of them


def seeds_text(scores: Sequence[Score], outcomes: str) -> str:
    """The table as plain text.

    Args:
        scores: One per draw.
        outcomes: How outcomes were drawn, in words.
    """
    lines = [f"{'seed':<8}  compared  inside  {'all':>7}  {'targets':>7}  not targets  findings   ({outcomes})"]
    shares: list[list[float]] = []
    for score in scores:
        tallies = [*by_target(score.judgements), tally("findings", findings(score.judgements))]
        shares.append([t.share for t in tallies])
        everything = tallies[0]
        lines.append(f"{score.seed:<8}  {everything.compared:>8}  {everything.inside:>6}  {_cells(shares[-1])}")
    means = [fmean(column) for column in zip(*shares, strict=True)]
    lines.append(f"{'mean':<8}  {'':>8}  {'':>6}  {_cells(means)}")
    return "\n".join([*lines, "", *_often(scores)]) + "\n"


def seeds_json(scores: Sequence[Score]) -> str:
    """Every verdict of every draw, as a JSON object by seed."""
    return json.dumps({str(s.seed): as_records(s.judgements) for s in scores}, ensure_ascii=False, indent=1) + "\n"


def _often(scores: Sequence[Score]) -> list[str]:
    missed = Counter(j.id for s in scores for j in s.judgements if j.verdict in ("outside", "missing"))
    often = [(id_, n) for id_, n in missed.most_common() if n >= OFTEN * len(scores)]
    if not often:
        return ["Nothing misses in half of the draws"]
    lines = [f"  {id_}: {n} of {len(scores)}" for id_, n in often[:LISTED]]
    more = [f"  and {len(often) - LISTED} more"] if len(often) > LISTED else []
    return ["Numbers and findings that miss in at least half of the draws:", *lines, *more]


def _cells(shares: Sequence[float]) -> str:
    texts = ["" if math.isnan(share) else f"{100 * share:.1f} %" for share in shares]
    return f"{texts[0]:>7}  {texts[1]:>7}  {texts[2]:>11}  {texts[3]:>8}"
