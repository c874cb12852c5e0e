import csv

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from resultatbok.project import coding_folder

from resultatbok.charts.colour import (
    MUTED,
    OTHER_SERIES,
    PAPER,
    PLAIN,
    REFERENCE,
    SERIES_FILE,
    SeriesStyle,
    contrast,
    named_series,
    readable_on,
    relative_luminance,
    sequential,
    series_styles,
)

# Deuteranopia and protanopia, severity 1: Machado, Oliveira and Fernandes (2009), table 1.
COLOUR_BLINDNESS = {
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
}
NAMED = named_series(coding_folder())


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_agrees_with_the_published_example_of_grey_on_white():
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_contrast_does_not_depend_on_the_order():
    assert contrast("#1f4e8c", "#c77700") == contrast("#c77700", "#1f4e8c")


@pytest.mark.parametrize("grey", range(0, 256, 5))
def test_text_on_any_lightness_meets_the_contrast_of_ordinary_text(grey):
    background = f"#{grey:02x}{grey:02x}{grey:02x}"
    assert contrast(readable_on(background), background) >= 4.5


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 9])
def test_ordered_palette_darkens_step_by_step_and_carries_text(steps):
    colours = sequential(steps)
    lightness = [relative_luminance(colour) for colour in colours]
    assert len(set(colours)) == steps
    assert lightness == sorted(lightness, reverse=True)
    assert all(contrast(readable_on(colour), colour) >= 4.5 for colour in colours)


def test_ordered_palette_without_steps_is_refused():
    with pytest.raises(ValueError, match="not 0"):
        sequential(0)


@pytest.mark.parametrize("key", NAMED)
def test_marks_stand_out_from_the_page(key):
    assert contrast(NAMED[key].colour, PAPER) >= 3


@pytest.mark.parametrize("colour", [MUTED, *(style.text_colour for style in (*NAMED.values(), *OTHER_SERIES, PLAIN))])
def test_text_can_be_read_on_the_page(colour):
    assert contrast(colour, PAPER) >= 4.5


def test_reference_lines_stand_out_from_the_page():
    assert contrast(REFERENCE, PAPER) >= 3


@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
@pytest.mark.parametrize(("one", "two"), [("introduction", "jobbsjansen"), ("above", "below")])
def test_colours_stay_apart_for_the_colour_blind(kind, one, two):
    seen = [np.array(COLOUR_BLINDNESS[kind]) @ to_rgb(NAMED[key].colour) for key in (one, two)]
    assert np.linalg.norm(seen[0] - seen[1]) > 0.3


@pytest.mark.parametrize("keys", [("introduction", "jobbsjansen", "both"), ("above", "below", "not_distinguishable")])
def test_series_of_one_chart_differ_in_shape_as_well(keys):
    assert len({NAMED[key].marker for key in keys}) == len(keys)


def test_a_scheme_looks_the_same_in_whatever_company():
    assert (
        series_styles(["jobbsjansen"])["jobbsjansen"]
        == series_styles(["x", "introduction", "jobbsjansen"])["jobbsjansen"]
    )


def test_unnamed_series_get_distinct_colours_and_shapes():
    styles = series_styles(["a", "b", "c", "d", "e"]).values()
    assert len({style.colour for style in styles}) == len({style.marker for style in styles}) == 5


def test_one_series_more_than_can_be_told_apart_is_refused():
    with pytest.raises(ValueError, match="'f'"):
        series_styles(["a", "b", "c", "d", "e", "f"])


def test_a_series_looks_as_the_table_says():
    for row in csv.DictReader((coding_folder() / SERIES_FILE).read_text(encoding="utf-8").splitlines()):
        assert series_styles([row["key"]])[row["key"]] == SeriesStyle(row["colour"], row["text_colour"], row["marker"])


def test_another_table_gives_another_look(tmp_path):
    (tmp_path / SERIES_FILE).write_text("key,colour,text_colour,marker\nours,#111111,#222222,P\n", encoding="utf-8")
    assert named_series(tmp_path) == {"ours": SeriesStyle("#111111", "#222222", "P")}


def test_series_without_a_row_get_the_palette_in_order_of_appearance():
    styles = series_styles(["b", "introduction", "a", "b"])
    assert list(styles) == ["b", "introduction", "a"]
    assert (styles["b"], styles["a"]) == OTHER_SERIES[:2]
