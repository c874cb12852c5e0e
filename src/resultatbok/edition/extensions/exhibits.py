"""The `exhibit` directive: a figure or table of the report with number, caption and a link to its data.

Both count among Sphinx's own figures and tables, so that `numref` works for them. The caption comes first, as the title
of what follows; tables come as finished HTML. A figure with the specification of an interactive chart carries it in the
page, and the scripts that draw it are loaded on such pages only.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from resultatbok.edition.interactive import SCRIPTS
from resultatbok.escape import json_in_html

AFTER_THE_THEME = 900
"""A higher number comes later."""


class exhibit_figure(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A figure: caption, drawing, link to its data."""


class exhibit_table(nodes.General, nodes.Element):  # noqa: N801
    """A table: caption, table as HTML, link to its data."""


class exhibit_caption(nodes.TextElement):  # noqa: N801
    """The caption of an exhibit."""


class ExhibitDirective(SphinxDirective):
    """Shows a figure (SVG file) or table (HTML file) that a chapter made."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "name": directives.unchanged_required,
        "body": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "csv": directives.unchanged_required,
        "alt": directives.unchanged,
        "spec": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Make the numbered node."""
        kind = directives.choice(self.arguments[0], ("figure", "table"))
        node = exhibit_figure() if kind == "figure" else exhibit_table()
        text = self.options["caption"]  # plain text, in which nothing is markup
        caption = exhibit_caption(text, "", nodes.Text(text))
        body = self._drawing() if kind == "figure" else self._table()
        node += [caption, *_framed(body, caption.astext()), *self._chart(), *self._note(), self._data_link(kind)]
        node["interactive"] = "spec" in self.options
        for part in (node, caption, body):
            self.set_source_info(part)
        self.add_name(node)
        return [node]

    def _drawing(self) -> nodes.image:
        return nodes.image(uri="/" + self.options["body"], alt=self.options["alt"])

    def _chart(self) -> list[nodes.raw]:
        """The place of the interactive chart, with its specification; hidden until the script has drawn it."""
        if "spec" not in self.options:
            return []
        self.env.note_dependency(self.options["spec"])
        spec = (Path(self.env.srcdir) / str(self.options["spec"])).read_text(encoding="utf-8")
        text = (
            '<div class="exhibit-live" hidden><div class="exhibit-choices"></div>'
            '<div class="exhibit-chart" aria-hidden="true"></div>'
            f'<script type="application/json">{json_in_html(spec)}</script></div>'
        )
        return [nodes.raw("", text, format="html", classes=["exhibit-interactive"])]

    def _table(self) -> nodes.raw:
        self.env.note_dependency(self.options["body"])
        table, end, _ = self._body().rpartition("</table>")
        return nodes.raw("", table + end, format="html")

    def _note(self) -> list[nodes.raw]:
        """What stands below a table."""
        note = self._body().rpartition("</table>")[2]
        return [nodes.raw("", note, format="html")] if self.arguments[0] == "table" and note.strip() else []

    def _body(self) -> str:
        file = Path(self.env.srcdir) / str(self.options["body"])
        text: str = file.read_text(encoding="utf-8")
        return text

    def _data_link(self, kind: str) -> nodes.raw:
        top = "../" * self.env.docname.count("/")
        text = escape(self.config[f"exhibit_data_for_{kind}"])
        link = f'<a href="{escape(top + self.options["csv"])}" download>{text}</a>'
        return nodes.raw("", f'<p class="exhibit-data">{link}</p>', format="html", classes=["exhibit-data"])


def _framed(body: nodes.Node, caption: str) -> list[nodes.Node]:
    """A figure or table in a frame that scrolls on a narrow screen, by keyboard too."""
    frame = f'<div class="exhibit-scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
    return [nodes.raw("", frame, format="html"), body, nodes.raw("", "</div>", format="html")]


def _visit_exhibit(translator: Any, node: nodes.Element) -> None:  # noqa: ANN401 - Sphinx picks the translator
    kind = "figure" if isinstance(node, exhibit_figure) else "table"
    translator.body.append(translator.starttag(node, "figure", CLASS=f"exhibit exhibit-{kind}"))


def _depart_exhibit(translator: Any, node: nodes.Element) -> None:  # noqa: ANN401
    translator.body.append("</figure>\n")


def _visit_caption(translator: Any, node: exhibit_caption) -> None:  # noqa: ANN401
    translator.body.append("<figcaption><p>")
    translator.add_fignumber(node.parent)
    translator.body.append('<span class="caption-text">')


def _depart_caption(translator: Any, node: exhibit_caption) -> None:  # noqa: ANN401
    translator.body.append("</span>")
    translator.add_permalink_ref(node.parent, escape(node.astext()))
    translator.body.append("</p></figcaption>\n")


def _title(node: nodes.Element) -> str | None:
    return next((child.astext() for child in node if isinstance(child, exhibit_caption)), None)


def _load_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the scripts of interactive charts on the pages that have some, and none that stands in the page itself.

    Those of the theme tell its search and its choice of versions, which the book does not use, of the page.
    """
    if doctree is not None and any(figure["interactive"] for figure in doctree.findall(exhibit_figure)):
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")
    context["script_files"] = [script for script in context["script_files"] if script.filename]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its nodes."""
    app.add_config_value("exhibit_data_for_figure", "", "env", str)
    app.add_config_value("exhibit_data_for_table", "", "env", str)
    app.add_enumerable_node(exhibit_figure, "figure", _title, html=(_visit_exhibit, _depart_exhibit))
    app.add_enumerable_node(exhibit_table, "table", _title, html=(_visit_exhibit, _depart_exhibit))
    app.add_node(exhibit_caption, html=(_visit_caption, _depart_caption))
    app.add_directive("exhibit", ExhibitDirective)
    app.connect("html-page-context", _load_scripts, priority=AFTER_THE_THEME)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
