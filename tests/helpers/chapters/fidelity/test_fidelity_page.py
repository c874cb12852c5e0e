"""The page about the fidelity check: what it counts, what it lists, and what it says where nothing is compared."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from support import ROOT

from helpers.chapters.fidelity import exhibits
from helpers.chapters.fidelity.sentences import MESSAGES, exhibit_label, number_label, number_text
from helpers.cohort.settings import load_cohort
from helpers.fidelity.check import Yardstick
from helpers.fidelity.crosswalk import REASONS
from helpers.fidelity.places import exhibit_order
from resultatbok.exhibits.exhibit import Context
from resultatbok.release.disclosure import DisclosurePolicy
from resultatbok.release.ledger import Ledger, lookup, row
from resultatbok.words.wording import Wording

MAKERS = [
    exhibits.fidelity_by_exhibit,
    exhibits.fidelity_deviations,
    exhibits.fidelity_misses,
    exhibits.fidelity_not_compared,
]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Rows of one chapter: one number inside, one outside."""
    chapter = Ledger(DisclosurePolicy())
    shares = [
        row("share", 0.65, scheme="introduction", group="gender=male", term="participant_share", n=17_899),
        row("share", 0.45, scheme="introduction", group="gender=female", term="participant_share", n=17_899),
    ]
    chapter.record("composition", pd.DataFrame(shares))
    chapter.write(tmp_path, "descriptives")
    return tmp_path


def desk_on(results: Path | None, compare_with: str = "report_2022", language: str = "en") -> Context:
    cohort = load_cohort(ROOT / "cohorts" / "synthetic-2017-2020.yml").model_copy(update={"compare_with": compare_with})
    study = SimpleNamespace(cohort=cohort, questionnaire=None)
    return Context(study, Ledger(cohort.disclosure), Wording(language, strict=True), results)


def test_the_page_judges_the_rows_of_the_other_chapters(results: Path) -> None:
    rows = exhibits.fidelity_by_exhibit(desk_on(results)).rows
    counted = {
        t: lookup(rows, statistic="count", group="published_in=figure 3", term=t)["value"]
        for t in ("compared", "inside", "not_computed")
    }
    assert counted == {"compared": 4, "inside": 1, "not_computed": 2}
    assert set(rows["unit"]) == {"rows", "fraction"}
    assert not rows["suppressed"].any()


def test_the_sums_agree_with_the_sentence_in_brief(results: Path) -> None:
    exhibit = exhibits.fidelity_by_exhibit(desk_on(results))
    compared = sum(entry.comparable for entry in Yardstick.of("report_2022").crosswalk.values())
    assert exhibit.phrases["n_comparable"] == str(compared)
    assert exhibit.phrases["fidelity_brief"].startswith(
        f"Of 653 numbers printed in report 13/2022, {compared} can be compared. 1 of them"
    )
    total = lookup(exhibit.rows, statistic="count", group="", term="compared")["value"]
    parts = exhibit.rows[
        (exhibit.rows["term"] == "compared")
        & ~exhibit.rows["group"].isin(["", "published_in=targets", "published_in=not targets"])
    ]
    assert parts["value"].sum() == total == compared


def test_every_miss_is_listed_the_ones_outside_first(results: Path) -> None:
    table = exhibits.fidelity_misses(desk_on(results)).table
    assert table is not None
    assert list(table.rows[0]) == [
        "Figure 3, women, share of participants, introduction programme, share",
        "0.350",
        "0.450",
        "0.335 to 0.365",
    ]
    assert table.group_rows == {0: "Outside their tolerance", 1: "Comparable, and not computed"}
    compared = sum(entry.comparable for entry in Yardstick.of("report_2022").crosswalk.values())
    assert len(table.rows) == compared - 1


def test_the_drawing_holds_each_number_that_was_computed(results: Path) -> None:
    exhibit = exhibits.fidelity_deviations(desk_on(results))
    assert dict(zip(exhibit.rows["group"], exhibit.rows["value"].round(2), strict=True)) == {
        "published=figure3_introduction_male": 0.0,
        "published=figure3_introduction_female": 6.67,
    }
    assert "All others: 1 of 2" in exhibit.alt


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("maker", MAKERS, ids=lambda m: m.key)
def test_a_cohort_compared_with_no_report_says_so(maker, language: str) -> None:
    exhibit = maker(desk_on(None, "none", language))
    phrases = exhibits.fidelity_by_exhibit(desk_on(None, "none", language)).phrases
    assert exhibit.table is not None
    assert [list(line) for line in exhibit.table.rows] == [[phrases["fidelity_brief"]]]
    assert phrases["n_published"] == "0"


def test_before_the_book_is_built_the_page_says_so_and_counts_what_it_could_compare() -> None:
    context = desk_on(None)
    unbuilt = Context(
        SimpleNamespace(cohort=context.study.cohort.model_copy(update={"name": "never"}), questionnaire=None),
        context.ledger,
        context.words,
    )
    phrases = exhibits.fidelity_by_exhibit(unbuilt).phrases
    assert phrases["fidelity_brief"].startswith("The book has not been built yet")
    assert phrases["n_published"] == "653"
    assert phrases["n_comparable"] == str(sum(e.comparable for e in Yardstick.of("report_2022").crosswalk.values()))


@pytest.mark.parametrize("maker", MAKERS, ids=lambda m: m.key)
def test_every_text_is_there_in_norwegian(maker, results: Path) -> None:
    assert maker(desk_on(results, language="nb")).caption != maker(desk_on(results)).caption


def test_every_reason_and_every_published_exhibit_has_a_name() -> None:
    assert set(REASONS) <= set(MESSAGES.choices("kinds"))
    words = Wording("nb", strict=True)
    for report in ("report_2022", "evaluation_2019"):
        assert all(exhibit_label(words, name) for name in {row.exhibit for row in Yardstick.of(report).published})
    assert exhibit_label(Wording("en"), "prose figure 3.13") == "Text on figure 3.13"
    with pytest.raises(ValueError, match="expected a table"):
        exhibit_label(words, "somewhere")


def test_a_published_number_is_told_by_its_labels_and_not_by_its_id() -> None:
    numbers = {number.id: number for number in Yardstick.of("report_2022").published}
    assert number_label(Wording("en"), numbers["table21_women_project_wage_per_participant_p"]) == (
        "Table 21, project model, the project's wage costs per participant (standardised), women, p-value"
    )
    assert not any("_" in number_label(Wording("nb", strict=True), number) for number in numbers.values())


def test_exhibits_are_in_the_order_of_their_numbers() -> None:
    mixed = ["table 1", "figure 10", "prose ch6", "figure 3", "figure 25 (ch5)", "prose summary", "prose ch1.1"]
    ordered = ["figure 3", "figure 10", "figure 25 (ch5)", "prose ch1.1", "prose ch6", "prose summary", "table 1"]
    assert sorted(mixed, key=exhibit_order) == ordered


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.5, "0.500"), (5.25, "5.25"), (17.4, "17.4"), (2203, "2,203"), (-0.1, "\u22120.100"), (0, "0")],
)
def test_numbers_of_any_size_are_readable(number: float, text: str) -> None:
    assert number_text(Wording("en"), number) == text
