import re

import pytest

from resultatbok.edition.extensions.mathml import to_mathml


def test_a_formula_has_its_source_as_alternative_text_and_annotation() -> None:
    made = to_mathml("a < b", display=False)
    assert 'display="inline"' in made
    assert 'alttext="a &lt; b"' in made
    assert '<annotation encoding="application/x-tex">a &lt; b</annotation>' in made
    assert made.count("<math") == 1


def test_a_displayed_formula_is_a_block() -> None:
    assert 'display="block"' in to_mathml(r"\frac{1}{2}", display=True)


@pytest.mark.parametrize("tex", [r"\left(", "x_", "{", r"\nonsense", r"\frac{1}", r"\begin{pmatrix}"])
def test_a_formula_that_cannot_be_shown_is_named(tex: str) -> None:
    with pytest.raises(ValueError, match="formula cannot be shown: " + re.escape(repr(tex))):
        to_mathml(tex, display=False)
