"""The scripts of interactive charts: Vega and Vega-Lite from the installed package, and ours that sets them to work.

They are put into the finished site, not among Sphinx's own static files, so that only pages that name them load them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from resultatbok.edition.exhibit_blocks import ASSETS as STAGED_ASSETS

LIBRARY: Final = "vega.js"
OURS: Final = "interactive.js"
SCRIPTS: Final = (LIBRARY, OURS)
"""In the order in which pages load them."""

EXPORT: Final = "window.vegaEmbed = vegaEmbed;"
SOURCE: Final = Path(__file__).parent / "assets" / "interactive"


def write_scripts(staged: Path, static: Path) -> None:
    """Write the scripts into the site's static folder, if any staged exhibit has an interactive chart."""
    if not any((staged / STAGED_ASSETS).glob("*.json")):
        return
    (static / LIBRARY).write_text(library(), encoding="utf-8")
    shutil.copyfile(SOURCE / OURS, static / OURS)


def library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that defines `vegaEmbed`; the same text each time."""
    import vl_convert

    # in a function of its own: its short names would clash with those of Sphinx's scripts
    return f"(() => {{\n{vl_convert.javascript_bundle(snippet=EXPORT)}\n}})();\n"
