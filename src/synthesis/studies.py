"""Invented data of other studies: a small trial, six measures with their job specialists, a survey of projects."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from synthesis.draws import Streams, nearest, settled

TRIAL, SUPPORTED_EMPLOYMENT, JOB_SPECIALISTS = "trial.csv", "supported_employment.csv", "job_specialists.csv"
SURVEY_STATEMENTS, SURVEY_ANSWERS = "survey_statements.csv", "survey_answers.csv"
YES_NO = {1.0: "yes", 0.0: "no"}


def write_studies(out: Path) -> None:
    """Write the files of the studies; they are the same whatever the seed and scale of the registers."""
    parameters = study_parameters()
    measures = parameters["supported_employment"]
    specialists = draw_specialists(measures)
    files = {
        TRIAL: draw_trial(parameters["trial"]),
        SUPPORTED_EMPLOYMENT: draw_starters(measures, specialists),
        JOB_SPECIALISTS: specialists[specialists["answered"]].drop(columns=["answered", "effect"]),
        SURVEY_STATEMENTS: survey_statements(parameters["survey"]),
        SURVEY_ANSWERS: draw_answers(parameters["survey"]),
    }
    for name, data in files.items():
        data.to_csv(out / name, sep=";", index=False, lineterminator="\n", encoding="utf-8")


def study_parameters() -> dict[str, Any]:
    """What the studies' data are drawn from, `studies.yml`."""
    text = resources.files(__package__).joinpath("studies.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def draw_trial(p: dict[str, Any]) -> pd.DataFrame:
    """The trial: one row per participant, with what was offered, received and found after a year."""
    rng = Streams(p["seed"]).of("trial")
    n = p["participants"]
    arm = rng.permutation(np.repeat([1, 0], [p["intervention"], n - p["intervention"]]))
    norwegian = rng.choice(list(p["norwegian"]), n, p=list(p["norwegian"].values()))
    received = arm * (rng.random(n) < [p["received_by_norwegian"][level] for level in norwegian])
    chance = np.array([p["in_work_without"][level] for level in norwegian]) + p["in_work_added"] * received
    in_work = (rng.random(n) < chance).astype(float)
    months = _months(in_work, p["months"], rng)
    lost = rng.permutation(n) < p["lost_to_follow_up"]
    return pd.DataFrame(
        {
            "id": [f"T{number:03d}" for number in range(1, n + 1)],
            "arm": np.where(arm == 1, "intervention", "control"),
            "gender": np.where(rng.random(n) < p["women"], "woman", "man"),
            "age": _whole(p["age"], n, rng),
            "months_in_norway": _whole(p["months_in_norway"], n, rng),
            "education": rng.choice([1, 2, 3], n, p=p["education"]),
            "norwegian": norwegian,
            "origin_syria": pd.Series((rng.random(n) < p["origin_syria"]) * 1.0).map(YES_NO),
            "received": pd.Series(received * 1.0).map(YES_NO),
            "in_work_12_months": pd.Series(in_work).map(YES_NO).mask(lost, ""),
            "months_in_employment": pd.Series(months).astype(str).mask(lost, ""),
        }
    )


def survey_statements(questions: list[dict[str, Any]]) -> pd.DataFrame:
    """The statements of the survey, with their texts in both languages."""
    return pd.DataFrame(
        {
            "question": asked["question"],
            "statement": statement,
            "scale": asked["scale"],
            "question_en": asked["question_en"],
            "question_nb": asked["question_nb"],
            "statement_en": texts["en"],
            "statement_nb": texts["nb"],
        }
        for asked in questions
        for statement, texts in asked["statements"].items()
    )


def draw_answers(questions: list[dict[str, Any]]) -> pd.DataFrame:
    """One row per answer; as many projects gave each answer as the parameters say, which ones is drawn."""
    rng = Streams(0).of("survey")
    rows = []
    for asked in questions:
        for statement, texts in asked["statements"].items():
            for part in ("a", "c"):
                answers = rng.permutation(np.repeat(np.arange(1, 6), texts[part]))
                rows += [
                    {
                        "respondent": f"{part.upper()}{number:02d}",
                        "part": part,
                        "statement": statement,
                        "answer": answer,
                    }
                    for number, answer in enumerate(answers, start=1)
                ]
    return pd.DataFrame(rows)


def draw_specialists(p: dict[str, Any]) -> pd.DataFrame:
    """The job specialists: their measure, their answers, whether they answered, and their effect (never written)."""
    rng = Streams(0).of("specialists")
    sizes = {name: m["participants"] for name, m in p["measures"].items()}
    shares = np.array(list(sizes.values())) / sum(sizes.values())
    measure = np.repeat(list(sizes), np.maximum(np.round(settled(shares * p["specialists"])).astype(int), 4))
    n = len(measure)
    answers = {}
    for name, d in p["dimensions"].items():
        drawn = rng.normal(np.where(measure == "ips", d["ips"], d["mean"]), p["answer_sd"])
        answers[name] = np.clip(np.round(settled(drawn)), 1, 5)
    return pd.DataFrame(
        {
            "specialist": [f"S{number:03d}" for number in range(1, n + 1)],
            "measure": measure,
            **{name: values.astype(int) for name, values in answers.items()},
            "answered": rng.random(n) >= p["no_answer"],
            "effect": rng.normal(0, p["specialist_sd"], n),
        }
    )


def draw_starters(p: dict[str, Any], specialists: pd.DataFrame) -> pd.DataFrame:
    """Who started in a measure, with whom, and whether they were in work 12 months later."""
    rng = Streams(0).of("starters")
    drawn = []
    for name, measure in p["measures"].items():
        own = specialists[specialists["measure"] == name]
        chosen = own.iloc[rng.integers(len(own), size=measure["participants"])]
        drawn.append(
            pd.DataFrame(
                {
                    "measure": name,
                    "specialist": chosen["specialist"].to_numpy(),
                    "in_work_12_months": _in_work(measure, chosen["effect"].to_numpy(), rng),
                }
            )
        )
    starters = pd.concat(drawn, ignore_index=True)
    starters.insert(0, "id", [f"P{number:05d}" for number in range(1, len(starters) + 1)])
    return starters


def _in_work(measure: dict[str, Any], effect: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exactly the published share in work, those with a better specialist more often; empty where nothing is known."""
    n = measure["participants"]
    if "in_work" not in measure:
        return np.full(n, "")
    latent = effect + rng.logistic(size=n)
    in_work = settled(latent).argsort(kind="stable").argsort(kind="stable") >= n - nearest(measure["in_work"] * n)
    return np.where(in_work, "yes", "no")


def _months(in_work: np.ndarray, p: dict[str, Any], rng: np.random.Generator) -> np.ndarray:
    """Months in employment during the follow-up; some of those without work at its end had some for a while."""
    longest = p["longest"]
    to_the_end = rng.integers(1, longest + 1, len(in_work))
    lost_it = (rng.random(len(in_work)) < p["had_work_before_losing_it"]) * rng.integers(1, longest // 2, len(in_work))
    return np.where(in_work == 1, to_the_end, lost_it)


def _whole(p: dict[str, float], n: int, rng: np.random.Generator) -> np.ndarray:
    drawn = np.round(settled(rng.normal(p["mean"], p["sd"], n)))
    return np.asarray(np.clip(drawn, p["from"], p["to"]), dtype=int)
