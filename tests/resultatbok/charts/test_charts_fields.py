import pytest
from layout_checks import assert_nothing_clipped

from resultatbok.charts.fields import Field, four_fields
from resultatbok.charts.theme import to_svg

LONG = (
    "Deltakere med svakere forutsetninger når målet oftere enn andre som ligner dem. Resultatet alene viser det ikke."
)
FIELDS = {
    "top_left": Field("Under snittet, mer enn forventet", LONG, "24 prosjekter"),
    "top_right": Field("Over snittet, mer enn forventet", "Mange når målet.", "167 prosjekter"),
    "bottom_left": Field("Under snittet, mindre enn forventet", "Få når målet.", "221 prosjekter"),
    "bottom_right": Field("Over snittet, mindre enn forventet", "Mange når målet, men færre enn forventet."),
}
ENDS = {"left": "Under snittet", "right": "Over snittet", "top": "Mer enn forventet", "bottom": "Mindre enn forventet"}


def places(figure):
    return {text.get_text().replace("\n", " "): text.get_position() for text in figure.axes[0].texts}


def test_each_text_stands_in_its_own_field():
    at = places(four_fields(FIELDS, **ENDS))
    assert at["24 prosjekter"][0] < 0 < at["24 prosjekter"][1]
    assert min(at["167 prosjekter"]) > 0
    assert max(at["221 prosjekter"]) < 0
    assert at["Mange når målet, men færre enn forventet."][1] < 0 < at["Mange når målet, men færre enn forventet."][0]


def test_a_long_text_is_broken_and_nothing_is_clipped():
    figure = four_fields(FIELDS, **ENDS)
    assert any("\n" in text.get_text() for text in figure.axes[0].texts)
    assert_nothing_clipped(figure)
    assert to_svg(four_fields(FIELDS, **ENDS)) == to_svg(figure)


def test_a_corner_without_a_field_is_named():
    with pytest.raises(ValueError, match="bottom_right"):
        four_fields({k: v for k, v in FIELDS.items() if k != "bottom_right"}, **ENDS)
