"""What a declared figure makes of its rows."""

from types import SimpleNamespace

import pandas as pd
from support import GivenRows

from resultatbok.charts.theme import NOT_DRAWN, without_drawing
from resultatbok.exhibits.declaration import Drawing, Figure, Page
from resultatbok.exhibits.exhibit import Context
from resultatbok.release.rows import row
from resultatbok.words.wording import Wording


def test_without_drawing_a_figure_says_the_same_and_no_chart_is_made() -> None:
    charts: list[str] = []

    def chart(page: Page) -> Drawing:
        charts.append("drawn")
        return Drawing()

    figure = Figure(
        key="cows",
        numbers=lambda study: None,
        chart=chart,
        interactive=lambda page: charts.append("to point at") or {},
        caption="Cows.",
        alt=lambda page: page.words.count(page.rows["value"].sum()),
        phrases={"n_cows": lambda page: "many"},
    )
    rows = GivenRows({"cows": pd.DataFrame([row("count", 7)])})
    context = Context(SimpleNamespace(cohort=None, questionnaire=None), rows, Wording("en"))
    with without_drawing():
        said = figure(context)
    assert (said.svg, said.interactive, charts) == (NOT_DRAWN, None, [])
    assert said.texts == figure(context).texts == {"cows.caption": "Cows.", "cows.alt": "7", "n_cows": "many"}
    assert charts == ["drawn", "to point at"]
