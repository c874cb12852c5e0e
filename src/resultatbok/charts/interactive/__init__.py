"""Charts that answer to a reader's pointer: Vega-Lite specifications made of ledger rows, beside their printed twins.

Why and how: docs/decisions/0010-interactive-charts.md.
"""
