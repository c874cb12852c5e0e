"""The kinds of chart the book uses; each draws ledger rows and computes nothing."""

from resultatbok.charts.bars import paired_bars
from resultatbok.charts.caterpillar import caterpillar
from resultatbok.charts.distribution import percentile_lines
from resultatbok.charts.heatmap import share_heatmap
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.lines import trend
from resultatbok.charts.scatter import quadrant_scatter
from resultatbok.charts.stacked import stacked_shares
from resultatbok.charts.theme import to_svg

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
