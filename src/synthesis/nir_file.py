"""The national introduction register's extract: one row per leaver, semicolons, decimal commas, Norwegian values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from synthesis.draws import Floats, Streams, pick, settled
from synthesis.files import write_gzip
from synthesis.norwegian_tests import TESTS
from synthesis.parameters import Parameters

_DAYS_PER_MONTH, _DAYS_PER_YEAR = 30.4375, 365.25
_HOURS_PER_ABSENCE_DAY = 7.5
_HIGH_ABSENCE = 0.10
_LEVELS = np.array(["Under A1", "A1", "A2", "B1", "B2"], dtype=object)
_MONTH_END_SHARE = 0.3  # of the end dates; programmes often end with a month
_SAME_TRACK_SHARE = 0.93  # whose first track is also the last


def write_nir(
    path: Path,
    parameters: Parameters,
    people: pd.DataFrame,
    tests: pd.DataFrame,
    fields: pd.DataFrame,
    missing: pd.DataFrame,
    names: pd.Series,
    streams: Streams,
) -> None:
    """Write `nir.csv.gz`.

    Args:
        path: The file.
        parameters: Countries by origin.
        people: The introduction programme's participants, with `end_reason`.
        tests: As from `draw_tests`.
        fields: As from `nir_fields`.
        missing: As from `draw_missing`, these rows.
        names: The municipalities' names by number.
        streams: Random numbers.
    """
    rng = streams.of("register rows")
    people, tests = people.reset_index(drop=True), tests.reset_index(drop=True)
    fields, missing = fields.reset_index(drop=True), missing.reset_index(drop=True)
    rows = pd.DataFrame({"Kjønn": np.where(people["male"], "M", "K")})
    rows["Fodselsaar"] = _blank((people["year"] - people["age"]).astype(str), missing["birth_year"])
    rows["StatsborgerskapForste"] = _citizenship(parameters, people["origin"], rng)
    rows = rows.join(_dates(people, missing, rng))
    rows["Avslutningsårsak"] = people["end_reason"]
    rows = rows.join(_tracks(people, missing, parameters.missing.first_track, rng))
    for test in TESTS:
        results = tests[test].where(~missing["norwegian"])
        rows[f"PROVE_NORSK_{test}_Resultat"] = [_LEVELS[int(r) - 1] if r == r else "" for r in results]
    rows = rows.join(_absence(people, missing, rng))
    rows["Avsl_Kommunennummer"] = people["municipality"]
    rows["Avsl_Kommunenavn"] = people["municipality"].map(names)
    for field in fields:
        rows[field] = np.where(fields[field], "Ja", "")
    rows = rows.iloc[rng.permutation(len(rows))]
    rows.insert(0, "Løpenummer", [f"N{i:07d}" for i in range(1, len(rows) + 1)])
    write_gzip(path, rows.to_csv(sep=";", index=False, lineterminator="\n").encode("utf-8"))


def _blank(values: pd.Series, missing: pd.Series) -> pd.Series:
    return values.where(~missing, "")


def _citizenship(parameters: Parameters, origin: pd.Series, rng: np.random.Generator) -> pd.Series:
    countries = pd.Series("", index=origin.index, dtype=object)
    for group, options in parameters.countries.items():
        drawn = pick(options, len(origin), rng)
        countries[origin == group] = drawn[origin == group]
    return countries


def _dates(people: pd.DataFrame, missing: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """First decision, start of the time limit, and end. Months are counted from the last two, years from the first."""
    january = pd.to_datetime(people["year"].astype(str) + "-01-01")
    end = january + pd.to_timedelta((rng.random(len(people)) * 365).astype(int), unit="D")
    end = end.where(rng.random(len(people)) >= _MONTH_END_SHARE, end + pd.offsets.MonthEnd(0))
    days = (people["duration_months"] * _DAYS_PER_MONTH).round().astype(int)
    start = end - pd.to_timedelta(days, unit="D")
    decision = end - pd.to_timedelta((people["years_in_norway"] * _DAYS_PER_YEAR).round().astype(int), unit="D")
    return pd.DataFrame(
        {
            "DatoForForsteVedtakIntro": decision.dt.strftime("%d.%m.%Y"),
            "GjenførfristBeregnetFra": _blank(start.dt.strftime("%d.%m.%Y"), missing["start_date"]),
            "AvsluttetDato": end.dt.strftime("%d.%m.%Y"),
        }
    )


def _tracks(
    people: pd.DataFrame, missing: pd.DataFrame, first_missing: float, rng: np.random.Generator
) -> pd.DataFrame:
    last = people["education"].to_numpy()
    step = np.where(rng.random(len(last)) < _SAME_TRACK_SHARE, 0, rng.choice([-1, 1], len(last)))
    first = np.clip(last + step, 1, 3)
    no_first = missing["education"] | (rng.random(len(last)) < first_missing)
    return pd.DataFrame(
        {
            "SporForste": _blank(pd.Series(first).map("Spor {}".format), no_first),
            "SporSiste": _blank(pd.Series(last).map("Spor {}".format), missing["education"]),
        }
    )


def _absence(people: pd.DataFrame, missing: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Hours and days of absence, and hours attended; their ratio is on the right side of ten per cent."""
    n, months = len(people), people["duration_months"].to_numpy()
    norwegian = np.round(months * 22 * settled(np.exp(0.35 * rng.standard_normal(n)))) + 30
    society = np.where(rng.random(n) < 0.8, 50.0, 0.0)
    other = np.round(months * 12 * rng.random(n) * 2)
    attended = norwegian + society + other
    days, hours = _split(_absence_ratio(people["absence_high"].to_numpy(), rng) * attended, rng)
    columns = {
        "AntallTimerFravaerIntro": hours,
        "AntallDagerFravaerIntro": days,
        "AntallTimerDeltattNorsk": norwegian,
        "AntallTimerDeltattSamf": society,
        "AntallTimerDeltattNKNV": other,
    }
    return pd.DataFrame({k: _blank(pd.Series(_decimal(v)), missing["absence"]) for k, v in columns.items()})


def _absence_ratio(high: Floats, rng: np.random.Generator) -> Floats:
    n = len(high)
    low_ratio = 0.097 * rng.beta(1.6, 1.4, n)
    high_ratio = 0.103 + np.minimum(rng.exponential(0.16, n), 1.2)
    return np.asarray(settled(np.where(high, high_ratio, low_ratio)))


def _split(total: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Absence in hours as whole days and a rest in half hours that keeps the total within a quarter of an hour."""
    days = np.floor(rng.random(len(total)) * total / _HOURS_PER_ABSENCE_DAY)
    return days, np.round((total - days * _HOURS_PER_ABSENCE_DAY) * 2) / 2


def _decimal(values: Floats) -> list[str]:
    return [f"{v:.1f}".replace(".", ",").removesuffix(",0") for v in values]
