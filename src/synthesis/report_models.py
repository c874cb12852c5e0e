"""The 2022 report's six models as moments of the outcomes: tables 17 and 19-21."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from synthesis.draws import Bools, Floats, logistic, settled
from synthesis.moments import Block
from synthesis.parameters import Outcome
from synthesis.published import coefficients
from synthesis.scene import Scene

ORIGINS = (
    "west_asia",
    "sub_saharan_africa",
    "north_africa",
    "south_asia",
    "southeast_asia",
    "other_asia",
    "latin_america_caribbean",
    "stateless",
)
MEASURES = (
    "norwegian_training",
    "social_studies",
    "language_practice",
    "vocational_course",
    "ordinary_work",
    "sheltered_work_practice",
    "ordinary_work_practice",
    "amo_course",
    "social_network",
    "health_promoting",
    "children_family",
    "culture_leisure",
    "prior_learning_recognition",
    "primary_school_subjects",
    "upper_secondary_subjects",
)
# Age, years, months and Norwegian are counted from about their means (tables 16 and 17), so that the multipliers of
# different draws can be compared; the constant takes up the difference.
CENTRES = {
    "education_level": 2.0,
    "age": 33.0,
    "years_in_norway": 3.0,
    "norwegian_level": 3.0,
    "duration_months": 28.0,
}
WITHIN = {"individual": "within", "individual_women": "within_women"}
"""The models whose prediction the introduction programme meets beside Jobbsjansen, and the blocks that see to it."""
_SAME = 1e-9  # of the largest singular value: below it columns say the same, and no last digit tells them apart
Corrections = dict[str, dict[str, float]]


def individual_columns(scene: Scene) -> pd.DataFrame:
    """The individual model's columns with a constant, for everyone."""
    people = scene.people.rename(columns={"education": "education_level"})
    columns = pd.DataFrame({"constant": np.ones(len(people)), "scheme": scene.jobbsjansen.astype(float)})
    for name in ("male", "absence_high"):
        columns[name] = people[name].to_numpy(dtype=float)
    for name, centre in CENTRES.items():
        columns[name] = people[name].to_numpy(dtype=float) - centre
    for origin in ORIGINS:
        columns[f"origin_{origin}"] = (people["origin"] == origin).to_numpy(dtype=float)
    for name in MEASURES:
        columns[f"measure_{name}"] = people[name].to_numpy(dtype=float)
    return columns


def background_columns(scene: Scene, counted: Bools) -> pd.DataFrame:
    """What the multilevel models keep of the characteristics, with a constant; age in deviations of those counted."""
    people = scene.people
    return pd.DataFrame(
        {
            "constant": np.ones(len(people)),
            "scheme": scene.jobbsjansen.astype(float),
            "male": people["male"].astype(float),
            "absence_high": people["absence_high"].astype(float),
            "age_centred": _standardised(people["age"].to_numpy(dtype=float), counted),
            "education_some_schooling": (people["education"] == 2).astype(float),
            "education_good_general": (people["education"] == 3).astype(float),
        }
    )


def model_blocks(scene: Scene, settings: Outcome, corrections: Corrections) -> list[Block]:
    """The blocks of the six models.

    Args:
        scene: The draw.
        settings: Softness and totals.
        corrections: By block and term, what is added to the published coefficients of the multilevel models; the
            moments are those of a plain model, given the projects' effects, and miss a multilevel fit by a little.
    """
    everyone = np.ones(len(scene.people), dtype=bool)
    models = []
    for rows, ending, tables in (
        (everyone, "", ("table17_individual", "table17_municipality", "table17_project")),
        (scene.women, "_women", ("table19_women", "table20_women", "table21_women")),
    ):
        counted = scene.complete & rows
        models += [
            _individual(scene, counted, f"individual{ending}", tables[0], settings),
            _municipality(scene, counted, f"municipality{ending}", tables[1], corrections),
            _project(scene, counted, f"project{ending}", tables[2], corrections),
        ]
    within = [_within(scene, model, settings) for model in models if model.name in WITHIN]
    return [*(model.block(scene, settings.softness) for model in models), *(b for b in within if b is not None)]


@dataclass(frozen=True)
class _Model:
    """One published model on a draw: its columns for everyone, and the log odds that it gives those counted."""

    name: str
    table: str
    columns: pd.DataFrame
    counted: Bools
    log_odds: Floats

    def block(self, scene: Scene, softness: float) -> Block:
        matrix = self.columns.to_numpy(dtype=float)
        if self.name.endswith("_women"):
            matrix = matrix * scene.women[:, None]
        targets = matrix[self.counted].T @ logistic(self.log_odds[self.counted])
        terms = tuple(str(term) for term in self.columns.columns)
        return Block(self.name, self.table, terms, matrix, self.counted, targets, softness)


