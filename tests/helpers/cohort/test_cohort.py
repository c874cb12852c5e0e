"""The cohort file: defaults, faults named one by one, and paths."""

from pathlib import Path

import pandas as pd
import pytest
from hostile import HOSTILE
from support import ROOT, write_cohort

from helpers.chapters.common.packages import package_label
from helpers.cohort.settings import Years, load_cohort
from resultatbok.exhibits.declaration import Page
from resultatbok.project import CODING, TABLES_VARIABLE, coding_folder, project_root
from resultatbok.settings import CohortError
from resultatbok.words.wording import Wording


def faults(path: Path) -> list[str]:
    with pytest.raises(CohortError) as caught:
        load_cohort(path)
    return caught.value.problems


def test_the_default_cohort_reads_and_its_sources_are_absolute() -> None:
    cohort = load_cohort("cohorts/synthetic-2017-2020.yml")
    assert cohort.years.all == [2017, 2018, 2019, 2020]
    assert cohort.sources.nir == ROOT / "data" / "synthetic" / "nir.csv.gz"
    assert cohort.disclosure.min_count == 5


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path / "none.yml") == ["no such file"]


def test_text_that_is_not_a_mapping_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.yml"
    file.write_text("- a\n- b\n")
    assert faults(file) == ["is not a YAML mapping of settings"]


def test_a_setting_that_stands_twice_is_refused_with_its_lines(tmp_path: Path) -> None:
    file = write_cohort(tmp_path / "c.yml", tmp_path)
    file.write_text(file.read_text() + "disclosure: {min_count: 10}\ndisclosure: {min_interval: 3}\n")
    last = len(file.read_text().splitlines())
    assert faults(file) == [f"disclosure is set twice, on lines {last - 1} and {last}"]


def test_a_folder_is_no_cohort_file(tmp_path: Path) -> None:
    assert len(faults(tmp_path)) == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"disclosur": {}}, "disclosur: is no setting (found {}); did you mean 'disclosure'?"),
        ({"disclosure": {"min_cuont": 3}}, "did you mean 'min_count'?"),
        ({"years": "2018-2019"}, "years: found '2018-2019'; expected settings of its own"),
        ({"name": "Has Spaces"}, "name: found 'Has Spaces'; expected small letters (a-z), digits and hyphens"),
        ({"analysis": {"reference_origin": "Europe"}}, "did you mean 'europe'?"),
        ({"contents": "_toc_none.yml"}, "contents: no file _toc_none.yml in the project's folder"),
        ({"contents": "toc.yml"}, "contents: found 'toc.yml'; expected the name of a file such as _toc.yml"),
        ({"analysis": {"packages_from": "cohorts/none.yml"}}, "analysis.packages_from: "),
        ({"compare_with": "evaluation_2019"}, "compare_with: evaluation_2019 is about those who left in 2017-2018"),
        ({"title": {False: "Tittel"}}, "title"),
    ],
)
def test_a_wrong_setting_is_said_in_plain_words(settings: dict[str, object], said: str, tmp_path: Path) -> None:
    found = faults(write_cohort(tmp_path / "c.yml", tmp_path, **settings))
    assert said in found[0]


def test_packages_cannot_be_taken_in_a_circle(tmp_path: Path) -> None:
    file = tmp_path / "c.yml"
    write_cohort(file, tmp_path, analysis={"packages_from": str(file)})
    assert "leads back to this cohort" in faults(file)[0]


def test_packages_of_another_cohort_are_accepted(tmp_path: Path) -> None:
    analysis = {"packages_from": "cohorts/synthetic-2017-2018.yml"}
    assert load_cohort(write_cohort(tmp_path / "c.yml", tmp_path, analysis=analysis)).analysis.packages_from


def test_broken_yaml_is_refused_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "broken.yml"
    file.write_text("name: [unclosed\n")
    assert "line 2" in faults(file)[0]


def test_every_fault_is_named_with_what_was_found(tmp_path: Path) -> None:
    file = write_cohort(
        tmp_path / "bad.yml",
        tmp_path,
        name="Has Spaces",
        years={"first": 2020, "last": 2017},
        disclosure={"min_count": 0},
        unknown=1,
    )
    found = faults(file)
    assert len(found) == 4
    assert any(f.startswith("name:") and "'Has Spaces'" in f for f in found)
    assert any("last (2017) is before first (2020)" in f for f in found)
    assert any(f.startswith("disclosure.min_count:") for f in found)
    assert any(f.startswith("unknown:") for f in found)


def test_a_cohort_needs_an_english_title(tmp_path: Path) -> None:
    file = write_cohort(tmp_path / "c.yml", tmp_path, title={"nb": "Tittel"})
    assert faults(file) == [f for f in faults(file) if "English title" in f]


@pytest.mark.parametrize(("first", "last", "label"), [(2019, 2019, "2019"), (2017, 2020, "2017–2020")])
def test_years_are_printed_once_or_as_a_span(first: int, last: int, label: str) -> None:
    assert Years(first=first, last=last).label == label


def test_the_project_root_is_found_from_below_and_missed_outside(tmp_path: Path) -> None:
    assert project_root(ROOT / "src" / "helpers") == ROOT
    with pytest.raises(FileNotFoundError, match="not inside a Resultatbok project"):
        project_root(tmp_path)


def test_coding_tables_are_those_of_a_release_or_the_project_or_lie_beside_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert coding_folder() == ROOT / CODING
    (tmp_path / CODING).mkdir(parents=True)
    monkeypatch.setenv(TABLES_VARIABLE, str(tmp_path))
    assert coding_folder() == tmp_path / CODING
    monkeypatch.delenv(TABLES_VARIABLE)
    monkeypatch.chdir(tmp_path)
    assert coding_folder() == ROOT / CODING


def test_an_unknown_origin_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    file = write_cohort(tmp_path / "c.yml", tmp_path, analysis={"reference_origin": "atlantis"})
    assert len(faults(file)) == 1
    assert "'west_asia'" in faults(file)[0]
    assert "'atlantis'" in faults(file)[0]


@pytest.mark.parametrize(
    "merged",
    [{"europe": "west_asia"}, {"north_america": "stateless", "stateless": "europe"}],
    ids=["reference", "chain"],
)
def test_an_origin_is_counted_in_one_place(tmp_path: Path, merged: dict[str, str]) -> None:
    file = write_cohort(tmp_path / "c.yml", tmp_path, analysis={"merged_origins": merged})
    assert len(faults(file)) == 1


@pytest.mark.parametrize("title", ["{who} {years}", "{", "{0}", "{years.x}", "{years:>3000000000}"])
def test_a_title_holds_no_other_braces_than_the_years(tmp_path: Path, title: str) -> None:
    file = write_cohort(tmp_path / "c.yml", tmp_path, title={"en": title})
    assert "may hold {years}" in faults(file)[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_titles_and_names_of_packages_are_carried_letter_for_letter(tmp_path: Path, text: str) -> None:
    title, names = {"en": text.replace("{", "{{").replace("}", "}}")}, {"broad": {"en": text}}
    cohort = load_cohort(write_cohort(tmp_path / "c.yml", tmp_path, title=title, analysis={"package_names": names}))
    assert cohort.title_in("en") == text
    assert package_label(Page(pd.DataFrame(), Wording("en"), cohort), "broad") == text


def test_the_title_follows_the_years(tmp_path: Path) -> None:
    cohort = load_cohort(write_cohort(tmp_path / "c.yml", tmp_path, years={"first": 2018, "last": 2019}))
    assert cohort.title_in("en").endswith("Jobbsjansen 2018–2019")
    assert "2018–2019" in cohort.title_in("nb")
