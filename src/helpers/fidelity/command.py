"""What `resultatbok fidelity` does: score the ledger of a built cohort, or registers drawn with other seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from helpers.cohort.settings import Cohort
from helpers.fidelity.check import Yardstick
from helpers.fidelity.fresh import FIRST_SEED, Draw, Score, score_draws
from helpers.fidelity.judge import Judgement
from helpers.fidelity.published import Report
from helpers.fidelity.report import json_text, report_text
from helpers.fidelity.seeds import seeds_json, seeds_text
from resultatbok.release import ledger
from resultatbok.settings import CohortError

LEDGER: Final = Path("results") / "ledger.json"
SAVED: Final = Path("results") / "fidelity"
Say = Callable[[str], None]


def report_of(cohort: Cohort, file: Path) -> Report:
    """The report a cohort is compared with.

    Raises:
        CohortError: It is compared with none.
    """
    if cohort.compare_with == "none":
        raise CohortError(file, ["compare_with: none, so there are no published numbers to hold its numbers against"])
    return cohort.compare_with


def judge_built(report: Report, edition: Path, build_command: str) -> list[Judgement]:
    """Judge the ledger of a built edition.

    Args:
        report: What it is compared with.
        edition: The published folder, `build/<cohort>`.
        build_command: What to run if it is not there.

    Raises:
        FileNotFoundError: The cohort has not been built.
    """
    if not (edition / LEDGER).is_file():
        raise FileNotFoundError(f"{edition.name} has not been built; run `{build_command}` first")
    return Yardstick.of(report).judge(ledger.read(edition / LEDGER))


def save(judgements: Sequence[Judgement], edition: Path, json_file: Path | None, say: Say) -> None:
    """Print the report, and save it with the judgements beside the edition's results."""
    text, records = report_text(judgements), json_text(judgements)
    say(text)
    saved = edition / SAVED
    saved.with_suffix(".txt").write_text(report_text(judgements, worst=len(judgements)), encoding="utf-8")
    for file in filter(None, (saved.with_suffix(".json"), json_file)):
        file.write_text(records, encoding="utf-8")
    say(f"Saved {edition.name}/{SAVED}.txt and .json")


def judge_seeds(draw: Draw, n_seeds: int, jobs: int, json_file: Path | None, say: Say) -> None:
    """Score fresh seeds and print the table of them.

    Args:
        draw: What to draw; its seed is the first, the others follow.
        n_seeds: How many.
        jobs: How many at once.
        json_file: Where to save the verdicts of every seed, if wanted.
        say: Called with each text.
    """
    draws = [replace(draw, seed=draw.seed + i) for i in range(n_seeds)]
    scores: list[Score] = []
    for score in score_draws(draws, jobs):
        scores.append(score)
        say(f"seed {score.seed} scored ({len(scores)} of {n_seeds})")
        for name, reason in score.failures.items():
            say(f"  {name} failed, its numbers are missing: {reason}")
    say(seeds_text(scores, "balanced to the published totals" if draw.balanced else "plain random outcomes"))
    if json_file:
        json_file.write_text(seeds_json(scores), encoding="utf-8")


__all__ = ["FIRST_SEED", "judge_built", "judge_seeds", "report_of", "save"]
