import pytest

from resultatbok.charts.colour import contrast, readable_on, relative_luminance, sequential


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
