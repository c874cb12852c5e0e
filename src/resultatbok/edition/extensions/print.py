"""What a reader of the PDF does not need: code and links to data files."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

BEFORE_CODE_IS_FOLDED = 5


class DropCodeInPrint(SphinxPostTransform):
    """Removes the code of notebook cells from the single page that the PDF is made of."""

    default_priority = BEFORE_CODE_IS_FOLDED
    builders = ("singlehtml",)

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 - docutils' signature
        """Remove every code cell's input, cells left empty, links to data and interactive charts."""
        for node in list(self.document.findall(nodes.container)):
            if "cell_input" in node["classes"] and node.parent is not None:
                node.parent.remove(node)
        for node in list(self.document.findall(nodes.container)):
            if "cell" in node["classes"] and not node.children:
                node.parent.remove(node)
        for node in list(self.document.findall(nodes.raw)):
            if {"exhibit-data", "exhibit-interactive"} & set(node["classes"]):
                node.parent.remove(node)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform."""
    app.add_post_transform(DropCodeInPrint)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
