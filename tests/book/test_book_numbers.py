"""From register to page: what the built pages and the PDF say is what the ledger and the registers hold."""

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from whole_book import Book

from helpers import registers
from helpers.cohort.settings import load_cohort
from helpers.study import specification


def page(book: Book, name: str) -> BeautifulSoup:
    return BeautifulSoup((book.site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def words(html: Tag) -> str:
    return " ".join(html.text.split())


def value(book: Book, exhibit: str, statistic: str, scheme: str, group: str = "", term: str = "") -> float:
    wanted = {"exhibit": exhibit, "statistic": statistic, "scheme": scheme, "group": group, "term": term}
    rows = book.ledger
    for name, text in wanted.items():
        rows = rows[rows[name].astype(str) == text] if text or name == "group" else rows
    assert len(rows) == 1, f"{len(rows)} rows for {wanted}"
    return float(rows["value"].iloc[0])


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


@pytest.fixture(scope="module")
def participants(book: Book) -> pd.DataFrame:
    root = book.folder.parents[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return registers.load(load_cohort(Path("cohorts/small.yml"))).participants


def test_shares_in_the_ledger_are_those_of_the_registers(book: Book, participants: pd.DataFrame) -> None:
    complete = participants.dropna(subset=list(specification.REQUIRED))
    shares = complete.groupby("scheme", observed=True)["goal_attained"].mean()
    for scheme in ("introduction", "jobbsjansen"):
        shown = value(book, "attainment_by_scheme", "share", scheme, term="goal_attainment")
        assert shown == pytest.approx(shares[scheme], abs=1e-9)


def test_the_sample_in_the_ledger_is_that_of_the_registers(book: Book, participants: pd.DataFrame) -> None:
    counts = participants["scheme"].value_counts()
    rows = book.ledger.query("exhibit == 'sample_flow' and statistic == 'count'")
    for scheme in ("introduction", "jobbsjansen"):
        assert rows.loc[rows["scheme"] == scheme, "value"].max() == counts[scheme]
    assert set(participants["end_year"]) == {2018, 2019}


def test_prose_says_the_ledger_s_shares(book: Book) -> None:
    jobbsjansen, introduction = (
        percent(value(book, "attainment_by_scheme", "share", scheme, term="goal_attainment"))
        for scheme in ("jobbsjansen", "introduction")
    )
    said = words(page(book, "descriptives")).replace("’", "'")
    assert f"{jobbsjansen} of Jobbsjansen's participants reach the goal against {introduction}" in said
    assert jobbsjansen in words(page(book, "summary"))
    assert jobbsjansen in words(page(book, "index"))


def test_a_table_shows_the_ledger_s_odds_ratios(book: Book) -> None:
    table = page(book, "individual").find(id="tab-individual-model")
    assert isinstance(table, Tag)
    heads = [words(cell) for cell in table.select("thead th")]
    place = heads.index("Odds ratio") - 1
    shown = [words(row.select("td")[place]) for row in table.select("tbody tr") if len(row.select("td")) > place]
    rows = book.ledger.query("exhibit == 'individual_model' and statistic == 'odds_ratio'")
    assert len(rows) > 20
    assert sorted(text for text in shown if text) == sorted(f"{ratio:.2f}" for ratio in rows["value"])


def test_the_years_of_the_cohort_stand_in_text_and_title(book: Book) -> None:
    index = page(book, "index")
    assert "2018–2019" in words(index)
    assert index.title is not None and "2018–2019" in index.title.text
    assert "2017–2020" not in words(page(book, "summary"))


def test_a_hidden_number_is_hidden_everywhere(book: Book) -> None:
    hidden = book.ledger[book.ledger["suppressed"].astype(str) == "True"]
    assert len(hidden) > 0
    numbers = ["value", "n", "std_error", "low", "high"]
    assert hidden[numbers].replace("", None).isna().all().all()
    keys = ["exhibit", "statistic", "scheme", "group", "term", "sample"]
    secret = set(map(tuple, hidden[keys].astype(str).to_numpy()))
    for file in sorted((book.site / "data").glob("*.csv")):
        rows = pd.read_csv(file, keep_default_na=False, dtype=str)
        for row in rows.to_dict("records"):
            if tuple(row.get(key, "") for key in keys) in secret:
                assert [row[name] for name in numbers] == [""] * len(numbers), f"{file.name}: {row}"


def test_the_pdf_says_the_same_as_the_pages(book: Book, printed: list[str]) -> None:
    text = " ".join(printed).replace("-\u00ad", "").replace("’", "'")
    jobbsjansen = percent(value(book, "attainment_by_scheme", "share", "jobbsjansen", term="goal_attainment"))
    assert f"{jobbsjansen} of Jobbsjansen's participants reach the goal" in text
