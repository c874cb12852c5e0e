"""How numbers leave the project: the ledger, disclosure control, words, tables and charts."""
