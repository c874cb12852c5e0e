"""The release: disclosure control once over all rows of the book, and the folder that is all that pages may read.

`docs/release-folder.md` describes the folder. Rounding, the minimum count and what would give a hidden number away are
decided here and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from resultatbok.edition.cache import tables_fingerprint
from resultatbok.edition.closure import source_hash
from resultatbok.edition.numbers import Made
from resultatbok.edition.private import private_folder
from resultatbok.exhibits.registry import Declaration
from resultatbok.project import TABLES, project_root
from resultatbok.release.differences import NumberKey
from resultatbok.release.disclosure import KEY_ANYWHERE, hidden_keys, suppress_book
from resultatbok.release.ledger import csv_text, json_text, merge
from resultatbok.release.released import QUESTIONNAIRE, ROWS
from resultatbok.release.rounding import rounded
from resultatbok.release.rows import NUMBERS, LedgerError
from resultatbok.release.statistics import about_persons
from resultatbok.settings import DisclosurePolicy, EditionSettings

SCHEMA: Final = 3
"""Version of the folder's format."""
STORE: Final = "build/.release"
INDEX: Final = "release.json"
LEDGER: Final = "ledger"
FIRST: Final = ".first"
"""What the folder's name ends with that holds the rows which other numbers are about."""

_DECIDED: dict[str, frozenset[NumberKey]] = {}


class ReleaseError(Exception):
    """Rows cannot be released, or a folder is no release."""


def release_folder(cohort: EditionSettings) -> Path:
    """Where the release of a cohort lies."""
    return project_root() / STORE / cohort.name


def release(
    made: Mapping[Declaration, Made],
    cohort: EditionSettings,
    data: str,
    questionnaire: pd.DataFrame | None,
    folder: Path,
) -> str:
    """Write the release folder, unless it holds just this already.

    Args:
        made: The true rows of everything the book shows.
        cohort: Its settings; the disclosure policy among them.
        data: Fingerprint of the delivered files.
        questionnaire: The statements of the cohort's survey, if it has one.
        folder: The folder.

    Returns:
        What the release was made of, as a hash: the same hash, the same folder.

    Raises:
        ReleaseError: Two values for one number, or numbers that cannot be protected.
    """
    rows = {
        exhibit: rounded(true, cohort.disclosure)
        for _, entry in sorted(made.items(), key=lambda item: item[0].owner)
        for exhibit, true in entry.rows.items()
    }
    key = _key(rows, cohort, data, questionnaire)
    if _is(folder, key):
        return key
    try:
        hidden = _hidden(merge(rows.values()), cohort.disclosure)
        released = {name: _without(true, hidden) for name, true in rows.items()}
        ledger = merge(released.values())
    except LedgerError as error:
        raise ReleaseError(f"disclosure control: {error}") from error
    new = private_folder(folder.parent) / f"{folder.name}.new"
    shutil.rmtree(new, ignore_errors=True)
    (new / ROWS).mkdir(parents=True)
    texts = {name: json_text(shown) for name, shown in released.items()}
    for name, text in texts.items():
        _write(new / ROWS / f"{name}.json", text)
    _write(new / f"{LEDGER}.json", json_text(ledger))
    _write(new / f"{LEDGER}.csv", csv_text(ledger))
    if questionnaire is not None:
        statements = questionnaire.to_dict("records")
        _write(new / QUESTIONNAIRE, json.dumps(statements, ensure_ascii=False, indent=1) + "\n")
    for name in TABLES:
        if (tables := project_root() / name).is_dir():
            shutil.copytree(tables, new / name, ignore=shutil.ignore_patterns(".*"))
    _write(new / INDEX, json.dumps(_index(made, texts, cohort, data, key), ensure_ascii=False, indent=1) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return key


def read_index(folder: Path) -> dict[str, Any]:
    """What a release folder says of itself.

    Raises:
        ReleaseError: It is no release folder, or one of another format.
    """
    file = folder / INDEX
    if not file.is_file():
        raise ReleaseError(f"{folder}: no {INDEX}; expected a folder that `resultatbok release` wrote")
    index: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if index.get("schema") != SCHEMA:
        raise ReleaseError(f"{file}: schema {index.get('schema')!r}, expected {SCHEMA}; release again")
    return index


def _hidden(rows: pd.DataFrame, policy: DisclosurePolicy) -> frozenset[NumberKey]:
    """The numbers to hide. Rows that neither count persons nor rest on any take no part, and are left out.

    So the second release of a build, with numbers about released ones, mostly decides on the rows of the first.
    """
    persons = rows[about_persons(rows) | rows["n"].notna()]
    made_of = hashlib.sha256((policy.model_dump_json() + json_text(persons)).encode()).hexdigest()
    if made_of not in _DECIDED:
        _DECIDED[made_of] = hidden_keys(suppress_book(persons, policy)) if len(persons) else frozenset()
    return _DECIDED[made_of]


def _without(true: pd.DataFrame, hidden: Collection[NumberKey]) -> pd.DataFrame:
    """True rows with the numbers blanked that the control of the whole book hides."""
    blank = np.array([key in hidden for key in true[list(KEY_ANYWHERE)].itertuples(index=False, name=None)], dtype=bool)
    shown = true.assign(suppressed=blank)
    shown.loc[blank, list(NUMBERS)] = np.nan
    return shown


def _index(
    made: Mapping[Declaration, Made], texts: Mapping[str, str], cohort: EditionSettings, data: str, key: str
) -> dict[str, Any]:
    owners = {exhibit: declaration.owner for declaration, entry in made.items() for exhibit in entry.rows}
    return {
        "schema": SCHEMA,
        "cohort": cohort.name,
        "key": key,
        "data": data,
        "tables": tables_fingerprint(project_root()),
        "disclosure": cohort.disclosure.model_dump(),
        "exhibits": {
            name: {"made_by": owners[name], "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for name, text in sorted(texts.items())
        },
    }


def _key(
    rows: Mapping[str, pd.DataFrame], cohort: EditionSettings, data: str, questionnaire: pd.DataFrame | None
) -> str:
    """Ten printed digits of every number: the last bits of a fit are not the same twice."""
    digest = hashlib.sha256(cohort.disclosure.model_dump_json().encode())
    parts = [str(SCHEMA), data, tables_fingerprint(project_root())]
    parts += [source_hash("resultatbok.release.disclosure"), source_hash("resultatbok.release.ledger")]
    parts += [text for name, true in sorted(rows.items()) for text in (name, json_text(true))]
    parts += [] if questionnaire is None else [questionnaire.to_csv(index=False)]
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:24]


def _is(folder: Path, key: str) -> bool:
    try:
        return bool(read_index(folder)["key"] == key)
    except (ReleaseError, ValueError):
        return False


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")
