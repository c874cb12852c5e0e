"""What a reader would see go wrong in a chart: text outside the canvas, text on text."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase

from resultatbok.charts.theme import chart_style

TOLERANCE = 0.5  # pixels: letters may touch, not overlap


def shown_texts(fig: Figure) -> list[tuple[str, Bbox]]:
    """Every text that the figure draws, with its box in pixels."""
    with chart_style():
        canvas = FigureCanvasAgg(fig)
        canvas.draw()  # type: ignore[no-untyped-call]
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        texts = [artist for artist in fig.findobj(Text) if isinstance(artist, Text) and _is_drawn(artist)]
        return [(text.get_text(), text.get_window_extent(renderer)) for text in dict.fromkeys(texts)]


def layout_faults(fig: Figure) -> list[str]:
    """One sentence for each text that is cut by the canvas or printed over another text."""
    texts = shown_texts(fig)
    canvas = fig.bbox
    faults = [f"{text!r} is cut by the canvas" for text, box in texts if not _inside(box, canvas)]
    faults += [f"{a!r} overlaps {b!r}" for (a, one), (b, two) in combinations(texts, 2) if _overlap(one, two)]
    return faults


def assert_nothing_clipped(fig: Figure) -> None:
    """Fail if a text of the figure is cut or covered by another.

    Raises:
        AssertionError: Naming each fault.
    """
    faults = layout_faults(fig)
    if faults:
        raise AssertionError("; ".join(faults))


def _is_drawn(text: Text) -> bool:
    return text.get_visible() and bool(text.get_text().strip())


def _inside(box: BboxBase, canvas: BboxBase) -> bool:
    return bool(
        box.x0 >= canvas.x0 - TOLERANCE
        and box.x1 <= canvas.x1 + TOLERANCE
        and box.y0 >= canvas.y0 - TOLERANCE
        and box.y1 <= canvas.y1 + TOLERANCE
    )


def _overlap(one: Bbox, two: Bbox) -> bool:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    return bool(wide > TOLERANCE and high > TOLERANCE)
