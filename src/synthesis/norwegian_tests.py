"""The four Norwegian tests: results around each participant's level, and some tests not taken."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Streams

TESTS = ("LES", "LYTT", "MUNTLLIG", "SKRIV")  # field names spelled as in the register
_LOWEST, _HIGHEST = 1, 5  # under A1, B2
# How the four results differ from the level, and how often. Nobody's mean is rounded to another level: the
# deviations of a row add to between -2 and 1, also where only the first, second or third test counts.
_PATTERNS = np.array(
    [
        [0, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, -1],
        [0, 0, 1, -1],
        [-1, 0, 1, 0],
        [-1, 0, 0, -1],
        [0, 1, 0, -1],
    ]
)
_PATTERN_SHARES = np.array([0.38, 0.12, 0.16, 0.14, 0.07, 0.06, 0.07])


def draw_tests(people: pd.DataFrame, fewer: tuple[float, float, float], streams: Streams) -> pd.DataFrame:
    """Draw the results of the introduction programme's participants.

    Args:
        people: Participants with their level in `norwegian`.
        fewer: Shares who took one, two and three of the tests; the others took all four.
        streams: Random numbers.

    Returns:
        One float column per test, missing where it was not taken; the mean of a row rounds (a half upwards) to the
        participant's level.
    """
    rng, n = streams.of("norwegian tests"), len(people)
    pattern = rng.choice(len(_PATTERNS), size=n, p=_PATTERN_SHARES)
    taken = 1 + np.searchsorted(np.cumsum(fewer), rng.random(n), side="right")
    # whoever took fewer tests has the level itself as every result, so that the mean keeps it
    deviations = np.where((taken == len(TESTS))[:, None], _PATTERNS[pattern], 0)
    level = people["norwegian"].to_numpy()[:, None]
    results = np.clip(level + deviations, _LOWEST, _HIGHEST).astype(float)
    rank = np.argsort(rng.random((n, len(TESTS))), axis=1, kind="stable")
    results[rank >= taken[:, None]] = np.nan
    return pd.DataFrame(results, columns=list(TESTS), index=people.index)
