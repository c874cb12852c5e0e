"""Bring the Norwegian catalogues up to date with the code and the book, and list what still needs a translation.

The messages of the engine are in `src/resultatbok/words/locale/nb.po`, those of the report's code in
`book/translations/code/nb.po`, the paragraphs of the book in `book/translations/nb.po`. Those in a chapter's
`messages.toml` have their Norwegian beside them.
"""

from collections.abc import Sequence
from pathlib import Path

from helpers.report import REPORT
from resultatbok.edition.prose import update_translations
from resultatbok.words.catalogue import catalogues, untranslated_beside, update_catalogues

ROOT = Path(__file__).resolve().parent.parent


def report(kind: str, missing: Sequence[str]) -> None:
    """Print what has no translation."""
    print(f"{len(missing)} {kind} without a Norwegian translation")
    for text in missing:
        print(f"  {' '.join(text.split())}")


if __name__ == "__main__":
    report("messages", update_catalogues(catalogues(REPORT.package, "nb", ROOT)))
    report("messages of chapters", untranslated_beside(ROOT / "src" / REPORT.package, "nb"))
    report("paragraphs", update_translations("nb", ROOT))
