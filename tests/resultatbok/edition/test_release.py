"""The release: what one exhibit hides no other gives away, and the folder is all that pages need."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hostile import HOSTILE

from helpers.cohort.settings import Cohort, load_cohort
from resultatbok.edition import release as release_module
from resultatbok.edition.numbers import Made
from resultatbok.edition.release import INDEX, ReleaseError, read_index, release
from resultatbok.exhibits.registry import Declaration
from resultatbok.release.disclosure import hidden_keys
from resultatbok.release.ledger import read
from resultatbok.release.released import NoMicrodata, Released, Settings
from resultatbok.release.rounding import to_be_rounded
from resultatbok.release.rows import LedgerError, normalise, row
from resultatbok.settings import DisclosurePolicy

POLICY = DisclosurePolicy(min_count=5)


@pytest.fixture
def cohort() -> Cohort:
    return load_cohort("cohorts/synthetic-2017-2020.yml").model_copy(update={"disclosure": POLICY})


def counts(*rows: tuple[str, int]) -> pd.DataFrame:
    about = {"term": "participants", "scheme": "jobbsjansen", "unit": "participants"}
    return pd.DataFrame([row("count", n, group=group, **about) for group, n in rows])


def made(**exhibits: pd.DataFrame) -> dict[Declaration, Made]:
    return {Declaration("m", name, name): Made({name: normalise(name, rows)}, 0.0) for name, rows in exhibits.items()}


PARTS = counts(("origin=a", 3), ("origin=b", 20))
TOTAL_AND_REST = counts(("", 60), ("origin=c", 37))


def released(folder: Path, *exhibits: str) -> list[pd.DataFrame]:
    return [Released(folder).rows_of(name, lambda: pytest.fail("made")) for name in exhibits]


def test_an_exhibit_does_not_give_away_what_another_hides(tmp_path: Path, cohort: Cohort) -> None:
    """60 in all less 37 here and the 20 that the first exhibit shows is the 3 that it hides."""
    release(made(one=PARTS, two=TOTAL_AND_REST), cohort, "d", None, tmp_path / "r")
    one, two = released(tmp_path / "r", "one", "two")
    assert one["suppressed"].tolist() == [True, False] or one["suppressed"].all()
    assert one["suppressed"].sum() + two["suppressed"].sum() >= 2
    assert one.loc[one["suppressed"], ["value", "n"]].isna().all(axis=None)


def test_a_number_is_hidden_wherever_it_stands(tmp_path: Path, cohort: Cohort) -> None:
    release(made(one=PARTS, two=counts(("origin=a", 3))), cohort, "d", None, tmp_path / "r")
    one, two = released(tmp_path / "r", "one", "two")
    assert hidden_keys(two) <= hidden_keys(one)
    assert len(hidden_keys(two)) == 1


def test_a_book_that_hides_nothing_shows_all(tmp_path: Path, cohort: Cohort) -> None:
    release(made(one=counts(("origin=a", 30), ("origin=b", 20))), cohort, "d", None, tmp_path / "r")
    (one,) = released(tmp_path / "r", "one")
    assert one["value"].tolist() == [30, 20]


def test_shares_are_rounded_at_the_border_and_nowhere_before(tmp_path: Path, cohort: Cohort) -> None:
    shares = pd.DataFrame(
        [
            row("share", value, group=f"kind={k}", term="participant_share", n=60)
            for k, value in (("a", 0.31), ("b", 0.69))
        ]
    )
    true = made(one=to_be_rounded(shares, pd.Series(["x", "x"])))
    assert next(iter(true.values())).rows["one"]["value"].tolist() == [0.31, 0.69]
    release(true, cohort, "d", None, tmp_path / "r")
    (one,) = released(tmp_path / "r", "one")
    assert one["value"].tolist() == pytest.approx([0.30, 0.70])


def test_the_folder_holds_rows_ledger_and_what_it_is(tmp_path: Path, cohort: Cohort) -> None:
    release(made(one=PARTS, two=TOTAL_AND_REST), cohort, "data", None, tmp_path / "r")
    assert {f.name for f in (tmp_path / "r").iterdir()} == {
        "data",
        "ledger.csv",
        "ledger.json",
        "release.json",
        "rows",
    }
    assert len(read(tmp_path / "r" / "ledger.json")) == 4
    index = read_index(tmp_path / "r")
    assert (index["schema"], index["cohort"], index["data"]) == (3, cohort.name, "data")
    assert index["exhibits"]["one"]["made_by"] == "m.one"


def test_rows_that_stay_the_same_to_ten_digits_are_not_released_again(
    tmp_path: Path, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect = pd.DataFrame([row("coefficient", 0.123456789012, n=100)])
    key = release(made(one=effect), cohort, "d", None, tmp_path / "r")
    monkeypatch.setattr(release_module, "suppress_book", lambda *arguments: pytest.fail("controlled again"))
    assert release(made(one=effect.assign(value=0.1234567890121)), cohort, "d", None, tmp_path / "r") == key


@pytest.mark.parametrize("change", ["policy", "number", "data"])
def test_another_policy_number_or_delivery_is_released_again(tmp_path: Path, cohort: Cohort, change: str) -> None:
    key = release(made(one=TOTAL_AND_REST), cohort, "d", None, tmp_path / "r")
    rows = counts(("", 61), ("origin=c", 37)) if change == "number" else TOTAL_AND_REST
    other = cohort.model_copy(update={"disclosure": DisclosurePolicy(min_count=50)}) if change == "policy" else cohort
    assert release(made(one=rows), other, "e" if change == "data" else "d", None, tmp_path / "r") != key
    assert (tmp_path / "r" / INDEX).is_file()


def test_a_folder_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"no release\.json"):
        read_index(tmp_path)
    (tmp_path / INDEX).write_text(json.dumps({"schema": 1}))
    with pytest.raises(ReleaseError, match="schema 1, expected 3"):
        read_index(tmp_path)


def test_an_exhibit_that_was_not_released_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="nothing is released for the exhibit 'gone'"):
        released(tmp_path, "gone")


def test_pages_get_the_questionnaire_and_no_register(tmp_path: Path, cohort: Cohort) -> None:
    texts = ["NA", "We work, together", *HOSTILE]
    statements = pd.DataFrame({"statement": [f"s{n}" for n in range(len(texts))], "statement_en": texts})
    release(made(one=TOTAL_AND_REST), cohort, "d", statements, tmp_path / "r")
    settings = Settings.of_release(cohort, tmp_path / "r")
    assert settings.questionnaire is not None
    assert settings.questionnaire.to_dict("list") == statements.to_dict("list")
    with pytest.raises(NoMicrodata, match="registers"):
        settings.registers  # noqa: B018 - asking for it is the fault


def test_rows_that_are_about_no_person_change_nothing_of_what_is_hidden(
    tmp_path: Path, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(made(one=PARTS, two=TOTAL_AND_REST), cohort, "d", None, tmp_path / "first")
    monkeypatch.setattr(release_module, "suppress_book", lambda *arguments: pytest.fail("decided again"))
    tally = pd.DataFrame([row("count", 3, term="published_numbers", unit="rows"), row("share_inside", 0.5)])
    release(made(one=PARTS, two=TOTAL_AND_REST, tally=tally), cohort, "d", None, tmp_path / "second")
    (shown,) = released(tmp_path / "second", "tally")
    assert not shown["suppressed"].any()
    for name in ("one", "two"):
        (before,), (after,) = released(tmp_path / "first", name), released(tmp_path / "second", name)
        assert before["suppressed"].tolist() == after["suppressed"].tolist()
