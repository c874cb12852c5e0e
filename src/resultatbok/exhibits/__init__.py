"""What a figure, a table and a phrase are, and the registry of all of them."""
