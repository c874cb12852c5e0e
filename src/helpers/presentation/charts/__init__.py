"""The kinds of chart the book uses; each draws ledger rows and computes nothing."""

from helpers.presentation.charts.bars import paired_bars
from helpers.presentation.charts.caterpillar import caterpillar
from helpers.presentation.charts.distribution import percentile_lines
from helpers.presentation.charts.heatmap import share_heatmap
from helpers.presentation.charts.intervals import interval_plot
from helpers.presentation.charts.lines import trend
from helpers.presentation.charts.scatter import quadrant_scatter
from helpers.presentation.charts.stacked import stacked_shares
from helpers.presentation.charts.theme import to_svg

__all__ = [
    "caterpillar",
    "interval_plot",
    "paired_bars",
    "percentile_lines",
    "quadrant_scatter",
    "share_heatmap",
    "stacked_shares",
    "to_svg",
    "trend",
]
