"""What may be published: ledger rows, disclosure control, the release folder."""
