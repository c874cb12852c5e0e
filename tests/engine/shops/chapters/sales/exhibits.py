"""What the chapters show."""

from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import BySide
from resultatbok.release.ledger import lookup
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Table as Cells
from shops.chapters.sales import numbers

MOST = BySide(
    above="Most customers of the corner shop bought something: {share}.",
    below="Most customers of the corner shop bought nothing: {share} did.",
    uncertain="About half of the customers of the corner shop bought something: {share}.",
    hidden="How many customers of the corner shop bought something is not shown.",
)


def chart(page: Page) -> Drawing:
    labels = [page.words.label(shop) for shop in page.rows["scheme"]]
    return interval_plot(page.rows.assign(label=labels), x_label="Bought", format=page.words.percent)


def table(page: Page) -> Cells:
    return from_rows(page.rows, page.words, index="day", columns="scheme", cell="percent")


def corner(page: Page) -> str:
    row = lookup(page.rows, scheme="corner")
    return MOST.text(page.words, row, 0.5, share=page.words.percent(row["value"]))


bought = Figure(
    key="bought",
    numbers=numbers.bought,
    chart=chart,
    caption="Customers who bought something, by shop.",
    alt="One dot for each shop.",
    phrases={"corner": corner},
)
by_day = Table(key="by_day", numbers=numbers.by_day, table=table, caption="Customers who bought something, by day.")
