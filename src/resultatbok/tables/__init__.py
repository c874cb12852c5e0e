"""Tables of released rows, as HTML."""
