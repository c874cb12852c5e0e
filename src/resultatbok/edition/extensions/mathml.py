"""Formulas as MathML: no script runs, nothing is fetched, and screen readers can read them.

The TeX source goes along as annotation, from which the PDF is set.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)

_ARGUMENTS = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
_OPENING = re.compile(r"^<math\b([^>]*)>")


def to_mathml(tex: str, display: bool) -> str:
    """Convert TeX to a `math` element with the TeX as alternative text and annotation.

    Raises:
        ValueError: The formula uses TeX that cannot be converted.
    """
    try:
        converted = convert(tex, display="block" if display else "inline")
        _refuse_nonsense(converted)
    except Exception as error:
        raise ValueError(f"formula cannot be shown: {tex!r} ({type(error).__name__}: {error})") from error
    text = escape(" ".join(tex.split()), quote=True)
    body = _OPENING.sub("", converted).removesuffix("</math>")
    mode = "block" if display else "inline"
    return (
        f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="{mode}" alttext="{text}"><semantics>{body}'
        f'<annotation encoding="application/x-tex">{text}</annotation></semantics></math>'
    )


def _refuse_nonsense(mathml: str) -> None:
    """The converter lets unknown commands and missing arguments pass; a reader should not meet them."""
    for element in ElementTree.fromstring(mathml).iter():
        name = element.tag.rpartition("}")[2]
        if len(element) != _ARGUMENTS.get(name, len(element)):
            raise ValueError(f"{name} with {len(element)} parts")
        if (element.text or "").startswith("\\"):
            raise ValueError(f"unknown command {element.text}")


def _converted(node: nodes.Element, display: bool) -> str:
    try:
        return to_mathml(node.astext(), display)
    except ValueError as error:
        logger.warning(str(error), location=node)
        return ""


def _visit_inline(translator: Any, node: nodes.math) -> None:  # noqa: ANN401 - Sphinx picks the translator
    translator.body.append(_converted(node, display=False))
    raise nodes.SkipNode


def _visit_display(translator: Any, node: nodes.math_block) -> None:  # noqa: ANN401
    translator.body.append(translator.starttag(node, "div", CLASS="math-block", tabindex="0", role="group"))
    translator.body.append(_converted(node, display=True))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})</span>')
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer under the name `mathml`."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_display, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
