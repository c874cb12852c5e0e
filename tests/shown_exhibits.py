"""What a reader sees of an exhibit: its words, the texts in its drawing, its cells and its phrases."""

import re

from support import GivenRows

from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.exhibit import Context
from resultatbok.release.released import Settings


def shown(exhibit: Figure | Table, page: Page) -> dict[str, object]:
    """An exhibit made of a page's rows, with the texts of its drawing in the order in which they are drawn."""
    made = exhibit(Context(Settings(page.cohort, page.questionnaire), GivenRows({exhibit.key: page.rows}), page.words))
    parts: dict[str, object] = {"caption": made.caption}
    if made.svg:
        parts |= {"alt": made.alt, "drawn": " | ".join(re.findall(r"<!-- (.*?) -->", made.svg))}
    if made.table:
        heads = [column.header for column in made.table.columns]
        parts |= {"table": [" | ".join(cells) for cells in (heads, *made.table.rows)], "note": made.table.note}
        parts |= {"headings": dict(made.table.group_rows)}
    return {name: part for name, part in parts.items() if part} | dict(made.phrases)
