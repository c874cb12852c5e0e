"""The attack finds nearly every small number where nothing is protected, and none in what came through the gate."""

import itertools

import numpy as np
import pandas as pd
import pytest
from attack.attacker import Attack

from resultatbok.release.gate import pass_gate
from resultatbok.release.policy import base_steps, released
from resultatbok.release.rows import normalise, row
from resultatbok.settings import DisclosurePolicy

KEYS = {
    "scheme": (["introduction", "jobbsjansen"], [0.8, 0.2]),
    "gender": (["female", "male"], [0.5, 0.5]),
    "age": (["under_20", "20..29", "30..39", "40..59", "60_plus"], [0.02, 0.4, 0.3, 0.25, 0.03]),
    "origin": (["europe", "west_asia", "south_asia", "north_america"], [0.2, 0.5, 0.28, 0.02]),
    "year": (["2017", "2018", "2019"], [0.4, 0.3, 0.3]),
}


def book(seed: int, many: int = 700) -> pd.DataFrame:
    """True rows of a book on invented persons: who they are, and how many reached the goal, by one key or two."""
    random = np.random.default_rng(seed)
    people = pd.DataFrame({key: random.choice(values, many, p=p) for key, (values, p) in KEYS.items()})
    people["goal"] = random.random(many) < np.where(people["gender"] == "male", 0.8, 0.5)
    people.loc[people["scheme"] == "jobbsjansen", "gender"] = "female"
    people.loc[people.index[people["scheme"] == "jobbsjansen"][:3], "gender"] = "male"
    rows = []
    for by in [
        [],
        *([key] for key in KEYS),
        *(list(pair) for pair in itertools.combinations(KEYS, 2) if "scheme" in pair),
    ]:
        for values, part in people.groupby(by) if by else [((), people)]:
            keys = dict(zip(by, values, strict=True))
            scheme = keys.pop("scheme", "both")
            own = {"scheme": scheme, "group": ";".join(f"{key}={value}" for key, value in keys.items())}
            rows.append(row("share", part["goal"].mean(), n=len(part), term="goal_attainment", **own))
            whole = people if scheme == "both" else people[people["scheme"] == scheme]
            if keys:
                rows.append(row("share", len(part) / len(whole), n=len(whole), term="participant_share", **own))
    return normalise("exhibit", pd.DataFrame(rows))


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_found_in_what_came_through_the_gate(seed: int) -> None:
    true = book(seed)
    exact = DisclosurePolicy(policy="exact")
    found, small = Attack(released(true, exact), true, base_steps(true, exact)).solve()
    assert len(small) > 30
    assert len([ends for ends in found.values() if ends[0] == ends[1]]) >= 0.95 * len(small)

    passed = pass_gate(true, DisclosurePolicy(coarsened=0.2))
    values = np.array([count.value for count in passed.sums.counts])
    assert ((passed.programme.low <= values) & (values <= passed.programme.high)).all()
    found, _ = Attack(passed.rows, true, passed.steps).solve()
    assert found == {}