def _within(scene: Scene, model: _Model, settings: Outcome) -> Block | None:
    """Footnote 18: Jobbsjansen lies ahead also within the municipalities that run both schemes.

    A linear comparison within municipalities is itself a sum of outcomes: each counts by what the municipality and the
    model's other columns leave of the scheme (Frisch, Waugh and Lovell).
    """
    rows = np.flatnonzero(model.counted & scene.with_both_schemes(model.counted))
    if not len(rows):
        return None
    others = model.columns.drop(columns=["constant", "scheme"]).to_numpy(dtype=float)[rows]
    place = pd.factorize(scene.people["municipality"].to_numpy()[rows])[0]
    scheme, others = (_deviations(x, place) for x in (scene.jobbsjansen[rows, None].astype(float), others))
    rest = scheme[:, 0] - others @ np.linalg.lstsq(others, scheme[:, 0], rcond=_SAME)[0]
    column = np.zeros((len(scene.people), 1))
    column[rows, 0] = rest
    ahead = settings.within_municipalities[model.name]
    return Block(
        WITHIN[model.name],
        "footnote 18",
        ("scheme",),
        column,
        model.counted,
        np.array([ahead * float(rest @ rest)]),
        settings.softness,
    )


def _deviations(columns: Floats, place: np.ndarray) -> Floats:
    means = np.zeros((place.max() + 1, columns.shape[1]))
    np.add.at(means, place, columns)
    means /= np.bincount(place)[:, None]
    return np.asarray(columns - means[place])


def _individual(scene: Scene, counted: Bools, name: str, table: str, settings: Outcome) -> _Model:
    """Its constant is such that the introduction programme's total is the published one."""
    columns = _without_sex(individual_columns(scene), name)
    values = coefficients(table)
    rest = columns.drop(columns="constant")
    eta = rest.to_numpy() @ np.array([values[str(term)] for term in rest.columns])
    return _Model(name, table, columns, counted, _with_total(eta, scene, counted, settings))


def _municipality(scene: Scene, counted: Bools, name: str, table: str, corrections: Corrections) -> _Model:
    rows = counted & scene.in_large(["municipality", "year"])
    columns = _without_sex(background_columns(scene, rows), name)
    for term, values in pd.concat([scene.municipal, scene.tried], axis=1).items():
        columns[str(term)] = _standardised(values.to_numpy(dtype=float), rows)
    return _with_effects(name, table, columns, rows, scene.municipality_effect, corrections)


def _project(scene: Scene, counted: Bools, name: str, table: str, corrections: Corrections) -> _Model:
    known = np.isfinite(scene.wages)
    rows = counted & known & scene.in_large(["scheme", "municipality", "year"])
    columns = _without_sex(background_columns(scene, rows), name)
    mean = float(scene.wages[rows].mean()) if rows.any() else 0.0
    columns["project_wage_per_participant"] = _standardised(np.where(known, scene.wages, mean), rows)
    total = float(scene.total_wages[rows].mean()) if rows.any() else 0.0
    columns["project_total_wage_costs"] = _standardised(np.where(known, scene.total_wages, total), rows)
    return _with_effects(name, table, columns, rows, scene.apart_from_wages, corrections)


def _with_effects(
    name: str, table: str, columns: pd.DataFrame, counted: Bools, effects: Floats, corrections: Corrections
) -> _Model:
    values, own = coefficients(table), corrections.get(name, {})
    # What the report tried and left out has no effect
    beta = np.array([values.get(str(term), 0.0) + own.get(str(term), 0.0) for term in columns.columns])
    return _Model(name, table, columns, counted, columns.to_numpy() @ beta + effects)


def _without_sex(columns: pd.DataFrame, name: str) -> pd.DataFrame:
    return columns.drop(columns="male") if name.endswith("_women") else columns


def _with_total(eta: Floats, scene: Scene, counted: Bools, settings: Outcome) -> Floats:
    for rows, total in scene.totals(settings.totals, counted & ~scene.jobbsjansen):
        return eta + _constant(eta[rows & counted], total)
    return eta


def _constant(eta: Floats, total: float) -> float:
    return float(brentq(lambda shift: logistic(eta + shift).mean() - total, -20, 20))


def _standardised(values: Floats, counted: Bools) -> Floats:
    if not counted.any():
        return np.zeros(len(values))
    spread = float(settled(values[counted].std()))  # of equal values it would else be a last digit
    if spread <= 0:  # one place alone is counted: how far others lie from it has no unit
        return np.zeros(len(values))
    return np.asarray((values - values[counted].mean()) / spread)
