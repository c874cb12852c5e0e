"""Participants whose measures go together in packages that are known."""

import numpy as np
import pandas as pd

GROUPS = {"work": 12, "language": 9, "education": 8, "health": 5, "society": 8}
MEASURES = [f"{group}_{i}" for group, n in GROUPS.items() for i in range(1, n + 1)]

# Five packages in the likeness of the 2019 evaluation; measures not named have a probability of 0.04.
PROFILES = {
    "strong_work": {"work_1": 0.98, "work_2": 0.55},
    "society": {
        "work_1": 0.6,
        "work_2": 0.6,
        "language_1": 0.6,
        "society_1": 0.97,
        "society_2": 0.95,
        "society_3": 0.8,
    },
    "broad": {
        **{"work_1": 0.8, "work_2": 0.93, "work_3": 0.8, "work_4": 0.6, "language_1": 0.6, "language_2": 0.6},
        **{"society_1": 0.8, "society_4": 0.7, "health_1": 0.9, "health_2": 0.85, "health_3": 0.8, "health_4": 0.7},
    },
    "language_and_work": {
        **{
            "work_1": 0.91,
            "language_1": 0.9,
            "language_2": 0.9,
            "language_3": 0.85,
            "language_4": 0.8,
            "society_5": 0.8,
        },
    },
    "school": {"language_1": 0.98, "education_1": 0.91, "language_5": 0.8, "education_2": 0.75, "education_3": 0.6},
}
SHARES = [0.29, 0.20, 0.16, 0.08, 0.05, 0.22]  # in the order above, then the rest


def planted_packages(n, seed):
    """Participants with a true package each, and a rest who have each measure with a small chance of its own."""
    rng = np.random.default_rng(seed)
    probabilities = pd.DataFrame(PROFILES, index=MEASURES).fillna(0.04).T
    probabilities.loc["rest"] = rng.uniform(0.05, 0.30, len(MEASURES))
    truth = rng.choice(len(probabilities), n, p=SHARES)
    chances = probabilities.to_numpy()[truth]
    measures = pd.DataFrame((rng.random(chances.shape) < chances).astype("int8"), columns=MEASURES)
    measures.index = [f"J{i:05d}" for i in range(n)]
    return measures, pd.Series(probabilities.index[truth], measures.index)
