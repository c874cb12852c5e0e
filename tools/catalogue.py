"""Bring the Norwegian catalogues up to date with the code and the book, and list what still needs a translation.

The messages of the code are in `src/resultatbok/words/locale/nb.po`, the paragraphs of the book in
`book/translations/nb.po`.
"""

from collections.abc import Sequence
from pathlib import Path

from resultatbok.edition.prose import update_translations
from resultatbok.words.catalogue import update_catalogue

ROOT = Path(__file__).resolve().parent.parent


def report(kind: str, missing: Sequence[str]) -> None:
    """Print what has no translation."""
    print(f"{len(missing)} {kind} without a Norwegian translation")
    for text in missing:
        print(f"  {' '.join(text.split())}")


if __name__ == "__main__":
    report("messages", update_catalogue("nb"))
    report("paragraphs", update_translations("nb", ROOT))
