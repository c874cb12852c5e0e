"""Every key that the harmonised tables and the ledger know has a label in each language, told once."""

import csv
import shutil
from pathlib import Path

import pytest
from hostile import HOSTILE

from helpers.cohort.settings import SCHEMES
from helpers.cohort.variables import variables
from helpers.study.specification import BACKGROUND, BLOCKS, CONTEXT, MEASURES
from resultatbok.coding_rows import TableFault
from resultatbok.project import coding_folder
from resultatbok.words.labels import has_label, label_in, labels, read_labels
from resultatbok.words.wording import Wording

PUBLISHED = Path(__file__).parents[3] / "data" / "published" / "report_2022.csv"
EXTERNAL = {"context", "appendix_coding"}  # chapters about figures and rules that the book does not compute


@pytest.mark.parametrize(
    ("key", "english", "norwegian"),
    [
        ("jobbsjansen", "Jobbsjansen", "Jobbsjansen"),
        ("male", "Man", "Mann"),
        ("education=little_or_none", "Little or no schooling", "Liten eller ingen skolegang"),
        ("origin=west_asia", "West Asia", "Vest-Asia"),
        ("measure=amo_course", "Labour market training course", "Arbeidsmarkedsopplæring (AMO-kurs)"),
        ("unemployment_rate", "Unemployment rate", "Arbeidsledighet"),
        ("package=school_2", "School 2", "Skolerettet 2"),
    ],
)
def test_a_label_is_in_both_languages(key: str, english: str, norwegian: str) -> None:
    assert (label_in(key, "en"), label_in(key, "nb")) == (english, norwegian)


@pytest.mark.parametrize(
    ("term", "category"),
    [
        ("origin_stateless", "origin=stateless"),
        ("measure_other_education", "measure=other_education"),
        ("shared_package=school_2", "package=school_2"),
    ],
)
def test_a_term_has_the_name_of_the_category_it_stands_for(term: str, category: str) -> None:
    assert label_in(term, "nb") == label_in(category, "nb")


def test_a_term_with_a_name_of_its_own_keeps_it() -> None:
    assert label_in("origin_syria", "en") == "From Syria"
    assert label_in("measure_packages", "en") == "Measure package"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("year=2018", "2018"),
        ("year=2017..2020", "2017–2020"),
        ("percentile=10", "Percentile 10"),
        ("package=3", "Package 3"),
        ("package=rest", "Rest category"),
        ("project=17", "17"),
        ("age=20..29", "20–29 years"),
        ("age=under_20", "Under 20 years"),
        ("age=60_plus", "60 years or more"),
        ("years_in_norway=2..3", "2–3"),
        ("income_quantile=5", "Quantile group 5"),
    ],
)
def test_open_values_have_a_pattern(key: str, expected: str) -> None:
    assert label_in(key, "en") == expected


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"no label for 'origin=westasia'; nearest: origin=west_asia"):
        label_in("origin=westasia", "en")


def test_schemes_categories_and_terms_of_models_have_labels() -> None:
    keys = [*SCHEMES, "both", *BACKGROUND, *CONTEXT, *MEASURES, *origin_terms_of_all()]
    keys += [v.name for v in variables() if v.models]
    keys += [f"block={block}" for block in BLOCKS if block != "gender"]  # which is held equal by itself
    keys += [f"{v.name}={value}" for v in variables() for value in v.categories]
    assert [key for key in keys if not has_label(key)] == []


def origin_terms_of_all() -> list[str]:
    return [f"origin_{value}" for v in variables() if v.name == "origin" for value in v.categories]


def test_terms_and_groups_of_the_published_exhibits_have_labels() -> None:
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["chapter"] not in EXTERNAL and "prose" not in row["exhibit"]]
    keys = {row[name] for row in rows for name in ("statistic", "scheme", "term", "group") if row[name]}
    assert [key for key in sorted(keys) if not _known(key)] == []


def _known(key: str) -> bool:
    try:
        return bool(Wording("en").label(key))
    except KeyError:
        return False


def test_either_of_two_categories_is_written_out() -> None:
    assert Wording("en").label("origin=west_asia|sub_saharan_africa") == "West Asia or Sub-Saharan Africa"
    assert Wording("nb").label("origin=west_asia|sub_saharan_africa") == "Vest-Asia eller Afrika sør for Sahara"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the coding tables, to spoil."""
    return shutil.copytree(coding_folder(), tmp_path / "coding")


def add(file: Path, line: str) -> int:
    """Add a line to a table; the number of its row."""
    text = file.read_text(encoding="utf-8") + line + "\n"
    file.write_text(text, encoding="utf-8")
    return len(text.splitlines())


def test_labels_are_carried_letter_for_letter(tables: Path) -> None:
    texts = {f"new={n}": text.strip() for n, text in enumerate(HOSTILE)}
    with (tables / "labels.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([key, text, text, ""] for key, text in texts.items())
    found = read_labels(tables)
    assert {key: (found.find(key) or {})["nb"] for key in texts} == texts
    assert [Wording("en").text("{name}", name=text) for text in texts.values()] == list(texts.values())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("new,New,,", "column nb: nothing; expected a label"),
        ("new,New.,Ny,", r"column en: 'New\.'; expected a label"),
        (",New,Ny,", "column key: nothing; expected a name"),
        ("jobbsjansen,New,Ny,", "column key: 'jobbsjansen'; expected a name of its own; labels.csv, row 3 has it too"),
        ("new=*,New,Ny,new=(.+)", "column en: 'New'; expected a label with {value} in it"),
        (
            "new=(.),New {value:>9},Ny {value},new=(.)",
            r"column en: 'New \{value:>9\}'; expected a label with \{value\}",
        ),
        (
            "new,New\u202e,Ny,",
            r"column en: the sign U\+202E; expected at most 1,000 signs, none of them a control sign",
        ),
        ("new=*,New {value},Ny {value},new=(", r"column pattern: 'new=\('; expected a regular expression"),
        ("new=*,New {value},Ny {value},new=.+", "expected one group, the open value"),
        ("new,New,Ny", "3 cells; expected 4"),
    ],
)
def test_a_row_that_is_no_label_is_refused_by_file_and_number(tables: Path, line: str, fault: str) -> None:
    number = add(tables / "labels.csv", line)
    with pytest.raises(TableFault, match=rf"^labels\.csv, row {number}[,:].*{fault}"):
        read_labels(tables)


def test_a_variable_has_its_label_in_one_table(tables: Path) -> None:
    add(tables / "labels.csv", "age,Age,Alder,")
    with pytest.raises(TableFault, match=r"variables\.csv, row \d+, column name: 'age'; expected no label here"):
        read_labels(tables)


def test_a_table_without_a_column_names_it(tables: Path) -> None:
    (tables / "labels.csv").write_text("key,en,pattern\n", encoding="utf-8")
    with pytest.raises(TableFault, match=r"labels\.csv, row 1: no column nb; found key, en, pattern"):
        read_labels(tables)


def test_labels_are_read_once() -> None:
    assert labels() is labels()
