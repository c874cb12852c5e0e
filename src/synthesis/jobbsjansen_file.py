"""Jobbsjansen's individual reporting: an SPSS file of coded answers with Norwegian labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from synthesis.draws import Streams
from synthesis.files import write_spss
from synthesis.jobbsjansen_answers import DETAIL_LABELS, DETAIL_VALUE_LABELS, detail_answers
from synthesis.jobbsjansen_parameters import SingleMeasure

ORIGIN_VARIABLES = {
    "other_asia": "Asia_for_øvrig",
    "sub_saharan_africa": "Afrika_sør_for_Sahara",
    "southeast_asia": "Sørøst_Asia",
    "west_asia": "Vest_Asia",
    "europe": "Europa",
    "latin_america_caribbean": "Latin_Amerika_og_Karibia",
    "south_asia": "Sør_Asia",
    "north_africa": "Nord_Afrika",
    "north_america": "Nord_Amerika",
    "stateless": "Statsløs",
}
_NORWEGIAN = {1: "Under A1", 2: "A1", 3: "A2", 4: "B1", 5: "B2"}
VALUE_LABELS: dict[str, dict[Any, str]] = {
    "v2_1": {1: "Kvinne", 2: "Mann"},
    "Norsknivaa_samlet_avslutning_karakter": _NORWEGIAN,
    "Norsknivaa_vurdering_avslutning": _NORWEGIAN,
    "v5_1": {1: "Under 10 %", 2: "10-19 %", 3: "20-29 %", 4: "30-49 %", 5: "50 % eller mer"},
    "v2_9": {
        1: "Ingen skolegang",
        2: "Noe barneskole",
        3: "Fullført barneskole",
        4: "Fullført ungdomsskole",
        5: "Påbegynt videregående opplæring",
        6: "Fullført videregående opplæring",
        7: "Påbegynt høyere utdanning",
        8: "Fullført høyere utdanning",
        9: "Kun uformell utdanning",
        10: "Startet men ikke fullført ungdomsskole",
    },
    "Måloppnåelse_dik": {0: "Ikke måloppnåelse", 1: "Måloppnåelse"},
    "v6_1": {1: "Arbeid", 2: "Utdanning", 3: "Annet"},
}
_LABELS = {
    "Løpenummer": "Løpenummer",
    "År": "Rapporteringsår",
    "v1_1": "Kommune",
    "v1_2": "Prosjektets navn",
    "v2_1": "Kjønn",
    "Alder_rapporteringstidspunkt": "Alder på rapporteringstidspunktet",
    "Botid": "Botid i Norge (år)",
    "Norsknivaa_samlet_avslutning_karakter": "Norsknivå ved avslutning, samlet resultat av prøver",
    "Norsknivaa_vurdering_avslutning": "Norsknivå ved avslutning, rapportørens vurdering",
    "Varighet": "Varighet på deltakelsen (måneder)",
    "v5_1": "Samlet fravær",
    "v2_9": "Høyeste utdanning",
    "Måloppnåelse_dik": "Måloppnåelse",
    "v6_1": "Status ved avslutning",
}
_EDUCATION_ANSWER = {1: 1, 2: 9, 3: 2, 4: 3, 5: 10, 6: 4, 7: 5, 8: 6, 9: 7, 10: 8}  # of the detailed levels in order
_TESTED_SHARE = 0.62  # have an overall test result; all others the rapporteur's judgement
_JUDGED_TOO = 0.85  # of those tested
_JUDGED_LEVELS_AWAY = [0.1, 0.8, 0.1]  # one below the test result, the same, one above


def write_jobbsjansen(
    path: Path,
    measures: list[SingleMeasure],
    people: pd.DataFrame,
    singles: pd.DataFrame,
    missing: pd.DataFrame,
    projects: pd.DataFrame,
    names: pd.Series,
    streams: Streams,
) -> None:
    """Write `jobbsjansen.sav`.

    Args:
        path: The file.
        measures: The single measures, for their labels.
        people: All who were reported, as from `reported`.
        singles: Their single measures, missing for those who have not left.
        missing: As from `draw_missing`, these rows.
        projects: As from `draw_jobbsjansen_projects`.
        names: The municipalities' names by number.
        streams: Random numbers.
    """
    rng = streams.of("jobbsjansen rows")
    left = (people["status"] == "left").to_numpy()
    rows = pd.DataFrame({"År": people["year"].astype(float), "v1_1": people["municipality"].astype(float)})
    rows["v1_2"] = people["project_name"]
    rows["v2_1"] = np.where(people["male"].astype(bool), 2.0, 1.0)
    rows["Alder_rapporteringstidspunkt"] = people["age"].astype(float)
    rows["Botid"] = people["years_in_norway"].astype(float).round(1).where(~missing["jobbsjansen_years"])
    for origin, variable in ORIGIN_VARIABLES.items():
        rows[variable] = (people["origin"] == origin).astype(float)
    rows = rows.join(_norwegian(people, missing, rng))
    rows["Varighet"] = people["duration_months"].astype(float)
    rows["v5_1"] = people["absence_level"].astype(float).where(~missing["jobbsjansen_absence"])
    rows["v2_9"] = people["education_detailed"].map(_EDUCATION_ANSWER).astype(float).where(~missing["education"])
    rows["Måloppnåelse_dik"] = people["attained"].astype(float).where(left)
    status = np.where(people["attained"] == 1, np.where(people["to_work"].astype(bool), 1.0, 2.0), 3.0)
    rows["v6_1"] = np.where(left, status, np.nan)
    answers, countries = detail_answers(people, projects)
    rows = rows.join(answers).join(singles.astype(float))
    rows.insert(0, "Løpenummer", running_numbers(len(rows), streams))
    rows = rows.sort_values("Løpenummer")
    present = sorted(people["municipality"].unique())
    value_labels = (
        VALUE_LABELS | DETAIL_VALUE_LABELS | {"v1_1": {int(number): str(names[number]) for number in present}}
    )
    value_labels["Landbakgrunn"] = countries
    write_spss(path, rows.reset_index(drop=True), _labels(measures), value_labels)


def running_numbers(n: int, streams: Streams) -> list[str]:
    """The participants' running numbers, in random order."""
    order = streams.of("jobbsjansen numbers").permutation(n)
    return [f"J{i + 1:05d}" for i in order]


def _labels(measures: list[SingleMeasure]) -> dict[str, str]:
    origins = {variable: variable.replace("_", " ") for variable in ORIGIN_VARIABLES.values()}
    return _LABELS | DETAIL_LABELS | origins | {field: label for field, _, _, label, _, _ in measures}


def _norwegian(people: pd.DataFrame, missing: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The test result where there is one, else the judgement; a judgement beside a result may differ by a level."""
    level = people["norwegian"].astype(float)
    tested = pd.Series(rng.random(len(people)) < _TESTED_SHARE)
    known = people["norwegian_known"].to_numpy(dtype=bool) & ~missing["norwegian"]
    differs = (level + rng.choice([-1, 0, 1], len(people), p=_JUDGED_LEVELS_AWAY)).clip(1, 5)
    judged = level.where(~tested, differs).where(~tested | (rng.random(len(people)) < _JUDGED_TOO))
    return pd.DataFrame(
        {
            "Norsknivaa_samlet_avslutning_karakter": level.where(tested & known),
            "Norsknivaa_vurdering_avslutning": judged.where(known),
        }
    )
