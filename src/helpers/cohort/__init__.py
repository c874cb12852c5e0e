"""A cohort file: its settings, and what is wrong with them."""
