"""The data of one cohort, its variables, and what is fitted to them."""
