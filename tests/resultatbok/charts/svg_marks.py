"""What a reader of the page sees: marks read back from the SVG, in points from the upper left corner."""

import re
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
from matplotlib.markers import MarkerStyle

from resultatbok.charts.colour import series_styles
from resultatbok.charts.text import text_width
from resultatbok.charts.theme import LABEL_SIZE, SMALL_SIZE, to_svg

HALF_PIXEL = 0.36  # points; a figure has 100 pixels per inch
HALF_CAPITAL = 0.729 / 2 * LABEL_SIZE  # of DejaVu Sans: labels in tests are capitals without overshoot
MARKERS = ("o", "D", "s", "^", "v", "P", "X", "<", ">", "|", 4, 5)
HREF = "{http://www.w3.org/1999/xlink}href"


class Dot(NamedTuple):
    x: float
    y: float
    marker: object
    colour: str


class Line(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    colour: str


class Bar(NamedTuple):
    left: float
    right: float
    y: float
    colour: str


class Marks:
    """Dots with their widths, straight pieces of lines and of dashed lines, bars or cells, and texts of some groups."""

    def __init__(self, groups, paths):
        self.dots, self.widths, self.lines, self.dashed, self.bars, self.texts = [], [], [], [], [], []
        for group in groups:
            if group.get("id").startswith("text"):
                self.texts += texts_of(group)
                continue
            for element in group.iter():
                style = dict(pair.split(": ", 1) for pair in (element.get("style") or "").split("; ") if pair)
                if element.tag == _tag("use"):
                    path = paths[element.get(HREF)[1:]]
                    place = float(element.get("x")), float(element.get("y"))
                    self.dots.append(Dot(*place, _marker(path), style.get("fill", style.get("stroke"))))
                    self.widths.append(_box(path)[1] - _box(path)[0])
                elif group.get("id").startswith("PathCollection") and element.tag == _tag("path") and "fill" in style:
                    left, right, top, bottom = _box(element.get("d"))
                    place = (left + right) / 2, (top + bottom) / 2
                    self.dots.append(Dot(*place, _marker(element.get("d"), place), style["fill"]))
                    self.widths.append(right - left)
                elif element.tag == _tag("path") and not element.get("id"):
                    self._read_path(element.get("d"), style)

    def _read_path(self, path, style):
        if style.get("fill", "none") != "none":
            left, right, top, bottom = _box(path)
            colour = "hatched" if style["fill"].startswith("url") else style["fill"]
            self.bars.append(Bar(left, right, (top + bottom) / 2, colour))
        if style.get("fill", "none") != "none" or "stroke" not in style:
            return
        for stroke in (path or "").split("M")[1:]:
            pieces = [Line(*a, *b, style["stroke"]) for a, b in pairwise(_points(stroke))]
            (self.dashed if "stroke-dasharray" in style else self.lines).extend(pieces)


class Drawing(Marks):
    """The marks of one plot of a figure, its axes and its legend."""

    def __init__(self, figure, axes="axes_1"):
        parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
        self.root = ElementTree.fromstring(to_svg(figure), parser)
        self.paths = {e.get("id"): e.get("d") for e in self.root.iter(_tag("path")) if e.get("id")}
        background, *groups = self._group(axes).findall(_tag("g"))
        self.ticks = dict(zip("xy", [g for g in groups if g.get("id").startswith("matplotlib.axis")], strict=True))
        self.box = _box(background[0].get("d"))
        super().__init__([g for g in groups if g not in self.ticks.values()], self.paths)

    def _group(self, name):
        return next(g for g in self.root.iter(_tag("g")) if g.get("id") == name)

    def x(self, *, log=False):
        """From a number to its place, by the numbers printed along the horizontal axis."""
        return self._scale("x", 0, log)

    def y(self, *, log=False):
        """From a number to its place, by the numbers printed along the vertical axis."""
        return self._scale("y", 1, log)

    def _scale(self, axis, coordinate, log):
        scale = np.log10 if log else np.asarray
        numbers, places = [], []
        for tick in self.ticks[axis]:
            ((left, _, text),) = texts_of(tick)
            grid = [e.get("d") for e in tick.iter(_tag("path")) if e.get("style")]
            places.append(_points(grid[0])[0][coordinate] if grid else left + text_width(text, SMALL_SIZE) * 36)
            numbers.append(float(text))
        slope, start = np.polyfit(scale(numbers), places, 1)
        assert np.allclose(start + slope * scale(numbers), places, atol=HALF_PIXEL), "numbers out of place"
        return lambda number: float(start + slope * scale(number))

    def row(self, label):
        """The centre of the row with a label of one line."""
        (place,) = [y - HALF_CAPITAL for _, y, text in texts_of(self.ticks["y"]) if text == label]
        return place

    def legend(self, number=1):
        """Name -> marker and colour of the sample beside it; None for the marker of a patch or a line."""
        marks = Marks(self._group(f"legend_{number}").findall(_tag("g")), self.paths)
        samples = [(d.x, d.y, d.marker, d.colour) for d in marks.dots]
        samples += [(b.left, b.y, None, b.colour) for b in marks.bars]
        samples += [] if marks.dots else [(line.x0, line.y0, None, line.colour) for line in marks.lines + marks.dashed]
        found = {}
        for left, base, name in marks.texts:
            beside = [sample for sample in samples if sample[0] < left and abs(base - HALF_CAPITAL - sample[1]) < 3]
            found[name] = max(beside)[2:]
        return found


def look(key, among):
    """Marker and colour of a series in a chart of several."""
    style = series_styles(among)[key]
    return style.marker, style.colour.lower()


def differences(found, expected):
    """What is drawn and not expected, and what is expected and not drawn, within half a pixel."""
    left, missing = list(found), []
    for mark in expected:
        near = next((m for m in left if _near(m, mark)), None)
        if near is None:
            missing.append(mark)
        else:
            left.remove(near)
    return left, missing


def _near(one, two):
    return all(abs(a - b) < HALF_PIXEL if isinstance(b, float) else a == b for a, b in zip(one, two, strict=True))


def _tag(name):
    return f"{{http://www.w3.org/2000/svg}}{name}"


def _points(path):
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _box(path):
    x, y = np.transpose(_points(path))
    return float(x.min()), float(x.max()), float(y.min()), float(y.max())


def texts_of(element):
    """Left end, base line and letters of every text."""
    found = []
    for group in element.iter(_tag("g")):
        comments = [e.text.strip() for e in group if e.tag is ElementTree.Comment]
        if comments:
            place = next(e for e in group if e.get("transform")).get("transform")
            found.append((*_points(place.split(")")[0])[0], comments[0]))
    return found


def _marker(path, centre=(0, 0)):
    """The letter of a marker shape, told by its corners around its centre."""
    drawn = (np.array(_points(path)) - centre) * (1, -1)
    for marker in MARKERS:
        style = MarkerStyle(marker)
        corners = style.get_path().transformed(style.get_transform())
        known = corners.vertices[: len(drawn)]
        if len(corners.vertices) - len(drawn) in (0, 1) and np.allclose(
            drawn / np.abs(drawn).max(), known / np.abs(known).max(), atol=0.01
        ):
            return marker
    return path
