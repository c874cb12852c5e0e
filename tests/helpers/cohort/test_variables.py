"""One table of variables: a new covariate is a row there, and every chapter has it or refuses it by name."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from helpers.cohort.variables import in_model, read_variables
from resultatbok.coding_rows import TableFault
from resultatbok.project import CODING, TABLES_VARIABLE

INVENTED = {
    "table": "participants",
    "type": "number",
    "label_en": "Invented",
    "label_nb": "Oppdiktet",
    "models": "individual",
    "order": "9",
}
COLUMNS_OF_EACH_CHAPTER = """
import json, sys, warnings
warnings.simplefilter("ignore")
from helpers.study import specification
from helpers.study.fits.gap_blocks import gap_blocks
from helpers.study.fits.imputation import imputation_data
from helpers.study.fits.programme_effect.balance import LATER
from helpers.study.fits.programme_effect.data import effect_data
from helpers.study.study import Study

study = Study.open(sys.argv[1])
new = {name: study.participants.index % (7 + 4 * i) + 1.0 for i, name in enumerate(sys.argv[2:])}
study.participants = study.participants.assign(**new)
people = study.complete
print(json.dumps({
    "individual": list(study.individual_design),
    "all": list(effect_data(study, "women", "all")["covariates"]),
    "entry": list(effect_data(study, "women", "entry")["covariates"]),
    "later": LATER,
    "imputation": list(imputation_data(people)),
    "parts": {part: list(columns) for part, columns in gap_blocks(study, people, "all").items()},
}))
"""


def add_variables(folder: Path, *variables: dict[str, str]) -> Path:
    """A copy of the coding tables with more variables, the last of them on the last row."""
    tables = shutil.copytree(ROOT / CODING, folder / CODING)
    file = tables / "variables.csv"
    header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    with file.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, header, restval="", lineterminator="\n").writerows(INVENTED | v for v in variables)
    return tables


def ask_each_chapter(cohort: Path, tables: Path, *names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COLUMNS_OF_EACH_CHAPTER, str(cohort), *names],
        env=os.environ | {TABLES_VARIABLE: str(tables.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_covariate_that_is_a_row_of_the_table_is_in_every_chapter(tmp_path: Path, small_cohort: Path) -> None:
    tables = add_variables(
        tmp_path,
        {"name": "reading", "block": "education", "stage": "entry", "main": "spline"},
        {"name": "network", "block": "norwegian", "stage": "after_entry"},
    )
    ran = ask_each_chapter(small_cohort, tables, "reading", "network")
    assert ran.returncode == 0, ran.stderr
    columns = json.loads(ran.stdout)
    for chapter in ("individual", "all", "imputation"):
        assert {"reading", "network"} <= set(columns[chapter]), chapter
    assert {"reading", "reading'"} <= set(columns["entry"]) and "network" not in columns["entry"]
    assert "network" in columns["later"] and "reading" not in columns["later"]
    levels = ["education_some_schooling", "education_good_general"]
    assert columns["parts"]["education"][:3] == [*levels, "reading"]
    assert columns["parts"]["norwegian"] == ["norwegian_level", "network"]


def test_a_block_that_no_part_of_the_decomposition_knows_is_refused_by_name(tmp_path: Path, small_cohort: Path) -> None:
    tables = add_variables(tmp_path, {"name": "motivation", "block": "motivation", "stage": "entry"})
    row = len((tables / "variables.csv").read_text(encoding="utf-8").splitlines())
    ran = ask_each_chapter(small_cohort, tables, "motivation")
    assert f"variables.csv, row {row}, column block: 'motivation'; expected one of gender, origin," in ran.stderr


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"type": "figure", "models": ""}, "column type: 'figure'; expected one of 0/1, number"),
        ({"type": "text"}, "column type: 'text'; expected one of 0/1, number, since it is in the individual model"),
        ({"models": "indvidual"}, "column models: 'indvidual'; expected some of individual"),
        ({"stage": ""}, "column stage: nothing; expected one of entry, after_entry, context"),
        ({"stage": "after_entry"}, "column stage: 'after_entry'; expected entry, as others of its block education"),
        ({"main": "curve"}, "column main: 'curve'; expected one of levels, spline, linear"),
        ({"main": "levels"}, "column type: 'number'; expected one of ordered category, category, integer"),
        ({"block": ""}, "column block: nothing; expected a text, since it is in a model"),
        ({"label_nb": ""}, "column label_nb: nothing; expected a text, since it is in a model"),
        ({"order": "first"}, "column order: 'first'; expected a whole number"),
        ({"name": "origin", "categories": "europe"}, "column categories: 'europe'; expected the origins of the cohort"),
    ],
)
def test_a_covariate_of_which_too_little_is_told_is_refused(tmp_path: Path, cells: dict[str, str], fault: str) -> None:
    tables = add_variables(tmp_path, {"name": "reading", "block": "education", "stage": "entry"} | cells)
    row = len((tables / "variables.csv").read_text(encoding="utf-8").splitlines())
    with pytest.raises(TableFault, match=rf"^variables\.csv, row {row}, {fault}"):
        read_variables(tables)


def test_terms_have_the_order_that_the_table_gives_them() -> None:
    assert [v.name for v in in_model("municipality")] == [
        "immigrant_share",
        "net_in_migration_per_1000",
        "selected_industries_share",
    ]
