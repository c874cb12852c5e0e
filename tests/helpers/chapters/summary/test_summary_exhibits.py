"""The ladder of the summary: whose effects it has, and what is drawn and said of them."""

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.effect import numbers as effect_numbers
from helpers.chapters.summary import exhibits, numbers
from helpers.study.study import Study
from resultatbok.charts.theme import to_svg
from resultatbok.project import Language
from resultatbok.release.ledger import lookup
from resultatbok.release.rows import NUMBERS

INVENTED = {
    "gender=female": interval(0.27, 0.31, 0.36),
    "target=treated": interval(0.15, 0.21, 0.26),
    "target=comparable": {},
    "target=within_municipality": interval(-0.04, 0.02, 0.08),
    "estimator=logit;covariates=all": interval(-0.19, -0.11, -0.03),
    "model=individual": interval(0.4, 0.41, 0.42),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ladder_is_drawn_and_told_by_what_each_row_compares(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    made = page(language, *({"statistic": "average_effect", "group": g} | n for g, n in INVENTED.items()))
    drawn, ladder = to_svg(exhibits.scheme_effects.chart(made)), exhibits.ladder(made)
    assert [text for text in ladder["text"] if f"<!-- {text} -->" not in drawn] == []
    assert ladder[["heading", "label", "text"]].to_numpy().tolist() == snapshot(name="ladder")
    assert "<!-- 41" not in drawn  # the report's model is about all participants
    assert exhibits.scheme_effects.alt(made) == snapshot(name="alt")
    assert exhibits.scheme_effects.caption(made) == snapshot(name="caption")


def test_the_ladder_has_the_numbers_of_the_effect_chapter(small_study: Study) -> None:
    rows, theirs = numbers.scheme_effects(small_study), effect_numbers.declared_effect(small_study)
    ours = rows[rows["group"].str.startswith("target=")]
    assert ours["group"].iloc[0] == "target=treated"
    for _, effect in ours.iterrows():
        same = lookup(theirs, statistic="average_effect", group=effect["group"], sample="women")
        assert effect[list(NUMBERS)].tolist() == same[list(NUMBERS)].tolist()
    shares = small_study.complete.query("male == 0").groupby("scheme", observed=True)["goal_attained"].mean()
    observed = lookup(rows, group="gender=female")
    assert observed["value"] == pytest.approx(shares["jobbsjansen"] - shares["introduction"])
