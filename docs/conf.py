"""The developer's book: the pages of this folder, and the API of the public rooms read from their docstrings.

`make docs` writes it to build/docs. Nothing is imported and nothing is fetched.
"""

from pathlib import Path

from astroid.manager import AstroidManager

project = "Resultatbok"
author = copyright = ""
extensions = ["myst_parser", "autoapi.extension", "sphinx.ext.napoleon", "resultatbok.edition.extensions.mathml"]
exclude_patterns = ["images"]
root_doc = "index"

SRC = Path(__file__).resolve().parent.parent / "src"
ROOMS = {
    "resultatbok": ("methods", "exhibits", "charts", "tables", "words", "release", "edition"),
    "helpers": ("cohort", "study", "chapter"),
    "synthesis": (),
}
"""The rooms of each package that others may call; of `synthesis` all."""

AstroidManager.visit_transforms = lambda self, node: node  # what it would infer is shown nowhere, and half of the time
autoapi_dirs = [str(SRC / package) for package in ROOMS]
autoapi_ignore = []
for package, rooms in ROOMS.items():
    others = [place for place in (SRC / package).iterdir() if rooms and place.stem not in (*rooms, "__init__")]
    autoapi_ignore += [f"{place}/*" if place.is_dir() else str(place) for place in others]
autoapi_root = "api"
autoapi_options = ["members", "undoc-members", "show-module-summary"]
autoapi_member_order = "bysource"
autoapi_add_toctree_entry = False  # index.md has it
suppress_warnings = ["autoapi.python_import_resolution"]  # of names that are assigned several at once

default_role = "code"  # docstrings are Markdown in this: single backticks hold code
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # what the class lists itself is not listed twice
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3

html_theme = "sphinx_book_theme"
html_title = "Resultatbok for developers"
html_math_renderer = "mathml"
html_show_sphinx = html_show_copyright = html_copy_source = False
