"""Scoring registers that are drawn anew: with another seed, with plain random outcomes, with frozen parameters."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import warnings
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.cohort.settings import Cohort, Sources
from helpers.fidelity.check import Yardstick
from helpers.fidelity.exhibit_rows import Rows, rows_of
from helpers.fidelity.judge import Judgement
from helpers.fidelity.published import Report
from helpers.study.study import Study
from resultatbok.edition.cache import CACHE_FOLDER, CODE_ENDINGS
from resultatbok.edition.fingerprint import code_folders, fingerprint
from resultatbok.edition.private import private_folder
from resultatbok.project import coding_folder, project_root

FIRST_SEED = 1001
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Draw:
    """Registers to draw and score.

    Attributes:
        seed: Of the random numbers.
        cohort: Whose settings and years apply; its files are replaced by the drawn ones.
        report: What it is compared with.
        balanced: Whether outcomes are conditioned on the published totals, as in the committed registers.
        only: Names of the exhibit makers to run; all if not given.
        scale: Size against the published cohort.
    """

    seed: int
    cohort: Cohort
    report: Report
    balanced: bool = False
    only: tuple[str, ...] | None = None
    scale: float = 1.0


@dataclass(frozen=True)
class Score:
    """The verdicts on one draw.

    Attributes:
        seed: Of the draw.
        judgements: One per published number and finding.
        needed: Names of the exhibit makers that hold every compared number.
        failures: Exhibit makers that failed, with the reason.
    """

    seed: int
    judgements: list[Judgement]
    needed: tuple[str, ...]
    failures: dict[str, str] = field(default_factory=dict)


def score_study(study: Study, report: Report, only: Collection[str] | None = None, seed: int = 0) -> Score:
    """Judge what the exhibits of a study compute, without pages.

    Args:
        study: Any study, for example one made of registers in memory.
        report: What it is compared with.
        only: Names of the exhibit makers to run; all if not given. `Score.needed` of an earlier study will do.
        seed: What to call it.
    """
    yardstick, rows = Yardstick.of(report), rows_of(study, only)
    return Score(seed, yardstick.judge(rows.ledger), _needed(yardstick, rows), rows.failures)


def score_draw(draw: Draw) -> Score:
    """Draw registers into a temporary folder and judge them."""
    from synthesis import synthesise
    from synthesis.parameters import load_parameters

    parameters = load_parameters({"outcome": {"balanced": draw.balanced}})
    with tempfile.TemporaryDirectory(prefix="resultatbok-") as name:
        folder = Path(name)
        synthesise(folder, seed=draw.seed, scale=draw.scale, parameters=parameters)
        study = Study(with_files_in(draw.cohort, folder))
        return score_study(study, draw.report, draw.only, draw.seed)


def score_draws(draws: Sequence[Draw], jobs: int) -> Iterator[Score]:
    """Score draws in processes of their own, all of one report.

    The first draw runs every exhibit and tells the others which of them hold what is compared; this is remembered as
    long as the code stays the same.
    """
    if not draws:
        return
    for name in THREADS:  # read by the new processes: together they already use the cores
        os.environ.setdefault(name, "1")
    made_of = fingerprint([*code_folders("helpers"), coding_folder()], CODE_ENDINGS)[:16]
    memory = private_folder(project_root() / CACHE_FOLDER) / made_of / f"fidelity-{draws[0].report}.json"
    needed = tuple(json.loads(memory.read_text(encoding="utf-8"))) if memory.is_file() else None
    rest = list(draws)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _quietly) as pool:
        if needed is None:
            first = pool.submit(score_draw, rest.pop(0)).result()
            needed = first.needed
            memory.parent.mkdir(parents=True, exist_ok=True)
            memory.write_text(json.dumps(needed), encoding="utf-8")
            yield first
        yield from pool.map(score_draw, [replace(draw, only=draw.only or needed) for draw in rest])


def with_files_in(cohort: Cohort, folder: Path) -> Cohort:
    """The cohort with its register files, under their own names, in another folder."""
    files = {name: folder / Path(str(path)).name for name, path in cohort.sources.model_dump().items()}
    return cohort.model_copy(update={"sources": Sources(**files)})


def _quietly() -> None:
    """Warnings about small groups are for those who read the models."""
    warnings.simplefilter("ignore")


def _needed(yardstick: Yardstick, rows: Rows) -> tuple[str, ...]:
    used = yardstick.used_exhibits(rows.ledger)
    return tuple(name for name, recorded in rows.recorded.items() if recorded & used)
