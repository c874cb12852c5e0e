"""The kinds of chart the book uses; each draws ledger rows and computes nothing."""
