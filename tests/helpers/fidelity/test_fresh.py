"""Registers drawn anew are scored through the exhibits, without pages."""

from pathlib import Path

import pytest
from support import ROOT

from helpers.cohort.settings import Cohort, load_cohort
from helpers.fidelity import exhibit_rows
from helpers.fidelity.check import Yardstick
from helpers.fidelity.command import judge_built, report_of, save
from helpers.fidelity.exhibit_rows import makers, rows_of
from helpers.fidelity.fresh import Draw, Score, score_draw, score_study, with_files_in
from helpers.fidelity.seeds import seeds_json, seeds_text
from helpers.study.study import Study
from resultatbok.exhibits.registry import Declaration
from resultatbok.release.ledger import json_text
from resultatbok.settings import CohortError

SMALL = 0.05
FLOW = ("method.sample_flow",)


@pytest.fixture(scope="session")
def cohort() -> Cohort:
    return load_cohort(ROOT / "cohorts" / "synthetic-2017-2020.yml")


def test_every_exhibit_but_those_about_this_check_is_found() -> None:
    found = makers()
    assert len(found) > 20
    assert found["method.sample_flow"].exhibit == "sample_flow"
    assert not [name for name in found if name.startswith("fidelity.")]


def test_a_study_is_scored_on_what_its_exhibits_record(small_study: Study) -> None:
    score = score_study(small_study, "report_2022", only=("method.sample_flow", "appendix.glossary"))
    found = {j.id: j for j in score.judgements}
    assert found["ch2_n_gross_jobbsjansen"].computed == (small_study.participants["scheme"] == "jobbsjansen").sum()
    assert found["table17_individual_male_coef"].verdict == "missing"
    assert score.needed == FLOW
    assert score.failures == {}


def test_only_the_exhibits_that_hold_compared_numbers_are_needed(small_study: Study) -> None:
    every = ("method.sample_flow", "method.missing_values", "appendix.variables")
    rows = rows_of(small_study, every)
    used = Yardstick.of("report_2022").used_exhibits(rows.ledger)
    assert used == {"sample_flow", "missing_values"}


def test_an_exhibit_that_fails_leaves_its_numbers_missing(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Declaration("a", "broken", "broken")
    monkeypatch.setattr(exhibit_rows, "makers", lambda: {"a.broken": nowhere, FLOW[0]: makers()[FLOW[0]]})
    score = score_study(small_study, "report_2022")
    assert score.failures == {"a.broken": "ModuleNotFoundError: No module named 'a'"}
    assert score.needed == FLOW


def computed(score: Score, id_: str) -> float:
    return next(j.computed for j in score.judgements if j.id == id_)


@pytest.mark.registers
def test_another_seed_gives_other_numbers(cohort: Cohort) -> None:
    only = ("descriptives.attainment_by_scheme",)
    shares = [
        computed(
            score_draw(Draw(seed, cohort, "report_2022", only=only, scale=SMALL)),
            "figure2_goal_attainment_introduction",
        )
        for seed in (5, 6)
    ]
    assert shares[0] != shares[1]


@pytest.mark.registers
def test_a_draw_is_scored_with_the_cohort_s_own_years(cohort: Cohort) -> None:
    shorter = cohort.model_copy(update={"years": cohort.years.model_copy(update={"first": 2020})})
    whole, part = (
        computed(score_draw(Draw(5, c, "report_2022", only=FLOW, scale=SMALL)), "ch2_n_gross_introduction")
        for c in (cohort, shorter)
    )
    assert 0 < part < whole


def test_a_cohort_s_files_are_looked_for_in_the_other_folder(cohort: Cohort, tmp_path: Path) -> None:
    moved = with_files_in(cohort, tmp_path)
    assert moved.sources.nir == tmp_path / "nir.csv.gz"
    assert {file.parent for file in moved.sources.files} == {tmp_path}
    assert moved.years == cohort.years


def test_the_table_of_seeds_has_a_line_for_each_and_the_mean(small_study: Study) -> None:
    scores = [score_study(small_study, "report_2022", only=FLOW, seed=seed) for seed in (1001, 1002)]
    lines = seeds_text(scores, "plain random outcomes").splitlines()
    assert lines[0].endswith("(plain random outcomes)")
    assert [line.split()[0] for line in lines[1:4]] == ["1001", "1002", "mean"]
    assert "Numbers and findings that miss in at least half of the draws:" in lines
    assert '"1001": [' in seeds_json(scores)


def test_a_cohort_compared_with_nothing_is_refused(cohort: Cohort) -> None:
    assert report_of(cohort, Path("c.yml")) == "report_2022"
    with pytest.raises(CohortError, match="compare_with: none"):
        report_of(cohort.model_copy(update={"compare_with": "none"}), Path("c.yml"))


def test_a_built_edition_is_judged_and_the_verdicts_saved(small_study: Study, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="has not been built; run `resultatbok build c"):
        judge_built("report_2022", tmp_path / "small", "resultatbok build c.yml")
    edition = tmp_path / "small"
    (edition / "results").mkdir(parents=True)
    ledger = rows_of(small_study, FLOW).ledger
    (edition / "results" / "ledger.json").write_text(json_text(ledger))
    found = judge_built("report_2022", edition, "")
    said: list[str] = []
    save(found, edition, tmp_path / "verdicts.json", said.append)
    assert "653 published numbers" in said[0]
    assert (tmp_path / "verdicts.json").read_text() == (edition / "results" / "fidelity.json").read_text()
    assert (edition / "results" / "fidelity.txt").read_text().count("missing: ") > 100
